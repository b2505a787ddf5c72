"""The coach's pages on letters of verification: record one, print the paper an organisation signs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.accounts.access import get_practice
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from contracts.web.pdf import pdf_response

from .. import access
from ..papers import letter_pdf, paper_of
from ..services import letters as acting
from .forms import LetterForm, letter_initial


@reads(Portal.COACH)
def letters(request):
    """My letters, each with the missions it is applied to."""
    applied = access.applied_to(request.viewer)
    rows = [(row, applied.get(row.pk, [])) for row in access.letters_for(request.viewer)]
    return render(request, "hours/coach/letters.html", {"letters": rows})


@edits(Portal.COACH)
def letter_new(request):
    return _edit(request, None, {})


@edits(Portal.COACH)
def letter_edit(request, ref):
    """What it attests, and the missions it is applied to."""
    row = access.get_letter(request.viewer, ref)
    return _edit(request, row, letter_initial(row, access.applied_to(request.viewer).get(row.pk, [])))


def _edit(request, row, initial):
    missions = access.attestable(request.viewer, row)
    form = LetterForm(missions, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            kept = acting.save_letter(
                request.viewer, row, form.values(), said.get("missions", ()), based_on=said["based_on"] or 0
            )
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409 and row:
                rebase(form, based_on=row.number)
        else:
            said = (
                _("The letter counts in your log.")
                if kept.issued_on
                else _("Saved. Print it, and have it signed.")
            )
            messages.success(request, said)
            return redirect("coach_hours_letters")
    return show(request, "hours/coach/letter.html", {"form": form, "letter": row})


@edits(Portal.COACH)
def letter_remove(request, ref):
    """Confirmation, then the letter no longer counts."""
    row = access.get_letter(request.viewer, ref)
    if request.method == "POST":
        acting.remove_letter(request.viewer, row)
        messages.success(request, _("The letter is removed."))
        return redirect("coach_hours_letters")
    return render(request, "hours/coach/letter_remove.html", {"letter": row})


@reads(Portal.COACH)
def letter_paper(request, ref):
    """The paper, made now and not kept, for the organisation to sign."""
    row = access.get_letter(request.viewer, ref)
    paper = paper_of(row, practice=get_practice(request.viewer).name, coach=request.user.name)
    try:
        made = letter_pdf(paper, language=get_language() or "fr", today=timezone.localdate())
    except DomainError as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return pdf_response(made.pdf, f"{row.ref}.pdf", inline=True)
