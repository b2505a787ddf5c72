"""The coachee's pages on their missions."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.journal.access import latest_events
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access, pace_access, requests_access
from ..enums import ObjectiveTag, RequestLevel, SeatRole
from ..policy import OPEN_STATES
from ..services import objectives, requests
from . import sheets, steps
from .forms import ObjectiveForm, RequestForm, WordingForm


@reads(Portal.COACHEE)
def mission(request, ref):
    """One mission of mine: where it is, what is asked of me, what happened."""
    viewer = request.viewer
    row = access.get_marked(viewer, ref)
    asked, rooms, table = (
        source(viewer, row) for source in (requests_access.requests_of, steps.rooms_of, access.table_of)
    )
    own = next((s for s in table if s.person.user_id == viewer.user_id and s.role == SeatRole.COACHEE), None)
    if own is not None:
        own.mission = row  # just read: asked of it, not of the database again
    pauses = pace_access.open_pauses(viewer, row)
    context = {
        "mission": row,
        "step": steps.next_step(viewer, row, asked, rooms, pauses=pauses),
        "pauses": pauses,
        "may_stop": row.state in OPEN_STATES,
        "seats": table,
        # Of the coachees' requests, the rules show a coachee their own alone.
        "own": next((view for view in asked if view.level == RequestLevel.COACHEE), None),
        "organisation_request": next((v for v in asked if v.level == RequestLevel.ORGANISATION), None),
        "objectives": requests_access.aims_of(viewer, row),
        "may_word": requests.may_word(row, own),
        "stages": steps.stage_bar(row),
        "events": latest_events(viewer, row.ref),
        "rooms": rooms,
    }
    return render(request, "missions/coachee/mission.html", context)


@edits(Portal.COACHEE)
def own_request(request, ref):
    """The coachee words their own request; every save is a version."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.own_coachee_seat(viewer, row)
    view = requests_access.request_of(viewer, row, RequestLevel.COACHEE, seat)
    number = view.version.number if view.version else 0
    form = RequestForm(
        request.POST or None,
        level=RequestLevel.COACHEE,
        initial={"text": view.text or "", "based_on": number},
    )
    if request.method == "POST" and form.is_valid():
        try:
            requests.write_coachee_request(
                viewer, row, seat, form.cleaned_data["text"], based_on=form.cleaned_data["based_on"]
            )
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=number)
        else:
            messages.success(
                request, _("Your request is recorded. Your coach is told that you have written it.")
            )
            return redirect("coachee_request", row.ref)
    context = {
        "form": form,
        "mission": row,
        "view": view,
        "history": requests_access.history_of(viewer, view),
        "open": requests.may_word(row, seat),
    }
    return show(request, "missions/coachee/request.html", context)


@acts(Portal.COACHEE)
def confirm_request(request, ref):
    """The coachee makes the wording their coach took down their own."""
    row = access.get_mission(request.viewer, ref)
    seat = access.own_coachee_seat(request.viewer, row)
    view = requests_access.request_of(request.viewer, row, RequestLevel.COACHEE, seat)
    if view.version is None or view.version.ref != request.POST.get("version"):
        raise Http404
    requests.confirm_request(request.viewer, row, view.version)
    messages.success(request, _("These words are now yours."))
    return redirect("coachee_request", row.ref)


@edits(Portal.COACHEE)
def wording(request, ref):
    """What the organisation may read of the request, if anything: the coachee's choice."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.own_coachee_seat(viewer, row)
    view = requests_access.request_of(viewer, row, RequestLevel.COACHEE, seat)
    form = WordingForm(request.POST or None, initial={"text": view.wording.text if view.wording else ""})
    if request.method == "POST" and form.is_valid():
        try:
            requests.share_wording(viewer, row, seat, form.cleaned_data["text"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The organisation can read these words, and these alone."))
            return redirect("coachee_wording", row.ref)
    context = {"form": form, "mission": row, "view": view, "open": requests.may_word(row, seat)}
    return show(request, "missions/coachee/wording.html", context)


@acts(Portal.COACHEE)
def withdraw_wording(request, ref):
    row = access.get_mission(request.viewer, ref)
    requests.withdraw_wording(request.viewer, row, access.own_coachee_seat(request.viewer, row))
    messages.success(request, _("The organisation can no longer read your wording."))
    return redirect("coachee_wording", row.ref)


@edits(Portal.COACHEE)
def objective_new(request, ref):
    return _objective(request, access.get_mission(request.viewer, ref), None)


@edits(Portal.COACHEE)
def objective(request, ref, objective_ref):
    row = access.get_mission(request.viewer, ref)
    return _objective(request, row, requests_access.get_objective(request.viewer, row, objective_ref))


def _objective(request, row, found):
    """Common objectives, and the coachee's own; the organisation's are read, not worded, here."""
    seat = access.own_coachee_seat(request.viewer, row)
    if found and found.tag == ObjectiveTag.ORGANISATION:
        raise Http404
    names = ("tag", "title", "indicator", "baseline", "target")
    initial = {name: getattr(found, name) for name in names} if found else {"tag": ObjectiveTag.COACHEE}
    form = ObjectiveForm(
        request.POST or None, seats=[seat], tags=(ObjectiveTag.COACHEE, ObjectiveTag.COMMON), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        own = said.pop("seat", None)
        try:
            objectives.save_objective(request.viewer, row, found, said, seat=own)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coachee_mission", row.ref)
    return show(
        request, "missions/coachee/objective.html", {"form": form, "mission": row, "objective": found}
    )


@acts(Portal.COACHEE)
def objective_remove(request, ref, objective_ref):
    row = access.get_mission(request.viewer, ref)
    found = requests_access.get_objective(request.viewer, row, objective_ref)
    if found.tag == ObjectiveTag.ORGANISATION:
        raise Http404
    objectives.remove_objective(request.viewer, row, found)
    messages.success(request, _("The objective is removed."))
    return redirect("coachee_mission", row.ref)


@reads(Portal.COACHEE)
def coach_sheet(request, ref):
    """What the coach has learnt, for a client who asks (article 1); and the sheets asked for before."""
    return sheets.show(request, ref)


@acts(Portal.COACHEE, atomic=False)
def coach_sheet_ask(request, ref):
    """Show me the sheet: frozen as it is shown, with its date."""
    return sheets.ask(request, ref, "coachee_sheet")


@reads(Portal.COACHEE)
def shown_sheet(request, ref):
    return sheets.shown(request, ref, "development/coachee/sheet.html")


@reads(Portal.COACHEE)
def shown_sheet_pdf(request, ref):
    return sheets.shown_pdf(request, ref)


@reads(Portal.COACHEE)
def coach_proof(request, ref, proof_ref):
    """A proof the coach lets their clients open."""
    return sheets.proof(request, ref, proof_ref)
