"""The acts of a signatory: having the document before them, signing it, declining it.

Everybody signs the SHA-256 of the stored PDF of one version; the bytes stored are the bytes shown.
"""

import unicodedata
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.services import content_of
from coaching.jobs.services import enqueue
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold, perform
from coaching.kernel.viewer import system

from .. import letters
from ..consent import consent
from ..consumers.access import refuse_uninformed
from ..enums import Closing, ContractState, SignatoryRole
from ..models import Challenge, Contract, Signatory, Signature, SigningRound
from ..signing_access import LEFT, Signer, places, signature_of
from ..transitions import machine_of
from . import codes, rounds

SEAL_JOB = "contracts.seal"


@dataclass(frozen=True, slots=True)
class Given:
    """What a signatory hands in with their signature, and where from."""

    typed_name: str
    consent_sha256: str
    code: str
    browser: str
    ip: str
    user_agent: str


@act
def display(signer: Signer) -> None:
    """The signatory says they have the document before them, by going on to sign; the first time counts.

    Who may: whoever is awaited. Records ``signature.display`` with the fingerprint of what was shown.
    """
    refuse_unless_awaited(signer)
    refuse_uninformed(signer)
    content_of(signer.version.document)
    rows = Signatory.unscoped.filter(pk=signer.signatory.pk, displayed_at=None)
    if rows.update(displayed_at=timezone.now()):
        _record(signer, "signature.display", signer.signatory.ref)


def refuse_unless_awaited(signer: Signer) -> None:
    """Raise :class:`NotAllowedNow` when this person has nothing to sign at this moment."""
    signing, contract = signer.signatory.round, signer.contract
    if signing.closed_at or contract.state != ContractState.SIGNING:
        raise NotAllowedNow(_("This contract is no longer out for signature."))
    if signing.expires_at <= timezone.now():
        raise NotAllowedNow(_("The time to sign this contract is over. Ask the coach for a new link."))
    _refuse_departed(signer)
    here = next(place for place in places(signing) if place.signatory.pk == signer.signatory.pk)
    if here.signature:
        raise NotAllowedNow(_("You have already signed this contract."))
    if not here.awaited:
        raise NotAllowedNow(_("It is not your turn yet: you will be written to when the others have signed."))


def _refuse_departed(signer: Signer) -> None:
    seat = signer.signatory.seat
    if seat and seat.ended_at:
        raise NotAllowedNow(LEFT)


def check_name(signer: Signer, typed: str) -> None:
    """The name typed is the signatory's, whatever its case, accents and spaces; :class:`Invalid` otherwise."""
    if _plain(typed) != _plain(signer.signatory.name):
        raise Invalid(
            _("Type your full name as the contract has it: %(name)s.") % {"name": signer.signatory.name},
            field="typed_name",
        )


def _plain(name: str) -> str:
    """Letters and digits alone, without case or accents."""
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


def sign(signer: Signer, given: Given) -> Signature:
    """Sign the version (article 14). Records ``signature.give`` with the fingerprint signed.

    Who may: a signatory who is awaited, has had the document before them, agrees to the sentence in force in their
    language, types their name and the code that was sent to them. The try of the code is counted first, for good; then,
    in one transaction: the contract is held, the code is used up, the signature written, and after the last one the
    contract is ``complete`` and its sealing queued. Never inside a transaction of the caller's.
    """
    _refuse_moved(signer, Contract.unscoped.get(pk=signer.contract.pk))
    check_name(signer, given.typed_name)
    if given.consent_sha256 != consent(signer.signatory.language).sha256:
        raise Invalid(_("Agree to the sentence before you sign."), field="consent")
    challenge = codes.check(signer, given.browser, given.code)
    with one_act():
        contract = hold(signer.contract)
        _refuse_moved(signer, contract)
        codes.consume(challenge)
        signature = _write(signer, given, challenge)
        data = {"sha256": signature.document_sha256, "signatory": signer.signatory.ref}
        _record(signer, "signature.give", signature.ref, data)
        _go_on(signer, contract)
    return signature


