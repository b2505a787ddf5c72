"""A new mission, step by step: each step keeps what was said, and the coach may leave at any of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.clients import access as clients
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits
from coaching.kernel.viewer import Portal

from .. import access
from ..enums import Payer
from ..services import guided
from .forms import InviteForm, LookOverForm, PayerForm, WhoForm
from .steps import Step

LABELS = {
    "who": gettext_lazy("Who is coached"),
    "payer": gettext_lazy("Who pays"),
    "invite": gettext_lazy("Invitations"),
    "begin": gettext_lazy("Look over"),
}
TITLES = {
    "who": gettext_lazy("Who is to be coached?"),
    "payer": gettext_lazy("Who pays for this coaching?"),
    "invite": gettext_lazy("Invite each to word their request"),
    "begin": gettext_lazy("Look over, and begin"),
}
KEPT = 500  # characters of one answer left unfinished


@edits(Portal.COACH)
def new(request):
    """The first step; the draft is made when it is sent, not when the page is opened."""
    return _step(request, None, "who")


@edits(Portal.COACH)
def step(request, ref, step):
    """One step of a draft, to fill in or to come back to."""
    if step not in guided.STEPS:
        raise Http404
    return _step(request, access.get_draft(request.viewer, ref), step)


@acts(Portal.COACH)
def discard(request, ref):
    guided.discard(access.get_draft(request.viewer, ref))
    messages.success(request, _("The draft is gone. Nobody but you had seen it."))
    return redirect("coach_home")


def _step(request, draft, name):
    said = draft.said if draft else {}
    if name == "begin" and (missing := _unfinished(request.viewer, said)):
        return redirect("coach_draft", draft.ref, missing)
    form = _form(request.viewer, name, said, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "later" in request.POST:
            return _later(request, draft, name, form)
        if form.is_valid():
            answer = _go_on(request, draft, name, form)
            if answer:
                return answer
    return show(request, "missions/coach/guided.html", _context(request.viewer, draft, name, form))


def _form(viewer, name, said, data):
    if name == "who":
        return WhoForm(data, initial=said)
    if name == "payer":
        known = clients.organisations_for(viewer)
        return PayerForm(data, initial=said, organisations=known, coachee_email=said.get("coachee_email", ""))
    if name == "begin":
        return LookOverForm(data)
    sponsor = said.get("sponsor_name", "") if said.get("payer") == Payer.ORGANISATION else ""
    return InviteForm(data, initial=said, coachee_name=said.get("coachee_name", ""), sponsor_name=sponsor)


def _later(request, draft, name, form):
    """Left for another day: what was typed is kept as it stands, right or wrong."""
    data = form.data
    typed = {
        key: field.widget.value_from_datadict(data, {}, form.add_prefix(key))
        for key, field in form.fields.items()
    }
    short = {
        key: value.replace("\x00", "")[:KEPT] if isinstance(value, str) else value
        for key, value in typed.items()
    }
    guided.keep_step(request.viewer, draft, {k: v for k, v in short.items() if v is not None}, name)
    messages.success(request, _("Kept. You find it on your page “Today”."))
    return redirect("coach_home")


def _go_on(request, draft, name, form):
    """The next step, or the mission itself after the last."""
    if name != "begin":
        after = guided.STEPS[guided.STEPS.index(name) + 1]
        row = guided.keep_step(request.viewer, draft, form.cleaned_data, after)
        return redirect("coach_draft", row.ref, after)
    try:
        mission = guided.begin(request.viewer, draft)
    except DomainError as refusal:
        if refusal.status != 422:
            raise
        refuse(form, refusal)
        return None
    messages.success(request, _("The mission has begun."))
    return redirect("coach_mission", mission.ref)


def _unfinished(viewer, said) -> str:
    """The first step whose answers would not be taken, or nothing."""
    for name in guided.STEPS[:-1]:
        if not _form(viewer, name, said, said).is_valid():
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of what is looked over, and the step where it is changed."""

    label: Any
    value: Any
    step: str


def _context(viewer, draft, name, form):
    here = guided.STEPS.index(name)
    return {
        "form": form,
        "draft": draft,
        "step": name,
        "title": TITLES[name],
        "before": guided.STEPS[here - 1] if here and draft else "",
        "steps": [
            Step(LABELS[one], "done" if place < here else "current" if place == here else "next")
            for place, one in enumerate(guided.STEPS)
        ],
        "summary": _summary(viewer, draft.said) if name == "begin" else [],
    }


def _summary(viewer, said) -> list[Summary]:
    yes, later = _("is invited now"), _("is invited later, from the mission’s page")
    rows = [
        Summary(_("Title"), said["title"], "who"),
        Summary(_("Coachee"), f"{said['coachee_name']} · {said['coachee_email']}", "who"),
        Summary(said["coachee_name"], yes if said.get("invite_coachee") else later, "invite"),
    ]
    if said["payer"] != Payer.ORGANISATION:
        return [*rows, Summary(_("Paid by"), Payer.COACHEE.label, "payer")]
    name = said.get("organisation_name", "")
    if said.get("organisation"):
        name = clients.get_organisation(viewer, said["organisation"]).name
    return [
        *rows,
        Summary(_("Paid by"), name, "payer"),
        Summary(_("Sponsor"), f"{said['sponsor_name']} · {said['sponsor_email']}", "payer"),
        Summary(said["sponsor_name"], yes if said.get("invite_sponsor") else later, "invite"),
    ]
