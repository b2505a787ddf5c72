"""Reading calendars: the coach's days, their hours, what a coachee may book; a person's own feed and wishes."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import chairs_of, viewer_on
from coaching.accounts.models import User
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.tokens import hash_token
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission, Seat
from coaching.missions.pace_access import paused_seats, stopped_seats
from coaching.sessions.access import account_of, kept_hours, pace_of, taken
from coaching.sessions.enums import GONE_STATES
from coaching.sessions.models import CoachingSession
from coaching.sessions.policy import SESSION_RULES
from contracts.access import standing_among
from contracts.consumers.access import may_begin
from contracts.in_force import Agreed, agreed_on

from .enums import PRESET_REMINDER, PRESET_ZONE
from .hours import Slot, free, slots
from .models import BookingRules, ClosedDays, Feed, OpeningHours, Wishes
from .policy import OPENING_RULES

KEPT = timedelta(days=92)  # how far back a feed goes


def openings_for(viewer: Viewer) -> QuerySet[OpeningHours]:
    """The weekly hours a coach opens, Monday first."""
    return OpeningHours.objects.visible_to(viewer, OPENING_RULES)


def get_opening(viewer: Viewer, ref: str) -> OpeningHours:
    return get_visible(openings_for(viewer), ref)


def closed_for(viewer: Viewer) -> QuerySet[ClosedDays]:
    """The days a coach has closed."""
    return ClosedDays.objects.visible_to(viewer, OPENING_RULES)


def get_closed(viewer: Viewer, ref: str) -> ClosedDays:
    return get_visible(closed_for(viewer), ref)


def rules_for(viewer: Viewer) -> BookingRules:
    """How late and how far ahead this coach is booked; the presets where they have said nothing."""
    return _rules(viewer.user_id, viewer.practice_id)


def _rules(coach_id: int, practice_id: int) -> BookingRules:
    found = BookingRules.unscoped.filter(coach_id=coach_id, practice_id=practice_id).first()
    return found or BookingRules(coach_id=coach_id, practice_id=practice_id)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coachee may book of one mission, or why nothing."""

    slots: tuple[Slot, ...] = ()
    minutes: int = 0
    remaining: int | None = None
    notice_hours: int = 0  # of the contract: how long before a session may be cancelled free of charge
    why_not: Any = ""


def offer(viewer: Viewer, mission: Mission) -> Offer:
    """The hours that this coachee may book now, for whom 404 to anybody but a coachee of the mission.

    Each leaves room for a session as long as the contract says, by a medium it names, at the pace it makes, free in the
    coach's calendar; none when the contract does not stand for them or has no session left.
    """
    seat = own_coachee_seat(viewer, mission)
    agreed = agreed_on(mission)
    why_not = _why_not(mission, seat, agreed)
    if why_not or agreed is None:
        return Offer(why_not=why_not)
    account = account_of(mission, agreed)
    minutes = agreed.minutes or 60
    said = Offer((), minutes, account.remaining, agreed.notice_hours)
    if account.remaining == 0:
        return _because(said, _("Every session that your contract agrees on is planned or behind you."))
    if not opens_hours(viewer, mission):
        return _because(said, _("Your coach opens no hours here: they plan sessions with you."))
    found = _in_reach(mission, seat, agreed, minutes)
    if not found:
        return _because(said, _("No open hour is left for now. Look again later, or write to your coach."))
    return Offer(tuple(found), minutes, account.remaining, agreed.notice_hours)


def _because(offer: Offer, why_not) -> Offer:
    return Offer((), offer.minutes, offer.remaining, offer.notice_hours, why_not)


def _why_not(mission: Mission, seat: Seat, agreed: Agreed | None):
    if mission.state == MissionState.PAUSED or paused_seats([seat.pk]):  # in a team, a pause is one's own
        return _("Your mission pauses: sessions are booked again when it resumes.")
    if stopped_seats([seat.pk]):
        return _("You have stopped your coaching: nothing is booked any more.")
    if mission.state != MissionState.ACTIVE or agreed is None or not agreed.sealed:
        return _("Sessions are booked once the contract is sealed, while the mission is under way.")
    if seat.pk not in standing_among(mission.pk, [seat]):
        return _("Sessions are booked once you have signed your adhesion.")
    return ""


def _in_reach(mission: Mission, seat: Seat, agreed: Agreed, minutes: int) -> list[Slot]:
    """The hours of the coach that this coachee's contract allows and nobody has taken."""
    coach_id, practice_id = mission.coach_id, mission.practice_id
    rules = _rules(coach_id, practice_id)
    after = timezone.now() + timedelta(hours=rules.notice_hours)
    before = timezone.now() + timedelta(weeks=rules.horizon_weeks)
    openings = OpeningHours.unscoped.filter(
        coach_id=coach_id, practice_id=practice_id, medium__in=agreed.media
    )
    closed = ClosedDays.unscoped.filter(
        coach_id=coach_id, practice_id=practice_id, last__gte=timezone.localdate() - timedelta(days=1)
    )
    found = slots(openings, list(closed), minutes=minutes, after=after, before=before)
    if not found:
        return []
    busy = taken(coach_id, after, before + timedelta(days=1))
    hours, least = kept_hours(seat), pace_of(agreed) or timedelta()
    found = [
        slot
        for slot in found
        if free(slot, busy) and not any(abs(hour - slot.starts_at) < least for hour in hours)
    ]
    return _once_begun(found, agreed)


