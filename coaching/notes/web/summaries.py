"""The coach's page on the summary of a session: written, looked at as the coachee will read it, shared."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits
from coaching.kernel.viewer import Portal
from coaching.sessions.access import get_session

from .. import access
from ..services import summaries as services
from ..services.summaries import Echo
from .forms import SummaryForm


@edits(Portal.COACH)
def summary(request, ref):
    """Two steps on one page: the text, then what the coachee will read; it goes with the second."""
    viewer = request.viewer
    session = get_session(viewer, ref)
    found = access.summary_of(viewer, session)
    said = {"text": found.text if found else "", "based_on": found.number if found else 0}
    form = SummaryForm(request.POST or None, asked=request.POST.get("meant") == "on", initial=said)
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            shown = _look_or_share(request, session, form.cleaned_data)
        except Echo as echo:
            form.ask()
            refuse(form, echo)
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409 and found:
                rebase(form, based_on=found.number)
        else:
            if shown is None:
                messages.success(request, _("Shared. The coachee is told that there is something to read."))
                return redirect("coach_session", session.ref)
    readers = [seat.person.name for seat in services.readers_of(viewer, session)]
    may = services.may_be_shared(session)
    context = {
        "form": form,
        "session": session,
        "found": found,
        "shown": shown,
        "readers": readers,
        "may": may,
    }
    return show(request, "notes/coach/summary.html", context)


def _look_or_share(request, session, said: dict) -> str | None:
    """The text to be looked at; None once it is shared."""
    options = {"meant": said["meant"]}
    if "share" not in request.POST:
        return services.check_summary(request.viewer, session, said["text"], **options)
    services.share(request.viewer, session, said["text"], based_on=said["based_on"] or 0, **options)
    return None
