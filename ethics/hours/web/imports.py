"""The coach's pages on files of earlier hours: send one, see what was read of it, keep it, take it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.jobs.access import job_of
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..enums import Column, Fault, ImportState
from ..services import importing, receiving
from ..transitions import IMPORT
from ..waiting import preview_of
from .forms import ColumnsForm, ImportForm

PAGE = 50
SAMPLE = 10  # good lines shown before they are kept


@edits(Portal.COACH)
def import_new(request):
    """Send a file; a short one is read at once, a long one while I do something else."""
    form = ImportForm(request if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = receiving.receive(request.viewer, said["file"].read(), month_first=said["order"] == "month")
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return redirect("coach_hours_import", receiving.read_if_short(request.viewer, row).ref)
    context = {"form": form, "imports": access.imports_listed(request.viewer), "columns": Column.labels}
    return show(request, "hours/coach/import_new.html", context)


@reads(Portal.COACH)
def import_page(request, ref):
    """One file: how far it is read, what is wrong with it line by line, what would be kept."""
    row = access.get_import(request.viewer, ref)
    context = {"source": row, "job": job_of(receiving.JOB, row.ref)}
    if row.state == ImportState.READ:
        context |= _preview(request, row)
    return render(request, "hours/coach/import.html", context)


def _preview(request, row) -> dict:
    preview = preview_of(row)
    if preview is None:
        return {"lost": True}
    fresh = importing.fresh_of(request.viewer, preview)
    largest = access.rules_for(request.viewer).largest_group
    page = Paginator(preview.wrong, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "wrong": [(one, Column(one.column).label, Fault(one.fault).label) for one in page],
        "sample": [entry.line(row.ref, largest) for entry in fresh[:SAMPLE]],
        "fresh": len(fresh),
        "there": len(preview.entries) - len(fresh),
        "days": access.days_of(fresh),
        "keep": IMPORT["keep"],
    }


@reads(Portal.COACH)
def import_progress(request, ref):
    """A fragment: how far the reading has come."""
    row = access.get_import(request.viewer, ref)
    if not request.htmx:  # a part of the file's page: by itself it is no page
        return redirect("coach_hours_import", row.ref)
    context = {"source": row, "job": job_of(receiving.JOB, row.ref)}
    return render(request, "hours/includes/reading.html", context)


@edits(Portal.COACH)
def import_columns(request, ref):
    """Which column of my file is which."""
    row = access.get_import(request.viewer, ref)
    found = receiving.head_of(row) if row.state == ImportState.COLUMNS else None
    if found is None:
        raise NotAllowedNow(_("The columns of this file are not to be named: it was read, or not kept."))
    headings, head = found
    form = ColumnsForm(headings, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = receiving.name_columns(
                request.viewer, row, form.columns(), headless=form.cleaned_data["headless"]
            )
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            return redirect("coach_hours_import", receiving.read_if_short(request.viewer, row).ref)
    context = {"form": form, "source": row, "head": head}
    return show(request, "hours/coach/columns.html", context)


@acts(Portal.COACH)
def import_keep(request, ref):
    """Put its lines without a fault into my log."""
    row = importing.keep(request.viewer, access.get_import(request.viewer, ref))
    said = ngettext("%(n)d line is in your log.", "%(n)d lines are in your log.", row.kept_count)
    messages.success(request, said % {"n": row.kept_count})
    return redirect("coach_hours")


@edits(Portal.COACH)
def import_end(request, ref):
    """Confirmation, then nothing of the file is kept, or its lines leave the log."""
    row = access.get_import(request.viewer, ref)
    arrow = IMPORT["take_back" if row.state == ImportState.KEPT else "discard"]
    if row.state not in arrow.sources:
        raise NotAllowedNow(_("Nothing of this file is kept any more."))
    if request.method == "POST":
        if arrow.name == "take_back":
            importing.take_back(request.viewer, row)
            messages.success(request, _("The lines of this file have left your log."))
        else:
            receiving.discard(request.viewer, row)
            messages.success(request, _("Nothing of this file was kept."))
        return redirect("coach_hours")
    return render(request, "hours/coach/import_end.html", {"source": row, "transition": arrow})
