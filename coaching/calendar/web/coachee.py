"""The coachee's page: book one of the hours their coach opens."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.kernel.errors import Invalid
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .. import access
from ..services import booking
from .forms import BookForm

DAYS = 8  # with open hours, on one page


@edits(Portal.COACHEE)
def book(request, ref):
    """The open hours, day by day; one is chosen and booked. Taken meanwhile: said so, with those that are left."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    offer = access.offer(viewer, mission)
    form = BookForm(request.POST or None, slots=offer.slots)
    if request.method == "POST" and form.is_valid():
        try:
            row = booking.book(viewer, mission, form.cleaned_data["slot"])
        except Invalid as refusal:
            refuse(form, refusal)
            offer = access.offer(viewer, mission)  # as it is now, without the hour that is gone
        else:
            messages.success(request, _("Your meeting is booked. A letter brings it to your calendar."))
            return redirect("coachee_session", row.ref)
    by_day = [(key[0], list(slots)) for key, slots in groupby(offer.slots, key=_together)]
    context = {
        "form": form,
        "mission": mission,
        "offer": offer,
        "page": Paginator(by_day, DAYS).get_page(request.GET.get("page")),
    }
    return show(request, "calendar/coachee/book.html", context)


def _together(slot) -> tuple:
    """Hours of one day at one place stand together."""
    return slot.local_start.date(), slot.medium, slot.place
