"""The coach's page on who opened what of a mission: what the coachee reads too."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from ..access import openings_of


@reads(Portal.COACH)
def openings(request, ref):
    mission = get_mission(request.viewer, ref)
    page = openings_of(request.viewer, mission, request.GET.get("page"))
    return render(request, "openings/coach/openings.html", {"mission": mission, "page": page})
