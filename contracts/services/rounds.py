"""A signing round: opened on one version, reminded of, corrected, and closed once with its reason."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.services import content_of
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.tokens import hash_token
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Viewer, system
from coaching.missions.access import roles_at, seats_of
from coaching.missions.models import Mission, Seat
from coaching.missions.services.life import keep_overrides, record

from .. import letters
from ..access import versions_of
from ..consumers.services import informing
from ..enums import Closing, ContractState, SignatoryRole, SigningOrder
from ..frozen import thaw
from ..links import token_of
from ..models import Challenge, Contract, ContractVersion, Signatory, Signature, SigningRound
from ..policy import signs, worked_on
from ..signing_access import Place, places
from ..snapshots import Signatory as Named
from ..transitions import machine_of

DAYS = 30
LONGEST = 90
REMIND_AFTER = (timedelta(days=3), timedelta(days=10))
REMIND_PAUSE = timedelta(days=1)
TURN = {
    SigningOrder.ANY: ("coachee", "manager", "sponsor", "coach"),
    SigningOrder.COACH_FIRST: ("coach", "coachee", "manager", "sponsor"),
    SigningOrder.COACH_LAST: ("coachee", "manager", "sponsor", "coach"),
}


def open_round(
    viewer: Viewer,
    contract: Contract,
    *,
    order: str = SigningOrder.ANY,
    days: int = DAYS,
    message: str = "",
    overrides: Mapping[str, str] | None = None,
) -> SigningRound:
    """Send the version in review for signature (article 14): everybody signs the fingerprint of its stored PDF.

    Who may: the mission's coach. Records ``contract.send_for_signature`` and ``signing.open``; each signatory whose turn
    it is gets a letter with a link of their own. Raises :class:`GateClosed`; :class:`Stale` when the table has changed
    since the version was made; :class:`coaching.documents.store.Damaged` when its bytes are not there.
    """
    if not 1 <= days <= LONGEST:
        raise Invalid(_("Give between 1 and 90 days to sign."), field="days")
    version = versions_of(viewer, contract).first()
    if version is None:
        raise NotAllowedNow(_("No version of this contract has been sent to the parties yet."))
    content_of(version.document)
    if "coach" in roles_at(viewer, contract.mission):
        informing.prepare(contract)
    made: list[SigningRound] = []

    def effects(current: Contract, move: Move) -> None:
        _refuse_moved(viewer, current, version)
        made.append(_begin(viewer, current, version, order, days, message))
        keep_overrides(current.mission, move)

    roles = roles_at(viewer, contract.mission)
    perform(
        machine_of(contract),
        contract,
        "send_for_signature",
        viewer,
        roles=roles,
        overrides=overrides,
        effects=effects,
    )
    return made[0]


def _refuse_moved(viewer: Viewer, contract: Contract, version: ContractVersion) -> None:
    """Who signs is who the document names; the mission is held, so that it is not declined meanwhile."""
    mission: Mission = hold(contract.mission)
    newest = versions_of(viewer, contract).first()
    if not worked_on(contract, mission) or newest is None or newest.pk != version.pk:
        raise Stale(_("The mission has changed meanwhile. Look at it again, then send the contract."))
    named = [one.name for one in thaw(version.document.snapshot).signatories]
    present = [mission.coach.name, *(seat.person.name for seat in _signing_seats(viewer, contract))]
    if named != present:
        raise Stale(
            _(
                "Those who sign are no longer those this version names. Take it back to draft, then send a new version."
            )
        )


def _begin(viewer, contract: Contract, version: ContractVersion, order, days, message) -> SigningRound:
    signing = SigningRound(
        contract=contract,
        version=version,
        order=order,
        message=message.strip(),
        opened_by_id=viewer.user_id,
        expires_at=timezone.now() + timedelta(days=days),
    )
    signing.full_clean()
    signing.save()
    for row in _signatories(viewer, signing):
        row.token_hash = hash_token(token_of(row))
        row.full_clean()
        row.save()
    data = {
        "version": version.number,
        "sha256": version.document.sha256,
        "order": order,
        "expires": signing.expires_at.isoformat(timespec="seconds"),
    }
    record(viewer, contract.mission, "signing.open", signing.ref, data)
    invite_awaited(signing)
    return signing


def _signatories(viewer: Viewer, signing: SigningRound) -> list[Signatory]:
    """Everybody the version names, in the order in which they sign."""
    mission = signing.contract.mission
    coach, *others = thaw(signing.version.document.snapshot).signatories
    user = mission.coach
    rows = [_named(signing, coach, user=user, email=user.email, language=user.language, role="coach")]
    for seat, said in zip(_signing_seats(viewer, signing.contract), others, strict=True):
        who, role = seat.person, seat.role
        row = _named(signing, said, user=who.user, email=who.email, language=who.language, role=role)
        row.seat = seat
        rows.append(row)
    turn = TURN[SigningOrder(signing.order)]
    rows.sort(key=lambda row: turn.index(row.role))
    for position, row in enumerate(rows, start=1):
        row.position = position
    return rows


def _signing_seats(viewer: Viewer, contract: Contract) -> list[Seat]:
    """In the order in which a version names them."""
    return [seat for seat in seats_of(viewer, contract.mission) if signs(contract, seat)]


def _named(signing: SigningRound, said: Named, **values) -> Signatory:
    return Signatory(
        round=signing, name=said.name, capacity=said.role, organisation=said.organisation, **values
    )


def invite_awaited(signing: SigningRound) -> None:
    """Write to each signatory whose turn has come and who has not been written to yet."""
    for place in places(signing):
        rows = Signatory.unscoped.filter(pk=place.signatory.pk, invited_at=None)
        if place.awaited and rows.update(invited_at=timezone.now()) == 1:
            place.signatory.round = signing
            # The coach who sends the contract is not written to; they are when their turn comes later.
            if place.signatory.role != SignatoryRole.COACH or signing.order == SigningOrder.COACH_LAST:
                letters.invited(place.signatory)


def close(contract: Contract, why: Closing) -> SigningRound | None:
    """Close the round that is open, in the caller's transaction: its links lead nowhere, its signatures are history."""
    signing = SigningRound.unscoped.filter(contract=contract, closed_at=None).first()
    if signing is None:
        return None
    rows = SigningRound.unscoped.filter(pk=signing.pk, closed_at=None)
    if rows.update(closed_at=timezone.now(), closing=why) != 1:
        raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))
    Challenge.unscoped.filter(signatory__round=signing, consumed_at=None, voided_at=None).update(
        voided_at=timezone.now()
    )
    signing.refresh_from_db()
    mission = contract.mission
    events.record(
        chain=mission.practice.ref, kind="signing.close", actor="system", subject=signing.ref,
        mission=mission.ref, data={"why": str(why.value), "given": _given(signing)},
    )  # fmt: skip
    return signing


