"""The coachee's pages on how far their objectives have come. The measure is theirs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, own_coachee_seat
from coaching.missions.requests_access import get_objective

from .. import access
from ..enums import Stage
from ..services import measures
from .forms import MeasureForm
from .shown import aims, used


@reads(Portal.COACHEE)
def progress(request, ref):
    """My objectives: where I see each, at the start, midway and at the end; and what was used for it."""
    mission = get_mission(request.viewer, ref)
    if request.GET.get("means"):
        return render(request, "progress/coachee/means_used.html", used(request, mission))
    context = {"mission": mission, "aims": aims(request.viewer, mission)}
    return render(request, "progress/coachee/progress.html", context)


@edits(Portal.COACHEE)
def measure(request, ref, objective_ref, stage):
    """Where one objective stands for me, at one moment."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    objective = get_objective(viewer, mission, objective_ref)
    seat = own_coachee_seat(viewer, mission)
    if stage not in Stage.values or not access.measures(seat, objective):
        raise Http404
    given = access.measures_of(viewer, objective, seat)
    if access.closed_by(stage, given):
        raise NotAllowedNow(_("A later measure was given: this one stays as you saw it then."))
    found = given.get(stage)
    revision = found.revision if found else 0
    initial = {"based_on": revision, **({"value": found.value, "words": found.words} if found else {})}
    form = MeasureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            measures.measure(
                viewer,
                mission,
                objective,
                stage,
                said["value"],
                said["words"],
                based_on=said["based_on"] or 0,
            )
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=revision)
        else:
            messages.success(request, _("Recorded. You may correct it until you give the next one."))
            return redirect("coachee_progress", mission.ref)
    context = {
        "form": form,
        "mission": mission,
        "objective": objective,
        "stage": Stage(stage).label,
        "now": found if form.is_bound else None,
    }
    return show(request, "progress/coachee/measure.html", context)
