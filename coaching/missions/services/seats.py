"""Who sits at a mission's table, and how they are asked to."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import practice_by_id, user_by_id
from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.models import User
from coaching.accounts.services import invite
from coaching.clients.models import Person
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import admit, part

from ..endings import Cause, interrupt
from ..enums import MissionKind, RequestLevel, SeatRole
from ..models import Mission, Request, Seat
from ..policy import OPEN_STATES
from .life import only_coach, record


@act
def add_seat(viewer: Viewer, mission: Mission, person: Person, role: str, *, signs: bool = True) -> Seat:
    """The coach gives a person a seat. A request waits for them where their role has one. Records ``seat.add``.

    Refused: a second coachee in an individual mission, a coachee who pays and a sponsor, the coach themself, one person
    on both sides of the same mission.
    """
    only_coach(viewer, mission)
    _check_seat(mission, person, role)
    seat, made = Seat.unscoped.get_or_create(
        mission=mission, person=person, role=role, defaults={"signs": signs}
    )
    if not made and seat.ended_at is None:
        raise Invalid(_("This person already has this seat."), field="person")
    if not made:
        Seat.unscoped.filter(pk=seat.pk).update(ended_at=None, signs=signs)
        seat.refresh_from_db()
    _expect_request(mission, seat)
    record(viewer, mission, "seat.add", seat.ref, {"role": role, "signs": signs})
    if person.user_id and role == SeatRole.COACHEE:
        _admit(seat, mission, person.user_id)
    return seat


def _check_seat(mission, person, role) -> None:
    if mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("This mission is over: its table no longer changes."))
    if person.user_id == mission.coach_id or person.email == mission.coach.email:
        raise Invalid(
            _("You are the coach of this mission and cannot sit on the other side."), field="person"
        )
    taken = Seat.unscoped.filter(mission=mission, ended_at=None)
    alone = role == SeatRole.COACHEE and mission.kind == MissionKind.INDIVIDUAL
    if alone and taken.filter(role=SeatRole.COACHEE).exclude(person=person).exists():
        raise Invalid(_("An individual mission has one coachee; make it a team mission first."), field="role")
    others = {SeatRole.SPONSOR, SeatRole.MANAGER} if role == SeatRole.COACHEE else {SeatRole.COACHEE}
    if taken.filter(person=person, role__in=others).exists():
        raise Invalid(_("This person already sits on the other side of this mission."), field="role")
    if role == SeatRole.SPONSOR and not mission.paid_by_organisation:
        raise Invalid(_("The coachee pays for this mission: it has no sponsor."), field="role")


def _expect_request(mission: Mission, seat: Seat) -> None:
    if seat.role == SeatRole.COACHEE:
        Request.unscoped.get_or_create(mission=mission, level=RequestLevel.COACHEE, seat=seat)
    elif seat.role == SeatRole.SPONSOR:
        Request.unscoped.get_or_create(mission=mission, level=RequestLevel.ORGANISATION, seat=None)


@act
def end_seat(viewer: Viewer, mission: Mission, seat: Seat) -> None:
    """The coach takes a person from the table: they see nothing of the mission from then on. Records ``seat.end``.

    What was planned with a coachee alone is cancelled. What their compartment holds opens to them no longer, and what is written there next lies under a new key.
    """
    only_coach(viewer, mission)
    if mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("This mission is over: its table no longer changes."))
    if Seat.unscoped.filter(pk=seat.pk, ended_at=None).update(ended_at=timezone.now()) != 1:
        raise Stale(_("This seat has already ended."))
    if seat.role == SeatRole.COACHEE:
        interrupt(viewer, mission, Cause.END, seat)
    record(viewer, mission, "seat.end", seat.ref, {"role": seat.role})
    if seat.person.user_id and seat.role == SeatRole.COACHEE:
        part(**_compartment_of(seat, mission), user_id=seat.person.user_id)


@act
def invite_seat(viewer: Viewer, mission: Mission, seat: Seat) -> None:
    """The coach writes to the person with a single-use link; an earlier link falls. Records ``invitation.send``."""
    only_coach(viewer, mission)
    if mission.state not in OPEN_STATES:
        raise NotAllowedNow(_("This mission is over: its table no longer changes."))
    person = seat.person
    if person.user_id:
        raise NotAllowedNow(_("This person already has an account: they find the mission in their portal."))
    invite(
        viewer,
        purpose=InvitationPurpose.PERSON,
        email=person.email,
        name=person.name,
        language=person.language,
        inviter=user_by_id(viewer.user_id),
        practice=practice_by_id(viewer.practice_id),
        target_ref=person.ref,
        context={
            "role": seat.role,
            "organisation": mission.organisation.name if mission.organisation else "",
        },
    )


def open_compartments(person: Person, user: User) -> None:
    """A coachee has an account now: let them into the compartments that already hold texts about them."""
    seats = Seat.unscoped.filter(person=person, role=SeatRole.COACHEE, ended_at=None)
    for seat in seats.select_related("mission"):
        _admit(seat, seat.mission, user.pk)


def _admit(seat: Seat, mission: Mission, user_id: int) -> None:
    admit(**_compartment_of(seat, mission), user_id=user_id)


def _compartment_of(seat: Seat, mission: Mission) -> dict:
    """What coach and coachee share, as the coach, its member, has it."""
    return {
        "member_id": mission.coach_id,
        "mission_ref": mission.ref,
        "audience": Audience.COACH_AND_COACHEE,
        "about": seat.ref,
    }