def _once_begun(found: list[Slot], agreed: Agreed) -> list[Slot]:
    """Without the days on which a consumer may still withdraw: once sessions may begin, they may on every later day."""
    days = sorted({slot.local_start.date() for slot in found})
    if not days or may_begin(agreed.contract, days[0]):
        return found
    first = bisect_left(days, True, key=lambda day: may_begin(agreed.contract, day))
    return [slot for slot in found if slot.local_start.date() in days[first:]]


def opens_hours(viewer: Viewer, mission: Mission) -> bool:
    """Whether the coach of a mission the viewer has been shown opens hours for booking."""
    if hasattr(mission, "mark_hours"):
        ends = [mission.mark_hours] if mission.mark_hours else []
    else:
        ends = _ends_of_hours(viewer, coach_id=mission.coach_id, practice_id=mission.practice_id)
    today = timezone.localdate()
    return any(end is None or end >= today for end in ends)


def last_hours(viewer: Viewer):
    """On a mission's row, for its coachee: the last day on which the coach opens hours, without end the end of time (a mark)."""
    if viewer.portal != Portal.COACHEE:
        return None
    rows = OpeningHours.unscoped.filter(coach=OuterRef("coach"), practice=OuterRef("practice"))
    last = rows.order_by().values("coach").annotate(last=Max(Coalesce("valid_until", Value(date.max))))
    return Subquery(last.values("last"), output_field=DateField())


@prepared
def _ends_of_hours(viewer: Viewer, coach_id: int, practice_id: int) -> QuerySet:
    rows = OpeningHours.unscoped.filter(coach_id=coach_id, practice_id=practice_id)
    return rows.order_by().values_list("valid_until", flat=True)


def closed_between(viewer: Viewer, first: date, last: date) -> list[tuple[date, date]]:
    """The coach's closed days that meet the days shown."""
    rows = closed_for(viewer).filter(first__lte=last, last__gte=first)
    return list(rows.values_list("first", "last"))


def wishes_of(user: User) -> Wishes:
    """A person's own wishes; the presets where they have said nothing."""
    return Wishes.unscoped.filter(user=user).first() or Wishes(user=user)


def zone_of(viewer: Viewer) -> str:
    """The time zone a person reads their calendar in."""
    return (
        Wishes.unscoped.filter(user_id=viewer.user_id).values_list("zone", flat=True).first() or PRESET_ZONE
    )


def wishes_among(user_ids: Iterable[int]) -> dict[int, int]:
    """How long before they wish to be reminded, for the worker; the preset is left out."""
    rows = Wishes.unscoped.filter(user_id__in=list(user_ids)).exclude(remind_hours=PRESET_REMINDER)
    return dict(rows.values_list("user_id", "remind_hours"))


def feed_of(user: User) -> Feed | None:
    """A person's live feed, for their own page."""
    return Feed.unscoped.filter(user=user, revoked_at=None).first()


def feed_by_token(token: str) -> Feed | None:
    """The live feed this address belongs to; None for one revoked, unknown, or of an account that is closed."""
    rows = Feed.unscoped.filter(token_hash=hash_token(token), revoked_at=None, user__is_active=True)
    return rows.select_related("user").first()


def fed(user: User) -> list[CoachingSession]:
    """The sessions a person takes part in now, in whatever seat and practice: the last three months' and those to come.

    Each chair is judged by the rule of its portal: a coach who has left, a seat that has ended, feed nothing any more.
    """
    mine = Q(pk__in=[])
    for chair in chairs_of(user):
        if chair.portal in SESSION_RULES:
            mine |= SESSION_RULES[chair.portal](viewer_on(user, chair))
    rows = CoachingSession.unscoped.filter(mine, starts_at__gte=timezone.now() - KEPT)
    return list(rows.order_by("starts_at", "pk"))


def entries(viewer: Viewer, after: datetime, before: datetime, limit: int | None = None) -> list["Entry"]:
    """What the viewer's calendar holds between two moments, earliest first; what was cancelled is no longer in it."""
    rows = CoachingSession.objects.visible_to(viewer, SESSION_RULES)
    rows = rows.filter(starts_at__gte=after, starts_at__lt=before).exclude(state__in=GONE_STATES)
    rows = rows.order_by("starts_at", "pk").values_list("pk", "ref", "kind", "state", "starts_at", "minutes")
    return [Entry(*row) for row in (rows[:limit] if limit else rows)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One session in a calendar."""

    pk: int
    ref: str
    kind: str
    state: str
    starts_at: datetime
    minutes: int
