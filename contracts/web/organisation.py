"""The organisation's pages on contracts."""

from django.core.paginator import Paginator
from django.shortcuts import render

from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from . import parties, review
from .standing import show_standing

PAGE = 25


@reads(Portal.ORGANISATION)
def contracts(request):
    page = Paginator(access.versions_for(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "contracts/organisation/contracts.html", {"page": page})


@reads(Portal.ORGANISATION)
def contract(request, ref):
    return review.read(request, ref, "contracts/organisation/contract.html", review.ORGANISATION)


@reads(Portal.ORGANISATION)
def changes(request, ref):
    return review.changes(request, ref, review.ORGANISATION)


@edits(Portal.ORGANISATION)
def comment(request, ref, place):
    return review.comment(request, ref, place, review.ORGANISATION)


@edits(Portal.ORGANISATION)
def comment_withdraw(request, ref):
    return review.withdraw(request, ref, review.ORGANISATION)


@acts(Portal.ORGANISATION)
def fine(request, ref):
    return review.fine(request, ref, review.ORGANISATION)


@acts(Portal.ORGANISATION)
def acknowledge(request, ref):
    return parties.acknowledge(request, ref, "organisation_contract")


@reads(Portal.ORGANISATION)
def pdf(request, ref):
    return parties.pdf(request, ref)


@reads(Portal.ORGANISATION)
def standing(request, ref):
    """The contract as it now stands, with its history."""
    return show_standing(request, ref, Portal.ORGANISATION)
