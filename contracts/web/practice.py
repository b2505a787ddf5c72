"""The administrator's pages: the clause library; of contracts, references, dates, states and amounts alone."""

from django.core.paginator import Paginator
from django.shortcuts import render

from coaching.kernel.http import edits, reads
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
    amounts = access.amounts_of(request.viewer, list(page.object_list))
    return render(request, "contracts/practice/contracts.html", {"page": page, "amounts": amounts})
