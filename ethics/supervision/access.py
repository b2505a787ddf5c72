"""Reading a coach's points and supervisions, and what names their practice knows. The words are asked of the vault."""

from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet

from coaching.clients.access import organisations_for, people_for
from coaching.clients.models import Organisation, Person
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Viewer
from coaching.vault.access import open_text, open_texts

from .enums import PointState, SupervisionState
from .models import AttestationLink, SupervisionPoint, SupervisionSession, Supervisor, YearRecord
from .naming import Known, What
from .policy import (
    LEARNING_PLACE,
    POINT_PLACE,
    POINT_RULES,
    RECORD_RULES,
    SESSION_RULES,
    SUPERVISOR_RULES,
)


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


def points_of(viewer: Viewer, session: SupervisionSession) -> QuerySet[SupervisionPoint]:
    """Those treated in one supervision."""
    return points_for(viewer).filter(session=session)


def supervisors_for(viewer: Viewer) -> QuerySet[Supervisor]:
    """The coach's own: those they still work with first."""
    rows = Supervisor.objects.visible_to(viewer, SUPERVISOR_RULES)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "name", "id")


def present_supervisors(viewer: Viewer) -> QuerySet[Supervisor]:
    return supervisors_for(viewer).filter(ended_at=None)


def get_supervisor(viewer: Viewer, ref: str) -> Supervisor:
    return get_visible(supervisors_for(viewer), ref)


def supervisions_for(viewer: Viewer) -> QuerySet[SupervisionSession]:
    """Supervisions that took place, the last first: the coach their own; the administrator those of the practice.

    What the administrator is shown of them is a day, a length, a form and whether it is attested (DOMAIN, who sees what).
    """
    rows = SupervisionSession.objects.visible_to(viewer, SESSION_RULES).exclude(
        state=SupervisionState.DROPPED
    )
    return rows.select_related("supervisor", "coach", "practice", "document")


def get_supervision(viewer: Viewer, ref: str) -> SupervisionSession:
    """404 to another coach, and once it was withdrawn."""
    return get_visible(supervisions_for(viewer), ref)


def learning_of(viewer: Viewer, session: SupervisionSession) -> str:
    """What the coach takes from it, to themself alone. Raises :class:`coaching.vault.errors.Locked`."""
    if not session.learning_ref:
        return ""
    return open_text(viewer, session.learning_ref, place=LEARNING_PLACE, row=session.ref)


def link_by_hash(token_hash: str) -> AttestationLink | None:
    """The link whose token has this hash, whatever became of it: for its own page."""
    rows = AttestationLink.unscoped.select_related(
        "session__coach", "session__practice", "session__supervisor", "session__document"
    )
    return rows.filter(token_hash=token_hash).first() if token_hash else None


def live_link(session: SupervisionSession) -> AttestationLink | None:
    return AttestationLink.unscoped.filter(session=session, used_at=None, revoked_at=None).first()


def records_for(viewer: Viewer) -> QuerySet[YearRecord]:
    """The yearly records a coach has made, the last first."""
    return YearRecord.objects.visible_to(viewer, RECORD_RULES).select_related("document")


def get_record(viewer: Viewer, ref: str) -> YearRecord:
    return get_visible(records_for(viewer), ref)


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
