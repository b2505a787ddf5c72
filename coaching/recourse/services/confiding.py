"""What a coachee confides to the recourse person, and how it is received (article Respect des personnes).

Nobody else is written to, and no journal that anybody shows has a line of it: each signal has a chain of its own.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission
from coaching.vault.enums import Audience
from coaching.vault.services import part, seal

from .. import letters
from ..access import PLACE, exchange_of, in_place
from ..enums import OPEN, Author
from ..models import Message, RecoursePerson, Signal
from ..transitions import SIGNAL

NOBODY = _(
    "Nobody is there to receive it yet: the page says whom your contract names, and how to reach them."
)


@act
def send(viewer: Viewer, mission: Mission, text: str) -> Signal:
    """A coachee confides something to the recourse person. Records ``signal.send`` in the signal's own chain.

    Who may: a coachee of the mission, whatever its state, with their key open (:class:`coaching.vault.errors.Locked`
    otherwise). Sealed to the two of them. :class:`NotAllowedNow` while nobody is there to seal it to.
    """
    seat = own_coachee_seat(viewer, mission)
    person = in_place(mission.practice_id)
    if person is None:
        raise NotAllowedNow(NOBODY)
    return _send(viewer, mission, seat, person, text)


def _send(viewer: Viewer, mission: Mission, seat, person: RecoursePerson, text: str) -> Signal:
    today = timezone.localdate()
    signal = Signal(
        practice_id=mission.practice_id,
        mission=mission,
        seat=seat,
        recourse=person,
        acknowledge_by=today + timedelta(days=person.acknowledge_days),
        handle_by=today + timedelta(days=person.handle_days),
    )
    signal.full_clean()
    signal.save(force_insert=True)
    _write(viewer, signal, text, Author.COACHEE)
    told = signal.told_in(viewer)
    events.record(chain=told.chain, kind="signal.send", actor=told.actor, subject=signal.ref)
    letters.confided(person)
    return signal


@act
def send_again(viewer: Viewer, old: Signal) -> Signal:
    """A coachee sends what they had written to an earlier recourse person to the one in place. Records ``signal.send``.

    Their own words alone, sealed anew; the answers of the one before stay where they are. Who may: its author.
    """
    person = in_place(old.practice_id)
    if viewer.portal != Portal.COACHEE or old.seat.person.user_id != viewer.user_id:
        raise NotAllowedNow(_("Only whoever wrote it sends it again."))
    if person is None:
        raise NotAllowedNow(NOBODY)
    if person.pk == old.recourse_id:
        raise NotAllowedNow(_("This person has it already."))
    said = [one.text for one in exchange_of(viewer, old) if one.by_coachee and one.text]
    if not said:
        raise NotAllowedNow(_("Its words have not opened to you: write anew."))
    return _send(viewer, old.mission, old.seat, person, "\n\n".join(said))


@act
def write(viewer: Viewer, signal: Signal, text: str) -> Message:
    """One of the two adds to the exchange while it is open; the other is written to, without a word of it."""
    by = _role(viewer, signal)
    if hold(signal).state not in OPEN:
        raise NotAllowedNow(_("This exchange has ended."))
    row = _write(viewer, signal, text, by)
    if by == Author.COACHEE:
        letters.confided(signal.recourse)
    else:
        letters.news(signal)
    return row


def acknowledge(viewer: Viewer, signal: Signal) -> Signal:
    """The recourse person has received it. Records ``signal.acknowledge`` in its own chain; the coachee has news."""
    return _move(viewer, signal, "acknowledge")


def handle(viewer: Viewer, signal: Signal) -> Signal:
    """The recourse person has done what they could and said so. Records ``signal.handle`` in its own chain."""
    return _move(viewer, signal, "handle")


def withdraw(viewer: Viewer, signal: Signal) -> Signal:
    """The coachee takes it back: it opens to the other no longer. Records ``signal.withdraw`` in its own chain."""
    return _move(viewer, signal, "withdraw")


def _move(viewer: Viewer, signal: Signal, name: str) -> Signal:
    def effects(current: Signal, _move: Move) -> None:
        if name == "withdraw":
            part(**_compartment(current), member_id=viewer.user_id, user_id=current.recourse.user_id)
        else:
            letters.news(current)

    roles = frozenset({_role(viewer, signal).value})
    return perform(SIGNAL, signal, name, viewer, roles=roles, effects=effects)


def _role(viewer: Viewer, signal: Signal) -> Author:
    if viewer.portal == Portal.COACHEE and signal.seat.person.user_id == viewer.user_id:
        return Author.COACHEE
    if viewer.portal == Portal.RECOURSE and signal.recourse.user_id == viewer.user_id:
        return Author.RECOURSE
    raise NotAllowedNow(_("This is between the coachee and the recourse person."))


def _write(viewer: Viewer, signal: Signal, text: str, by: Author) -> Message:
    if not text.strip():
        raise Invalid(_("Write something first."), field="text")
    row = Message(signal=signal, by=by)
    row.sealed_ref = seal(
        viewer,
        text.strip(),
        place=PLACE,
        row=row.ref,
        members={signal.seat.person.user_id, signal.recourse.user_id},
        **_compartment(signal),
    )
    row.full_clean()
    row.save(force_insert=True)
    return row


def _compartment(signal: Signal) -> dict:
    """One for each signal: whoever is recourse person next is no member, and holds no key of what was said before."""
    return {
        "mission_ref": signal.mission.ref,
        "audience": Audience.COACHEE_AND_RECOURSE,
        "about": signal.ref,
    }
