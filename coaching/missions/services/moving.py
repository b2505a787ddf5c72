"""Somebody of an organisation leaves it: their seats on its side end wherever they sit, at missions that are over too."""

from django.db.models import QuerySet
from django.utils import timezone

from coaching.clients.models import Organisation, Person
from coaching.kernel.viewer import Viewer

from ..models import Seat
from ..policy import AT_TABLE
from .life import record


def seats_at(person: Person, organisation: Organisation) -> int:
    """How many seats :func:`leave` would end: what the page of this person tells their coach beforehand."""
    return _seats(person, organisation).count()


def leave(viewer: Viewer, person: Person, organisation: Organisation) -> None:
    """End every seat of sponsor or manager that this person holds at missions of the organisation they leave.

    For the act that changes their organisation, in its transaction. From then on nothing of these missions opens to
    them: pages, contracts, restitutions they had read. A coachee's seat is about themself and stays. Records
    ``seat.end`` for each (articles « Confidentialité » and « Restitution au donneur d'ordre »).
    """
    for seat in _seats(person, organisation).select_related("mission"):
        if Seat.unscoped.filter(pk=seat.pk, ended_at=None).update(ended_at=timezone.now()):
            record(viewer, seat.mission, "seat.end", seat.ref, {"role": seat.role, "cause": "left"})


def _seats(person: Person, organisation: Organisation) -> QuerySet[Seat]:
    rows = Seat.unscoped.filter(person=person, role__in=AT_TABLE, ended_at=None)
    return rows.filter(mission__organisation=organisation)
