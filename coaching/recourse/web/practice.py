"""The administrator's pages: who is there for coachees. Never whether anybody has written, nor how often."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.accounts.access import get_practice
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import appointing
from .forms import AppointForm


@reads(Portal.PRACTICE)
def recourse(request):
    people = access.people_for(request.viewer)
    here = next((row for row in people if row.accepted_at), None)
    context = {
        "here": here,
        "free": here is not None and access.is_free(here),
        "asked": next((row for row in people if not row.accepted_at), None),
        "practice": get_practice(request.viewer),
    }
    return render(request, "recourse/practice/recourse.html", context)


@edits(Portal.PRACTICE)
def appoint(request):
    """Who is asked; whoever is in place stays until they have accepted."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appointing.appoint(request.viewer, language=get_language() or "fr", **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("practice_recourse")
    here = next((row for row in access.people_for(request.viewer) if row.accepted_at), None)
    return show(request, "recourse/practice/appoint.html", {"form": form, "here": here})


@edits(Portal.PRACTICE)
def end(request, ref):
    """Confirmation, then the end of somebody's time, or of their invitation."""
    row = access.get_person(request.viewer, ref)
    if request.method == "POST":
        appointing.end(request.viewer, row)
        messages.success(request, _("It has ended."))
        return redirect("practice_recourse")
    return render(request, "recourse/practice/end.html", {"person": row})
