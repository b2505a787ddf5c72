"""The coach's pages on sessions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.errors import DomainError, GateClosed
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, table_of
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from contracts.in_force import agreed_on

from .. import access, gates
from ..enums import SessionKind, SessionState
from ..services import life, planning
from ..transitions import SESSION
from .forms import CancelByCoachForm, HoldForm, PlanForm, WhenForm, local_values
from .parts import parts_of

PAGE = 25


@reads(Portal.COACH)
def sessions(request):
    """Every session of the coach, or of one mission: to record, to come, past."""
    viewer, mission = request.viewer, None
    rows = access.sessions_for(viewer)
    if request.GET.get("mission"):
        mission = get_mission(viewer, request.GET["mission"])
        rows = rows.filter(mission=mission)
    past = request.GET.get("show") == "past"
    if past:
        rows = rows.exclude(state=SessionState.PLANNED).order_by("-starts_at", "-id")
    else:
        rows = rows.filter(state=SessionState.PLANNED)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    names = access.coachees_in(viewer, shown)
    context = {"page": page, "past": past, "names": names, "mission": mission}
    return render(request, "sessions/coach/sessions.html", context)


@edits(Portal.COACH)
def session_new(request, ref):
    """Plan one session of a mission, or a series."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    agreed = agreed_on(mission)
    table = table_of(viewer, mission)
    form = PlanForm(
        request.POST or None, seats=table, kinds=_kinds(mission), initial=_usual(mission, agreed, table)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        series = {name: said[name] for name in ("kind", "stage", "times", "every_weeks")}
        try:
            rows = planning.plan(viewer, mission, form.chosen(), form.said(), **series)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            words = ngettext("The session is planned.", "%(count)d sessions are planned.", len(rows))
            messages.success(request, words % {"count": len(rows)})
            return (
                redirect("coach_mission", mission.ref)
                if len(rows) > 1
                else redirect("coach_session", rows[0].ref)
            )
    context = {
        "form": form,
        "mission": mission,
        "agreed": agreed,
        "account": access.account_of(mission, agreed),
    }
    return show(request, "sessions/coach/plan.html", context)


def _kinds(mission) -> list[SessionKind]:
    """What can be planned now: before the contract, one exploratory meeting and nothing else."""
    if mission.state in (MissionState.ENQUIRY, MissionState.CONTRACTING):
        return [SessionKind.EXPLORATORY]
    kinds = [SessionKind.INDIVIDUAL, SessionKind.THREE_WAY]
    return [SessionKind.TEAM, *kinds] if mission.kind == MissionKind.TEAM else kinds


def _usual(mission, agreed, table) -> dict:
    coachees = [seat.ref for seat in table if seat.role == SeatRole.COACHEE]
    first = _kinds(mission)[0]
    return {
        "kind": first,
        "seats": coachees if first == SessionKind.TEAM or len(coachees) == 1 else [],
        "minutes": (agreed.minutes if agreed else None) or 60,
        "medium": agreed.media[0] if agreed and agreed.media else "on_site",
        "place": agreed.places if agreed else "",
        "private": False,
    }


@reads(Portal.COACH)
def session(request, ref):
    """One session: when, where, with whom; what is left to do about it."""
    viewer = request.viewer
    row = access.get_session(viewer, ref)
    agreed = agreed_on(row.mission)
    planned = row.state == SessionState.PLANNED
    context = {
        "session": row,
        "participants": access.participants_of(viewer, row),
        "begun": row.starts_at <= timezone.now() + gates.EARLY,
        "unusual": planned and gates.unusual_medium(row, agreed),
        "close": planned and gates.too_close(row, agreed),
        "planned": planned,
        "parts": parts_of(viewer, row),
    }
    return render(request, "sessions/coach/session.html", context)


@edits(Portal.COACH)
def session_edit(request, ref):
    """Another hour, another place, another medium; privacy made sure of."""
    row = access.get_planned(request.viewer, ref)
    form = WhenForm(request.POST or None, initial=local_values(row))
    if request.method == "POST" and form.is_valid():
        try:
            planning.move(request.viewer, row, form.said(), based_on=form.cleaned_data["based_on"] or 0)
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=row.sequence)
        else:
            messages.success(request, _("Saved. Those who take part are told of another hour or place."))
            return redirect("coach_session", row.ref)
    return show(request, "sessions/coach/edit.html", {"form": form, "session": row})


@edits(Portal.COACH)
def session_hold(request, ref):
    """Real minutes, who was there, and the gates of the charter in between."""
    viewer = request.viewer
    row = access.get_planned(viewer, ref)
    participants = access.participants_of(viewer, row)
    states = gate_states(SESSION["hold"], row)
    form = HoldForm(
        request.POST or None,
        participants=participants,
        medium_closed=any(state.gate.name == "sessions.medium" and not state.held for state in states),
        initial={"minutes": row.minutes, "present": [one.seat.ref for one in participants]},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            life.record_held(
                viewer, row, minutes=said["minutes"], present=said["present"], overrides=form.overrides()
            )
        except GateClosed as closed:
            form.add_error(None, str(closed.message))
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The session is recorded."))
            return redirect("coach_session", row.ref)
    context = {"form": form, "session": row, "states": states, "transition": SESSION["hold"]}
    return show(request, "sessions/coach/hold.html", context)


@edits(Portal.COACH)
def session_miss(request, ref):
    row = access.get_planned(request.viewer, ref)
    refused = ""
    if request.method == "POST":
        try:
            life.record_missed(request.viewer, row)
        except GateClosed as closed:
            refused = closed.closed[0].result.message
        else:
            messages.success(request, _("The session is recorded as missed."))
            return redirect("coach_session", row.ref)
    context = {"session": row, "transition": SESSION["miss"], "refused": refused}
    return render(request, "sessions/coach/miss.html", context, status=422 if refused else 200)


@edits(Portal.COACH)
def session_cancel(request, ref):
    row = access.get_planned(request.viewer, ref)
    form = CancelByCoachForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        life.cancel(request.viewer, row, **form.cleaned_data)
        messages.success(request, _("The session is cancelled. Those who take part are told."))
        return redirect("coach_session", row.ref)
    context = {"form": form, "session": row, "transition": SESSION["cancel"], "late": life.is_late(row)}
    return show(request, "sessions/coach/cancel.html", context)
