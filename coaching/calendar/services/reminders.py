"""Reminders of sessions, by the worker: once for each person and hour, as long before as they wish."""

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from coaching.accounts.models import User
from coaching.kernel.acts import one_act
from coaching.kernel.transitions import hold
from coaching.missions.enums import MissionState
from coaching.sessions import letters
from coaching.sessions.enums import SessionState
from coaching.sessions.letters import Addressee
from coaching.sessions.models import CoachingSession

from ..access import wishes_among
from ..enums import PRESET_REMINDER, Remind
from ..models import SentReminder

JOB = "calendar.remind"
EVERY = timedelta(minutes=5)
UNDER_WAY = (MissionState.ENQUIRY, MissionState.CONTRACTING, MissionState.ACTIVE)  # a pause is left in peace


def remind_due(_task=None) -> None:
    """The periodic job. What a worker that died had done is not done again: each reminder is a row beside its letter."""
    now = timezone.now()
    sessions = list(_coming(now))
    people = letters.parties(sessions)
    for session in sessions:
        people[session.pk].append(letters.its_coach(session))
    wishes = wishes_among({one.user_id for those in people.values() for one in those})
    done = set(
        SentReminder.unscoped.filter(session__in=sessions).values_list("session_id", "user_id", "starts_at")
    )
    for session in sessions:
        for one in people[session.pk]:
            hours = wishes.get(one.user_id, PRESET_REMINDER)
            if (session.pk, one.user_id, session.starts_at) not in done and _due(session, hours, now):
                _remind(session, one)


def _coming(now: datetime):
    rows = CoachingSession.unscoped.filter(
        state=SessionState.PLANNED,
        starts_at__gt=now,
        starts_at__lte=now + timedelta(hours=max(Remind.values)),
        mission__state__in=UNDER_WAY,
    )
    return rows.select_related("mission__practice", "mission__coach").order_by("starts_at", "pk")


def _due(session: CoachingSession, hours: int, now: datetime) -> bool:
    """The moment has come, and the session was not planned after it: its letter has then just said so."""
    due = session.starts_at - timedelta(hours=hours)
    return hours > 0 and session.created_at <= due <= now


def _remind(session: CoachingSession, one: Addressee) -> None:
    """The row and the letter in one transaction, on the session as it is now: cancelled or moved meanwhile, nothing goes."""
    with one_act():
        current = hold(session)
        if (current.state, current.starts_at) != (SessionState.PLANNED, session.starts_at):
            return
        if not User.objects.filter(pk=one.user_id, is_active=True).exists():
            return
        try:
            with one_act():
                SentReminder(session=session, user_id=one.user_id, starts_at=session.starts_at).save(
                    force_insert=True
                )
        except IntegrityError:  # another worker was faster
            return
        current.mission = session.mission
        letters.reminder(current, one)
