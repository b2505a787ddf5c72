"""What progress knows of article « Obligation de moyens »: that each objective has the means used for it."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.evidence import Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, number_of, of_mission, passed_on
from coaching.missions.models import Objective
from coaching.sessions.enums import COUNTED_KINDS, SessionState
from coaching.sessions.models import CoachingSession

from .models import Means


def _met() -> QuerySet:
    return of_mission(CoachingSession, state=SessionState.HELD, kind__in=sorted(COUNTED_KINDS))


def _aims() -> QuerySet:
    return of_mission(Objective, removed_at=None)


def _without() -> QuerySet:
    used = Means.unscoped.filter(objective=OuterRef("pk")).order_by()
    return _aims().filter(~Exists(used))


def _used() -> QuerySet:
    return Means.unscoped.filter(objective__mission=OuterRef("pk"))


def _means(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("No session has been held yet."))
    if standing == Standing.TO_DO:
        text = ngettext(
            "%(n)d objective has no means recorded yet.",
            "%(n)d objectives have no means recorded yet.",
            found.bare,
        )
        return Said(text % {"n": found.bare}, reverse("coach_means", args=[found.last, found.first_bare]))
    text = ngettext("Means recorded %(n)d time.", "Means recorded %(n)d times.", found.used)
    return Said(text % {"n": found.used}, reverse("coach_progress", args=[found.ref]))


PIECES = (
    Piece(
        name="progress.means",
        article="obligation-moyens",
        applies=lambda: Q(Exists(_met())) & Q(Exists(_aims())),
        held=lambda: ~Q(Exists(_without())),
        passed=lambda: passed_on("obligation-moyens"),
        facts=lambda: {
            "bare": number_of(_without(), "mission"),
            "first_bare": Subquery(_without().order_by("pk").values("ref")[:1]),
            "last": Subquery(_met().order_by("-starts_at", "-pk").values("ref")[:1]),
            "used": number_of(_used(), "objective__mission"),
        },
        tell=_means,
    ),
)
