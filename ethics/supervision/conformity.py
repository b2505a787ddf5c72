"""What the room of supervision knows of its article: that points were brought. To the coach alone, as the points are."""

from datetime import timedelta

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import COACH_ALONE, About, Found, Piece, Said, Standing
from coaching.kernel.templatetags.dates import date

from .enums import PointState
from .models import SupervisionPoint

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


PIECES = (
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
