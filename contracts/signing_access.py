"""Reading a signing: the round, who has signed, one's own place in it, and what stands once it is sealed."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import User
from coaching.kernel.errors import DomainError
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Actor, Viewer
from coaching.missions.waiting_access import MissionLine, mission_line, mission_lines

from .enums import Closing, SigningOrder
from .models import Contract, ContractVersion, SealedContract, Signatory, Signature, SigningRound
from .policy import OWN_SIGNATORY_RULES, ROUND_RULES, SEALED_RULES, SIGNATORY_RULES

RELATED = ("seat", "round", "round__version", "round__version__document", "round__contract", "round__contract__mission",
           "round__contract__mission__practice", "round__contract__mission__coach")  # fmt: skip


class LinkVoid(DomainError):
    """The link of a letter no longer leads to a signature; the message says why."""

    status = 410


@dataclass(frozen=True, slots=True)
class Signer:
    """A person at the point of signing, however they came: through their account, or by the link of their letter."""

    signatory: Signatory
    user: User | None = None

    @property
    def access(self) -> str:
        return "account" if self.user else "link"

    @property
    def contract(self) -> Contract:
        return self.signatory.round.contract

    @property
    def version(self) -> ContractVersion:
        return self.signatory.round.version

    @property
    def actor(self) -> Actor:
        """Who the journal names: the account, or the place in the round that the link opens."""
        practice = self.contract.mission.practice.ref
        if self.user:
            return Actor(self.user.ref, practice, self.user.pk)
        return Actor(self.signatory.ref, practice)


@dataclass(frozen=True, slots=True)
class Place:
    """One signatory with what they have done."""

    signatory: Signatory
    signature: Signature | None
    awaited: bool  # it is their turn, and they have not signed


def round_of(viewer: Viewer, contract: Contract) -> SigningRound | None:
    """The signing round of a contract that is open, or else the last one."""
    rows = SigningRound.objects.visible_to(viewer, ROUND_RULES).filter(contract=contract)
    return rows.select_related("version", "version__document").order_by("-pk").first()


def places_of(viewer: Viewer, signing: SigningRound) -> list[Place]:
    """Everybody who is to sign, in order, with their signature."""
    rows = Signatory.objects.visible_to(viewer, SIGNATORY_RULES).filter(round=signing)
    return _places(signing, list(rows))


def places(signing: SigningRound) -> list[Place]:
    """The same for services, which act for the product or for a signatory they have just been given."""
    return _places(signing, list(Signatory.unscoped.filter(round=signing)))


def _places(signing: SigningRound, rows: list[Signatory]) -> list[Place]:
    given = {one.signatory_id: one for one in Signature.unscoped.filter(signatory__round=signing)}
    found, before = [], True  # all those before have signed
    for row in rows:
        turn = signing.closed_at is None and (signing.order == SigningOrder.ANY or before)
        found.append(Place(row, given.get(row.pk), turn and row.pk not in given))
        before = before and row.pk in given
    return found


def get_signatory(viewer: Viewer, contract: Contract, ref: str) -> Signatory:
    """One signatory of the round that is open, for the coach who corrects an address."""
    rows = Signatory.objects.visible_to(viewer, SIGNATORY_RULES).filter(round__contract=contract)
    return get_visible(rows.filter(round__closed_at=None).select_related(*RELATED), ref)


def own_signatories(viewer: Viewer) -> QuerySet[Signatory]:
    return Signatory.objects.visible_to(viewer, OWN_SIGNATORY_RULES)


def signatures_to_give(viewer: Viewer, limit: int) -> list[MissionLine]:
    """The missions whose contract awaits the viewer's own signature now, oldest first."""
    return [mission_line(row) for row in _to_sign(viewer, limit)]


@prepared
def _to_sign(viewer: Viewer, limit: int) -> QuerySet:
    given = Signature.unscoped.values("signatory_id")
    before = Signatory.unscoped.filter(round=OuterRef("round"), position__lt=OuterRef("position"))
    rows = own_signatories(viewer).filter(round__closed_at=None).exclude(pk__in=given)
    rows = rows.filter(Q(round__order=SigningOrder.ANY) | ~Exists(before.exclude(pk__in=given)))
    return mission_lines(rows.order_by("pk"), through="round__contract__mission__")[:limit]


def own_place(viewer: Viewer, version: ContractVersion) -> Place | None:
    """The viewer's own place in the last round of this version; None when they are no signatory of it.

    Somebody with two seats (sponsor and manager) is given the one that is awaited first.
    """
    asked = own_signatories(viewer).filter(round__version=version).order_by("-round_id", "position")
    rows = list(asked.select_related(*RELATED))
    mine = [row for row in rows if row.round_id == rows[0].round_id]
    if not mine:
        return None
    found = [place for place in places(mine[0].round) if place.signatory in mine]
    # The related rows of the query above are kept with the place.
    found = [Place(mine[mine.index(p.signatory)], p.signature, p.awaited) for p in found]
    return next((place for place in found if place.awaited), found[0])


def own_signer(viewer: Viewer, version: ContractVersion) -> Signer:
    """The viewer as a signatory of this version; 404 for anyone who has no place in its round."""
    place = own_place(viewer, version)
    if place is None:
        raise Http404
    return Signer(place.signatory, User.objects.get(pk=viewer.user_id))


VOID = {
    Closing.COMPLETE: _("Everybody has signed: the sealed contract was sent to you. This link has served its purpose."),
    Closing.REPLACED: _("The coach has taken this contract back to work on it. You will receive a new link."),
    Closing.DECLINED: _("A signatory has declined this contract: there is nothing left to sign."),
    Closing.WITHDRAWN: _("The coach has withdrawn this contract: there is nothing left to sign."),
    Closing.EXPIRED: _("The time to sign this contract is over. Ask the coach for a new link."),
}  # fmt: skip
LEFT = _("You no longer sit at the table of this mission: there is nothing for you to sign.")
UNKNOWN = _("This link is not one of ours, it was copied incompletely, or a newer one has replaced it.")


def signer_by_link(token_hash: str) -> Signer:
    """The signatory behind a link that still leads somewhere, or :class:`LinkVoid` with the reason in words.

    Opening it twenty times changes nothing; it lives until the round closes, or until its time is over.
    """
    rows = Signatory.unscoped.filter(token_hash=token_hash).select_related(*RELATED)
    found = rows.first() if token_hash else None
    if found is None:
        raise LinkVoid(UNKNOWN)
    signing = found.round
    if found.seat and found.seat.ended_at:
        raise LinkVoid(LEFT)
    if signing.closing:
        raise LinkVoid(VOID[Closing(signing.closing)])
    if signing.expires_at <= timezone.now():
        raise LinkVoid(VOID[Closing.EXPIRED])
    return Signer(found)


def signature_of(signer: Signer) -> Signature | None:
    return Signature.unscoped.filter(signatory=signer.signatory).first()


def sealed_of(viewer: Viewer, contract: Contract) -> SealedContract | None:
    """The sealed contract, for the parties."""
    rows = SealedContract.objects.visible_to(viewer, SEALED_RULES).filter(contract=contract)
    return rows.select_related("document", "version").first()


def get_sealed(viewer: Viewer, contract: Contract) -> SealedContract:
    found = sealed_of(viewer, contract)
    if found is None:
        raise Http404
    return found
