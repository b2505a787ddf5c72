"""The coachee's pages of their rights as a consumer."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.documents.services import content_of
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from ...access import get_contract
from ...web.pdf import pdf_response
from .. import access
from . import acts


def _frame(contract, found) -> acts.Frame:
    version = found.version
    back = reverse("coachee_contract", args=[version.ref]) if version else reverse("coachee_home")
    return acts.Frame(
        base="base.html",
        information_url=reverse("coachee_information", args=[contract.ref]),
        information_pdf_url=reverse("coachee_information_pdf", args=[contract.ref]),
        early_start_url=reverse("coachee_early_start", args=[contract.ref]),
        withdrawal_url=reverse("coachee_withdrawal", args=[contract.ref]),
        withdrawal_pdf_url=reverse("coachee_withdrawal_pdf", args=[contract.ref]),
        back_url=back,
        back_label=_("My contract"),
    )


def _mine(request, ref):
    """The contract, the consumer's rights, their hand and the pages around; 404 where no consumer pays."""
    contract = get_contract(request.viewer, ref)
    found = access.get_consumer(request.viewer, contract)
    return found, access.hand_of(request.viewer, contract.mission), _frame(contract, found)


@edits(Portal.COACHEE)
def information(request, ref):
    return acts.information(request, *_mine(request, ref))


@reads(Portal.COACHEE)
def information_pdf(request, ref):
    return information_response(request, _mine(request, ref)[0])


@edits(Portal.COACHEE)
def early_start(request, ref):
    return acts.begin_early(request, *_mine(request, ref))


@edits(Portal.COACHEE, atomic=False)
def withdrawal(request, ref):
    found, hand, frame = _mine(request, ref)
    address, _language = hand.seat.person.reached_at
    return acts.withdraw(request, found, hand, frame, name=hand.seat.person.name, email=address)


@reads(Portal.COACHEE)
def withdrawal_pdf(request, ref):
    return withdrawal_response(request, _mine(request, ref)[0])


def information_response(request, found: access.Consumer):
    """The page of the information, to whoever has been shown it."""
    if found.information is None:
        raise access.Http404
    content = content_of(found.information.document)
    name = f"{found.contract.ref}-{found.information.ref}.pdf"
    return pdf_response(content, name, inline="download" not in request.GET)


def withdrawal_response(request, found: access.Consumer):
    """The acknowledgement, to whoever has been shown the withdrawal."""
    content = content_of(access.document_of_withdrawal(found))
    return pdf_response(content, f"{found.withdrawal.ref}.pdf", inline="download" not in request.GET)
