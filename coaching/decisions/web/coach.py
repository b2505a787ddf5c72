"""The coach's pages on decisions: reading what is shared, and suggesting. There is no act on a decision here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, table_of
from coaching.missions.enums import SeatRole
from coaching.missions.policy import OPEN_STATES
from coaching.sessions.access import sessions_of
from coaching.sessions.enums import KEPT_STATES

from .. import access
from ..services import suggestions
from ..transitions import SUGGESTION
from .forms import SuggestionForm

PAGE = 10


@reads(Portal.COACH)
def decisions(request, ref):
    """What the coachees of a mission share of their decisions; what was suggested, and what became of it."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    suggested = request.GET.get("show") == "suggestions"
    rows = access.suggestions_for(viewer) if suggested else access.decisions_for(viewer)
    page = Paginator(rows.filter(seat__mission=mission), PAGE).get_page(request.GET.get("page"))
    lines = access.suggestion_lines if suggested else access.lines_of
    context = {
        "mission": mission,
        "suggested": suggested,
        "page": page,
        "lines": lines(viewer, page.object_list),
        "open": mission.state in OPEN_STATES,
    }
    return render(request, "decisions/coach/decisions.html", context)


@edits(Portal.COACH)
def suggestion_new(request, ref):
    """A suggestion to one coachee of the mission, perhaps about a session."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    seats = [seat for seat in table_of(viewer, mission) if seat.role == SeatRole.COACHEE]
    sessions = [one for one in reversed(sessions_of(viewer, mission)) if one.state in KEPT_STATES]
    form = SuggestionForm(
        request.POST or None,
        seats=seats,
        sessions=sessions,
        initial={"session": request.GET.get("session", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            suggestions.suggest(
                viewer, mission, form.chosen_seat(), form.cleaned_data["text"], session=form.chosen_session()
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Your suggestion is there. What becomes of it is the coachee’s choice.")
            )
            return redirect("coach_decisions", mission.ref)
    return show(request, "decisions/coach/suggest.html", {"form": form, "mission": mission})


@edits(Portal.COACH)
def suggestion_withdraw(request, ref):
    """Take back a suggestion nobody has answered."""
    row = access.get_suggestion(request.viewer, ref)
    if request.method == "POST":
        suggestions.withdraw(request.viewer, row)
        messages.success(request, _("The suggestion is taken back."))
        return redirect("coach_decisions", row.seat.mission.ref)
    context = {"suggestion": row, "transition": SUGGESTION["withdraw"]}
    return render(request, "decisions/coach/withdraw.html", context)
