"""The administrator's pages that read several rooms: journal and seal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.documents.seal import describe, former
from coaching.documents.services import replace_seal
from coaching.journal.access import events_of_practice
from coaching.journal.services import verify
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .forms import SealForm

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
    ref = request.viewer.practice_ref
    return render(request, "home/practice/seal.html", {"seal": describe(ref), "former": former(ref)})


@edits(Portal.PRACTICE)
def seal_replace(request):
    """Put a certificate of the practice's own in the place of its seal: the consequence, then the file."""
    form = SealForm(request) if request.method == "POST" else SealForm()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            replace_seal(request.viewer, said["file"].read(), said["password"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The new seal is in place. What was sealed before still verifies."))
            return redirect("practice_seal")
    present = describe(request.viewer.practice_ref)
    return show(request, "home/practice/seal_replace.html", {"form": form, "seal": present})
