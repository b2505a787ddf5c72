"""Mon coaching: the coachee's next step, and what each party sees of them."""

from django.shortcuts import redirect, render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import missions_for
from coaching.missions.waiting import awaited_by
from coaching.personal.web.room import panel

from .. import dashboards, seen


@reads(Portal.COACHEE)
def home(request):
    """The list of one's missions; straight to the mission when there is one."""
    missions = list(missions_for(request.viewer)[:50])
    if len(missions) == 1:
        return redirect("coachee_mission", missions[0].ref)
    context = {"missions": missions, "awaited": awaited_by(request.viewer, 50)}
    return render(request, "home/coachee/home.html", context)


@reads(Portal.COACHEE)
def who_sees_what(request):
    """Live: the others' pages of one mission as they are now, what rooms say of it, and the rules text by text."""
    context = seen.who_sees_what(request.viewer, request.GET)
    return render(request, "home/coachee/who_sees_what.html", context)


@reads(Portal.COACHEE)
def data(request):
    """What is kept about me, and whom to turn to."""
    context = {**dashboards.own_data(request.viewer), **panel(request.viewer)}
    return render(request, "home/coachee/data.html", context)
