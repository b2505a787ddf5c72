"""The coach's pages on the pace of those they coach: pauses, and other help suggested (article Protection de la personne)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access, pace_access
from ..enums import MissionState, SeatRole
from ..policy import OPEN_STATES
from ..services import pace, referrals
from ..transitions import MISSION
from .forms import PauseForm, ReferralForm


@reads(Portal.COACH)
def page(request, ref):
    """Each coachee: whether their coaching pauses, since when; what was suggested to them."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    pauses = pace_access.pauses_of(viewer, row)
    lasting = {pause.seat_id: pause for pause in pauses if pause.ended_at is None}
    seats = [seat for seat in access.seats_of(viewer, row) if seat.role == SeatRole.COACHEE]
    context = {
        "mission": row,
        "seats": [(seat, lasting.get(seat.pk)) for seat in seats],
        "active": row.state == MissionState.ACTIVE,
        "past": [pause for pause in pauses if pause.ended_at],
        "referrals": pace_access.referrals_of(viewer, row),
        "open": row.state in OPEN_STATES,
    }
    return render(request, "missions/coach/pace.html", context)


@edits(Portal.COACH)
def pause(request, ref, seat_ref):
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.get_coachee_seat(viewer, row, seat_ref)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pace.pause(viewer, row, seat, reason=form.cleaned_data["reason"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The coaching pauses. The coachee is told."))
            return redirect("coach_pace", row.ref)
    context = {"form": form, "mission": row, "seat": seat, "transition": MISSION["pause"]}
    return show(request, "missions/coach/pause.html", context)


@edits(Portal.COACH)
def resume(request, ref, seat_ref):
    """I am ready to go on: it does once the coachee is too."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.get_coachee_seat(viewer, row, seat_ref)
    if request.method == "POST":
        done = pace.agree_to_resume(viewer, row, seat)
        messages.success(
            request,
            _("The coaching goes on.") if done.ended_at else _("The coachee is told that you are ready."),
        )
        return redirect("coach_pace", row.ref)
    lasting = pace_access.pause_at(row, seat)
    return render(request, "missions/coach/resume.html", {"mission": row, "seat": seat, "pause": lasting})


@edits(Portal.COACH)
def referral_new(request, ref, seat_ref):
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.get_coachee_seat(viewer, row, seat_ref)
    form = ReferralForm(request.POST or None, initial={"told_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = referrals.refer(viewer, row, seat, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Written down. The coachee finds on their page what you suggested."))
            return redirect("coach_referral", row.ref, made.ref)
    return show(request, "missions/coach/referral_new.html", {"form": form, "mission": row, "seat": seat})


@reads(Portal.COACH)
def referral(request, ref, referral_ref):
    """One of them, point by point: what is done and what is not is computed, nothing is ticked by hand."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    found = pace_access.get_referral(viewer, row, referral_ref)
    context = {
        "mission": row,
        "view": pace_access.opened(viewer, found),
        "active": row.state == MissionState.ACTIVE,
    }
    return render(request, "missions/coach/referral.html", context)
