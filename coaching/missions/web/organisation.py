"""The organisation's pages on missions: what a sponsor or a manager can reach is all here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.openings import What, opened
from coaching.kernel.viewer import Portal

from .. import access, pace_access, requests_access
from ..enums import MissionState, RequestLevel
from ..facts import PAGE
from ..policy import OPEN_STATES
from ..services import requests
from ..waiting import awaited_by
from . import sheets, steps
from .forms import RequestForm
from .lines import lines_of


@reads(Portal.ORGANISATION)
def missions(request):
    """The missions at whose table the person sits."""
    viewer = request.viewer
    rows = access.search(access.missions_listed(viewer), request.GET.get("q", ""))
    rows = requests_access.with_aims(viewer, rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines_of(viewer, list(page.object_list)),
        "q": request.GET.get("q", ""),
        "awaited": awaited_by(viewer, PAGE),
    }
    return render(request, "missions/organisation/missions.html", context)


@reads(Portal.ORGANISATION)
def mission(request, ref):
    """One mission, as the organisation may see it (articles 4 and 15)."""
    viewer = request.viewer
    row = access.get_marked(viewer, ref)
    opened(request, row, What.MISSION)
    context = page(viewer, row)
    context["step"] = _step(viewer, row, context)
    context["may_stop"] = "sponsor" in context["roles"] and row.state in OPEN_STATES
    return render(request, "missions/organisation/mission.html", context)


def page(viewer, row, beside=None):
    """What the organisation's page says of a mission, rooms included: the coachee's « Qui voit quoi » shows the very same.

    ``beside`` is the coachee's seat it is shown to there: in a team, what concerns their colleagues alone is left out, and
    so are the words that were addressed to the organisation alone when it ended.
    """
    asked, table = requests_access.requests_of(viewer, row), access.table_of(viewer, row)
    return {
        "mission": row,
        "asked": asked,
        "roles": {seat.role for seat in table if seat.person.user_id == viewer.user_id},
        "seats": table,
        "own": next((view for view in asked if view.level == RequestLevel.ORGANISATION), None),
        "wordings": _wordings(asked, beside),
        "objectives": requests_access.aims_of(viewer, row),
        "stages": steps.stage_bar(row),
        "paused_since": pace_access.pause_dates(viewer, row, beside),
        "rooms": steps.rooms_of(viewer, row, beside),
    }


def _wordings(asked, beside):
    shared = [view for view in asked if view.level == RequestLevel.COACHEE and view.wording]
    return [view for view in shared if beside is None or view.seat.pk == beside.pk]


def preview(viewer, row, beside) -> str:
    """The page as markup, for whoever shows it without its frame; what is the reader's own to do is not in it."""
    context = {**page(viewer, row, beside), "viewer": viewer}
    return render_to_string("missions/organisation/preview.html", context)


def _step(viewer, row, context):
    """The request is the sponsor's to word; a manager has nothing to do before the contract."""
    if "sponsor" in context["roles"] or row.state != MissionState.ENQUIRY:
        return steps.next_step(
            viewer, row, context["asked"], context["rooms"], paused_since=context["paused_since"]
        )
    return None


@edits(Portal.ORGANISATION)
def own_request(request, ref):
    """The sponsor words the organisation's request; a manager reads it."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    writes = "sponsor" in access.roles_at(viewer, row)
    view = requests_access.request_of(viewer, row, RequestLevel.ORGANISATION)
    if not row.paid_by_organisation or view is None:
        raise Http404
    opened(request, row, What.REQUESTS, view.request.ref)
    number = view.version.number if view.version else 0
    form = RequestForm(
        request.POST or None,
        level=RequestLevel.ORGANISATION,
        initial={"text": view.text or "", "based_on": number},
    )
    if request.method == "POST" and form.is_valid():
        try:
            requests.write_organisation_request(
                viewer, row, form.cleaned_data["text"], based_on=form.cleaned_data["based_on"]
            )
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=number)
        else:
            messages.success(
                request, _("Your request is recorded. The coach is told that you have written it.")
            )
            return redirect("organisation_request", row.ref)
    context = {
        "form": form,
        "mission": row,
        "view": view,
        "history": requests_access.history_of(viewer, view),
        "open": writes and requests.may_word(row),
        "writes": writes,
    }
    return show(request, "missions/organisation/request.html", context)


@acts(Portal.ORGANISATION)
def confirm_request(request, ref):
    """The sponsor makes the wording the coach took down the organisation's own."""
    row = access.get_mission(request.viewer, ref)
    view = requests_access.request_of(request.viewer, row, RequestLevel.ORGANISATION)
    if view is None or view.version is None or view.version.ref != request.POST.get("version"):
        raise Http404
    requests.confirm_request(request.viewer, row, view.version)
    messages.success(request, _("These words are now the organisation’s."))
    return redirect("organisation_request", row.ref)


@reads(Portal.ORGANISATION)
def coach_sheet(request, ref):
    """What the coach has learnt, for a client who asks (article 1); and the sheets asked for before."""
    return sheets.show(request, ref)


@acts(Portal.ORGANISATION, atomic=False)
def coach_sheet_ask(request, ref):
    """Show me the sheet: frozen as it is shown, with its date."""
    return sheets.ask(request, ref, "organisation_sheet")


@reads(Portal.ORGANISATION)
def shown_sheet(request, ref):
    return sheets.shown(request, ref, "development/organisation/sheet.html")


@reads(Portal.ORGANISATION)
def shown_sheet_pdf(request, ref):
    return sheets.shown_pdf(request, ref)


@reads(Portal.ORGANISATION)
def coach_proof(request, ref, proof_ref):
    """A proof the coach lets their clients open."""
    return sheets.proof(request, ref, proof_ref)
