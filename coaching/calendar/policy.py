"""Who may read what of calendars. A feed and its wishes are each person's own; hours are the coach's, and offered to coachees."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal, Viewer


def _own(v: Viewer) -> Q:
    return Q(practice_id=v.practice_id, coach_id=v.user_id)


# A coachee is offered moments, of the coach whose mission they were shown: never the table itself.
OPENING_RULES = {Portal.COACH: _own}

plumbing(
    "calendar.OpeningHours",
    "id ref practice coach weekday opens closes zone every valid_from valid_until medium",
)
declare("calendar.OpeningHours", "place join_link", Confidence.SHARED, Reader.COACH, Reader.COACHEE)
plumbing("calendar.ClosedDays", "id ref practice coach first last")
plumbing("calendar.BookingRules", "id practice coach notice_hours horizon_weeks")
plumbing("calendar.Feed", "id ref user token_hash created_at revoked_at")
plumbing("calendar.Wishes", "id user zone remind_hours show_place")
plumbing("calendar.SentReminder", "id session user starts_at sent_at")
