"""What the coach's file knows of articles « Formation et transparence » and « Maintien et développement des compétences »."""

from datetime import timedelta

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, Now
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.evidence import TABLE, About, Found, Piece, Said, Standing

from .enums import QUARTER, in_hours
from .models import DevelopmentActivity, Qualification

A_YEAR = timedelta(days=365)


def _file(**more) -> QuerySet:
    """A member's qualifications: those of the practice the membership is of."""
    rows = Qualification.unscoped.filter(
        practice=OuterRef("practice"), coach=OuterRef("user"), removed_at=None
    )
    return rows.filter(**more).order_by()


def _in_force() -> QuerySet:
    return _file().filter(Q(expires_on=None) | Q(expires_on__gte=Cast(Now(), DateField())))


def _recent() -> QuerySet:
    return _file(obtained_on__gte=Cast(Now() - A_YEAR, DateField()))


def _active() -> QuerySet:
    rows = DevelopmentActivity.unscoped.filter(
        practice=OuterRef("practice"), coach=OuterRef("user"), removed_at=None
    )
    return rows.filter(held_on__gte=Cast(Now() - A_YEAR, DateField())).order_by()


def _quarters():
    """Quarters of an hour of the last year: what was obtained in it, and what was done."""
    return _figure(_recent(), Sum("hours")) * QUARTER + _figure(_active(), Sum("quarters"))


def _figure(rows: QuerySet, figure) -> Coalesce:
    return Coalesce(Subquery(rows.values("coach").annotate(n=figure).values("n")), 0)


def _qualified(found: Found, standing: Standing) -> Said:
    page = reverse("coach_qualifications")
    if standing == Standing.HELD:
        text = ngettext("%(n)d qualification on file.", "%(n)d qualifications on file.", found.number)
        return Said(text % {"n": found.number}, page)
    if found.number:
        return Said(_("What is on file has expired."), page)
    return Said(_("Add at least one training or qualification to your file."), page)


def _developed(found: Found, _standing: Standing) -> Said:
    text = _("%(hours)s h of development in the last year, of the %(target)s h asked for.")
    hours = in_hours(found.quarters)
    return Said(text % {"hours": hours, "target": found.target}, reverse("coach_activities"))


PIECES = (
    Piece(
        name="development.qualified",
        article="formation-transparence",
        about=About.COACH,
        applies=lambda: Q(is_coach=True),
        held=lambda: Exists(_in_force()),
        facts=lambda: {"number": _figure(_file(), Count("pk"))},
        tell=_qualified,
        known_to=TABLE,
    ),
    Piece(
        name="development.kept_up",
        article="maintien-competences",
        about=About.COACH,
        applies=lambda: Q(is_coach=True),
        held=lambda: GreaterThanOrEqual(_quarters(), F("practice__development_hours") * QUARTER),
        facts=lambda: {"quarters": _quarters(), "target": F("practice__development_hours")},
        tell=_developed,
    ),
)
