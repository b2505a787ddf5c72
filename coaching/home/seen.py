"""« Qui voit quoi »: the rules text by text, the others' pages as they are now, and what rooms add. Reads only."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coaching.kernel.registry import Reader, rule_of
from coaching.kernel.viewer import Viewer
from coaching.missions.access import missions_latest
from coaching.missions.web.seen import sections_of

from .previews import preview_of

SHOWN = 50  # missions, of which one at a time is looked at


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
    (
        "contracts.Comment.text",
        _("What I say of the contract"),
        _("Your coach alone, unless you choose to say it to everyone at the table."),
    ),
    ("sessions.dates", _("When and where my sessions take place"), ""),
    (
        "sessions.count",
        _("How many sessions were held"),
        _("Their dates too, only where your contract says so; never what was said."),
    ),
    (
        "decisions.Wording.text_ref:kept",
        _("My decisions"),
        _("Encrypted. Your coach reads those you share, while you share them; nobody learns of the others."),
    ),
    (
        "decisions.Suggestion.sealed_ref",
        _("What my coach suggests, and what I answer"),
        _("Encrypted; only your coach and you."),
    ),
    ("progress.Measure.words", _("Where I see my objectives"), ""),
    ("progress.Means.words", _("What my coach worked with, by objective"), ""),
    (
        "minutes.CoacheeCopy.wording_ref",
        _("What I answer on the minutes of a three-way meeting"),
        _("Your coach alone, until all agree; the others at the table are not told that you have answered."),
    ),
    (
        "minutes.AgreedSide.divergence",
        _("The minutes that all agreed on, and what each sees otherwise"),
        "",
    ),
    (
        "restitutions.RestitutionText.sealed_ref",
        _("A restitution, before I approve it"),
        _("Encrypted; only your coach and you."),
    ),
    (
        "restitutions.ReleasedRestitution.content",
        _("A restitution that was released"),
        _("Whom it is addressed to, word for word as you approved it."),
    ),
    (
        "missions.pause_dates",
        _("That my coaching pauses, and since when"),
        _("Neither who wanted it nor why."),
    ),
    (
        "missions.Referral.ways_ref",
        _("Other help my coach suggests to me"),
        _("Encrypted; only your coach and you. Nobody learns that there is such a suggestion."),
    ),
    (
        "recourse.Message.sealed_ref",
        _("What I confide to the recourse person"),
        _("Encrypted; between the two of you. Nobody else learns that you have written."),
    ),
    ("missions.Refusal.explanation", _("Why a mission was declined, as told to me"), ""),
    ("clients.Person.email", _("My address and telephone"), ""),
    ("clients.ContextSheet.culture", _("What my coach notes about the organisation"), ""),
)


def who_sees_what(viewer: Viewer, asked: QueryDict) -> dict:
    """For a coachee: the mission asked for or the latest, as another sees it, and what rooms say of it; the rules."""
    missions = missions_latest(viewer, SHOWN)
    ref = asked.get("mission", "")
    chosen = next((mission for mission in missions if mission.ref == ref), missions[0] if missions else None)
    return {
        "rules": _rules(get_language()),
        "mission": chosen,
        "preview": preview_of(viewer, chosen, asked.get("as", "")) if chosen else None,
        "sections": sections_of(viewer, chosen, asked) if chosen else [],
        "others": [mission for mission in missions if mission is not chosen],
    }


@cache
def _rules(language: str) -> SafeString:
    """The rules do not change while the product runs: their table is made once in each language."""
    lines = [_line(path, label, note) for path, label, note in TEXTS]
    return render_to_string("home/includes/rules.html", {"lines": lines})


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
