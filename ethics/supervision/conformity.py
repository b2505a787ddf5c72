"""What the room of supervision knows of its article: that it takes place often enough, and that points are brought.

Points are told to the coach alone, as they are theirs alone.
"""

from datetime import timedelta

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import COACH_ALONE, About, Found, Piece, Said, Standing
from coaching.kernel.templatetags.dates import date

from .enums import Level, PointState, SupervisionState
from .models import Notice, SupervisionPoint, SupervisionSession

A_YEAR = timedelta(days=365)


def _brought(**more) -> QuerySet:
    rows = SupervisionPoint.unscoped.filter(practice=OuterRef("practice"), coach=OuterRef("user"))
    return rows.filter(state=PointState.TREATED, **more).order_by()


def _supervised(found: Found, standing: Standing) -> Said:
    page = reverse("coach_supervision")
    if standing == Standing.HELD:
        return Said(
            _("Points brought to supervision, last on %(day)s.") % {"day": date(found.last, "DATE_FORMAT")},
            page,
        )
    return Said(_("No point was brought to supervision in the last year."), page)


def _held(**more) -> QuerySet:
    """A member's supervisions, but what was withdrawn or is contested."""
    gone = (SupervisionState.DROPPED, SupervisionState.CONTESTED)
    rows = SupervisionSession.unscoped.filter(practice=OuterRef("practice"), coach=OuterRef("user"))
    return rows.exclude(state__in=gone).filter(**more).order_by()


def _overdue() -> Exists:
    """As the coach was last told: looked at once a day."""
    rows = Notice.unscoped.filter(practice=OuterRef("practice"), coach=OuterRef("user"))
    return Exists(rows.filter(level=Level.OVERDUE))


def _current(found: Found, standing: Standing) -> Said:
    page = reverse("coach_supervision")
    if standing == Standing.HELD:
        return Said(
            _("Supervised, last on %(day)s.") % {"day": date(found.supervised, "DATE_FORMAT")},
            reverse("coach_supervisions"),
        )
    if found.supervised is None:
        return Said(_("No supervision is recorded yet."), reverse("coach_supervision_new"))
    return Said(_("Your supervision is overdue: bring what questions you, then record it."), page)


PIECES = (
    Piece(
        name="supervision.current",
        article="supervision",
        about=About.COACH,
        applies=lambda: Q(is_coach=True),
        held=lambda: Exists(_held(held_on__gte=Cast(Now() - A_YEAR, DateField()))) & ~_overdue(),
        facts=lambda: {"supervised": Subquery(_held().order_by("-held_on").values("held_on")[:1])},
        tell=_current,
    ),
    Piece(
        name="supervision.points",
        article="supervision",
        about=About.COACH,
        applies=lambda: Q(is_coach=True),
        held=lambda: Exists(_brought(brought_on__gte=Cast(Now() - A_YEAR, DateField()))),
        facts=lambda: {"last": Subquery(_brought().order_by("-brought_on").values("brought_on")[:1])},
        tell=_supervised,
        known_to=COACH_ALONE,
    ),
)
