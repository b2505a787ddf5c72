"""The coachee's pages on what they decide. Every act on a decision of this product is here, and nowhere else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.journal.access import own_events
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, missions_for
from coaching.sessions.access import sessions_of
from coaching.sessions.enums import KEPT_STATES

from .. import access
from ..enums import SuggestionState
from ..services import decisions as acts
from ..services import reminders, suggestions
from ..transitions import DECISION, SUGGESTION
from .forms import BasedOnForm, CloseForm, DecisionForm, DeclineForm, ReminderForm, WordingForm

PAGE = 10
MOST_MISSIONS = 50


@reads(Portal.COACHEE)
def decisions(request):
    """My decisions, the next to be looked at again first; above them what my coach suggests."""
    viewer, mission = request.viewer, None
    rows, suggested = access.decisions_for(viewer), access.unanswered(viewer)
    if request.GET.get("mission"):
        mission = get_mission(viewer, request.GET["mission"])
        rows, suggested = rows.filter(seat__mission=mission), suggested.filter(seat__mission=mission)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": access.lines_of(viewer, page.object_list),
        "suggestions": access.suggestion_lines(viewer, suggested[:PAGE]),
        "missions": list(missions_for(viewer)[:MOST_MISSIONS]),
        "mission": mission,
    }
    return render(request, "decisions/coachee/decisions.html", context)


@edits(Portal.COACHEE)
def decision_new(request, ref):
    """Something I have decided, in a mission of mine; perhaps in a session."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    form = DecisionForm(
        request.POST or None,
        sessions=_sessions(viewer, mission),
        initial={"session": request.GET.get("session", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.decide(viewer, mission, form.cleaned_data["text"], **form.said())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your decision is written. You alone read it."))
            return redirect("coachee_decision", row.ref)
    return show(request, "decisions/coachee/new.html", {"form": form, "mission": mission})


def _sessions(viewer, mission) -> list:
    """Sessions of mine that took place or will, the latest first."""
    return [one for one in reversed(sessions_of(viewer, mission)) if one.state in KEPT_STATES]


@reads(Portal.COACHEE)
def decision(request, ref):
    """One decision of mine: its words, who reads it, what I may do about it, what became of it."""
    viewer = request.viewer
    row = access.get_decision(viewer, ref)
    history = access.history_of(viewer, row)
    context = {
        "decision": row,
        "said": history[0][1],
        "earlier": history[1:],
        "events": own_events(viewer, row.ref),
        "form": None,
    }
    return render(request, "decisions/coachee/decision.html", context)


@edits(Portal.COACHEE)
def decision_edit(request, ref):
    """Other words, another date; the earlier wording is kept."""
    viewer = request.viewer
    row = access.get_decision(viewer, ref)
    if not row.open:
        raise NotAllowedNow(_("This decision is closed: take it up again to reword it."))
    initial = {
        "text": access.said_of(viewer, row).text or "",
        "taken_on": row.taken_on,
        "session": row.session.ref if row.session else "",
        "based_on": row.number,
    }
    sessions = _sessions(viewer, row.seat.mission)
    form = WordingForm(request.POST or None, sessions=sessions, shared=row.shared, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changes = {
            "taken_on": said["taken_on"],
            "session": form.chosen_session(),
            "based_on": said["based_on"] or 0,
        }
        try:
            acts.reword(viewer, row, said["text"], **changes)
        except DomainError as refusal:
            _refused(form, refusal, row)
        else:
            messages.success(request, _("Saved. Your earlier wording is kept, for you alone."))
            return redirect("coachee_decision", row.ref)
    return show(
        request, "decisions/coachee/edit.html", {"form": form, "decision": row, "now": initial["text"]}
    )


def _refused(form, refusal, row) -> None:
    refuse(form, refusal)
    if refusal.status == 409:
        rebase(form, based_on=row.number)


@edits(Portal.COACHEE)
def decision_close(request, ref):
    """How it ended: carried through, or let go."""
    viewer = request.viewer
    row = access.get_decision(viewer, ref)
    if not row.open:
        raise NotAllowedNow(_("This decision is closed already."))
    form = CloseForm(request.POST or None, shared=row.shared, initial={"based_on": row.number})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            acts.close(viewer, row, said["outcome"], said["words"], based_on=said["based_on"] or 0)
        except DomainError as refusal:
            _refused(form, refusal, row)
        else:
            messages.success(request, _("Your decision is closed."))
            return redirect("coachee_decision", row.ref)
    context = {"form": form, "decision": row, "transition": DECISION["fulfil"]}
    return show(request, "decisions/coachee/close.html", context)


@edits(Portal.COACHEE)
def decision_reopen(request, ref):
    words = {
        "heading": DECISION["reopen"].label,
        "consequence": DECISION["reopen"].consequence,
        "button": _("Take it up again"),
        "done": _("Your decision is under way again."),
    }
    return _confirmed(request, ref, acts.reopen, lambda row: not row.open, words)


@edits(Portal.COACHEE)
def decision_share(request, ref):
    """Whoever shares is told first who reads it from then on."""
    words = {
        "heading": _("Share with my coach"),
        "consequence": _(
            "From now on your coach reads this decision as it stands, its dates, what you change of it and how it ends. "
            "Nobody else does. You may stop sharing at any time."
        ),
        "button": _("Share with my coach"),
        "done": _("Your coach can read this decision from now on."),
    }
    return _confirmed(request, ref, acts.share, lambda row: not row.shared, words)


@edits(Portal.COACHEE)
def decision_keep(request, ref):
    """Taking the sharing back, and saying honestly what that cannot undo."""
    words = {
        "heading": _("Keep it to myself"),
        "consequence": _(
            "From now on your coach no longer finds this decision on their pages. What they have already read, they have read."
        ),
        "button": _("Keep it to myself"),
        "done": _("You alone read this decision from now on."),
    }
    return _confirmed(request, ref, acts.keep, lambda row: row.shared, words)


def _confirmed(request, ref, act, possible, words):
    """An act in one sentence, on the decision as it is shown here."""
    viewer = request.viewer
    row = access.get_decision(viewer, ref)
    if not possible(row):
        raise NotAllowedNow(_("This is already so."))
    form = BasedOnForm(request.POST or None, initial={"based_on": row.number})
    if request.method == "POST" and form.is_valid():
        try:
            act(viewer, row, based_on=form.cleaned_data["based_on"] or 0)
        except DomainError as refusal:
            _refused(form, refusal, row)
        else:
            messages.success(request, words["done"])
            return redirect("coachee_decision", row.ref)
    context = {"form": form, "decision": row, "words": words, "said": access.said_of(viewer, row)}
    return show(request, "decisions/coachee/confirm.html", context)


@edits(Portal.COACHEE)
def decision_remind(request, ref):
    """The day to look at it again, and whether a letter goes: set, changed or removed."""
    viewer = request.viewer
    row = access.get_decision(viewer, ref)
    if not row.open:
        raise NotAllowedNow(_("This decision is closed: it needs no reminder."))
    form = ReminderForm(request.POST or None, initial={"look_on": row.look_on, "remind": row.remind})
    if request.method == "POST" and form.is_valid():
        try:
            reminders.set_reminder(
                viewer, row, form.cleaned_data["look_on"], remind=form.cleaned_data["remind"]
            )
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coachee_decision", row.ref)
    return show(request, "decisions/coachee/remind.html", {"form": form, "decision": row})


@edits(Portal.COACHEE)
def suggestion_adopt(request, ref):
    """A suggestion becomes a decision of mine: the form begins with its words, and saves mine."""
    viewer = request.viewer
    row = _to_answer(viewer, ref)
    text = access.suggestion_lines(viewer, [row])[0].text or ""
    mission = row.seat.mission
    initial = {"text": text, "session": row.session.ref if row.session else ""}
    form = DecisionForm(request.POST or None, sessions=_sessions(viewer, mission), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = suggestions.adopt(viewer, row, form.cleaned_data["text"], **form.said())
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("It is your decision now. Your coach sees that you adopted it, not your words.")
            )
            return redirect("coachee_decision", made.ref)
    context = {"form": form, "suggestion": row, "text": text, "transition": SUGGESTION["adopt"]}
    return show(request, "decisions/coachee/adopt.html", context)


@edits(Portal.COACHEE)
def suggestion_decline(request, ref):
    """No, with a reason or without."""
    viewer = request.viewer
    row = _to_answer(viewer, ref)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suggestions.decline(viewer, row, form.cleaned_data["reason"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Declined. Your coach sees it."))
            return redirect("coachee_decisions")
    text = access.suggestion_lines(viewer, [row])[0].text
    context = {"form": form, "suggestion": row, "text": text, "transition": SUGGESTION["decline"]}
    return show(request, "decisions/coachee/decline.html", context)


def _to_answer(viewer, ref):
    row = access.get_suggestion(viewer, ref)
    if row.state != SuggestionState.OPEN:
        raise NotAllowedNow(_("You have already answered this suggestion."))
    return row
