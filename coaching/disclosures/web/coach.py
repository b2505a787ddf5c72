"""The coach's pages on what the law obliged them to tell."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_coachee_seat, get_mission, seats_of
from coaching.missions.enums import SeatRole

from ..access import disclosures_of, get_disclosure, opened
from ..services import record
from .forms import DisclosureForm


@reads(Portal.COACH)
def disclosures(request, ref):
    """What is recorded of a mission, with its words, and about whom something may be recorded."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    context = {
        "mission": mission,
        "lines": opened(viewer, disclosures_of(viewer, mission)),
        "seats": [seat for seat in seats_of(viewer, mission) if seat.role == SeatRole.COACHEE],
    }
    return render(request, "disclosures/coach/disclosures.html", context)


@edits(Portal.COACH)
def new(request, ref, seat_ref):
    mission = get_mission(request.viewer, ref)
    seat = get_coachee_seat(request.viewer, mission, seat_ref)
    return _record(request, mission, seat, DisclosureForm(request.POST or None))


@edits(Portal.COACH)
def correct(request, ref, disclosure_ref):
    """Another line that says it right, begun from the one it corrects; that one stays."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    row = get_disclosure(viewer, disclosure_ref)
    if row.mission_id != mission.pk:
        raise Http404
    (said,) = opened(viewer, [row])
    seat = get_coachee_seat(viewer, mission, row.seat.ref)
    initial = {name: getattr(said, name) or "" for name in ("article", "recipient", "told")}
    initial |= {"basis": row.basis, "told_on": row.told_on}
    return _record(request, mission, seat, DisclosureForm(request.POST or None, initial=initial), row)


def _record(request, mission, seat, form, corrects=None):
    if request.method == "POST" and form.is_valid():
        try:
            record(request.viewer, mission, seat, **form.cleaned_data, corrects=corrects)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded for good. The coachee is written to and can read it."))
            return redirect("coach_disclosures", mission.ref)
    context = {"form": form, "mission": mission, "seat": seat, "corrects": corrects}
    return show(request, "disclosures/coach/record.html", context)
