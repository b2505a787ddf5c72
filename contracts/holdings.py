"""Contracts: to each party what they said, signed and were sent, with the sealed documents themselves."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, Paper, fact, withhold, word
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.holdings import seats_ever

from .models import (
    Challenge,
    Comment,
    EarlyStart,
    Information,
    InformationReceipt,
    RestitutionScope,
    SealedContract,
    Signatory,
    Signature,
    Withdrawal,
)
from .policy import SEALED_RULES

COACHEE = frozenset({Portal.COACHEE})
SIGNERS = PARTIES | {Portal.COACH}
DOCUMENT = fact("signatory__round__contract__ref", _("Document"))


def _places(viewer: Viewer):
    """Where the viewer was to sign: on their own seats, and for the coach of a mission, without one."""
    rows = Signatory.unscoped.select_related("round__contract").order_by("pk")
    if viewer.portal == Portal.COACH:
        here = {"round__contract__mission__practice_id": viewer.practice_id}
        return rows.filter(seat=None, round__contract__mission__coach_id=viewer.user_id, **here)
    return rows.filter(seat__in=seats_ever(viewer))


def _of_places(model, *related):
    def rows(viewer: Viewer):
        mine = _places(viewer).order_by().values("pk")
        return model.unscoped.filter(signatory__in=mine).select_related(*related).order_by("pk")

    return rows


def _sealed(viewer: Viewer):
    """Sealed documents that the viewer is a party of; the frame of a team is not a coachee's to carry away, its adhesion is."""
    rows = SealedContract.objects.visible_to(viewer, SEALED_RULES)
    if viewer.portal != Portal.COACH:
        signed = _places(viewer).order_by().values("round__contract_id")
        rows = rows.filter(contract__in=signed)
    return rows.select_related("contract", "document").order_by("pk")


def _papers(viewer: Viewer):
    return [Paper(f"{row.contract.ref}.pdf", row.document.ref) for row in _sealed(viewer)]


def _comments(viewer: Viewer):
    rows = Comment.unscoped.filter(author_id=viewer.user_id, seat__in=seats_ever(viewer))
    return rows.select_related("version__contract").order_by("pk")


def _scopes(viewer: Viewer):
    rows = RestitutionScope.unscoped.filter(seat__in=seats_ever(viewer))
    return rows.select_related("mission").order_by("pk")


def _of_own_seat(model, *related):
    return lambda v: model.unscoped.filter(seat__in=seats_ever(v)).select_related(*related).order_by("pk")


def _informed(viewer: Viewer):
    told = InformationReceipt.unscoped.filter(seat__in=seats_ever(viewer)).values("information_id")
    return Information.unscoped.filter(pk__in=told).select_related("version__contract").order_by("pk")


ALL_HELD = (
    Holding(
        "contracts",
        _("My contracts"),
        PARTIES,
        _sealed,
        (
            fact("contract__ref", _("Document")),
            fact("contract__instrument", _("Kind")),
            fact("sealed_at", _("Sealed on")),
            fact("document__sha256", _("SHA-256")),
        ),
        order=25,
        papers=_papers,
        within=(
            "contracts.Amendment.purpose",
            *(f"contracts.Terms.{name}" for name in ("rhythm", "places", "between_sessions", "fee_schedule")),
            "contracts.ContractClause.title",
            "contracts.ContractClause.body",
            "contracts.SealedContract.evidence",
            "documents.Document.title",
            "documents.Document.snapshot",
        ),
    ),
    Holding(
        "signatories",
        _("Where I was asked to sign"),
        SIGNERS,
        _places,
        (
            fact("round__contract__ref", _("Document")),
            word("name", _("Name"), "contracts.Signatory.name"),
            word("capacity", _("Capacity"), "contracts.Signatory.capacity"),
            word("organisation", _("Organisation"), "contracts.Signatory.organisation"),
            word("email", _("E-mail address"), "contracts.Signatory.email"),
            word("round__message", _("Message"), "contracts.SigningRound.message"),
            fact("invited_at", _("Asked on")),
            fact("displayed_at", _("Shown on")),
            fact("declined_at", _("Declined on")),
            word("decline_reason", _("Why I declined"), "contracts.Signatory.decline_reason"),
        ),
        order=26,
    ),
    Holding(
        "signatures",
        _("My signatures and their proof"),
        SIGNERS,
        _of_places(Signature, "signatory__round__contract"),
        (
            DOCUMENT,
            fact("document_sha256", _("SHA-256")),
            fact("signed_at", _("Signed on")),
            word("typed_name", _("Name typed"), "contracts.Signature.typed_name"),
            word("address", _("E-mail address"), "contracts.Signature.address"),
            word("ip", _("Network address"), "contracts.Signature.ip"),
            word("user_agent", _("Browser"), "contracts.Signature.user_agent"),
            fact("consent", _("What I agreed to")),
        ),
        order=27,
    ),
    Holding(
        "codes",
        _("Codes sent to me to sign"),
        SIGNERS,
        _of_places(Challenge, "signatory__round__contract"),
        (
            DOCUMENT,
            word("sent_to", _("E-mail address"), "contracts.Challenge.sent_to"),
            fact("created_at", _("Sent on")),
            fact("consumed_at", _("Used on")),
        ),
        order=28,
        brief=True,
    ),
    Holding(
        "comments",
        _("My comments on contracts"),
        PARTIES,
        _comments,
        (
            fact("version__contract__ref", _("Document")),
            fact("section", _("Clause")),
            fact("kind", _("Kind")),
            fact("created_at", _("Written on")),
            word("text", _("Text"), "contracts.Comment.text"),
            fact("outcome", _("Outcome")),
            word("answer", _("The answer"), "contracts.Comment.answer"),
            fact("withdrawn_at", _("Taken back on")),
        ),
        order=29,
    ),
    Holding(
        "scopes",
        _("What I let be given back, as my contract says it"),
        COACHEE,
        _scopes,
        (
            fact("mission__ref", _("Mission")),
            fact("addressee_label", _("To whom")),
            fact("item_labels", _("For what")),
            fact("agreed_at", _("Agreed on")),
        ),
        order=40,
    ),
    Holding(
        "information",
        _("What I was told before I committed"),
        COACHEE,
        _informed,
        (
            fact("version__contract__ref", _("Document")),
            fact("created_at", _("Made on")),
            word("text", _("Text"), "contracts.Information.text"),
        ),
        order=53,
    ),
    Holding(
        "information_received",
        _("That I received it"),
        COACHEE,
        _of_own_seat(InformationReceipt),
        (
            fact("received_at", _("When")),
            word("statement", _("What I said"), "contracts.InformationReceipt.statement"),
        ),
        order=54,
    ),
    Holding(
        "early_starts",
        _("That I asked for an early start"),
        COACHEE,
        _of_own_seat(EarlyStart),
        (
            fact("requested_at", _("When")),
            word("statement", _("What I said"), "contracts.EarlyStart.statement"),
        ),
        order=55,
    ),
    Holding(
        "withdrawals",
        _("That I withdrew from a contract"),
        COACHEE,
        _of_own_seat(Withdrawal, "contract"),
        (
            fact("contract__ref", _("Document")),
            fact("withdrawn_at", _("When")),
            word("name", _("Name"), "contracts.Withdrawal.name"),
            word("email", _("E-mail address"), "contracts.Withdrawal.email"),
            word("statement", _("What I said"), "contracts.Withdrawal.statement"),
        ),
        order=56,
    ),
)
withhold("contracts.Clause", "title body", _("The practice’s library of clauses: about no person."))
