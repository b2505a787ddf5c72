"""The coach's pages: the register of a mission's restitutions, a draft inside the coachee's limits, its release."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.consents.access import agreed_items, consents_of, holds
from coaching.journal.access import events_on
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .. import access
from ..composing import addressed_to
from ..enums import GONE, RestitutionState
from ..services import drafting, releasing
from ..transitions import RESTITUTION
from .forms import BeginForm, DraftForm
from .shown import pdf_of, shown

PAGE = 25
MOVES = {"propose": drafting.propose, "take_back": drafting.take_back, "drop": drafting.drop}


@reads(Portal.COACH)
def register(request):
    """Over all my missions: what was given back, to whom, approved when, read when (article 15)."""
    viewer = request.viewer
    page = Paginator(access.restitutions_for(viewer), PAGE).get_page(request.GET.get("page"))
    receipts = access.receipts_of(viewer, page.object_list)
    lines = [(row, receipts.get(row.pk, [])) for row in page.object_list]
    return render(request, "restitutions/coach/register.html", {"page": page, "lines": lines})


@reads(Portal.COACH)
def restitutions(request, ref):
    """What was given back in this mission and what is being prepared: what, to whom, approved when, read when."""
    viewer, mission = request.viewer, _paid(request, ref)
    rows = list(access.restitutions_of(viewer, mission))
    receipts = access.receipts_of(viewer, rows)
    context = {
        "mission": mission,
        "lines": [(row, receipts.get(row.pk, [])) for row in rows],
        "possible": bool(_choices(viewer, mission)),
    }
    return render(request, "restitutions/coach/restitutions.html", context)


def _paid(request, ref):
    mission = get_mission(request.viewer, ref)
    if not mission.paid_by_organisation:
        raise Http404
    return mission


def _choices(viewer, mission) -> dict:
    """Those for whom a consent stands, as the form offers them."""
    alive = [row for row in consents_of(viewer, mission) if row.addressee and holds(row, mission)]
    return {f"{row.seat.ref}:{row.addressee}": row for row in alive}


@edits(Portal.COACH)
def restitution_new(request, ref):
    """Begin one: about whom, to whom."""
    viewer, mission = request.viewer, _paid(request, ref)
    found = _choices(viewer, mission)
    choices = [(key, f"{row.seat.person.name}, {addressed_to(row.addressee)}") for key, row in found.items()]
    initial = {"about": choices[0][0]} if len(choices) == 1 else {}
    form = BeginForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        consent = found[form.cleaned_data["about"]]
        try:
            made = drafting.begin(viewer, consent.seat, consent.addressee)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            return redirect("coach_restitution_edit", made.ref)
    return show(
        request, "restitutions/coach/new.html", {"form": form, "mission": mission, "choices": choices}
    )


@reads(Portal.COACH)
def restitution(request, ref):
    """One of them: where it is, the page as it would be read, what each changed."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    copy = access.released_copy(viewer, row) if row.state in GONE else None
    context = {
        **shown(viewer, row),
        "copy": copy,
        "agreed": agreed_items(row.seat, row.addressee),
        "events": events_on(viewer, row.mission_ref, row.ref),
    }
    return render(request, "restitutions/coach/restitution.html", context)


@edits(Portal.COACH)
def restitution_edit(request, ref):
    """Word the draft: a field for each item the coachee agrees to, and no other."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    if row.state != RestitutionState.DRAFT:
        raise NotAllowedNow(_("This restitution has moved on: it is no longer to be worded."))
    now = access.text_now(viewer, row)
    agreed = agreed_items(row.seat, row.addressee)
    form = DraftForm(request.POST or None, items=agreed, page=now.page, initial={"based_on": row.number})
    if request.method == "POST" and form.is_valid():
        try:
            drafting.word(viewer, row, form.said(), based_on=form.cleaned_data["based_on"] or 0)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=access.get_restitution(viewer, ref).number)
        else:
            return redirect("coach_restitution", row.ref)
    context = {"form": form, "restitution": row, "asked": access.asked_of(viewer, row), "agreed": agreed}
    return show(request, "restitutions/coach/edit.html", context)


@edits(Portal.COACH)
def restitution_move(request, ref, name):
    """Send it to the coachee, take it back, set it aside: each told in a sentence first."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    if name not in MOVES:
        raise Http404
    transition = RESTITUTION[name]
    if row.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    refused = ""
    if request.method == "POST":
        try:
            MOVES[name](viewer, row)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refused = refusal.message
        else:
            messages.success(request, _("Done."))
            return redirect("coach_restitution", row.ref)
    context = {**shown(viewer, row), "transition": transition, "refused": refused}
    return render(request, "restitutions/coach/move.html", context, status=422 if refused else 200)


@edits(Portal.COACH, atomic=False)
def restitution_release(request, ref):
    """The last look before the approved text goes."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    transition, refused = RESTITUTION["release"], ""
    if row.state not in transition.sources:
        raise NotAllowedNow(_("The coachee has not approved this text."))
    if request.method == "POST":
        try:
            releasing.release(viewer, row)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refused = refusal.message
        else:
            messages.success(request, _("It is released. You see here who reads it, and when."))
            return redirect("coach_restitution", row.ref)
    context = {**shown(viewer, row), "transition": transition, "refused": refused}
    return render(request, "restitutions/coach/move.html", context, status=422 if refused else 200)


@reads(Portal.COACH)
def restitution_pdf(request, ref):
    return pdf_of(request, access.released_copy(request.viewer, access.get_restitution(request.viewer, ref)))
