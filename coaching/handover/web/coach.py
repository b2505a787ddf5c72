"""The coach's pages: propose a hand-over, follow it, take it back; and, for the colleague, what is offered to them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.accounts.access import colleagues_of
from coaching.consents.enums import HandOverItem
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_coachee_seat, get_mission

from .. import access
from ..composing import material
from ..services import proposing, taking
from ..transitions import HANDOVER
from .forms import ProposeForm
from .shown import shown


@edits(Portal.COACH)
def handover_new(request, ref, seat_ref):
    """Propose to hand one coachee over: to whom, which items, a letter."""
    viewer, mission = request.viewer, get_mission(request.viewer, ref)
    seat = get_coachee_seat(viewer, mission, seat_ref)
    seat.mission = mission
    proposing.check_possible(viewer, seat)
    colleagues, there = list(colleagues_of(viewer)), material(viewer, seat)
    initial = {"to": colleagues[0].ref} if len(colleagues) == 1 else {}
    form = ProposeForm(request.POST or None, colleagues=colleagues, items=there, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = proposing.propose(viewer, seat, said["to"], said["items"], said["letter"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(
                request, _("The coachee reads it now. The colleague learns nothing until they agree.")
            )
            return redirect("coach_handover", made.ref)
    context = {"form": form, "mission": mission, "seat": seat, "colleagues": colleagues}
    return show(request, "handover/coach/new.html", context)


@reads(Portal.COACH)
def handover(request, ref):
    """One that I proposed: where it is, what the coachee reads, what they agreed to."""
    row = access.get_handover(request.viewer, ref)
    return render(request, "handover/coach/handover.html", shown(request.viewer, row))


@edits(Portal.COACH)
def handover_withdraw(request, ref):
    row = access.get_handover(request.viewer, ref)
    transition = HANDOVER["withdraw"]
    _in_time(row, transition)
    if request.method == "POST":
        proposing.withdraw(request.viewer, row)
        messages.success(request, _("It is taken back. Nothing was handed over."))
        return redirect("coach_handover", row.ref)
    context = {**shown(request.viewer, row), "transition": transition}
    return render(request, "handover/coach/withdraw.html", context)


def _in_time(row, transition) -> None:
    if row.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))


@reads(Portal.COACH)
def offers(request):
    """What colleagues offer me, with the coachee's consent."""
    return render(request, "handover/coach/offers.html", {"offers": access.offers_to(request.viewer)})


@reads(Portal.COACH)
def offer(request, ref):
    """One of them, with everything that the coachee agreed to."""
    return render(request, "handover/coach/offer.html", _offered(request.viewer, ref))


def _offered(viewer, ref) -> dict:
    row = access.get_offer(viewer, ref)
    return {"offer": row, "page": access.offered_page(viewer, row), "labels": dict(HandOverItem.choices)}


@edits(Portal.COACH)
def offer_take_up(request, ref):
    """Accept: a mission of mine begins."""
    return _answer(request, ref, "take_up")


@edits(Portal.COACH)
def offer_turn_down(request, ref):
    """Decline: what I have read is erased."""
    return _answer(request, ref, "turn_down")


def _answer(request, ref, name):
    context = {**_offered(request.viewer, ref), "transition": HANDOVER[name], "refused": ""}
    _in_time(context["offer"], context["transition"])
    if request.method == "POST":
        try:
            return _done(request, context["offer"], name)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            context["refused"] = refusal.message
    return render(request, "handover/coach/answer.html", context, status=422 if context["refused"] else 200)


def _done(request, offer, name):
    if name == "turn_down":
        taking.turn_down(request.viewer, offer)
        messages.success(request, _("You declined. What you had read is erased."))
        return redirect("coach_offers")
    mission = taking.take_up(request.viewer, offer)
    messages.success(request, _("Your mission has begun, as an enquiry."))
    return redirect("coach_mission", mission.ref)
