"""The coach's pages on how far objectives have come: reading the coachees' measures, and saying what was used."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from coaching.sessions.access import get_session

from .. import access
from ..services import means as services
from .forms import MeansForm
from .shown import aims, used


@reads(Portal.COACH)
def progress(request, ref):
    """Where each coachee sees the objectives of a mission, and the means used for each."""
    mission = get_mission(request.viewer, ref)
    if request.GET.get("means"):
        return render(request, "progress/coach/means_used.html", used(request, mission))
    context = {"mission": mission, "aims": aims(request.viewer, mission)}
    return render(request, "progress/coach/progress.html", context)


def _objective(viewer, session, ref):
    for one in access.objectives_in(viewer, session):
        if one.ref == ref:
            return one
    raise Http404


@edits(Portal.COACH)
def means(request, ref, objective_ref):
    """What was used for one objective in one session."""
    viewer = request.viewer
    session = get_session(viewer, ref)
    objective = _objective(viewer, session, objective_ref)
    if not services.may_say(session):
        raise NotAllowedNow(_("The means are recorded once the session has begun."))
    found = next((row for row in access.means_in(viewer, session) if row.objective_id == objective.pk), None)
    revision = found.revision if found else 0
    said = {name: getattr(found, name) for name in ("kind", "name", "words")} if found else {}
    form = MeansForm(request.POST or None, initial={"based_on": revision, **said})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        based_on = values.pop("based_on") or 0
        try:
            services.say(viewer, session, objective, **values, based_on=based_on)
        except DomainError as refusal:
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=revision)
        else:
            messages.success(request, _("Saved. The coachee reads it."))
            return redirect("coach_session", session.ref)
    context = {
        "form": form,
        "session": session,
        "objective": objective,
        "found": found,
        "now": found if form.is_bound else None,
    }
    return show(request, "progress/coach/means.html", context)


@acts(Portal.COACH)
def means_remove(request, ref, objective_ref):
    session = get_session(request.viewer, ref)
    services.remove(request.viewer, session, _objective(request.viewer, session, objective_ref))
    messages.success(request, _("Removed."))
    return redirect("coach_session", session.ref)
