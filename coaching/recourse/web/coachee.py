"""The coachee's pages: whom I can turn to, what I confided, the answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .. import access
from ..enums import OPEN
from ..services import confiding
from ..transitions import SIGNAL
from .forms import MessageForm, SignalForm


@reads(Portal.COACHEE)
def recourse(request):
    """Whom I can turn to, in each practice, and what I have confided. No words: those lie behind each of them."""
    viewer = request.viewer
    context = {"turns": access.turns_for(viewer), "signals": access.signals_for(viewer)}
    return render(request, "recourse/coachee/recourse.html", context)


@edits(Portal.COACHEE)
def signal_new(request, ref):
    """I confide something, of one mission. Where nobody is there to receive it, no form: nothing is sealed to nobody."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    person = access.in_place(mission.practice_id)
    if person is None:
        raise NotAllowedNow(confiding.NOBODY)
    form = SignalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = confiding.send(viewer, mission, form.cleaned_data["text"])
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("It is with the recourse person, and with nobody else."))
            return redirect("coachee_signal", made.ref)
    return show(
        request, "recourse/coachee/signal_new.html", {"form": form, "mission": mission, "person": person}
    )


@edits(Portal.COACHEE)
def signal(request, ref):
    """One exchange: what I wrote, what is answered, and a word more."""
    viewer = request.viewer
    row = access.get_signal(viewer, ref)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        confiding.write(viewer, row, form.cleaned_data["text"])
        messages.success(request, _("Sent, to the recourse person alone."))
        return redirect("coachee_signal", row.ref)
    now = access.in_place(row.practice_id)
    context = {
        "form": form,
        "signal": row,
        "said": access.exchange_of(viewer, row),
        "open": row.state in OPEN,
        "successor": now if now and now.pk != row.recourse_id else None,
    }
    return show(request, "recourse/coachee/signal.html", context)


@edits(Portal.COACHEE)
def signal_withdraw(request, ref):
    row = access.get_signal(request.viewer, ref)
    if request.method == "POST":
        confiding.withdraw(request.viewer, row)
        messages.success(request, _("Taken back: it opens to you alone."))
        return redirect("coachee_signal", row.ref)
    context = {"signal": row, "transition": SIGNAL["withdraw"]}
    return render(request, "recourse/coachee/withdraw.html", context)


@acts(Portal.COACHEE)
def signal_again(request, ref):
    """To the person who is there now, my own words again."""
    made = confiding.send_again(request.viewer, access.get_signal(request.viewer, ref))
    messages.success(request, _("It is with the recourse person, and with nobody else."))
    return redirect("coachee_signal", made.ref)
