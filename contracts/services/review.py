"""Discussing a version: comments and requests for change, the coach's answers, "everything is fine with me"."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.missions.access import own_seats, roles_at, seats_of
from coaching.missions.models import Seat
from coaching.missions.policy import OPEN_STATES
from coaching.missions.services.life import record

from .. import letters
from ..enums import PLACES, CommentAudience, CommentKind, ContractState, Outcome
from ..models import Comment, Contract, ContractVersion, Verdict
from ..policy import concerned
from .sharing import acknowledge_reading

MAX_LENGTH = 4000  # characters of a comment or of an answer
QUIET = timedelta(minutes=30)  # somebody who comments clause after clause is announced once
ANSWERABLE = (ContractState.DRAFT, ContractState.REVIEW)


@act
def comment(
    viewer: Viewer,
    version: ContractVersion,
    *,
    section: str,
    kind: str,
    text: str,
    audience: str = CommentAudience.COACH,
) -> Comment:
    """A party says something of a clause, or of the whole (``section`` blank). Records ``contract.comment`` (article 14).

    Who may: coachee, sponsor, manager, on the newest version while it is in review. Unless they say it to everyone at
    the table, it stays between them and the coach. A request for change takes back their own verdict. The coach is
    told. Raises :class:`Stale` when the version is no longer the one under review, :class:`Invalid` for the text.
    """
    seat = _hold(viewer, version)
    row = Comment(
        version=version,
        section=section,
        author_id=viewer.user_id,
        seat=seat,
        kind=kind,
        audience=audience,
        text=_checked(text, "text"),
    )
    if section and section not in PLACES:
        raise Invalid(_("This contract has no such clause."))
    row.full_clean()
    announced = _just_wrote(viewer, version)
    row.save(force_insert=True)
    mission = version.contract.mission
    said = {"version": version.number, "kind": kind, "audience": audience}
    record(viewer, mission, "contract.comment", row.ref, said)
    if kind == CommentKind.CHANGE:
        _take_back_verdict(viewer, version)
    if not announced or kind == CommentKind.CHANGE:
        letters.commented(row)
    return row


@act
def withdraw_comment(viewer: Viewer, row: Comment) -> None:
    """Its author takes a comment back before it is answered; nobody else reads it then. Records ``contract.comment_withdraw``."""
    rows = Comment.unscoped.filter(pk=row.pk, author_id=viewer.user_id, answered_at=None, withdrawn_at=None)
    if rows.update(withdrawn_at=timezone.now()) != 1:
        raise Stale(
            _("This comment has been answered, or was withdrawn already: it can no longer be withdrawn.")
        )
    record(viewer, row.version.contract.mission, "contract.comment_withdraw", row.ref)


@act
def answer(viewer: Viewer, row: Comment, *, outcome: str, text: str) -> None:
    """The coach answers a comment, once: accepted, or explained. Records ``contract.answer``; the author is told.

    Who may: the mission's coach, while the contract is in review or back in draft. An explanation needs words.
    Raises :class:`Stale` when the comment was withdrawn or answered meanwhile.
    """
    mission = row.version.contract.mission
    if "coach" not in roles_at(viewer, mission):
        raise NotAllowedNow(_("Only the mission’s coach answers."))
    if row.version.contract.state not in ANSWERABLE:
        raise NotAllowedNow(_("This contract is no longer under discussion."))
    if outcome not in Outcome.values:
        raise Invalid(_("Say what you decide."), field="outcome")
    words = _checked(text, "answer") if outcome == Outcome.EXPLAINED or text.strip() else ""
    announced = _just_answered(row)
    rows = Comment.unscoped.filter(pk=row.pk, answered_at=None, withdrawn_at=None)
    said = {"outcome": outcome, "answer": words, "answered_by_id": viewer.user_id}
    if rows.update(**said, answered_at=timezone.now()) != 1:
        raise Stale(_("This comment was withdrawn by its author, or has been answered already."))
    record(viewer, mission, "contract.answer", row.ref, {"outcome": outcome})
    if not announced:
        letters.answered(row)


@act
def say_fine(viewer: Viewer, version: ContractVersion) -> Verdict:
    """A party says that everything in the newest version is fine with them, and so that they have read it.

    Records ``contract.fine`` the first time; the coach is told when everyone is. Refused while a request for change
    of theirs has no answer; :class:`Stale` when the version is no longer the one under review.
    """
    seat = _hold(viewer, version)
    waiting = Comment.unscoped.filter(
        version=version,
        author_id=viewer.user_id,
        kind=CommentKind.CHANGE,
        answered_at=None,
        withdrawn_at=None,
    )
    if waiting.exists():
        raise NotAllowedNow(
            _(
                "You have asked for a change that is not answered yet. Withdraw it first, or wait for the answer."
            )
        )
    given = _alive(viewer, version).first()
    if given is not None:
        return given
    acknowledge_reading(viewer, version)
    given = Verdict.unscoped.create(version=version, seat=seat, user_id=viewer.user_id)
    record(viewer, version.contract.mission, "contract.fine", version.ref, {"number": version.number})
    if _everyone_is_fine(viewer, version):
        letters.all_fine(version)
    return given


def _hold(viewer: Viewer, version: ContractVersion) -> Seat:
    """The contract for this transaction, still in review with this very version; gives the viewer's seat.

    The conditional update waits for a coach who takes the contract back at this moment, and then finds it gone.
    """
    mission = version.contract.mission
    own = version.contract.seat_id
    seats = [seat for seat in own_seats(viewer, mission) if own in (None, seat.pk)]
    if not seats or mission.state not in OPEN_STATES:
        raise NotAllowedNow(
            _("Only those at the table discuss the contract, while the mission is under way.")
        )
    rows = Contract.unscoped.filter(pk=version.contract_id, state=ContractState.REVIEW)
    if rows.update(revision=F("revision")) != 1:
        raise Stale(
            _("The contract is no longer under review: the coach may have taken it back to work on it.")
        )
    if ContractVersion.unscoped.filter(contract_id=version.contract_id, number__gt=version.number).exists():
        raise Stale(_("A newer version was sent meanwhile. Read it, then say it there."))
    return seats[0]


def _checked(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(_("Write something first: this text is empty."), field=field)
    if len(text) > MAX_LENGTH:
        raise Invalid(_("This text is too long."), field=field)
    return text


def _alive(viewer: Viewer, version: ContractVersion):
    return Verdict.unscoped.filter(version=version, user_id=viewer.user_id, withdrawn_at=None)


def _take_back_verdict(viewer: Viewer, version: ContractVersion) -> None:
    if _alive(viewer, version).update(withdrawn_at=timezone.now()):
        record(viewer, version.contract.mission, "contract.fine_withdraw", version.ref)


def _everyone_is_fine(viewer: Viewer, version: ContractVersion) -> bool:
    fine = Verdict.unscoped.filter(version=version, withdrawn_at=None).values("user_id")
    table = seats_of(viewer, version.contract.mission).filter(concerned(version.contract))
    return not table.exclude(person__user_id__in=fine).exists()


def _just_wrote(viewer: Viewer, version: ContractVersion) -> bool:
    since = timezone.now() - QUIET
    return Comment.unscoped.filter(version=version, author_id=viewer.user_id, created_at__gt=since).exists()


def _just_answered(row: Comment) -> bool:
    since = timezone.now() - QUIET
    return Comment.unscoped.filter(
        version_id=row.version_id, author_id=row.author_id, answered_at__gt=since
    ).exists()
