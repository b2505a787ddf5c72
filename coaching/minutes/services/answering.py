"""What each side does with minutes it was proposed: approves this very text, or words it otherwise. The last approval makes them agreed."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.canonical import digest
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Viewer, system
from coaching.missions.access import own_seats
from coaching.missions.enums import SeatRole
from coaching.missions.models import Seat
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import record
from coaching.vault.services import reseal

from .. import letters
from ..access import AnyCopy, divergence_of, sides_of, speaker_seat, text_of
from ..enums import Answer, MinutesState
from ..models import AgreedMinutes, AgreedSide, CoacheeCopy, Minutes, OrganisationCopy
from ..policy import WORDING_PLACE
from ..sealing import sealed
from ..transitions import MINUTES
from .drafting import fit

LONGEST_DIVERGENCE = 4_000
SYSTEM = frozenset({"system"})


@act
def approve(viewer: Viewer, copy: AnyCopy, *, sha256: str, based_on: int, divergence: str = "") -> Minutes:
    """One side approves the text it was proposed, perhaps with a statement that will stand under it. Records ``minutes.approve``.

    Who may: the coachee the copy was made for; for the organisation a sponsor, or a manager where no sponsor has an
    account. ``sha256`` is the text they had before them and ``based_on`` the answer they saw: :class:`Stale` when the
    coach has proposed another text, or when somebody of the same side has just answered. With the last approval the
    minutes are agreed, kept, and read by all with what each holds beside them (``minutes.agree``, ``minutes.keep`` with
    the digest); the coach and all sides are written to. Before that nobody but the coach learns of it.
    """
    divergence = _fit_divergence(divergence)
    seat, minutes = _seat(viewer, copy), hold(copy.minutes)
    text = _text(viewer, copy, sha256)
    held = sealed(copy.ref, divergence) if isinstance(copy, CoacheeCopy) else divergence
    _take(copy, minutes, sha256, based_on, seat, answer=Answer.APPROVED, divergence=held)
    record(viewer, copy.minutes.session.mission, "minutes.approve", minutes.ref, {"number": copy.number})
    if _all_approve(minutes):
        return _agree(viewer, minutes, text)
    letters.answered(minutes)
    return minutes


@act
def reword(viewer: Viewer, copy: AnyCopy, wording: str, *, sha256: str, based_on: int) -> Minutes:
    """One side proposes its own wording to the coach, who alone reads it. Records ``minutes.reword``.

    Who may, ``sha256`` and ``based_on``: as for :func:`approve`. Raises :class:`Invalid` beside the field for a blank
    text, or one that changes nothing.
    """
    seat, minutes = _seat(viewer, copy), hold(copy.minutes)
    text, wording = _text(viewer, copy, sha256), fit(wording, "wording")
    if wording == text:
        raise Invalid(
            _("This is the coach’s text, word for word: approve it, or change it."), field="wording"
        )
    blank = b"" if isinstance(copy, CoacheeCopy) else ""
    _take(copy, minutes, sha256, based_on, seat, answer=Answer.REWORDED, divergence=blank)
    _keep_wording(viewer, copy, wording)
    record(viewer, copy.minutes.session.mission, "minutes.reword", minutes.ref, {"number": copy.number})
    letters.answered(minutes)
    return minutes


def may_answer(viewer: Viewer, copy: AnyCopy) -> bool:
    """Whether this viewer speaks for the side the copy was made for; others of the organisation only read it."""
    return _speaks(viewer, copy) is not None


def _speaks(viewer: Viewer, copy: AnyCopy) -> Seat | None:
    mission = copy.minutes.session.mission
    if isinstance(copy, OrganisationCopy):
        return speaker_seat(viewer, mission)
    mine = [seat for seat in own_seats(viewer, mission) if seat.role == SeatRole.COACHEE]
    return next((seat for seat in mine if seat.pk == copy.seat_id), None)


def _seat(viewer: Viewer, copy: AnyCopy) -> Seat:
    seat = _speaks(viewer, copy)
    if seat is None:
        raise NotAllowedNow(_("The answer is for somebody else of your side to give."))
    return seat


def _fit_divergence(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_DIVERGENCE:
        raise Invalid(_("This text is too long."), field="divergence")
    return text


def _text(viewer: Viewer, copy: AnyCopy, sha256: str) -> str:
    """The text as this side has it, proved to be the one that was proposed."""
    text = text_of(viewer, copy)
    if text is None:
        raise NotAllowedNow(
            _("This text does not open to you yet: you cannot answer what you have not read.")
        )
    if sha256 != copy.sha256:
        raise Stale(_("Another text was proposed meanwhile. Read it before you answer."))
    if digest(text) != copy.sha256:
        raise NotAllowedNow(_("This text is not the one that was proposed. Tell your coach."))
    return text


def _take(copy: AnyCopy, minutes: Minutes, sha256: str, based_on: int, seat: Seat, **changes) -> None:
    """The answer is this side's on this text, and of one person of it at a time; or nothing is changed."""
    if minutes.state != MinutesState.PROPOSED:
        raise NotAllowedNow(_("These minutes wait for no answer any more."))
    if (copy.number, sha256) != (minutes.number, minutes.sha256):
        raise Stale(_("Another text was proposed meanwhile. Read it before you answer."))
    if isinstance(copy, OrganisationCopy):
        changes["answered_by"] = seat
    rows = type(copy).unscoped.filter(pk=copy.pk, revision=based_on, final=False)
    if rows.update(revision=F("revision") + 1, answered_at=timezone.now(), **changes) != 1:
        raise Stale(_("An answer has just been given from your side. Look at it before you give another."))


