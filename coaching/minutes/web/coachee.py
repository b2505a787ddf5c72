"""The coachee's pages on minutes: their own copy, their answer to it, the balance of their objectives."""

from django.shortcuts import render

from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from . import balancing, sides


@reads(Portal.COACHEE)
def minutes(request, ref):
    """What my coach proposes as minutes of a meeting, what I answered; once all agree, what we agreed on."""
    return sides.minutes(request, ref, sides.COACHEE)


@edits(Portal.COACHEE)
def approve(request, ref):
    """I approve this text; what I see otherwise will stand under it."""
    return sides.approve(request, ref, sides.COACHEE)


@edits(Portal.COACHEE)
def reword(request, ref):
    """The text as I would word it, for my coach alone."""
    return sides.reword(request, ref, sides.COACHEE)


@reads(Portal.COACHEE)
def balance(request, ref):
    """My objectives by where they come from, and the work that went to each (article 16)."""
    mission = get_mission(request.viewer, ref)
    return render(request, "minutes/balance.html", balancing.page(request.viewer, mission))
