"""The coach's pages on minutes: written, proposed, reconciled, set aside; and the balance of a mission's objectives."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from coaching.notes.services.summaries import Echo
from coaching.sessions.access import get_session

from .. import access
from ..enums import LIVE_STATES, MinutesState
from ..services import drafting
from ..transitions import MINUTES
from . import balancing
from .forms import ProposeForm, WriteForm


@edits(Portal.COACH)
def write(request, ref):
    """The text of the minutes of one meeting; beside it what each side said of what was proposed."""
    viewer = request.viewer
    session = get_session(viewer, ref)
    found = access.minutes_of(viewer, session)
    _check_may_write(session, found)
    text, revision = (access.draft_of(viewer, found), found.revision) if found else ("", 0)
    form = WriteForm(request.POST or None, initial={"text": text, "based_on": revision})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = drafting.write(viewer, session, said["text"], based_on=said["based_on"] or 0)
        except DomainError as refusal:
            _refused(form, refusal, revision)
        else:
            messages.success(request, _("Saved. Nobody but you reads it until you propose it."))
            return redirect("coach_minutes", row.ref)
    rounds = access.rounds_of(viewer, found) if found else []
    context = {
        "form": form,
        "session": session,
        "minutes": found,
        "round": rounds[0] if rounds else None,
        "now": text,
    }
    return show(request, "minutes/coach/write.html", context)


def _check_may_write(session, found) -> None:
    if not access.has_minutes(session):
        raise NotAllowedNow(_("Minutes are written of a three-way meeting that took place."))
    if found and found.state not in LIVE_STATES:
        raise NotAllowedNow(_("These minutes are agreed: nobody changes them any more."))


def _refused(form, refusal, revision: int) -> None:
    if refusal.status == 403:
        raise refusal
    refuse(form, refusal)
    if refusal.status == 409:
        rebase(form, based_on=revision)


@reads(Portal.COACH)
def minutes(request, ref):
    """The draft, every text proposed with what each side says of it; once all agree, what they agreed on."""
    viewer = request.viewer
    row = access.get_minutes(viewer, ref)
    agreed = access.agreed_of(viewer, row) if row.state == MinutesState.AGREED else None
    rounds = access.rounds_of(viewer, row)
    draft = "" if agreed else access.draft_of(viewer, row)
    context = {
        "minutes": row,
        "session": row.session,
        "mission": row.session.mission,
        "agreed": agreed,
        "draft": draft,
        "ahead": bool(draft) and (not rounds or rounds[0].text != draft),
        "round": rounds[0] if rounds else None,
        "earlier": rounds[1:],
        "open": row.state in LIVE_STATES,
        "nobody": access.sides_of(row.session).organisation == [],
    }
    return render(request, "minutes/coach/minutes.html", context)


@edits(Portal.COACH)
def propose(request, ref):
    """The text as each side will read it, what becomes of earlier answers, one button."""
    viewer = request.viewer
    row = access.get_minutes(viewer, ref)
    if row.state not in LIVE_STATES:
        raise NotAllowedNow(_("These minutes can no longer be proposed."))
    again = row.state == MinutesState.PROPOSED
    asked = request.POST.get("meant") == "on"
    form = ProposeForm(request.POST or None, asked=asked, initial={"based_on": row.revision})
    if request.method == "POST" and form.is_valid() and _proposed(request, row, form):
        messages.success(request, _("Proposed. Each side is told that it may read and answer."))
        return redirect("coach_minutes", row.ref)
    sides = access.sides_of(row.session)
    context = {
        "form": form,
        "minutes": row,
        "session": row.session,
        "draft": access.draft_of(viewer, row),
        "sides": sides,
        "names": ", ".join(seat.person.name for seat in sides.organisation),
        "transition": MINUTES["propose_again" if again else "propose"],
        "again": again,
    }
    return show(request, "minutes/coach/propose.html", context)


def _proposed(request, row, form) -> bool:
    said = form.cleaned_data
    try:
        drafting.propose(request.viewer, row, based_on=said["based_on"] or 0, meant=said["meant"])
    except Echo as echo:
        form.ask()
        form.add_error("meant", str(echo.message))
    except DomainError as refusal:
        _refused(form, refusal, row.revision)
    else:
        return True
    return False


@edits(Portal.COACH)
def set_aside(request, ref):
    """Not to go on with these minutes, once its consequence is read."""
    row = access.get_minutes(request.viewer, ref)
    if row.state not in LIVE_STATES:
        raise NotAllowedNow(_("These minutes can no longer be set aside."))
    if request.method == "POST":
        drafting.set_aside(request.viewer, row)
        messages.success(request, _("The minutes are set aside."))
        return redirect("coach_session", row.session.ref)
    context = {"minutes": row, "session": row.session, "transition": MINUTES["set_aside"]}
    return render(request, "minutes/coach/set_aside.html", context)


@reads(Portal.COACH)
def balance(request, ref):
    """Objectives by where they come from, the means and measures of each, and what was held otherwise (article 16)."""
    mission = get_mission(request.viewer, ref)
    return render(request, "minutes/balance.html", balancing.page(request.viewer, mission))
