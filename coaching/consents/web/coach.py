"""The coach reads what each coachee allows; giving and withdrawing are the coachee's alone."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .shown import known


@reads(Portal.COACH)
def consents(request, ref):
    mission = get_mission(request.viewer, ref)
    return render(request, "consents/coach/consents.html", known(request.viewer, mission))
