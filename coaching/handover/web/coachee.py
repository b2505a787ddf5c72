"""The coachee's pages: the very page their colleague-to-be would read, and what they agree to, item by item."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import answering
from ..transitions import HANDOVER
from .forms import AgreeForm
from .shown import shown


@reads(Portal.COACHEE)
def handover(request, ref):
    """One of mine: what my coach would hand over, what I agreed to, what became of it."""
    row = access.get_handover(request.viewer, ref)
    return render(request, "handover/coachee/handover.html", shown(request.viewer, row))


@edits(Portal.COACHEE)
def handover_agree(request, ref):
    """Tick what the colleague may read; everything is shown above the boxes."""
    viewer, row, transition = _asked(request, ref, "agree")
    # A POST without a box is a choice of its own: nothing but who I am.
    form = AgreeForm(request.POST if request.method == "POST" else None, items=row.items)
    if request.method == "POST" and form.is_valid() and _agreed(viewer, row, form):
        messages.success(request, _("You agreed. You may take it back until your new coach has accepted."))
        return redirect("coachee_handover", row.ref)
    context = {"form": form, **shown(viewer, row), "transition": transition}
    return show(request, "handover/coachee/agree.html", context)


def _agreed(viewer, row, form) -> bool:
    try:
        answering.agree(viewer, row, form.cleaned_data["items"])
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        refuse(form, refusal)
    return not form.errors


@edits(Portal.COACHEE)
def handover_decline(request, ref):
    viewer, row, transition = _asked(request, ref, "decline")
    if request.method == "POST":
        answering.decline(viewer, row)
        messages.success(request, _("You declined. The colleague learns nothing."))
        return redirect("coachee_handover", row.ref)
    context = {**shown(viewer, row), "transition": transition}
    return render(request, "handover/coachee/decline.html", context)


def _asked(request, ref, name):
    row = access.get_handover(request.viewer, ref)
    transition = HANDOVER[name]
    if row.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    return request.viewer, row, transition
