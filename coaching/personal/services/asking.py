"""A person asks for a correction or an erasure; the coach who keeps the row answers within a month."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.clients.models import Person
from coaching.clients.services import save_person
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Viewer

from .. import letters
from ..enums import AskedField
from ..models import ANSWER_WITHIN, Correction, Erasure
from ..transitions import CORRECTION, ERASURE
from .erasing import carry


@act
def ask_correction(viewer: Viewer, person: Person, *, about: str, wanted: str) -> Correction:
    """The person a row is about asks for one thing of it to say something else. Records ``correction.ask``.

    Who may: that person alone, behind their own portal. The coach is written to, without a word of it. Raises
    :class:`Invalid` beside a field and :class:`Stale` where the same is asked already. Article 16 of the GDPR.
    """
    _only_own(viewer, person)
    if about not in AskedField.values:
        raise Invalid(_("Choose what is to be corrected."), field="about")
    said = " ".join(wanted.split()) if about != AskedField.ADDRESS else wanted.strip()
    if not said and about == AskedField.NAME:
        raise Invalid(_("A name cannot be empty."), field="wanted")
    longest = Person._meta.get_field(about).max_length
    if len(said) > longest:
        raise Invalid(_("This is too long: at most %(n)d characters.") % {"n": longest}, field="wanted")
    if said == getattr(person, about):
        raise Invalid(_("It says so already."), field="wanted")
    row = Correction(person=person, about=about, wanted=said)
    _save(row, _("You have asked for this already: your coach has yet to answer."))
    _tell(viewer, row, "correction.ask", {"about": about})
    letters.correction_asked(row)
    return row


def apply_correction(viewer: Viewer, row: Correction) -> Correction:
    """The coach puts it right. Records ``person.save`` and ``correction.apply``; the person is written to.

    Who may: the coach who keeps the row (``person.keeper``). :class:`Invalid` where the value is refused by the row itself.
    """

    def effects(current, _move):
        person = current.person
        values = {current.about: current.wanted, "email": person.email}
        save_person(viewer, person, values)
        letters.correction_answered(current)

    return perform(CORRECTION, row, "apply", viewer, roles=_roles(viewer, row.person), effects=effects)


def decline_correction(viewer: Viewer, row: Correction, reason: str) -> Correction:
    """The coach says why not, to the person. Records ``correction.decline``."""
    return perform(
        CORRECTION,
        row,
        "decline",
        viewer,
        roles=_roles(viewer, row.person),
        reason=reason,
        effects=_answered(letters.correction_answered),
    )


def withdraw_correction(viewer: Viewer, row: Correction) -> Correction:
    """The person takes it back. Records ``correction.withdraw``."""
    return perform(CORRECTION, row, "withdraw", viewer, roles=_roles(viewer, row.person))


@act
def ask_erasure(viewer: Viewer, person: Person) -> Erasure:
    """The person a row is about asks for everything of it to go that the law does not keep. Records ``erasure.ask``.

    Who may: that person alone. The coach is written to and has a month. Articles 17 and 12(3) of the GDPR.
    """
    _only_own(viewer, person)
    row = Erasure(person=person, answer_by=timezone.localdate() + ANSWER_WITHIN)
    _save(row, _("You have asked for this already: your coach has yet to answer."))
    _tell(viewer, row, "erasure.ask", {})
    letters.erasure_asked(row)
    return row


def carry_out(viewer: Viewer, row: Erasure) -> Erasure:
    """The coach erases what the law does not keep (:func:`.erasing.carry`). Records ``erasure.carry_out``, ``key.destroy``.

    Who may: the coach who keeps the row. Irreversible. The person is written to at the address they had.
    """

    def effects(current, _move):
        letters.erasure_carried(current.person)
        done = carry(viewer, current.person)
        Erasure.unscoped.filter(pk=current.pk).update(done=done)
        current.done = done

    return perform(ERASURE, row, "carry_out", viewer, roles=_roles(viewer, row.person), effects=effects)


def decline_erasure(viewer: Viewer, row: Erasure, reason: str) -> Erasure:
    """The coach says why nothing is erased, to the person. Records ``erasure.decline``."""
    return perform(
        ERASURE,
        row,
        "decline",
        viewer,
        roles=_roles(viewer, row.person),
        reason=reason,
        effects=_answered(letters.erasure_answered),
    )


def withdraw_erasure(viewer: Viewer, row: Erasure) -> Erasure:
    """The person takes it back. Records ``erasure.withdraw``."""
    return perform(ERASURE, row, "withdraw", viewer, roles=_roles(viewer, row.person))


def _answered(write):
    def effects(current, move):
        type(current).unscoped.filter(pk=current.pk).update(answer=move.reason)
        current.answer = move.reason
        write(current)

    return effects


def _roles(viewer: Viewer, person: Person) -> frozenset[str]:
    own = {"own"} if person.user_id == viewer.user_id else set()
    keeper = {"keeper"} if person.keeper_id == viewer.user_id else set()
    return frozenset(own | keeper)


def _only_own(viewer: Viewer, person: Person) -> None:
    if person.user_id != viewer.user_id or person.practice_id != viewer.practice_id:
        raise NotAllowedNow(_("Only the person concerned asks for this."))


def _save(row, twice) -> None:
    row.clean_fields()
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(twice) from twin


def _tell(viewer: Viewer, row, kind: str, data: dict) -> None:
    told = row.told_in(viewer)
    events.record(chain=told.chain, kind=kind, actor=told.actor, subject=row.ref, data=data)