def _refuse_moved(signer: Signer, contract: Contract) -> None:
    """The round as it now is, whatever the page said: judged when the act comes in, and again under the lock."""
    signing = SigningRound.unscoped.get(pk=signer.signatory.round_id)
    signing.contract, signing.version = contract, signer.version
    signatory = Signatory.unscoped.get(pk=signer.signatory.pk)
    signatory.round = signing
    refuse_unless_awaited(Signer(signatory, signer.user))
    refuse_uninformed(signer)
    if signatory.link_number != signer.signatory.link_number:
        raise Stale(_("The coach has just corrected your address: open the link of the newest letter."))
    if signatory.displayed_at is None:
        raise NotAllowedNow(_("Read the contract first, then go on to sign."))
    signer.signatory.displayed_at = signatory.displayed_at


def _write(signer: Signer, given: Given, challenge: Challenge) -> Signature:
    signatory = signer.signatory
    agreed = consent(signatory.language)
    row = Signature(
        signatory=signatory,
        document_sha256=signer.version.document.sha256,
        consent=agreed.wording,
        consent_sha256=agreed.sha256,
        typed_name=" ".join(given.typed_name.split()),
        channel=challenge.channel,
        challenge=challenge,
        address=signatory.email,
        ip=given.ip,
        user_agent=given.user_agent[:400],
        access=signer.access,
        account_ref=signer.user.ref if signer.user else "",
        displayed_at=signatory.displayed_at,
        signed_at=timezone.now(),
    )
    row.full_clean(validate_unique=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("You have already signed this contract.")) from twin
    return row


def _go_on(signer: Signer, contract: Contract) -> None:
    """After a signature: the next one's turn, or the end of the signing."""
    signing = SigningRound.unscoped.get(pk=signer.signatory.round_id)
    signing.contract = contract
    if all(place.signature for place in places(signing)):
        complete(contract)
    else:
        rounds.invite_awaited(signing)
    if signer.signatory.role != SignatoryRole.COACH:
        letters.signed(signer.signatory, signer.signatory.name)


def complete(contract: Contract) -> None:
    """Everybody has signed: the round closes and the sealing is queued, all in the last signature's transaction."""

    def effects(current: Contract, _move) -> None:
        rounds.close(current, Closing.COMPLETE)
        enqueue(SEAL_JOB, current.ref, practice_ref=current.mission.practice.ref)

    practice = contract.mission.practice.ref
    perform(
        machine_of(contract),
        contract,
        "complete",
        system(practice),
        roles=frozenset({"system"}),
        effects=effects,
    )


def refuse_decline(signer: Signer) -> None:
    """Raise :class:`NotAllowedNow` when this person has nothing to decline."""
    if signer.signatory.role == SignatoryRole.COACH:
        raise NotAllowedNow(_("The coach does not decline a contract of their own: withdraw it."))
    if signer.signatory.round.closed_at or signer.contract.state != ContractState.SIGNING:
        raise NotAllowedNow(_("This contract is no longer out for signature."))
    if signature_of(signer):
        raise NotAllowedNow(_("You have already signed this contract."))
    _refuse_departed(signer)


def decline(signer: Signer, reason: str) -> None:
    """A signatory declines, with a reason the coach alone reads (article 14). Records ``contract.decline``.

    Who may: whoever is awaited or has yet to be, not the coach, who withdraws. The round closes for everybody.
    """
    refuse_decline(signer)

    def effects(current: Contract, move) -> None:
        rows = Signatory.unscoped.filter(
            pk=signer.signatory.pk,
            declined_at=None,
            round__closed_at=None,
            link_number=signer.signatory.link_number,
        )
        changes = {"declined_at": timezone.now(), "decline_reason": move.reason}
        if rows.update(**changes) != 1 or signature_of(signer):
            raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))
        rounds.close(current, Closing.DECLINED)
        letters.declined(signer.signatory)

    perform(
        machine_of(signer.contract),
        signer.contract,
        "decline",
        signer.actor,
        roles=frozenset({"signatory"}),
        reason=reason,
        effects=effects,
    )


def _record(signer: Signer, kind: str, subject: str, data: dict | None = None) -> None:
    actor, mission = signer.actor, signer.contract.mission
    said = data or {"sha256": signer.version.document.sha256}
    events.record(
        chain=actor.practice_ref,
        kind=kind,
        actor=actor.user_ref,
        subject=subject,
        mission=mission.ref,
        data=said,
    )
