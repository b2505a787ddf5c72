"""The administrator's pages that read several rooms: journal and seal."""

from django.core.paginator import Paginator
from django.shortcuts import render

from coaching.documents.seal import describe
from coaching.journal.access import events_of_practice
from coaching.journal.services import verify
from coaching.kernel.http import acts, reads
from coaching.kernel.viewer import Portal

PAGE = 100


@reads(Portal.PRACTICE)
def journal(request):
    page = Paginator(events_of_practice(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "home/practice/journal.html", {"page": page})


@acts(Portal.PRACTICE)
def journal_verify(request):
    """Walk the practice's chain now and say what was found."""
    faults = list(verify(request.viewer.practice_ref))
    page = Paginator(events_of_practice(request.viewer), PAGE).get_page(1)
    context = {"page": page, "verified": True, "faults": faults}
    return render(request, "home/practice/journal.html", context)


@reads(Portal.PRACTICE)
def seal(request):
    return render(request, "home/practice/seal.html", {"seal": describe(request.viewer.practice_ref)})
