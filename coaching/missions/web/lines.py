"""An organisation's missions as its list says them: each a line made once, for there are many on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.templatetags.dates import date
from coaching.kernel.viewer import Viewer

from .. import access
from ..facts import facts_of
from ..models import Mission

FACTS = ("held", "agreed", "three_way", "unread")


@dataclass(frozen=True, slots=True)
class Line:
    """``beside`` says whose and where; ``said`` how far it is, empty where nothing is to be said yet."""

    mission: Mission
    path: str
    beside: str
    said: str
    unread: bool


def lines_of(viewer: Viewer, missions: list[Mission]) -> list[Line]:
    """State, sessions held of those agreed, agreed objectives, the next three-way meeting, what is new; constant queries.

    Of missions the viewer has just been shown, with their ``aims``.
    """
    names = access.coachees_of(viewer, missions)
    facts = facts_of(viewer, missions, FACTS)
    return [_line(one, names.get(one.pk, ()), facts[one.pk]) for one in missions]


def _line(mission: Mission, names: list[str], facts: Mapping[str, Any]) -> Line:
    beside = [", ".join(names), mission.organisation.name if mission.organisation else ""]
    said = [
        _held(facts.get("held", 0), facts.get("agreed")),
        _aims(mission.aims or 0),
        _next(facts.get("three_way")),
    ]
    path = reverse("organisation_mission", args=[mission.ref])
    return Line(mission, path, _joined(beside), _joined(said), "unread" in facts)


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _held(held: int, agreed: int | None) -> str:
    if agreed:
        return _("%(held)d of %(agreed)d sessions held") % {"held": held, "agreed": agreed}
    return ngettext("%(n)d session held", "%(n)d sessions held", held) % {"n": held} if held else ""


def _aims(number: int) -> str:
    return (
        ngettext("%(n)d agreed objective", "%(n)d agreed objectives", number) % {"n": number}
        if number
        else ""
    )


def _next(meeting) -> str:
    return _("Next three-way meeting: %(day)s") % {"day": date(meeting, "DATE_FORMAT")} if meeting else ""
