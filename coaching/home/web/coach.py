"""Aujourd'hui: what waits for the coach."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import dashboards


@reads(Portal.COACH)
def home(request):
    return render(request, "home/coach/home.html", dashboards.coach(request.viewer))
