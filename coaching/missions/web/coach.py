"""The coach's pages on missions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coaching.accounts.access import invitations_of_targets
from coaching.clients import access as clients
from coaching.journal.access import latest_events
from coaching.kernel.acts import act
from coaching.kernel.errors import DomainError, GateClosed
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal

from .. import access, judgement_access, pace_access, requests_access
from ..enums import MissionState, ObjectiveTag, RequestLevel, SeatRole
from ..facts import PAGE
from ..services import life, objectives, reminders, requests, seats
from ..services.guided import known_or_new
from ..transitions import MISSION
from . import steps
from .forms import (
    BalanceForm,
    DeclarationForm,
    ObjectiveForm,
    OverrideForm,
    RequestForm,
    SeatForm,
    ValidationForm,
)


@reads(Portal.COACH)
def missions(request):
    """Every mission of the coach, by stage, searched by words."""
    viewer = request.viewer
    rows = access.search(access.missions_listed(viewer), request.GET.get("q", ""))
    stage = request.GET.get("stage", "")
    if stage in MissionState.values:
        rows = rows.filter(state=stage)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "coachees": access.coachees_of(viewer, list(page.object_list)),
        "q": request.GET.get("q", ""),
        "stage": stage,
        "stages": MissionState.choices,
    }
    return render(request, "missions/coach/missions.html", context)


@reads(Portal.COACH)
def mission(request, ref):
    """One mission: where it is, who must act, what happened."""
    viewer = request.viewer
    row = access.get_marked(viewer, ref)
    table = access.table_of(viewer, row)
    asked = requests_access.requests_of(viewer, row)
    judgement = judgement_access.judgement_of(viewer, row)
    gates = steps.opening_gates(row, asked, judgement.declaration is not None)
    rooms = steps.rooms_of(viewer, row, table=table)
    pauses = pace_access.open_pauses(viewer, row)
    context = {
        "mission": row,
        "step": steps.next_step(viewer, row, asked, rooms, gates, table, pauses),
        "pauses": pauses,
        "reminded": max((seat.reminded for seat in table if seat.reminded), default=None),
        "today": timezone.localdate(),
        "seats": table,
        "invitations": invitations_of_targets([seat.person.ref for seat in table if not seat.person.user_id]),
        "requests": asked,
        "objectives": requests_access.aims_of(viewer, row),
        "declaration": judgement.declaration,
        "balance": judgement.balance,
        "overrides": judgement.overrides,
        "stages": steps.stage_bar(row),
        "gates": gates,
        "moves": MISSION.open_to(row, access.roles_at(viewer, row)),
        "events": latest_events(viewer, row.ref),
        "rooms": rooms,
    }
    return render(request, "missions/coach/mission.html", context)


@edits(Portal.COACH)
def seat_new(request, ref):
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    form = SeatForm(request.POST or None, people=clients.people_for(viewer))
    if request.method == "POST" and form.is_valid():
        try:
            _add_seat(viewer, row, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The seat is given."))
            return redirect("coach_mission", row.ref)
    return show(request, "missions/coach/seat.html", {"form": form, "mission": row})


@act
def _add_seat(viewer, row, said):
    person = said["person"] or known_or_new(
        viewer, said["name"], said["email"], row.organisation, row.language
    )
    seat = seats.add_seat(viewer, row, person, said["role"], signs=said["signs"])
    if said["invite"] and not person.user_id:
        seats.invite_seat(viewer, row, seat)


@acts(Portal.COACH)
def seat_invite(request, ref, seat_ref):
    row = access.get_mission(request.viewer, ref)
    seats.invite_seat(request.viewer, row, access.get_seat(request.viewer, row, seat_ref))
    messages.success(request, _("The invitation is on its way."))
    return redirect("coach_mission", row.ref)


@acts(Portal.COACH)
def remind(request, ref):
    """A friendly word to those awaited on the mission, or to the one of them whose seat is named."""
    row = access.get_mission(request.viewer, ref)
    wanted = request.POST.get("seat", "")
    seat = access.get_seat(request.viewer, row, wanted) if wanted else None
    names = reminders.remind(request.viewer, row, seat)
    if names:
        said = _("A reminder is on its way to %(names)s.")
        messages.success(request, said % {"names": get_text_list(names, _("and"))})
    else:
        messages.warning(request, _("A reminder has already gone today: one a day is enough."))
    if request.POST.get("back") == "today":
        return redirect("coach_home")
    return redirect("coach_mission", row.ref)


@edits(Portal.COACH)
def seat_end(request, ref, seat_ref):
    """Confirmation, then the end of a seat."""
    row = access.get_mission(request.viewer, ref)
    seat = access.get_seat(request.viewer, row, seat_ref)
    if request.method == "POST":
        seats.end_seat(request.viewer, row, seat)
        messages.success(request, _("The seat has ended."))
        return redirect("coach_mission", row.ref)
    return render(request, "missions/coach/seat_end.html", {"mission": row, "seat": seat})


@edits(Portal.COACH)
def request_page(request, ref, request_ref):
    """A request as the coach may read it, its history, and a form to take down another wording."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    view = _view(viewer, row, request_ref)
    number = view.version.number if view.version else 0
    form = RequestForm(
        request.POST or None, level=view.level, initial={"text": view.text or "", "based_on": number}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _take_down(viewer, row, view, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=number)
        else:
            messages.success(request, _("Taken down. Its author is asked to make it theirs."))
            return redirect("coach_request", row.ref, request_ref)
    context = {
        "form": form,
        "mission": row,
        "view": view,
        "history": requests_access.history_of(viewer, view),
        "validation_form": ValidationForm(),
        "open": requests.may_word(row, view.seat),
    }
    return show(request, "missions/coach/request.html", context)


def _take_down(viewer, row, view, said):
    if view.level == RequestLevel.ORGANISATION:
        requests.write_organisation_request(viewer, row, said["text"], based_on=said["based_on"])
    else:
        requests.write_coachee_request(viewer, row, view.seat, said["text"], based_on=said["based_on"])


def _view(viewer, row, request_ref):
    for view in requests_access.requests_of(viewer, row):
        if view.request.ref == request_ref:
            return view
    raise Http404


@edits(Portal.COACH)
def request_validate(request, ref, request_ref):
    """The coach validates the coachee's request as it stands."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    view = _view(viewer, row, request_ref)
    form = ValidationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if view.version is None:
                raise DomainError(_("There is nothing to validate yet."))
            if request.POST.get("version") != view.version.ref:
                raise DomainError(_("The coachee has written another version. Read it before you validate."))
            requests.validate_request(viewer, row, view.version, form.cleaned_data["wording"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The coachee’s request is validated."))
            return redirect("coach_mission", row.ref)
    return show(request, "missions/coach/validate.html", {"form": form, "mission": row, "view": view})


@edits(Portal.COACH)
def objective_new(request, ref):
    return _objective(request, access.get_mission(request.viewer, ref), None)


@edits(Portal.COACH)
def objective(request, ref, objective_ref):
    row = access.get_mission(request.viewer, ref)
    return _objective(request, row, requests_access.get_objective(request.viewer, row, objective_ref))


def _objective(request, row, found):
    seats_here = access.seats_of(request.viewer, row).filter(role=SeatRole.COACHEE)
    initial = {"tag": ObjectiveTag.COMMON}
    if found:
        initial = {name: getattr(found, name) for name in ("tag", "title", "indicator", "baseline", "target")}
        initial["seat"] = found.seat.ref if found.seat else ""
    form = ObjectiveForm(request.POST or None, seats=seats_here, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        seat = said.pop("seat", None)
        try:
            objectives.save_objective(request.viewer, row, found, said, seat=seat)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_mission", row.ref)
    context = {"form": form, "mission": row, "objective": found}
    return show(request, "missions/coach/objective.html", context)


@acts(Portal.COACH)
def objective_remove(request, ref, objective_ref):
    row = access.get_mission(request.viewer, ref)
    objectives.remove_objective(
        request.viewer, row, requests_access.get_objective(request.viewer, row, objective_ref)
    )
    messages.success(request, _("The objective is removed."))
    return redirect("coach_mission", row.ref)


@edits(Portal.COACH)
def declaration(request, ref):
    row = access.get_mission(request.viewer, ref)
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            life.declare_conflict(request.viewer, row, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your declaration is recorded."))
            return redirect("coach_mission", row.ref)
    context = {
        "form": form,
        "mission": row,
        "declaration": judgement_access.declaration_of(request.viewer, row),
    }
    return show(request, "missions/coach/declaration.html", context)


@edits(Portal.COACH)
def balance(request, ref):
    row = access.get_mission(request.viewer, ref)
    found = judgement_access.balance_of(request.viewer, row)
    form = BalanceForm(request.POST or None, initial={"explanation": found.explanation if found else ""})
    if request.method == "POST" and form.is_valid():
        life.explain_balance(request.viewer, row, form.cleaned_data["explanation"])
        messages.success(request, _("Saved."))
        return redirect("coach_mission", row.ref)
    return show(request, "missions/coach/balance.html", {"form": form, "mission": row})


@edits(Portal.COACH)
def open_contracting(request, ref):
    """The gates of the charter, what is missing, and the way through."""
    row = access.get_mission(request.viewer, ref)
    transition = MISSION["open_contracting"]
    states = gate_states(transition, row)
    form = OverrideForm(request.POST if request.method == "POST" else None, closed=_closed(states))
    if request.method == "POST" and form.is_valid():
        try:
            life.open_contracting(request.viewer, row, form.cleaned_data)
        except GateClosed as refusal:
            for state in refusal.closed:
                name = state.gate.name if state.gate.name in form.fields else None
                form.add_error(name, str(state.result.message))
        else:
            messages.success(request, _("The contract can now be drafted."))
            return redirect("coach_mission", row.ref)
    context = {"form": form, "mission": row, "transition": transition, "states": states}
    return show(request, "missions/coach/open_contracting.html", context)


def _closed(states):
    return [state for state in states if not state.held]
