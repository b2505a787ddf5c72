"""The administrator's list of missions: that they exist, their dates, their state, how many sessions; never a title or a name."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.template.loader import render_to_string

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import access
from ..facts import PAGE, facts_of


@reads(Portal.PRACTICE)
def missions(request):
    page = Paginator(access.missions_dated(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "facts": facts_of(request.viewer, list(page.object_list), ["held"])}
    return render(request, "missions/practice/missions.html", context)


def preview(viewer, mission) -> str:
    """The line of one mission as that list shows it, for the coachee's « Qui voit quoi »."""
    rows = list(access.missions_dated(viewer).filter(pk=mission.pk))
    return render_to_string(
        "missions/practice/table.html",
        {"rows": rows, "facts": facts_of(viewer, rows, ["held"]), "viewer": viewer},
    )
