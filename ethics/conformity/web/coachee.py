"""The coachee's page on the charter in their mission."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .table import context_of


@reads(Portal.COACHEE)
def kept(request, ref):
    """Which of the articles that protect me are held."""
    context = context_of(request.viewer, get_mission(request.viewer, ref))
    return render(request, "conformity/coachee/kept.html", context)
