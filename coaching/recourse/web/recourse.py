"""The recourse person's pages: what was confided to them, and nothing else of any mission."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.kernel.forms import show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..enums import OPEN
from ..services import confiding
from ..transitions import SIGNAL
from .forms import MessageForm

PAGE = 25


@reads(Portal.RECOURSE)
def home(request):
    """What is under way first, by the day it is promised for; then what is over."""
    rows = access.signals_for(request.viewer)
    under_way = sorted(
        rows.filter(state__in=OPEN), key=lambda row: (row.acknowledged_at is not None, row.due_by)
    )
    page = Paginator(rows.exclude(state__in=OPEN), PAGE).get_page(request.GET.get("page"))
    context = {"under_way": under_way, "page": page, "today": timezone.localdate()}
    return render(request, "recourse/recourse/home.html", context)


@edits(Portal.RECOURSE)
def signal(request, ref):
    """One exchange, with what was promised; a word to the coachee."""
    viewer = request.viewer
    row = access.get_signal(viewer, ref)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confiding.write(viewer, row, form.cleaned_data["text"])
        messages.success(request, _("Sent, to the coachee alone."))
        return redirect("recourse_signal", row.ref)
    context = {
        "form": form,
        "signal": row,
        "said": access.exchange_of(viewer, row),
        "open": row.state in OPEN,
        "today": timezone.localdate(),
        "moves": SIGNAL.open_to(row, frozenset({"recourse"})),
    }
    return show(request, "recourse/recourse/signal.html", context)


@acts(Portal.RECOURSE)
def acknowledge(request, ref):
    row = access.get_signal(request.viewer, ref)
    confiding.acknowledge(request.viewer, row)
    messages.success(request, _("The coachee learns that you have received it."))
    return redirect("recourse_signal", row.ref)


@edits(Portal.RECOURSE)
def handle(request, ref):
    """Confirmation, then the end of the exchange."""
    row = access.get_signal(request.viewer, ref)
    if request.method == "POST":
        confiding.handle(request.viewer, row)
        messages.success(request, _("It is dealt with; the coachee is told."))
        return redirect("recourse_home")
    return render(request, "recourse/recourse/handle.html", {"signal": row, "transition": SIGNAL["handle"]})
