"""The coachee's pages on their sessions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.kernel.forms import show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from contracts.in_force import agreed_on

from .. import access, gates
from ..enums import SessionState
from ..services import life, planning
from ..transitions import SESSION
from .forms import CancelForm
from .parts import parts_of

PAGE = 25


@reads(Portal.COACHEE)
def sessions(request):
    """My sessions: those to come, then those past."""
    rows = access.sessions_for(request.viewer)
    coming = list(rows.filter(state=SessionState.PLANNED)[:PAGE])
    past = rows.exclude(state=SessionState.PLANNED).order_by("-starts_at", "-id")
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    return render(request, "sessions/coachee/sessions.html", {"coming": coming, "page": page})


@reads(Portal.COACHEE)
def session(request, ref):
    """One session of mine: when, where, and what I may still say about it."""
    viewer = request.viewer
    row = access.get_session(viewer, ref)
    agreed = agreed_on(row.mission)
    planned = row.state == SessionState.PLANNED
    asks = planned and row.confirmed_at is None
    context = {
        "session": row,
        "participants": access.participants_of(viewer, row),
        "planned": planned,
        "coming": planned and row.starts_at > timezone.now(),
        "unusual": asks and gates.unusual_medium(row, agreed),
        "close": asks and gates.too_close(row, agreed),
        "notice_hours": agreed.notice_hours if agreed else None,
        "parts": parts_of(viewer, row),
    }
    return render(request, "sessions/coachee/session.html", context)


@acts(Portal.COACHEE)
def session_confirm(request, ref):
    """I agree to what the contract does not say of this session: its medium, or its pace."""
    row = access.get_session(request.viewer, ref)
    planning.confirm(request.viewer, row)
    messages.success(request, _("Confirmed. Your coach sees it."))
    return redirect("coachee_session", row.ref)


@edits(Portal.COACHEE)
def session_cancel(request, ref):
    row = access.get_planned(request.viewer, ref)
    late = life.is_late(row)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        life.cancel(request.viewer, row, excused=form.cleaned_data["excused"])
        messages.success(request, _("The session is cancelled. Your coach is told."))
        return redirect("coachee_session", row.ref)
    arrow = SESSION["cancel_late" if late else "cancel"]
    return show(
        request,
        "sessions/coachee/cancel.html",
        {"form": form, "session": row, "transition": arrow, "late": late},
    )
