"""Sessions as calendar programs read them (RFC 5545, 5546): a neutral word, a moment, and nothing else (decision 0018).

An invitation lands in calendars that assistants and colleagues look into: it names neither the coaching, nor anybody
but the one it is sent to, nor the place; the letter around it does. Moments are in universal time, which every program
turns into its owner's own hour, over both clock changes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vCalAddress, vText

from .enums import GONE_STATES
from .models import CoachingSession

REQUEST, CANCEL = "REQUEST", "CANCEL"


def invitation(session: CoachingSession, to: str, language: str) -> tuple[str, str]:
    """What goes with a letter on one session: its method and the calendar's text.

    One event each: programs take the first of several, and RFC 5546 has no request for two.
    """
    method = CANCEL if session.state in GONE_STATES else REQUEST
    event = entry(session, language, stamped=timezone.now())
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    event.add("attendee", _attendee(to), encode=0)
    return method, calendar([event], method)


def entry(session: CoachingSession, language: str, *, stamped: datetime, place: str = "") -> Event:
    """One session; ``place`` is said only where the calendar's owner wants it there."""
    event = Event()
    event.add("uid", f"{session.ref.lower()}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", stamped.replace(microsecond=0))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    with override(language):
        event.add("summary", _("Appointment"))
    event.add("sequence", session.sequence)
    event.add("status", "CANCELLED" if session.state in GONE_STATES else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if session.state in GONE_STATES else "OPAQUE")
    if place:
        event.add("location", place)
    return event


def calendar(events: Iterable[Event], method: str = "") -> str:
    """The events as one text, as RFC 5545 wants its lines."""
    whole = Calendar()
    whole.add("prodid", f"-//{settings.PRODUCT_NAME}//Calendar//EN")
    whole.add("version", "2.0")
    if method:
        whole.add("method", method)
    for event in events:
        whole.add_component(event)
    return whole.to_ical().decode()


def _attendee(address: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{address}")
    said = {"cutype": "INDIVIDUAL", "role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "FALSE"}
    for name, value in said.items():
        who.params[name] = vText(value)
    return who
