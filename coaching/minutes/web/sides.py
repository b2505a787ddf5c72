"""The pages of a side, the same for a coachee and for the organisation: each behind its own door, on its own copy."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.openings import What, opened

from .. import access
from ..enums import Answer, MinutesState
from ..services import answering
from .forms import ApproveForm, RewordForm


@dataclass(frozen=True, slots=True)
class Doors:
    """Addresses and chips of one side."""

    mission: str
    minutes: str
    approve: str
    reword: str
    wording: str  # fields of the registry, for the chips
    divergence: str
    own: bool  # a coachee speaks for themself, a sponsor for an organisation


COACHEE = Doors(
    "coachee_mission",
    "coachee_minutes",
    "coachee_minutes_approve",
    "coachee_minutes_reword",
    "minutes.CoacheeCopy.wording_ref",
    "minutes.CoacheeCopy.divergence",
    own=True,
)
ORGANISATION = Doors(
    "organisation_mission",
    "organisation_minutes",
    "organisation_minutes_approve",
    "organisation_minutes_reword",
    "minutes.OrganisationCopy.wording",
    "minutes.OrganisationCopy.divergence",
    own=False,
)


def minutes(request, ref, doors: Doors):
    """What my side was proposed and what it answered; once all agree, what they agreed on."""
    viewer = request.viewer
    copy = access.get_copy(viewer, ref)
    _note(request, copy, doors)
    state = copy.minutes.state
    agreed = access.agreed_of(viewer, copy.minutes) if state == MinutesState.AGREED else None
    context = {
        **_base(copy, doors),
        "agreed": agreed,
        "reading": None if agreed else access.reading_of(viewer, copy),
        "open": state == MinutesState.PROPOSED and answering.may_answer(viewer, copy),
        "proposed": state == MinutesState.PROPOSED,
        "set_aside": state == MinutesState.SET_ASIDE,
        "answered": copy.answer != Answer.NONE,
    }
    return render(request, "minutes/side.html", context)


def approve(request, ref, doors: Doors):
    """Yes to this very text; perhaps with what my side sees otherwise."""
    copy = _to_answer(request, ref)
    _note(request, copy, doors)
    reading = access.reading_of(request.viewer, copy)
    initial = {**_seen(copy), "divergence": reading.divergence}
    form = ApproveForm(request.POST or None, own=doors.own, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = {"divergence": form.cleaned_data["divergence"]}
        done = _answered(
            request, form, copy, lambda: answering.approve(request.viewer, copy, **words, **form.seen())
        )
        if done:
            agreed = done.state == MinutesState.AGREED
            messages.success(
                request,
                _("All agree: the minutes are kept as they are.")
                if agreed
                else _("Your approval is recorded. Your coach sees it."),
            )
            return redirect(doors.minutes, ref)
    return show(request, "minutes/approve.html", {**_base(copy, doors), "form": form, "reading": reading})


def reword(request, ref, doors: Doors):
    """My side's own wording, for the coach to bring together with the others."""
    copy = _to_answer(request, ref)
    _note(request, copy, doors)
    reading = access.reading_of(request.viewer, copy)
    initial = {**_seen(copy), "wording": reading.wording or reading.text or ""}
    form = RewordForm(request.POST or None, own=doors.own, audience=doors.wording, initial=initial)
    if request.method == "POST" and form.is_valid():
        wording = form.cleaned_data["wording"]
        done = _answered(
            request, form, copy, lambda: answering.reword(request.viewer, copy, wording, **form.seen())
        )
        if done:
            messages.success(request, _("Your wording is with your coach, who alone reads it."))
            return redirect(doors.minutes, ref)
    return show(request, "minutes/reword.html", {**_base(copy, doors), "form": form, "reading": reading})


def _note(request, copy, doors: Doors) -> None:
    """That the organisation opened them is for coach and coachees to read (article 4)."""
    if not doors.own:
        opened(request, copy.minutes.session.mission, What.MINUTES, copy.minutes.ref)


def _base(copy, doors: Doors) -> dict:
    session = copy.minutes.session
    return {"copy": copy, "session": session, "mission": session.mission, "doors": doors}


def _seen(copy) -> dict:
    return {"sha256": copy.sha256, "based_on": copy.revision}


def _to_answer(request, ref):
    """The last text my side was proposed, while it may answer; the same 404 as ever for whoever is no side."""
    copy = access.get_copy(request.viewer, ref)
    if copy.minutes.state != MinutesState.PROPOSED:
        raise NotAllowedNow(_("These minutes wait for no answer any more."))
    if not answering.may_answer(request.viewer, copy):
        raise NotAllowedNow(_("A sponsor of your organisation answers for it: you read these minutes here."))
    return copy


def _answered(request, form, copy, act):
    """The minutes once the answer is taken; None once the form says why it is not. The next sending is on what is shown now."""
    try:
        return act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        refuse(form, refusal)
        if refusal.status == 409:
            rebase(form, **_seen(copy))
    return None
