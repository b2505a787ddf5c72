"""The coach's own file: trainings and qualifications."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import DateField, refuse, show
from coaching.kernel.http import acts, edits
from coaching.kernel.viewer import Portal

from .. import access, services


class QualificationForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Training or credential"), max_length=200)
    body = forms.CharField(label=gettext_lazy("School or body"), max_length=200)
    obtained_on = DateField(label=gettext_lazy("Obtained on"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=20_000, required=False)
    expires_on = DateField(label=gettext_lazy("Valid until"), required=False)


@edits(Portal.COACH)
def qualifications(request):
    """The list, and a form to add one."""
    form = QualificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_qualification(request.viewer, None, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Added to your file."))
            return redirect("coach_qualifications")
    context = {"form": form, "qualifications": access.qualifications_for(request.viewer)}
    return show(request, "development/coach/qualifications.html", context)


@acts(Portal.COACH)
def qualification_remove(request, ref):
    services.remove_qualification(request.viewer, access.get_qualification(request.viewer, ref))
    messages.success(request, _("Removed from your file."))
    return redirect("coach_qualifications")
