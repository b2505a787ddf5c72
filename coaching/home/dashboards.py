"""What the first page of each portal shows, gathered from the rooms below. Reads only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.kernel.registry import Reader, rule_of
from coaching.kernel.viewer import Viewer
from coaching.missions.access import (
    coachees_of,
    missions_for,
    organisation_beside,
    waiting_for_coach,
)
from coaching.missions.enums import MissionState
from coaching.missions.web import organisation
from contracts.access import drafts_to_finish
from contracts.signing_access import signatures_to_give

LATEST = 8


def coach(viewer: Viewer) -> dict:
    """Missions by stage, the latest, and who waits for the coach."""
    rows = missions_for(viewer)
    latest = list(rows[:LATEST])
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {
        "latest": latest,
        "coachees": coachees_of(viewer, latest),
        "stages": [(state, MissionState(state).label, counts.get(state, 0)) for state in MissionState.values],
        "waiting": waiting(viewer),
        "total": sum(counts.values()),
    }


def waiting(viewer: Viewer) -> list[tuple]:
    """Missions where the coach must act, oldest first, each with the reason."""
    why = _("The coachee’s request awaits your validation")
    drafts = [
        (mission, _("The contract is to be drafted") if new else _("The draft is to be sent"))
        for mission, new in drafts_to_finish(viewer, LATEST)
    ]
    sign = _("The contract awaits your signature")
    signing = [(mission, sign) for mission in signatures_to_give(viewer, LATEST)]
    return signing + [(mission, why) for mission in waiting_for_coach(viewer, LATEST)] + drafts


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of text, and who may read it."""

    label: Any
    coach: bool
    coachee: bool
    organisation: bool
    administrator: bool
    note: Any = ""


# The order in which a coachee meets these texts; the answers come from the registry that guards them.
TEXTS = (
    (
        "missions.RequestVersion.sealed_ref",
        _("My own request, in full"),
        _("Encrypted; only your coach and you."),
    ),
    (
        "missions.SharedWording.text",
        _("The wording I chose to share"),
        _("Once you share it, and until you take it back."),
    ),
    ("missions.RequestVersion.text", _("The organisation’s request"), ""),
    (
        "missions.Objective.title",
        _("Common objectives, and the organisation’s"),
        _("Your own objectives stay between your coach and you."),
    ),
    (
        "missions.Validation.wording",
        _("What my coach validates of my request"),
        _("It is printed in the contract."),
    ),
    ("contracts.ContractClause.body", _("The contract"), ""),
    ("missions.Refusal.explanation", _("Why a mission was declined, as told to me"), ""),
    ("clients.Person.email", _("My address and telephone"), ""),
    ("clients.ContextSheet.culture", _("What my coach notes about the organisation"), ""),
)


def who_sees_what(viewer: Viewer, ref: str = "") -> dict:
    """The rules, text by text, and the organisation's page of one mission: the one asked for, or the latest."""
    missions = list(missions_for(viewer)[:50])
    chosen = next((mission for mission in missions if mission.ref == ref), missions[0] if missions else None)
    return {
        "lines": [_line(path, label, note) for path, label, note in TEXTS],
        "shown": _as_organisation(viewer, chosen) if chosen else None,
        "others": [mission for mission in missions if mission is not chosen],
    }


def _as_organisation(viewer: Viewer, mission) -> dict:
    """The organisation's page of a mission, built by the code that serves it, for the coachee it is about.

    In a team, what a colleague shared with the organisation is theirs: it is left out.
    """
    beside = organisation_beside(viewer, mission) if mission.paid_by_organisation else None
    if beside is None:
        return {"mission": mission, "nobody": True}
    shown = organisation.page(beside, mission)
    mine = [view for view in shown["wordings"] if view.seat.person.user_id == viewer.user_id]
    return {**shown, "wordings": mine}


def _line(path: str, label, note) -> Line:
    readers = rule_of(path).readers
    return Line(
        label=label,
        coach=Reader.COACH in readers,
        coachee=bool({Reader.COACHEE, Reader.OWN} & readers),
        organisation=bool({Reader.SPONSOR, Reader.MANAGER} & readers),
        administrator=Reader.ADMINISTRATOR in readers,
        note=note,
    )


def own_data(viewer: Viewer) -> dict:
    missions = list(missions_for(viewer).select_related("practice")[:20])
    practices = {mission.practice.pk: mission.practice for mission in missions}
    return {"missions": missions, "practices": list(practices.values()), "charter": reverse("charter")}
