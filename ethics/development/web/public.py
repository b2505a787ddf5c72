"""A published sheet: to whoever has its address, and to no search engine."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from coaching.kernel.http import reads

from .. import access


@login_not_required
@never_cache
@reads(None)
def sheet(request, ref):
    """What the coach has learnt, as it is now; no proof, no client, nothing else. 404 once it is not published."""
    row = access.published_sheet(ref)
    rows = access.qualifications_of_coach(row.practice_id, row.coach_id)
    context = {"coach": row.coach.name, "practice": row.practice.name, "qualifications": rows}
    answer = render(request, "development/public_sheet.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
