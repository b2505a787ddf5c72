"""The administrator sets the figures of the hours log; no hour of anybody's is read here."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.kernel.forms import show
from coaching.kernel.http import edits
from coaching.kernel.viewer import Portal

from .. import access
from ..credentials import dated
from ..services.rules import set_rules
from .forms import RulesForm, rules_initial


@edits(Portal.PRACTICE)
def rules(request):
    initial = rules_initial(access.rules_for(request.viewer))
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_rules(request.viewer, largest_group=form.cleaned_data["largest_group"], figures=form.figures())
        messages.success(request, _("Saved. Every coach’s meters follow."))
        return redirect("practice_hours")
    return show(request, "hours/practice/rules.html", {"form": form, "dated": dated()})
