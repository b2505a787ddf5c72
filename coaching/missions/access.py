"""Reading missions and the seats at their tables. Every function starts from a viewer.

Nothing else in the house reads these tables, but for what was asked (:mod:`.requests_access`), what the coach declared
and decided (:mod:`.judgement_access`) and what is still to be done (:mod:`.waiting_access`).
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from coaching.accounts.access import chair_rows
from coaching.accounts.models import User
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import could_be_a_ref, get_visible, the_one
from coaching.kernel.viewer import Portal, Viewer

from .enums import SeatRole
from .facts import ask_of
from .models import (
    Mission,
    MissionDraft,
    Reminder,
    Seat,
)
from .policy import (
    DRAFT_RULES,
    MISSION_RULES,
    SEAT_RULES,
    seats_held,
)

PORTAL_OF = {
    SeatRole.COACHEE: Portal.COACHEE,
    SeatRole.SPONSOR: Portal.ORGANISATION,
    SeatRole.MANAGER: Portal.ORGANISATION,
}

NOBODY = 0  # no account bears it: for a portal whose rules ask for no person


def seat_chairs(user: User) -> list[QuerySet]:
    """The portals that seats at missions' tables give a person, for the switcher in the header."""
    rows = Seat.unscoped.filter(person__user=user, ended_at=None)
    return [
        chair_rows(rows.filter(role=SeatRole.COACHEE), Portal.COACHEE, "mission__practice"),
        chair_rows(rows.exclude(role=SeatRole.COACHEE), Portal.ORGANISATION, "mission__practice"),
    ]


def missions_for(viewer: Viewer) -> QuerySet[Mission]:
    """Missions at whose table the viewer sits; for the administrator, every mission of the practice."""
    return Mission.objects.visible_to(viewer, MISSION_RULES).select_related("organisation", "coach")


def missions_latest(viewer: Viewer, limit: int) -> list[Mission]:
    """The last of them, for a page that shows no more."""
    return _latest(viewer, limit)


@prepared
def _latest(viewer: Viewer, limit: int) -> QuerySet[Mission]:
    return missions_for(viewer)[:limit]


def missions_listed(viewer: Viewer) -> QuerySet[Mission]:
    """The same, with no more of each than a list says."""
    rows = missions_for(viewer).select_related(None).select_related("organisation")
    return rows.only("ref", "title", "state", "organisation__name")


DATED = ("ref", "state", "created_at", "opened_at", "paused_at", "refused_at", "stopped_at", "closed_at")


def missions_dated(viewer: Viewer) -> QuerySet[Mission]:
    """The same for the administrator's list: whose, their dates and state; a title is not even read."""
    rows = missions_for(viewer).select_related(None).select_related("coach")
    return rows.only(*DATED, "coach__name")


def get_mission(viewer: Viewer, ref: str) -> Mission:
    """The mission with this reference at whose table the viewer sits; 404 otherwise."""
    return the_one(_mission(viewer, ref=ref) if could_be_a_ref(ref) else [])


@prepared
def _mission(viewer: Viewer, ref: str) -> QuerySet[Mission]:
    return missions_for(viewer).filter(ref=ref)


Mark = Callable[[Viewer], Any]  # an expression on the row of a mission
_marks: dict[str, Mark] = {}


def register_mark(name: str, mark: Mark) -> None:
    """Called from ``AppConfig.ready()`` by a room that has a word to say on a mission's page, read with the mission's own row.

    ``mark(viewer)`` is a sub-query under the room's own rule, or None behind a portal it says nothing to;
    ``mission.mark_<name>`` is what it finds, None for nothing.
    """
    _marks[name] = mark


def get_marked(viewer: Viewer, ref: str) -> Mission:
    """As :func:`get_mission`, with what rooms above mark on it: for the page of the mission, in the same query."""
    return the_one(_marked(viewer, ref=ref) if could_be_a_ref(ref) else [])


@prepared
def _marked(viewer: Viewer, ref: str) -> QuerySet[Mission]:
    found = ((f"mark_{name}", mark(viewer)) for name, mark in _marks.items())
    return (
        missions_for(viewer).filter(ref=ref).annotate(**{name: one for name, one in found if one is not None})
    )


def roles_at(viewer: Viewer, mission: Mission) -> frozenset[str]:
    """The roles this viewer holds on this mission, from the portal they stand behind."""
    if viewer.portal == Portal.COACH:
        return frozenset({"coach"}) if mission.coach_id == viewer.user_id else frozenset()
    if viewer.portal == Portal.PRACTICE:
        return frozenset({"administrator"})
    return frozenset(seat.role for seat in own_seats(viewer, mission))


def seats_of(viewer: Viewer, mission: Mission) -> QuerySet[Seat]:
    """Who sits at the table now."""
    return _seats(viewer, mission.pk)


def table_of(viewer: Viewer, mission: Mission) -> list[Seat]:
    """Who sits at the table now, for a page that shows them all; for the coach, with the day each was last reminded."""
    return _table(viewer, mission_id=mission.pk)


