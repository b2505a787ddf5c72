"""The administrator's pages: the clause library; of contracts, references, dates, states and amounts alone."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language

from coaching.kernel.http import edits, reads
from coaching.kernel.money import format_money
from coaching.kernel.viewer import Portal

from .. import access
from .coach import edit_library_clause, show_library

PAGE = 50


@reads(Portal.PRACTICE)
def library(request):
    return show_library(request, "practice_clause")


@edits(Portal.PRACTICE)
def library_clause(request, ref):
    return edit_library_clause(request, ref, "practice_clauses")


@reads(Portal.PRACTICE)
def contracts(request):
    rows = access.contracts_for(request.viewer)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    amounts = {
        contract: format_money(amount, get_language(), currency)
        for contract, (amount, currency) in access.amounts_of(request.viewer, list(page.object_list)).items()
        if amount is not None
    }
    return render(request, "contracts/practice/contracts.html", {"page": page, "amounts": amounts})
