"""Reading a coach's points for supervision, and what names their practice knows. The words are asked of the vault."""

from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet

from coaching.clients.access import organisations_for, people_for
from coaching.clients.models import Organisation, Person
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_text, open_texts

from .enums import PointState
from .models import SupervisionPoint
from .naming import Known, What
from .policy import POINT_PLACE, POINT_RULES


def points_for(viewer: Viewer) -> QuerySet[SupervisionPoint]:
    """The viewer's own points: those to bring first, then those brought, the last first. Nobody else has any."""
    rows = SupervisionPoint.objects.visible_to(viewer, POINT_RULES)
    to_bring_first = F("brought_on").desc(nulls_first=True)
    return rows.select_related("note__session", "note__mission").order_by(
        "state", to_bring_first, "-written_at", "-id"
    )


def open_points(viewer: Viewer) -> QuerySet[SupervisionPoint]:
    """Those still to be brought."""
    return points_for(viewer).filter(state=PointState.OPEN)


def get_point(viewer: Viewer, ref: str) -> SupervisionPoint:
    """The point with this reference; 404 to everybody but its author."""
    return get_visible(points_for(viewer), ref)


def text_of(viewer: Viewer, point: SupervisionPoint) -> str:
    """Its words, to its author. Raises :class:`coaching.vault.errors.Locked`."""
    return open_text(viewer, point.sealed_ref, place=POINT_PLACE, row=point.ref)


def texts_of(viewer: Viewer, points: Iterable[SupervisionPoint]) -> dict[str, str]:
    """The words of several points, by reference, in one query."""
    return open_texts(viewer, {point.ref: point.sealed_ref for point in points}, place=POINT_PLACE)


def known_to(viewer: Viewer) -> list[Known]:
    """What would name somebody: the people and organisations a coach keeps, at the tables of their missions or not.

    Whoever has an account is known by the name and the address they gave there, too.
    """
    people = people_for(viewer).select_related("user")
    return [
        *(one for person in people for one in _of_person(person)),
        *(one for organisation in organisations_for(viewer) for one in _of_organisation(organisation)),
    ]


def _of_person(person: Person) -> Iterator[Known]:
    yield Known(What.PERSON, person.name)
    yield Known(What.EMAIL, person.email)
    yield Known(What.PHONE, person.phone)
    yield Known(What.ADDRESS, person.address)
    if person.user:
        yield Known(What.PERSON, person.user.name)
        yield Known(What.EMAIL, person.user.email)


def _of_organisation(organisation: Organisation) -> Iterator[Known]:
    yield Known(What.ORGANISATION, organisation.name)
    yield Known(What.PERSON, organisation.represented_by)
    yield Known(What.ADDRESS, organisation.address)
