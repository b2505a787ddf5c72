"""The organisation's page of totals: figures over all its missions, without a name."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from ..access import totals_of
from .shown import shown


@reads(Portal.ORGANISATION)
def overview(request):
    """Missions by state, sessions held, progress on common objectives; nothing of too few people."""
    context = {"totals": shown(totals_of(request.viewer))}
    return render(request, "overview/organisation/overview.html", context)
