"""The colleague's part: takes up what the coachee agreed to, as a mission of their own, or declines."""

from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import coaches_here
from coaching.clients.models import Organisation, Person
from coaching.clients.services import keep_organisation_too, keep_too
from coaching.consents.enums import Ending
from coaching.consents.enums import HandOverItem as Item
from coaching.documents.canonical import digest
from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.transitions import Move, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import ObjectiveTag, SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.services import life, objectives, requests, seats

from .. import letters
from ..access import Offer, offered_page, row_of
from ..models import HandOver, HandOverRecord
from ..snapshots import FrozenHandOver, Somebody, text_of
from ..transitions import HANDOVER
from .ending import end_consent, let_go


@act
def take_up(viewer: Viewer, offer: Offer) -> Mission:
    """A mission of the colleague's begins with what was handed over: an enquiry, with a contract of its own to come.

    Who may: the colleague it was offered to, a coach of the practice today, while the coachee's consent stands; the
    consent ends with it, used. The former mission stays as it is, and nobody of either finds anything of the other.
    Requests are as taken down: their authors make them theirs. Records ``consent.used``, what each new row records, and
    ``handover.take_up``; the record is written once and for all. Writes to the coachee, the former coach, the organisation.
    """
    row = row_of(viewer, offer)
    roles = _roles(viewer, row)
    page = _page(viewer, offer, row)
    if not roles or not end_consent(viewer, row, Ending.USED):
        raise NotAllowedNow(
            _("This is no longer possible: the coachee no longer agrees, or it was taken back.")
        )
    made: list[Mission] = []

    def effects(current: HandOver, _move: Move) -> None:
        made.append(_begin(viewer, row, page))
        _record(current, row, made[0])
        letters.taken_up(row, made[0])

    perform(HANDOVER, row, "take_up", viewer, roles=roles, effects=effects)
    return made[0]


def _page(viewer: Viewer, offer: Offer, row: HandOver) -> FrozenHandOver:
    page = offered_page(viewer, offer)
    if page is None or digest(text_of(page)) != row.agreed_sha256:
        raise NotAllowedNow(_("What was handed over does not open to you yet: read it before you answer."))
    return page


def _begin(viewer: Viewer, row: HandOver, page: FrozenHandOver) -> Mission:
    house = _organisation(viewer, page)
    mission = life.begin(
        viewer, title=page.mission, payer=page.payer, organisation=house, language=page.language
    )
    for somebody in page.people:
        seats.add_seat(viewer, mission, _person(viewer, somebody, house), somebody.role)
    _requests(viewer, mission, page)
    _objectives(viewer, mission, page)
    return mission


def _organisation(viewer: Viewer, page: FrozenHandOver) -> Organisation | None:
    house = page.organisation
    if house is None:
        return None
    names = ("name", "legal_form", "siret", "address")
    return keep_organisation_too(viewer, {name: getattr(house, name) for name in names})


def _person(viewer: Viewer, somebody: Somebody, house: Organisation | None) -> Person:
    """The account stays the person's own: they find the new mission where they find the others."""
    seat = Seat.unscoped.select_related("person__user").get(ref=somebody.seat)
    names = ("name", "email", "job_title", "language")
    values = {name: getattr(somebody, name) for name in names}
    return keep_too(viewer, {**values, "organisation": house}, seat.person.user)


def _requests(viewer: Viewer, mission: Mission, page: FrozenHandOver) -> None:
    asked, own = page.part(Item.ORGANISATION_REQUEST), page.part(Item.OWN_REQUEST)
    if asked and mission.paid_by_organisation:
        requests.write_organisation_request(viewer, mission, asked.words, based_on=0)
    if own:
        requests.write_coachee_request(viewer, mission, _coachee(mission), own.words, based_on=0)


def _objectives(viewer: Viewer, mission: Mission, page: FrozenHandOver) -> None:
    parts = [page.part(item) for item in (Item.AGREED_OBJECTIVES, Item.OWN_OBJECTIVES)]
    for aim in (aim for part in parts if part for aim in part.aims):
        names = ("tag", "title", "indicator", "baseline", "target")
        seat = _coachee(mission) if aim.tag == ObjectiveTag.COACHEE else None
        objectives.save_objective(
            viewer, mission, None, {name: getattr(aim, name) for name in names}, seat=seat
        )


def _coachee(mission: Mission) -> Seat:
    rows = Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE).select_related("person", "mission")
    return rows.get()


def _record(current: HandOver, row: HandOver, mission: Mission) -> None:
    record = HandOverRecord(
        handover=current,
        former=row.seat.mission,
        mission=mission,
        by_id=current.proposed_by_id,
        to_id=current.to_id,
        coachee_id=row.seat.person.user_id,
        items=[Item.IDENTITY.value, *current.agreed],
        sha256=current.agreed_sha256,
        agreed_at=current.agreed_at,
        taken_up_at=current.ended_at,
    )
    record.full_clean()
    record.save(force_insert=True)


@act
def turn_down(viewer: Viewer, offer: Offer) -> None:
    """The colleague declines, without a reason: what they read is erased for good. Records ``handover.turn_down``.

    Who may: the colleague it was offered to. Writes to the coachee and to their coach.
    """
    row = row_of(viewer, offer)
    roles = _roles(viewer, row)
    if roles:
        end_consent(viewer, row, Ending.UNUSED)
    current = perform(HANDOVER, row, "turn_down", viewer, roles=roles)
    let_go(viewer, current)
    letters.turned_down(row)


def _roles(viewer: Viewer, row: HandOver) -> frozenset[str]:
    here = coaches_here(viewer.user_id, viewer.practice_id)
    mine = viewer.portal == Portal.COACH and row.to_id == viewer.user_id and here
    return frozenset({"colleague"}) if mine else frozenset()
