"""The coachee's pages on what they allow: each consent with its date, taken back in one click."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, own_coachee_seat
from coaching.missions.enums import SeatRole
from contracts.scope_words import ADDRESSEES
from contracts.services.drafting import scope_is_open

from .. import access
from ..enums import ConsentKind
from ..services import consents as acting
from .forms import ConsentForm, ListingForm
from .shown import TO, known


@reads(Portal.COACHEE)
def consents(request, ref):
    """What I allow in this coaching, what I allowed before."""
    mission = get_mission(request.viewer, ref)
    going_on = mission.state in access.STANDS_IN
    context = {
        **known(request.viewer, mission),
        "open": going_on,
        "worded_anew": going_on and scope_is_open(mission, own_coachee_seat(request.viewer, mission)),
    }
    return render(request, "consents/coachee/consents.html", context)


def _paid(request, ref):
    """A mission of which something may be given back: one that an organisation pays for."""
    mission = get_mission(request.viewer, ref)
    if not mission.paid_by_organisation:
        raise Http404
    return mission


@edits(Portal.COACHEE)
def consent_give(request, ref, addressee):
    """What may be given back of me to this addressee, from now on."""
    viewer, mission = request.viewer, _paid(request, ref)
    if addressee not in ADDRESSEES:
        raise Http404
    now = access.standing(own_coachee_seat(viewer, mission), addressee)
    initial = {"items": now.items, "until": now.until} if now else {}
    form = ConsentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            acting.give(viewer, mission, addressee, said["items"], until=said["until"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Your choice holds from now on. Your coach sees it."))
            return redirect("coachee_consents", mission.ref)
    context = {"form": form, "mission": mission, "now": now, "to": TO[SeatRole(addressee)]}
    return show(request, "consents/coachee/give.html", context)


@edits(Portal.COACHEE)
def consent_listing(request, ref):
    """My name in my coach's hours log: what it would say, and until when."""
    viewer, mission = request.viewer, get_mission(request.viewer, ref)
    seat = own_coachee_seat(viewer, mission)
    if mission.state not in access.LISTED_IN:
        raise Http404
    now = access.standing(seat, "", ConsentKind.LISTING)
    form = ListingForm(
        request.POST if request.method == "POST" else None, initial={"until": now.until if now else None}
    )
    if request.method == "POST" and form.is_valid():
        try:
            acting.be_listed(viewer, mission, until=form.cleaned_data["until"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Your coach may name you in their hours log. You can take it back at any time.")
            )
            return redirect("coachee_consents", mission.ref)
    context = {
        "form": form,
        "mission": mission,
        "name": seat.person.name,
        "contact": seat.person.reached_at[0],
    }
    return show(request, "consents/coachee/listing.html", context)


@acts(Portal.COACHEE)
def consent_withdraw(request, ref):
    """One click, no reason asked."""
    row = access.get_consent(request.viewer, ref)
    acting.withdraw(request.viewer, row)
    said = _("Your consent is withdrawn. Nothing more goes by it, and what nobody had read is hidden.")
    if row.to_user_id:
        said = _("Your consent is withdrawn. Nothing is handed over; what you had agreed to is erased.")
    if row.kind == ConsentKind.LISTING:
        said = _("Your consent is withdrawn: your name and your address leave the hours log at once.")
    messages.success(request, said)
    return redirect("coachee_consents", row.mission_ref)