def _seats(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    rows = Seat.objects.visible_to(viewer, SEAT_RULES).filter(mission_id=mission_id, ended_at=None)
    return rows.select_related("person", "person__organisation")


@prepared
def _table(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    rows = _seats(viewer, mission_id)
    return with_last_reminder(rows) if viewer.portal == Portal.COACH else rows


def with_last_reminder(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Seats with the day their person was last reminded, as ``reminded``."""
    reminders = Reminder.unscoped.filter(person=OuterRef("person")).order_by("-day")
    return rows.annotate(reminded=Subquery(reminders.values("day")[:1]))


def drafts_for(viewer: Viewer) -> QuerySet[MissionDraft]:
    """Missions the coach has begun to set up and not begun yet."""
    return MissionDraft.objects.visible_to(viewer, DRAFT_RULES)


def drafts_begun(viewer: Viewer, limit: int) -> list[MissionDraft]:
    """The last of them, for the coach's first page."""
    return _drafts(viewer, limit)


@prepared
def _drafts(viewer: Viewer, limit: int) -> QuerySet[MissionDraft]:
    return drafts_for(viewer)[:limit]


def get_draft(viewer: Viewer, ref: str) -> MissionDraft:
    return get_visible(drafts_for(viewer), ref)


def get_seat(viewer: Viewer, mission: Mission, ref: str) -> Seat:
    return get_visible(seats_of(viewer, mission), ref)


def get_coachee_seat(viewer: Viewer, mission: Mission, ref: str) -> Seat:
    return get_visible(seats_of(viewer, mission).filter(role=SeatRole.COACHEE), ref)


def own_seats(viewer: Viewer, mission: Mission) -> list[Seat]:
    """The viewer's own seats on this mission, of the portal they stand behind."""
    return _own_seats(viewer, mission_id=mission.pk)


@prepared
def _own_seats(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    wanted = [role for role, portal in PORTAL_OF.items() if portal == viewer.portal]
    return seats_held(viewer, *wanted).filter(mission_id=mission_id).select_related("person")


def own_coachee_seat(viewer: Viewer, mission: Mission) -> Seat:
    """The coachee's own seat; 404 for anyone who is not a coachee of this mission."""
    if viewer.portal != Portal.COACHEE:
        raise Http404
    return the_one(own_seats(viewer, mission))


def search(rows: QuerySet[Mission], words: str) -> QuerySet[Mission]:
    """Missions whose title, reference, organisation or people match, among those already visible."""
    words = words.strip()
    if not words or "\x00" in words:
        return rows
    named = Seat.unscoped.filter(person__name__icontains=words, ended_at=None, mission__in=rows)
    return rows.filter(
        Q(title__icontains=words)
        | Q(ref__iexact=words)
        | Q(organisation__name__icontains=words)
        | Q(pk__in=named.values("mission_id"))
    )


def coachees_of(viewer: Viewer, missions: list[Mission]) -> dict[int, list[str]]:
    """Names of the coachees of several missions that the viewer has just been shown, in one query, for lists.

    Behind each portal the rule of a seat is the rule of its mission; behind one without such a rule, nothing is.
    """
    names = defaultdict(list)
    if viewer.portal not in SEAT_RULES:
        return names
    for mission_id, name in ask_of(_coachees_of, viewer, missions):
        names[mission_id].append(name)
    return names


@prepared
def _coachees_of(viewer: Viewer, **missions: int) -> QuerySet:
    rows = Seat.unscoped.filter(mission__in=missions.values(), role=SeatRole.COACHEE, ended_at=None)
    return rows.values_list("mission_id", "person__name")


def organisation_beside(viewer: Viewer, mission: Mission, seats: list[Seat], role: str) -> Viewer | None:
    """The sponsor, or the manager, of a coachee's mission, so that the coachee sees what that person sees.

    ``seats`` are those the coachee has been shown of its table. None where nobody of that role has taken their seat.
    Only for a coachee, of their own mission: 404 otherwise.
    """
    own_coachee_seat(viewer, mission)
    seat = next((one for one in seats if one.role == role and one.person.user_id), None)
    if seat is None or role not in (SeatRole.SPONSOR, SeatRole.MANAGER):
        return None
    user = seat.person.user
    return Viewer(user.pk, user.ref, viewer.practice_id, viewer.practice_ref, Portal.ORGANISATION)


def administrator_beside(viewer: Viewer, mission: Mission) -> Viewer:
    """Whoever administers the practice, as a viewer: what they see of missions depends on no person. As above."""
    own_coachee_seat(viewer, mission)
    return Viewer(NOBODY, "", viewer.practice_id, viewer.practice_ref, Portal.PRACTICE)


def coach_viewer(mission: Mission) -> Viewer:
    """The mission's coach as a viewer: for gates that judge what the coach is about to do, and for commands."""
    coach, practice = mission.coach, mission.practice
    return Viewer(coach.pk, coach.ref, practice.pk, practice.ref, Portal.COACH)
