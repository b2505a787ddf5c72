"""What the first page of each portal shows, gathered from the rooms below. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import own_practice
from coaching.handover.access import offers_to, offers_waiting
from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Viewer
from coaching.missions.access import drafts_begun, missions_for
from coaching.missions.enums import MissionState
from coaching.missions.waiting import awaited_by
from coaching.missions.waiting_access import (
    MissionLine,
    ToValidate,
    missions_ready,
    requests_to_validate,
)
from coaching.personal.access import waiting_requests
from coaching.restitutions.enums import RestitutionState
from coaching.restitutions.waiting import to_do
from coaching.sessions.access import SessionLine, planned
from coaching.vault.access import pair_of
from contracts.access import contracts_to_do
from contracts.consumers.access import mediated_practices
from contracts.signing_access import signatures_to_give
from ethics.charter.access import version_awaited
from ethics.development.access import expiring, hours_of_year
from ethics.development.enums import in_hours
from ethics.supervision.standing import standing_of
from ethics.supervision.web.meter import shown

SHOWN = 8
OFFER, TARGET, CHARTER, DATA = "offer", "target", "charter", "data"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that is the coach's to do on a mission."""

    mission: MissionLine
    title: Any
    label: Any
    url: str


def coach(viewer: Viewer) -> dict:
    """Who waits for the coach, whom they wait for, missions by stage, and their own development."""
    counts, hours, target, offered, charter, data = figures(viewer)
    now = timezone.now()
    meetings = planned(viewer, SHOWN)
    return {
        "todo": [*to_record(meetings, now), *waiting(viewer)][: 2 * SHOWN],
        "coming": [one for one in meetings if one.starts_at > now],
        "awaited": awaited_by(viewer, SHOWN),
        "drafts": drafts_begun(viewer, SHOWN),
        "charter": charter,
        "data": data,
        "offers": offers_to(viewer) if offered else [],
        "stages": _stages(counts),
        "total": sum(counts.values()),
        "supervision": shown(standing_of(viewer)),
        "development": {"hours": hours, "target": target, "year": timezone.localdate().year},
        "expiring": expiring(viewer),
        "now": timezone.localtime(),
    }


def figures(viewer: Viewer) -> tuple[dict[str, int], float, int, int, int, int]:
    """How many missions there are of each state; the hours of development of this year and how many the practice asks
    for (article 2); what colleagues offer; the number of the charter's version, where it is still to be read; how many
    people wait for what they asked of their data."""
    rows, year = list(_figures(viewer)), timezone.localdate().year
    others = (OFFER, TARGET, CHARTER, DATA)
    counts = {what: number for what, number, day in rows if day is None and what not in others}
    quarters = sum(number or 0 for _what, number, day in rows if day is not None and day.year == year)
    offered, target, charter, data = (
        sum(number for what, number, _day in rows if what == asked) for asked in others
    )
    return counts, in_hours(quarters), target, offered, charter, data


@prepared
def _figures(viewer: Viewer) -> QuerySet:
    nothing = Value(None, output_field=DateField())
    states = missions_for(viewer).order_by().values_list("state").annotate(n=Count("pk"), day=nothing)
    target = own_practice(viewer).values_list(Value(TARGET), "development_hours", nothing)
    offers = offers_waiting(viewer).order_by().values_list(Value(OFFER), Value(1), nothing)
    charter = version_awaited(viewer).values_list(Value(CHARTER), "number", nothing)
    asked = (rows.values_list(Value(DATA), Value(1), nothing) for rows in waiting_requests(viewer))
    return states.union(*hours_of_year(viewer), target, offers, charter, *asked, all=True)


def to_record(meetings: list[SessionLine], now: datetime) -> list[Waiting]:
    """Sessions whose hour has come and of which nothing is recorded yet."""
    return [
        Waiting(
            one.mission,
            _("Record the session that took place"),
            _("Record it"),
            reverse("coach_session_hold", args=[one.ref]),
        )
        for one in meetings
        if one.starts_at <= now
    ]


def _stages(counts: dict[str, int]) -> list[tuple]:
    """(label, figure, address) of each stage, in the order of a mission's life; endings only once there are any."""
    page = reverse("coach_missions")
    lasting = (MissionState.ENQUIRY, MissionState.CONTRACTING, MissionState.ACTIVE, MissionState.CLOSED)
    shown = [state for state in MissionState if state in lasting or counts.get(state)]
    return [(state.label, counts.get(state, 0), f"{page}?stage={state.value}") for state in shown]


def waiting(viewer: Viewer) -> list[Waiting]:
    """What the coach must do on their missions: signatures, requests to validate, then contracts; each oldest first."""
    sign = [_on_page(mission, _("Sign the contract")) for mission in signatures_to_give(viewer, SHOWN)]
    validate = [_to_validate(one) for one in requests_to_validate(viewer, SHOWN)]
    ready = [_on_page(mission, _("Open the contract")) for mission in missions_ready(viewer, SHOWN)]
    contracts = [
        _on_page(one.mission, words)
        for one in contracts_to_do(viewer, SHOWN)
        for asks, words in (
            (one.to_answer, _("Answer a comment on the contract")),
            (one.to_draft, _("The contract is to be drafted")),
            (one.to_send, _("The draft is to be sent")),
        )
        if asks
    ]
    given_back = [_to_give_back(*one) for one in to_do(viewer, SHOWN)]
    return [*sign, *validate, *ready, *contracts, *given_back]


def _on_page(mission: MissionLine, title) -> Waiting:
    return Waiting(mission, title, _("Open the mission"), reverse("coach_mission", args=[mission.ref]))


def _to_give_back(mission: MissionLine, ref: str, state: str) -> Waiting:
    title = _("The coachee asks for another text to be given back")
    if state == RestitutionState.APPROVED:
        title = _("Release the restitution the coachee has approved")
    return Waiting(mission, title, _("Open the restitution"), reverse("coach_restitution", args=[ref]))


def _to_validate(one: ToValidate) -> Waiting:
    url = reverse("coach_request_validate", args=[one.mission.ref, one.ref])
    return Waiting(one.mission, _("Validate the coachee’s request"), _("Read and validate"), url)


def own_data(viewer: Viewer) -> dict:
    missions = list(missions_for(viewer).select_related("practice")[:20])
    practices = {mission.practice.pk: mission.practice for mission in missions}
    return {
        "missions": missions,
        "practices": list(practices.values()),
        "mediated": mediated_practices(viewer),
        "charter": reverse("charter"),
        "pair": pair_of(viewer.user_id),
    }
