"""The coach's development, year by year: against the practice's target, and as a dossier."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.documents.files import file_response
from coaching.documents.rendering import RenderFailed
from coaching.kernel.errors import DomainError, Stale
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..dossier import dossier_csv, dossier_of
from ..rendering import dossier_pdf
from ..services import activities as acts
from ..services import proofs
from .forms import ActivityForm, ProofForm
from .served import csv_response


@edits(Portal.COACH)
def listed(request):
    """One year: how far, of what kind, activity by activity; and a form to add one."""
    viewer = request.viewer
    year = access.a_year(request.GET.get("year"))
    form = ActivityForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (row := _save(request, form, None)):
        messages.success(request, _("Added to your development."))
        return redirect(f"{request.path}?year={row.held_on.year}")
    found = access.year_of(viewer, year)
    context = {
        "form": form,
        "year": found,
        "years": access.years_of(viewer),
        "kinds": [(label, hours, "") for label, hours in _kinds(found)],
    }
    return show(request, "development/coach/activities.html", context)


def _kinds(year: access.Year) -> list[tuple]:
    obtained = [(_("Qualification obtained"), year.of_qualifications)] if year.of_qualifications else []
    return [*year.by_kind(), *obtained]


@edits(Portal.COACH)
def activity(request, ref):
    """One activity, with what I noted of it for myself."""
    viewer = request.viewer
    row = access.get_activity(viewer, ref)
    initial = {
        **{name: getattr(row, name) for name in ("kind", "title", "body", "held_on", "hours")},
        "learning": access.learning_of(viewer, row),
        "based_on": row.number,
    }
    form = ActivityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save(request, form, row):
        messages.success(request, _("Saved."))
        return redirect("coach_activity", row.ref)
    context = {"form": form, "activity": row, "proof": access.proof_of(viewer, activity=row)}
    return show(request, "development/coach/activity.html", context)


def _save(request, form, row):
    """What was saved; None where it was refused, and the form says why."""
    said = form.cleaned_data
    try:
        return acts.save_activity(
            request.viewer,
            row,
            form.said(),
            learning=said["learning"],
            based_on=said["based_on"] or 0,
        )
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        refuse(form, refusal)
        if isinstance(refusal, Stale) and row is not None:
            rebase(form, based_on=row.number)
    return None


@edits(Portal.COACH, atomic=False)
def proof(request, ref):
    """What proves it: put, or put in the place of another."""
    row = access.get_activity(request.viewer, ref)
    form = ProofForm(request) if request.method == "POST" else ProofForm()
    if request.method == "POST" and form.is_valid():
        try:
            proofs.put_proof(request.viewer, form.proof(), activity=row)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("The proof is on file."))
            return redirect("coach_activity", row.ref)
    return show(request, "development/coach/activity_proof.html", {"form": form, "activity": row})


@edits(Portal.COACH)
def remove(request, ref):
    """Confirmation, then it is gone, with what I noted of it and its proof."""
    row = access.get_activity(request.viewer, ref)
    if request.method == "POST":
        acts.remove_activity(request.viewer, row)
        messages.success(request, _("The activity is removed."))
        return redirect("coach_activities")
    return render(request, "development/coach/activity_remove.html", {"activity": row})


@reads(Portal.COACH)
def as_pdf(request):
    """The dossier of a year, made now and not kept."""
    year = access.a_year(request.GET.get("year"))
    try:
        made = dossier_pdf(dossier_of(request.viewer, request.user.name, year))
    except RenderFailed as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return file_response("pdf", made.pdf, f"{_('development')}-{year}")


@reads(Portal.COACH)
def as_csv(request):
    """The same for a spreadsheet."""
    year = access.a_year(request.GET.get("year"))
    made = dossier_csv(dossier_of(request.viewer, request.user.name, year))
    return csv_response(made, f"{_('development')}-{year}")
