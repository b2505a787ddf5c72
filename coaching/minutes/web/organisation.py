"""The organisation's pages on minutes: the copy addressed to it, its answer, and the balance as far as it may read."""

from django.shortcuts import render

from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from . import balancing, sides


@reads(Portal.ORGANISATION)
def minutes(request, ref):
    """What the coach proposes to the organisation, what it answered; once all agree, what they agreed on."""
    return sides.minutes(request, ref, sides.ORGANISATION)


@edits(Portal.ORGANISATION)
def approve(request, ref):
    """The organisation approves this text, through one who speaks for it."""
    return sides.approve(request, ref, sides.ORGANISATION)


@edits(Portal.ORGANISATION)
def reword(request, ref):
    """The text as the organisation would word it, for the coach alone."""
    return sides.reword(request, ref, sides.ORGANISATION)


@reads(Portal.ORGANISATION)
def balance(request, ref):
    """Common objectives and the organisation's; neither means nor measures (articles 4 and 15)."""
    mission = get_mission(request.viewer, ref)
    return render(request, "minutes/balance.html", balancing.page(request.viewer, mission))
