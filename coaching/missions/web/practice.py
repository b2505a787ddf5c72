"""The administrator's list of missions: that they exist, their dates, their state, how many sessions; never a title or a name."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.loader import render_to_string

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import access
from ..held import held_of

PAGE = 25


@reads(Portal.PRACTICE)
def missions(request):
    page = Paginator(access.missions_dated(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "held": held_of(request.viewer, list(page.object_list))}
    return render(request, "missions/practice/missions.html", context)


def preview(viewer, mission) -> str:
    """The line of one mission as that list shows it, for the coachee's « Qui voit quoi »."""
    rows = list(access.missions_dated(viewer).filter(pk=mission.pk))
    return render_to_string(
        "missions/practice/table.html", {"rows": rows, "held": held_of(viewer, rows), "viewer": viewer}
    )
