"""The coach's pages on whom they bring what questions them to, and what they ask of themself."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import rules, supervisors
from ..standing import figures_of, rule_here, stricter_of
from .forms import StricterForm, SupervisorForm


@reads(Portal.COACH)
def supervisor_list(request):
    """With whom I work, with whom I worked."""
    return render(
        request,
        "supervision/coach/supervisors.html",
        {"supervisors": access.supervisors_for(request.viewer)},
    )


@edits(Portal.COACH)
def supervisor_new(request):
    return _supervisor(request, None)


@edits(Portal.COACH)
def supervisor_edit(request, ref):
    return _supervisor(request, access.get_supervisor(request.viewer, ref))


def _supervisor(request, row):
    initial = {name: getattr(row, name) for name in SupervisorForm.base_fields} if row else {}
    form = SupervisorForm(request.POST or None, initial=initial or {"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            supervisors.save_supervisor(request.viewer, row, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_supervisors")
    return show(request, "supervision/coach/supervisor.html", {"form": form, "supervisor": row})


@edits(Portal.COACH)
def supervisor_end(request, ref):
    """Confirmation, then they are among those one worked with."""
    row = access.get_supervisor(request.viewer, ref)
    if request.method == "POST":
        supervisors.end_supervisor(request.viewer, row)
        messages.success(request, _("Saved."))
        return redirect("coach_supervisors")
    return render(request, "supervision/coach/supervisor_end.html", {"supervisor": row})


@edits(Portal.COACH)
def own_rule(request):
    """What I ask of myself, stricter than my practice."""
    viewer = request.viewer
    mine = stricter_of(viewer.practice_id, viewer.user_id)
    form = StricterForm(request.POST or None, initial={"coaching_hours": mine})
    if request.method == "POST" and form.is_valid():
        try:
            rules.save_stricter(viewer, form.cleaned_data["coaching_hours"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_supervision")
    context = {"form": form, "rule": figures_of(rule_here(viewer.practice_id))}
    return show(request, "supervision/coach/rule.html", context)
