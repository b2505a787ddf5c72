"""The coach's sheet as clients read it: what was shown to whom, and whether it is open to everyone."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import sheets as acts
from ..snapshots import thaw
from .served import sheet_response

PAGE = 20


@reads(Portal.COACH)
def sheet(request):
    """My sheet, its public address while there is one, and each time it was shown."""
    viewer = request.viewer
    public = access.own_publication(viewer)
    address = f"{settings.SITE_URL}{reverse('public_sheet', args=[public.ref])}" if public else ""
    context = {
        "qualifications": access.sheet_of_coach(viewer.practice_id, viewer.user_id),
        "public": public,
        "address": address,
        "page": Paginator(access.sheets_for(viewer), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "development/coach/sheet.html", context)


@edits(Portal.COACH)
def publish(request):
    """Confirmation, then whoever has the address reads it."""
    if request.method == "POST":
        acts.publish(request.viewer)
        messages.success(request, _("Your sheet is published."))
        return redirect("coach_sheet")
    return render(request, "development/coach/publish.html", {})


@edits(Portal.COACH)
def unpublish(request):
    """Confirmation, then its address answers nobody any more."""
    row = access.get_publication(request.viewer)
    if request.method == "POST":
        acts.unpublish(request.viewer, row)
        messages.success(request, _("Your sheet is not published any more."))
        return redirect("coach_sheet")
    return render(request, "development/coach/unpublish.html", {"public": row})


@reads(Portal.COACH)
def shown(request, ref):
    """What a client was shown, as it was."""
    row = access.get_sheet(request.viewer, ref)
    return render(request, "development/coach/shown.html", {"row": row, "sheet": thaw(row.content)})


@reads(Portal.COACH)
def shown_pdf(request, ref):
    return sheet_response(access.get_sheet(request.viewer, ref))
