"""The organisation's pages: stopping a coaching, and its own letter about how one ended."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.openings import What, opened
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, roles_at
from coaching.missions.transitions import MISSION

from .. import access
from ..services import acknowledging, ending
from ..services.parting import part
from .forms import OrganisationStopForm
from .shown import pdf_of, shown


@edits(Portal.ORGANISATION, atomic=False)
def stop(request, ref):
    """A sponsor stops: a reason to the coach, and a text of its own for the coachee. A manager does not."""
    viewer, arrow = request.viewer, MISSION["stop_by_organisation"]
    mission = get_mission(viewer, ref)
    if not roles_at(viewer, mission) & arrow.roles:
        raise Http404
    if mission.state not in arrow.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    form = OrganisationStopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            part(ending.stop_by_organisation(viewer, mission, **form.cleaned_data))
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("The coaching has stopped. Everybody at the table has their letter."))
            return redirect("organisation_mission", mission.ref)
    context = {"form": form, "mission": mission, "transition": arrow}
    return show(request, "closings/organisation/stop.html", context)


@reads(Portal.ORGANISATION)
def letter(request, ref):
    found = access.get_letter(request.viewer, ref)
    opened(request, found.mission, What.LETTER, found.ref)
    return render(request, "closings/organisation/letter.html", shown(found))


@acts(Portal.ORGANISATION)
def letter_acknowledge(request, ref):
    found = access.get_letter(request.viewer, ref)
    acknowledging.acknowledge(request.viewer, found)
    messages.success(request, _("The coach sees that you have read it."))
    return redirect("organisation_party_letter", found.ref)


@reads(Portal.ORGANISATION)
def letter_pdf(request, ref):
    found = access.get_letter(request.viewer, ref)
    opened(request, found.mission, What.LETTER, found.ref)
    return pdf_of(request, found)
