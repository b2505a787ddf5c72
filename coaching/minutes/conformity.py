"""What minutes know of article « Équilibre »: that each three-way meeting has minutes all could answer."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.evidence import Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, number_of, of_mission
from coaching.sessions.enums import SessionKind, SessionState
from coaching.sessions.models import CoachingSession

from .enums import MinutesState
from .models import Minutes


def _meetings() -> QuerySet:
    return of_mission(CoachingSession, kind=SessionKind.THREE_WAY, state=SessionState.HELD)


def _proposed() -> QuerySet:
    told = (MinutesState.PROPOSED, MinutesState.AGREED)
    return Minutes.unscoped.filter(session=OuterRef("pk"), state__in=told).order_by()


def _unwritten() -> QuerySet:
    return _meetings().filter(~Exists(_proposed()))


def _agreed() -> QuerySet:
    return Minutes.unscoped.filter(session__mission=OuterRef("pk"), state=MinutesState.AGREED)


def _minuted(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    if standing == Standing.TO_DO:
        text = _("A three-way meeting was held whose minutes were proposed to nobody.")
        return Said(text, reverse("coach_minutes_write", args=[found.unwritten]))
    text = ngettext(
        "%(n)d set of minutes agreed by all.", "%(n)d sets of minutes agreed by all.", found.agreed
    )
    return Said(text % {"n": found.agreed}, reverse("coach_balance_view", args=[found.ref]))


PIECES = (
    Piece(
        name="minutes.meetings",
        article="equilibre",
        applies=lambda: Q(Exists(_meetings())),
        held=lambda: ~Q(Exists(_unwritten())),
        facts=lambda: {
            "unwritten": Subquery(_unwritten().order_by("starts_at").values("ref")[:1]),
            "agreed": number_of(_agreed(), "session__mission"),
        },
        tell=_minuted,
    ),
)
