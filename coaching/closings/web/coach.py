"""The coach's pages: declining, stopping, closing; and every party's letter."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, GateClosed, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from coaching.missions.transitions import MISSION
from coaching.restitutions.access import in_preparation

from .. import access
from ..services import ending, looking
from ..services.parting import part
from .forms import CloseForm, RefusalForm, StopForm
from .shown import pdf_of, shown


@edits(Portal.COACH, atomic=False)
def refuse_mission(request, ref):
    """Declining, in words for each party."""
    mission, arrow = _open(request, ref, "refuse")
    form = RefusalForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        made = _part(form, lambda: ending.refusal(request.viewer, mission, **form.cleaned_data))
        if made:
            messages.success(request, _("The mission is declined, and each party is told."))
            return redirect("coach_mission", mission.ref)
    context = {"form": form, "mission": mission, "transition": arrow}
    return show(request, "closings/coach/refuse.html", context)


@edits(Portal.COACH, atomic=False)
def stop(request, ref):
    """Stopping: explained to the coachee, with other options; the organisation learns the fact and the date (article 12)."""
    mission, arrow = _open(request, ref, "stop")
    form = StopForm(_typed(request), organisation=mission.paid_by_organisation)
    if request.method == "POST" and form.is_valid():
        made = _part(form, lambda: ending.stop(request.viewer, mission, **form.cleaned_data))
        if made:
            messages.success(request, _("The mission is stopped, and each party has their letter."))
            return redirect("coach_mission", mission.ref)
    context = {
        "form": form,
        "mission": mission,
        "transition": arrow,
        "restitutions": in_preparation(request.viewer, mission),
    }
    return show(request, "closings/coach/stop.html", context)


@edits(Portal.COACH, atomic=False)
def close(request, ref):
    """Closing: each objective with its means and the coachee's look; a last restitution first, if one is agreed (article 9)."""
    viewer = request.viewer
    mission, arrow = _open(request, ref, "close")
    mission.close_facts = access.answered(mission)
    states = gate_states(arrow, mission)
    closed = [state for state in states if not state.held]
    form = CloseForm(_typed(request), closed=closed, organisation=mission.paid_by_organisation)
    if request.method == "POST" and form.is_valid():
        made = _part(form, lambda: ending.close(viewer, mission, **form.said()))
        if made:
            messages.success(request, _("The mission is closed, and each party has their letter."))
            return redirect("coach_mission", mission.ref)
    context = {
        "form": form,
        "mission": mission,
        "transition": arrow,
        "states": states,
        "answered": mission.close_facts,
        "prepared": access.preparation_of(viewer, mission),
        "looks": access.looks_of(viewer, mission),
        "restitutions": in_preparation(viewer, mission),
    }
    return show(request, "closings/coach/close.html", context)


@acts(Portal.COACH)
def prepare(request, ref):
    """Ask each coachee to look at their objectives: the coaching comes to its end."""
    mission = get_mission(request.viewer, ref)
    looking.prepare(request.viewer, mission)
    messages.success(request, _("Your coachees are asked to look at their objectives."))
    return redirect("coach_close", mission.ref)


def _typed(request):
    """What was sent; an empty answer is an answer."""
    return request.POST if request.method == "POST" else None


def _open(request, ref, name):
    mission, arrow = get_mission(request.viewer, ref), MISSION[name]
    if mission.state not in arrow.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    return mission, arrow


def _part(form, parting) -> bool:
    """End it, or say beside the field what stands in the way."""
    try:
        part(parting())
    except GateClosed as refusal:
        for state in refusal.closed:
            form.add_error(_field_of(form, state.gate.name), str(state.result.message))
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        refuse(form, refusal)
    else:
        return True
    return False


def _field_of(form, gate: str) -> str | None:
    if gate == ending.ALTERNATIVES:
        return "alternatives"
    return gate if gate in form.fields else None


@reads(Portal.COACH)
def letter(request, ref):
    """What one party was told, as they read it."""
    return render(request, "closings/coach/letter.html", shown(access.get_letter(request.viewer, ref)))


@reads(Portal.COACH)
def letter_pdf(request, ref):
    return pdf_of(request, access.get_letter(request.viewer, ref))


@reads(Portal.COACH)
def shared_answers(request, ref):
    """What coachees of the mission let me read of how they found it."""
    mission = get_mission(request.viewer, ref)
    context = {"mission": mission, "lines": access.shared_answers(request.viewer, mission)}
    return render(request, "closings/coach/answers.html", context)


@reads(Portal.COACH)
def stop_words(request, ref, termination_ref):
    """What the coachee told me when they stopped."""
    mission = get_mission(request.viewer, ref)
    words = access.words_of_stop(request.viewer, mission, termination_ref)
    return render(request, "closings/coach/words.html", {"mission": mission, "words": words})
