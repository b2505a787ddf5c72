"""The coach's pages: what people they keep ask of their data, and missions kept while a dispute runs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .. import access
from ..enums import CorrectionState, ErasureState
from ..services import asking, keeping
from ..services.erasing import items_of
from .forms import AnswerForm, HoldForm


@reads(Portal.COACH)
def requests(request):
    """Corrections and erasures asked of me, those that wait first."""
    viewer = request.viewer
    context = {
        "corrections": list(access.corrections_for(viewer)[:50]),
        "erasures": list(access.erasures_for(viewer)[:50]),
    }
    return render(request, "personal/coach/requests.html", context)


@edits(Portal.COACH)
def correction(request, ref):
    """What is asked, beside what is kept: corrected as it is asked, or answered with a reason."""
    row = access.get_correction(request.viewer, ref)
    answering = request.method == "POST" and "reason" in request.POST
    form = AnswerForm(request.POST if answering else None)
    refused = None
    if request.method == "POST":
        try:
            if not answering:
                asking.apply_correction(request.viewer, row)
                messages.success(request, _("Corrected; the person is written to."))
                return redirect("coach_data_requests")
            if form.is_valid():
                asking.decline_correction(request.viewer, row, form.cleaned_data["reason"])
                messages.success(request, _("Answered; the person is written to."))
                return redirect("coach_data_requests")
        except DomainError as refusal:
            if refusal.status in (403, 409):
                raise
            if answering:
                refuse(form, refusal)
            else:
                refused = refusal.message
    context = {
        "row": row,
        "now": getattr(row.person, row.about),
        "form": form,
        "refused": refused,
        "waits": row.state == CorrectionState.ASKED,
    }
    answer = show(request, "personal/coach/correction.html", context)
    answer.status_code = 422 if refused else answer.status_code
    return answer


@edits(Portal.COACH)
def erasure(request, ref):
    """What would go and what the law keeps, item by item; erased for good, or answered with a reason."""
    row = access.get_erasure(request.viewer, ref)
    answering = request.method == "POST" and "reason" in request.POST
    form = AnswerForm(request.POST if answering else None)
    if request.method == "POST":
        try:
            if not answering:
                asking.carry_out(request.viewer, row)
                messages.success(request, _("Erased for good; the person is written to."))
                return redirect("coach_data_requests")
            if form.is_valid():
                asking.decline_erasure(request.viewer, row, form.cleaned_data["reason"])
                messages.success(request, _("Answered; the person is written to."))
                return redirect("coach_data_requests")
        except DomainError as refusal:
            if refusal.status in (403, 409):
                raise
            refuse(form, refusal)
    waits = row.state == ErasureState.ASKED
    items = items_of(row.person) if waits else []
    goes = any(item.erased for item in items)
    context = {"row": row, "items": items, "goes": goes, "form": form, "waits": waits}
    return show(request, "personal/coach/erasure.html", context)


@edits(Portal.COACH)
def hold(request, ref):
    """Keep a mission out of every purge and erasure while a dispute runs; or see that it is kept."""
    mission = get_mission(request.viewer, ref)
    found = access.hold_of(request.viewer, mission)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.place_hold(request.viewer, mission, form.cleaned_data["reason"])
        except DomainError as refusal:
            if refusal.status in (403, 409):
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Nothing of this mission is purged or erased until you say so."))
            return redirect("coach_hold", mission.ref)
    context = {"mission": mission, "hold": found, "form": form}
    return show(request, "personal/coach/hold.html", context)


@acts(Portal.COACH)
def hold_lift(request, ref):
    mission = get_mission(request.viewer, ref)
    keeping.lift_hold(request.viewer, mission)
    messages.success(request, _("What is due goes with the next purge."))
    return redirect("coach_hold", mission.ref)
