"""The coachee's page on one thing the law obliged their coach to tell."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from ..access import get_disclosure, opened


@reads(Portal.COACHEE)
def disclosure(request, ref):
    row = get_disclosure(request.viewer, ref)
    (line,) = opened(request.viewer, [row])
    return render(request, "disclosures/coachee/disclosure.html", {"line": line, "mission": row.mission})