def _given(signing: SigningRound) -> int:
    return Signature.unscoped.filter(signatory__round=signing).count()


@act
def correct_address(viewer: Viewer, signatory: Signatory, email: str) -> Signatory:
    """The coach corrects where a signatory is written to: the old link and any code die, a new link leaves.

    Records ``signing.address``; the address itself stands in the proof of signature. Refused once they have signed.
    """
    _only_coach(viewer, signatory.round.contract)
    _refuse_over(signatory)
    signatory.email, signatory.link_number = email.strip(), signatory.link_number + 1
    signatory.token_hash = hash_token(token_of(signatory))
    signatory.full_clean()
    rows = Signatory.unscoped.filter(pk=signatory.pk, link_number=signatory.link_number - 1)
    changes = {
        "email": signatory.email,
        "link_number": signatory.link_number,
        "token_hash": signatory.token_hash,
    }
    if rows.update(**changes) != 1:
        raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))
    Challenge.unscoped.filter(signatory=signatory, consumed_at=None, voided_at=None).update(
        voided_at=timezone.now()
    )
    record(viewer, signatory.round.contract.mission, "signing.address", signatory.ref)
    if signatory.invited_at:
        letters.invited(signatory)
    return signatory


def _refuse_over(signatory: Signatory) -> None:
    contract = hold(signatory.round.contract)
    if contract.state != ContractState.SIGNING or signatory.round.closed_at:
        raise NotAllowedNow(_("This contract is no longer out for signature."))
    if Signature.unscoped.filter(signatory=signatory).exists():
        raise NotAllowedNow(_("This person has already signed."))


