"""What sessions know of article « Télé-coaching, internet, lieu »: where each took place, and that nobody could listen in."""

from datetime import timedelta

from django.db.models import Exists, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.kernel.viewer import Portal
from coaching.missions.conformity import not_yet, number_of, of_mission, page_of, passed_on
from contracts.enums import Medium

from .enums import SessionState
from .models import CoachingSession

A_DAY = timedelta(days=1)  # a session is recorded by the day after


def _sessions(**more) -> QuerySet:
    return of_mission(CoachingSession, **more)


def _held(**more) -> QuerySet:
    return _sessions(state=SessionState.HELD, **more)


def _unrecorded() -> QuerySet:
    return _sessions(state=SessionState.PLANNED, starts_at__lt=Now() - A_DAY)


def _places(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("No session has taken place."))
    if standing == Standing.TO_DO:
        if found.unrecorded:
            page = reverse("coach_session_hold", args=[found.unrecorded])
            return Said(_("A session is still to be recorded, with its place."), page)
        return Said(
            _("A session was held without its place being made sure of."), page_of(found, "sessions-of")
        )
    said = {"on_site": found.on_site, "remote": found.held - found.on_site}
    text = _("Sessions held on site: %(on_site)d, at a distance: %(remote)d; nobody could listen in.") % said
    if found.passed:
        text = f"{text} {_('A medium the contract does not name was used on your judgement.')}"
    return Said(text, page_of(found, "sessions-of"))


PIECES = (
    Piece(
        name="sessions.place",
        article="tele-coaching-lieu",
        applies=lambda: Q(Exists(_held())) | Q(Exists(_unrecorded())),
        held=lambda: (
            ~Q(Exists(_unrecorded())) & ~Q(Exists(_held(private=False))) & ~Q(passed_on("tele-coaching-lieu"))
        ),
        passed=lambda: ~Q(Exists(_unrecorded())) & Q(passed_on("tele-coaching-lieu")),
        facts=lambda: {
            "held": number_of(_held(), "mission"),
            "on_site": number_of(_held(medium=Medium.ON_SITE), "mission"),
            "unrecorded": Subquery(_unrecorded().order_by("starts_at").values("ref")[:1]),
            "passed": passed_on("tele-coaching-lieu"),
        },
        tell=_places,
        known_to=TABLE - {Portal.ORGANISATION},
    ),
)
