"""The coach reads what each coachee allows; giving and withdrawing are the coachee's alone."""

from django.http import Http404
from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .shown import shown


@reads(Portal.COACH)
def consents(request, ref):
    mission = get_mission(request.viewer, ref)
    if not mission.paid_by_organisation:
        raise Http404
    return render(request, "consents/coach/consents.html", shown(request.viewer, mission))
