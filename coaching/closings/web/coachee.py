"""The coachee's pages: stopping, their letter, their last look at their objectives, and a question that is theirs."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission, own_coachee_seat
from coaching.missions.enums import MissionKind
from coaching.missions.requests_access import get_objective
from coaching.missions.transitions import MISSION
from coaching.progress.web.shown import aims
from contracts.consumers.access import open_withdrawals

from .. import access
from ..services import acknowledging, ending, looking, satisfaction
from ..services.parting import left_already, part
from .forms import CoacheeStopForm, LookForm, SatisfactionForm
from .shown import pdf_of, shown


@edits(Portal.COACHEE, atomic=False)
def stop(request, ref):
    """One question, no reason; what it does is said first."""
    viewer = request.viewer
    mission, arrow = get_mission(viewer, ref), MISSION["stop_by_coachee"]
    seat = own_coachee_seat(viewer, mission)
    if mission.state not in arrow.sources or left_already(seat):
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    form = CoacheeStopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            part(ending.stop_by_coachee(viewer, mission, **form.cleaned_data))
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(
                request, _("Your coaching has stopped. Your coach is told; nobody asks you why.")
            )
            # Not the mission's page, where one's own request is: a key that is closed stands in nobody's way here.
            return redirect("coachee_party_letter", access.letters_of(viewer, mission)[-1].ref)
    context = {
        "form": form,
        "mission": mission,
        "transition": arrow,
        "team": mission.kind == MissionKind.TEAM,
        "withdrawable": [one for one in open_withdrawals(viewer) if one.contract.mission_id == mission.pk],
    }
    return show(request, "closings/coachee/stop.html", context)


@reads(Portal.COACHEE)
def letter(request, ref):
    """What I was told, and my saying that I have read it."""
    return render(request, "closings/coachee/letter.html", shown(access.get_letter(request.viewer, ref)))


@acts(Portal.COACHEE)
def letter_acknowledge(request, ref):
    found = access.get_letter(request.viewer, ref)
    acknowledging.acknowledge(request.viewer, found)
    messages.success(request, _("Your coach sees that you have read it."))
    return redirect("coachee_party_letter", found.ref)


@reads(Portal.COACHEE)
def letter_pdf(request, ref):
    return pdf_of(request, access.get_letter(request.viewer, ref))


@reads(Portal.COACHEE)
def look(request, ref):
    """My objectives, where I saw each and what was used for it; and whether I have looked."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    seat = own_coachee_seat(viewer, mission)
    looks = {row.objective_id: row for row in access.looks_of(viewer, mission)}
    context = {
        "mission": mission,
        "lines": [(aim, looks.get(aim.objective.pk)) for aim in aims(viewer, mission)],
        "open": mission.state in looking.UNDER_WAY and not left_already(seat),
    }
    return render(request, "closings/coachee/look.html", context)


@edits(Portal.COACHEE)
def look_at(request, ref, objective_ref):
    """I have looked at this one, in words of my own if I like."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    objective = get_objective(viewer, mission, objective_ref)
    form = LookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            looking.look(viewer, mission, objective, form.cleaned_data["words"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Your coach sees that you have looked at it."))
            return redirect("coachee_look", mission.ref)
    context = {"form": form, "mission": mission, "objective": objective}
    return show(request, "closings/coachee/look_at.html", context)


@edits(Portal.COACHEE)
def answer(request, ref):
    """A question that belongs to me: what the coaching brought me. Mine, unless I let my coach read it."""
    viewer = request.viewer
    mission = get_mission(viewer, ref)
    seat = own_coachee_seat(viewer, mission)
    if not access.may_answer(viewer, mission, seat):
        raise NotAllowedNow(_("You are asked once your coaching comes to its end."))
    last = access.satisfaction_of(viewer, seat)
    number = last.number if last else 0
    initial = {"based_on": number}
    if last is not None:
        initial |= {"text": access.answer_in(viewer, last), "shared": last.shared}
    form = SatisfactionForm(
        request.POST if request.method == "POST" else None,
        shared=last is not None and last.shared,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            satisfaction.answer(
                viewer, mission, said["text"], shared=said["shared"], based_on=said["based_on"] or 0
            )
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=number)
        else:
            messages.success(
                request,
                _("Your coach can read your answer.")
                if said["shared"]
                else _("Written down. You alone read it."),
            )
            return redirect("coachee_satisfaction", mission.ref)
    context = {"form": form, "mission": mission, "last": last}
    return show(request, "closings/coachee/satisfaction.html", context)


@reads(Portal.COACHEE)
def stop_words(request, ref, termination_ref):
    """What I told my coach when I stopped."""
    mission = get_mission(request.viewer, ref)
    words = access.words_of_stop(request.viewer, mission, termination_ref)
    return render(request, "closings/coachee/words.html", {"mission": mission, "words": words})
