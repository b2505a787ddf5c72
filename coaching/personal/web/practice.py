"""The administrator's pages: how long what is kept, what the next purge takes, the register of processing, erasures due."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.accounts.access import get_practice
from coaching.jobs.access import next_run
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from contracts.web.pdf import pdf_response

from .. import access
from ..due import held_count, preview
from ..purged import batches
from ..register import register_of
from ..rendering import register_pdf
from ..retention import all_months
from ..services.keeping import set_months
from .forms import RetentionForm


@edits(Portal.PRACTICE)
def retention(request):
    """How long each class of data is kept."""
    practice = get_practice(request.viewer)
    initial = {kind.value: months for kind, months in all_months(practice.pk).items()}
    form = RetentionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = set_months(request.viewer, practice, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing has changed."))
            return redirect("practice_purge")
    return show(request, "personal/practice/retention.html", {"form": form})


@reads(Portal.PRACTICE)
def purge(request):
    """What the next purge takes, class by class, in numbers and references; and what the last ones took."""
    practice = get_practice(request.viewer)
    context = {
        "lines": preview(practice),
        "held": held_count(practice),
        "next": next_run("personal.purge"),
        "batches": batches(request.viewer),
    }
    return render(request, "personal/practice/purge.html", context)


@reads(Portal.PRACTICE)
def erasures(request):
    """Erasures asked for in the practice: references and dates, and the month that each has."""
    context = {"rows": access.erasures_due(request.viewer), "today": timezone.localdate()}
    return render(request, "personal/practice/erasures.html", context)


@reads(Portal.PRACTICE)
def register(request):
    """The register of processing activities (article 30), as the product is at this moment."""
    return render(request, "personal/practice/register.html", register_of(get_practice(request.viewer)))


@reads(Portal.PRACTICE)
def register_print(request):
    """The same as a PDF."""
    told = register_of(get_practice(request.viewer))
    content = register_pdf(told, get_language() or "fr", timezone.localdate())
    return pdf_response(content, "registre-des-traitements.pdf", inline=True)