def _keep_wording(viewer: Viewer, copy: AnyCopy, wording: str) -> None:
    """The organisation's in its row, a coachee's in the vault, for them and their coach. Once the answer is taken: nobody else writes there."""
    if isinstance(copy, CoacheeCopy):
        changes = {"wording_ref": _seal_wording(viewer, copy, wording)}
    else:
        changes = {"wording": wording}
    type(copy).unscoped.filter(pk=copy.pk).update(**changes)


def _seal_wording(viewer: Viewer, copy: CoacheeCopy, wording: str) -> str:
    before = CoacheeCopy.unscoped.get(pk=copy.pk).wording_ref
    if before:
        return reseal(viewer, before, wording, place=WORDING_PLACE, row=copy.ref)
    return seal_for_both(viewer, copy.seat, wording, place=WORDING_PLACE, row=copy.ref)


def _last(minutes: Minutes) -> list[AnyCopy]:
    """What every side was last proposed, as it stands in this transaction, which holds the minutes."""
    asked = {"minutes": minutes, "number": minutes.number}
    coachees = CoacheeCopy.unscoped.filter(**asked).select_related("seat").order_by("pk")
    return [*coachees, *OrganisationCopy.unscoped.filter(**asked).select_related("answered_by")]


def _all_approve(minutes: Minutes) -> bool:
    return all(copy.answer == Answer.APPROVED for copy in _last(minutes))


def _agree(viewer: Viewer, minutes: Minutes, text: str) -> Minutes:
    mission = minutes.session.mission
    actor = system(viewer.practice_ref)

    def effects(current: Minutes, _move: Move) -> None:
        agreed = _keep(current, text)
        said = {"number": current.number, "sha256": current.sha256}
        record(actor, mission, "minutes.keep", agreed.ref, said)
        letters.agreed(current, sides_of(current.session))

    return perform(MINUTES, minutes, "agree", actor, roles=SYSTEM, effects=effects)


def _keep(current: Minutes, text: str) -> AgreedMinutes:
    """The text by value, and each side's approval with what it holds beside it; the copies are evidence from here on."""
    row = AgreedMinutes(minutes=current, number=current.number, text=text, sha256=current.sha256)
    row.full_clean()
    row.save(force_insert=True)
    for copy in _last(current):
        seat = copy.seat if isinstance(copy, CoacheeCopy) else copy.answered_by
        said = {"approved_at": copy.answered_at, "divergence": divergence_of(copy)}
        AgreedSide.unscoped.create(agreed=row, seat=seat, **said)
        type(copy).unscoped.filter(pk=copy.pk).update(final=True)
    return row