def _only_coach(viewer: Viewer, contract: Contract) -> None:
    if "coach" not in roles_at(viewer, contract.mission):
        raise NotAllowedNow(_("This act is not open to you."))


@act
def remind(viewer: Viewer, contract: Contract) -> int:
    """The coach reminds everybody who is awaited, each at most once a day. Records ``signing.remind``; says how many."""
    _only_coach(viewer, contract)
    signing = SigningRound.unscoped.filter(contract=contract, closed_at=None).first()
    if signing is None or contract.state != ContractState.SIGNING:
        raise NotAllowedNow(_("This contract is not out for signature."))
    written = [place for place in places(signing) if _remind_one(signing, place, coach_too=False)]
    if written:
        record(viewer, contract.mission, "signing.remind", signing.ref, {"written": len(written)})
    return len(written)


def _remind_one(signing: SigningRound, place: Place, *, coach_too: bool, counted: int = 0) -> bool:
    """Write once to one who is awaited; a conditional update sees to it that two workers do not both write."""
    row = place.signatory
    if not place.awaited or row.invited_at is None or (row.role == SignatoryRole.COACH and not coach_too):
        return False
    quiet = Q(reminded_at=None) | Q(reminded_at__lt=timezone.now() - REMIND_PAUSE)
    rows = Signatory.unscoped.filter(quiet, pk=row.pk, reminders=row.reminders)
    if rows.update(reminded_at=timezone.now(), reminders=F("reminders") + counted) != 1:
        return False
    row.round = signing
    letters.reminded(row)
    return True


def remind_due() -> int:
    """Write to those awaited for three days, then for ten. Called by the worker; says how many letters were queued."""
    now, sent = timezone.now(), 0
    rows = SigningRound.unscoped.filter(closed_at=None, expires_at__gt=now)
    for signing in rows.select_related("contract__mission__practice", "contract__mission__coach"):
        for place in places(signing):
            row = place.signatory
            if _is_due(row, now):
                with one_act():
                    sent += _remind_one(signing, place, coach_too=True, counted=1)
    return sent


def _is_due(row: Signatory, now: datetime) -> bool:
    if row.invited_at is None or row.reminders >= len(REMIND_AFTER):
        return False
    return row.invited_at + REMIND_AFTER[row.reminders] <= now


def expire_due() -> int:
    """Close the rounds whose time is over: the contracts are in review again. Called by the worker."""
    rows = SigningRound.unscoped.filter(closed_at=None, expires_at__lte=timezone.now())
    return sum(_expire(signing) for signing in rows.select_related("contract__mission__practice"))


def _expire(signing: SigningRound) -> bool:
    contract = signing.contract

    def effects(current: Contract, _move: Move) -> None:
        closed = close(current, Closing.EXPIRED)
        if closed is None or closed.pk != signing.pk:
            raise Stale(_("The state has changed meanwhile."))
        letters.expired(closed)

    try:
        perform(
            machine_of(contract),
            contract,
            "expire",
            system(contract.mission.practice.ref),
            roles=frozenset({"system"}),
            effects=effects,
        )
    except (NotAllowedNow, Stale):  # somebody signed last, declined or took it back at this very moment
        return False
    return True


def watch(_task) -> None:
    """The periodic job of a signing: expiry first, so that nobody is reminded of what is over."""
    expire_due()
    remind_due()
