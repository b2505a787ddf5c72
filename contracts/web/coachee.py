"""The coachee's pages on the contract, and the scope they set."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, own_coachee_seat
from coaching.missions.enums import SeatRole

from .. import access
from ..enums import ScopeItem
from ..scope_words import ADDRESSEES
from ..services.drafting import set_scope
from . import parties, review
from .forms import ScopeForm
from .standing import show_standing


@reads(Portal.COACHEE)
def contract(request, ref):
    return review.read(request, ref, "contracts/coachee/contract.html", review.COACHEE)


@reads(Portal.COACHEE)
def changes(request, ref):
    return review.changes(request, ref, review.COACHEE)


@edits(Portal.COACHEE)
def comment(request, ref, place):
    return review.comment(request, ref, place, review.COACHEE)


@edits(Portal.COACHEE)
def comment_withdraw(request, ref):
    return review.withdraw(request, ref, review.COACHEE)


@acts(Portal.COACHEE)
def fine(request, ref):
    return review.fine(request, ref, review.COACHEE)


@acts(Portal.COACHEE)
def acknowledge(request, ref):
    return parties.acknowledge(request, ref, "coachee_contract")


@reads(Portal.COACHEE)
def pdf(request, ref):
    return parties.pdf(request, ref)


@edits(Portal.COACHEE)
def scope(request, ref, addressee):
    """What I let my coach give back to this addressee (article 15)."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    if addressee not in ADDRESSEES or not mission.paid_by_organisation:
        raise Http404
    found = access.scope_of(viewer, own_coachee_seat(viewer, mission), addressee)
    form = ScopeForm(
        request.POST or None, initial={"items": found.items if found else [ScopeItem.ATTENDANCE]}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_scope(viewer, mission, addressee, form.cleaned_data["items"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your choice is recorded. It will stand in the contract."))
            return redirect("coachee_scope", mission.ref, addressee)
    context = {
        "form": form,
        "mission": mission,
        "addressee": SeatRole(addressee),
        "addressees": [SeatRole(role) for role in ADDRESSEES],
        "scope": found,
    }
    return show(request, "contracts/coachee/scope.html", context)


@reads(Portal.COACHEE)
def standing(request, ref):
    """The contract as it now stands, with its history."""
    return show_standing(request, ref, Portal.COACHEE)
