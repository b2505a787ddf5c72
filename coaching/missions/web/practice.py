"""The administrator's list of missions: that they exist, their dates and state; never a title or a name."""

from django.core.paginator import Paginator
from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import access

PAGE = 25


@reads(Portal.PRACTICE)
def missions(request):
    page = Paginator(access.missions_dated(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "missions/practice/missions.html", {"page": page})
