"""The organisation's page on the charter in a mission: what protects it, held or not yet; never why."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.openings import What, opened
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .table import context_of


@reads(Portal.ORGANISATION)
def kept(request, ref):
    row = get_mission(request.viewer, ref)
    opened(request, row, What.MISSION)
    return render(request, "conformity/organisation/kept.html", context_of(request.viewer, row))
