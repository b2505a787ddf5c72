"""What restitutions know of article « Restitution au donneur d'ordre »: nothing leaves but what its coachee approved."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.evidence import Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, number_of

from .enums import GONE, RestitutionState
from .models import Restitution


def _restitutions(**more) -> QuerySet:
    return Restitution.unscoped.filter(seat__mission=OuterRef("pk"), **more).order_by()


def _approved() -> QuerySet:
    return _restitutions(state=RestitutionState.APPROVED)


def _left() -> QuerySet:
    return _restitutions(state__in=sorted(GONE))


def _given_back(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    if standing == Standing.TO_DO:
        text = _("The coachee has approved a restitution: it is still to be released.")
        return Said(text, reverse("coach_restitution_release", args=[found.approved]))
    text = ngettext(
        "%(n)d restitution given back, approved word for word by the coachee.",
        "%(n)d restitutions given back, each approved word for word by the coachee.",
        found.left,
    )
    return Said(text % {"n": found.left}, reverse("coach_restitutions", args=[found.ref]))


PIECES = (
    Piece(
        name="restitutions.approved",
        article="restitution",
        applies=lambda: Q(Exists(_approved())) | Q(Exists(_left())),
        held=lambda: ~Q(Exists(_approved())),
        facts=lambda: {
            "approved": Subquery(_approved().order_by("pk").values("ref")[:1]),
            "left": number_of(_left(), "seat__mission"),
        },
        tell=_given_back,
    ),
)
