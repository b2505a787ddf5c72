"""The coach's pages on clients."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clients import access, services
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from ..moves import held_at
from .forms import ContextSheetForm, OrganisationForm, PersonForm

PAGE = 50
SHEET_FIELDS = tuple(ContextSheetForm.base_fields)


@reads(Portal.COACH)
def clients(request):
    """People and organisations, searched by name."""
    words = request.GET.get("q", "").replace("\x00", "").strip()
    people = access.people_for(request.viewer)
    organisations = access.organisations_for(request.viewer)
    if words:
        people = people.filter(name__icontains=words)
        organisations = organisations.filter(name__icontains=words)
    context = {
        "q": words,
        "people": Paginator(people, PAGE).get_page(request.GET.get("page")),
        "organisations": organisations[:PAGE],
    }
    return render(request, "clients/coach/clients.html", context)


@edits(Portal.COACH)
def organisation_new(request):
    return _organisation(request, None)


@edits(Portal.COACH)
def organisation(request, ref):
    return _organisation(request, access.get_organisation(request.viewer, ref))


def _organisation(request, row):
    form = OrganisationForm(request.POST or None, initial=_values(row, OrganisationForm.base_fields))
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_organisation(request.viewer, row, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_organisation_context" if row is None else "coach_organisation", saved.ref)
    return show(request, "clients/coach/organisation.html", {"form": form, "organisation": row})


@edits(Portal.COACH)
def organisation_context(request, ref):
    """The context sheet of one organisation."""
    row = access.get_organisation(request.viewer, ref)
    sheet = access.context_sheet(request.viewer, row)
    form = ContextSheetForm(request.POST or None, initial=_values(sheet, SHEET_FIELDS))
    if request.method == "POST" and form.is_valid():
        services.save_context_sheet(request.viewer, row, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("coach_organisation_context", row.ref)
    context = {"form": form, "organisation": row, "sheet": sheet}
    return show(request, "clients/coach/context.html", context)


@edits(Portal.COACH)
def person_new(request):
    return _person(request, None)


@edits(Portal.COACH)
def person(request, ref):
    return _person(request, access.get_person(request.viewer, ref))


def _person(request, row):
    initial = _values(row, PersonForm.base_fields)
    if row:
        initial["organisation"] = row.organisation.ref if row.organisation else ""
    before = row.organisation if row else None
    seats = held_at(row, before)
    organisations = access.organisations_for(request.viewer)
    form = PersonForm(request.POST or None, initial=initial, organisations=organisations, seats=seats)
    if request.method == "POST" and form.is_valid():
        values = {name: said for name, said in form.cleaned_data.items() if name != "leaves"}
        try:
            saved = services.save_person(request.viewer, row, values)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _saved(seats if saved.organisation != before else 0))
            return redirect("coach_person", saved.ref)
    return show(request, "clients/coach/person.html", {"form": form, "person": row})


def _saved(ended: int) -> str:
    if not ended:
        return _("Saved.")
    return ngettext(
        "Saved. Their seat at %(n)d mission of the organisation they leave has ended.",
        "Saved. Their seats at %(n)d missions of the organisation they leave have ended.",
        ended,
    ) % {"n": ended}


def _values(row, names) -> dict:
    return {name: getattr(row, name) for name in names} if row is not None else {}
