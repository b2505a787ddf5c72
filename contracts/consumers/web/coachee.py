"""The coachee's pages of their rights as a consumer."""

from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from ...access import get_contract
from ...web.pdf import document_response
from .. import access
from . import acts
from .frames import of_portal


def _mine(request, ref):
    """The contract, the consumer's rights, their hand and the pages around; 404 where no consumer pays."""
    contract = get_contract(request.viewer, ref)
    found = access.get_consumer(request.viewer, contract)
    return found, access.hand_of(request.viewer, contract.mission), of_portal(found)


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
    found, hand, pages = _mine(request, ref)
    address, _language = hand.seat.person.reached_at
    return acts.withdraw(request, found, hand, pages, name=hand.seat.person.name, email=address)


@reads(Portal.COACHEE)
def withdrawal_pdf(request, ref):
    return withdrawal_response(request, _mine(request, ref)[0])


def information_response(request, found: access.Consumer):
    """The page of the information, to whoever has been shown it."""
    if found.information is None:
        raise access.Http404
    name = f"{found.contract.ref}-{found.information.ref}.pdf"
    return document_response(found.information.document, name, inline="download" not in request.GET)


def withdrawal_response(request, found: access.Consumer):
    """The acknowledgement, to whoever has been shown the withdrawal."""
    document = access.document_of_withdrawal(found)
    return document_response(document, f"{found.withdrawal.ref}.pdf", inline="download" not in request.GET)
