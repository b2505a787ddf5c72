"""The coachee's own pace: pausing at once, going on, other help that was suggested (article Protection de la personne)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access, pace_access
from ..enums import MissionState
from ..services import pace, referrals
from ..transitions import MISSION
from .forms import AnswerForm


@reads(Portal.COACHEE)
def page(request, ref):
    """Whether my coaching pauses; what my coach suggested besides coaching. No words that a key would have to open."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    pauses = pace_access.pauses_of(viewer, row)
    lasting = next((one for one in pauses if one.ended_at is None), None)
    context = {
        "mission": row,
        "pause": lasting,
        "may_pause": row.state == MissionState.ACTIVE and lasting is None,
        "past": [one for one in pauses if one.ended_at],
        "referrals": pace_access.referrals_of(viewer, row),
    }
    return render(request, "missions/coachee/pace.html", context)


@edits(Portal.COACHEE)
def pause(request, ref):
    """One question, no reason; it pauses at once. Nothing here needs one's key."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.own_coachee_seat(viewer, row)
    if request.method == "POST":
        pace.pause(viewer, row, seat)
        messages.success(request, _("Your coaching pauses. Your coach is told; nobody asks you why."))
        return redirect("coachee_pace", row.ref)
    return render(request, "missions/coachee/pause.html", {"mission": row, "transition": MISSION["pause"]})


@edits(Portal.COACHEE)
def resume(request, ref):
    """I am ready to go on: it does once my coach is too."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    seat = access.own_coachee_seat(viewer, row)
    if request.method == "POST":
        done = pace.agree_to_resume(viewer, row, seat)
        messages.success(
            request,
            _("Your coaching goes on.") if done.ended_at else _("Your coach is told that you are ready."),
        )
        return redirect("coachee_pace", row.ref)
    lasting = pace_access.pause_at(row, seat)
    return render(request, "missions/coachee/resume.html", {"mission": row, "pause": lasting})


@edits(Portal.COACHEE)
def referral(request, ref, referral_ref):
    """What my coach suggested to me; I say that I have read it, and answer if I wish."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    found = pace_access.get_referral(viewer, row, referral_ref)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            referrals.answer(viewer, row, found, form.cleaned_data["text"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your coach sees that you have read it."))
            return redirect("coachee_referral", row.ref, found.ref)
    context = {"form": form, "mission": row, "view": pace_access.opened(viewer, found)}
    return show(request, "missions/coachee/referral.html", context)
