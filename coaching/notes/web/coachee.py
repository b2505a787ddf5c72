"""The coachee's page on what their coach shares of a session."""

from django.http import Http404
from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal
from coaching.sessions.access import get_session

from .. import access


@reads(Portal.COACHEE)
def summary(request, ref):
    """The summary of a session I took part in; the same 404 where there is none."""
    session = get_session(request.viewer, ref)
    found = access.summary_of(request.viewer, session)
    if found is None:
        raise Http404
    return render(request, "notes/coachee/summary.html", {"session": session, "summary": found})
