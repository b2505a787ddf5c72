"""Pages of the charter: public reading, acknowledgement, and the administrator's publishing."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.accounts.access import get_practice, viewer_on
from coaching.accounts.middleware import CHOICE
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import LongText, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access, services


class CharterForm(forms.Form):
    """A whole new text of the charter."""

    text = LongText(label=gettext_lazy("The whole text, in Markdown"), rows=24, max_length=60_000)


@login_not_required
@reads(None)
def charter(request):
    """The charter in force, for anyone; a signed-in person reads that of their practice."""
    viewer = _viewer(request)
    version = access.current_version(viewer.practice_id) if viewer else access.any_current_version()
    if version is None:
        raise Http404
    context = {
        "version": version,
        "articles": access.articles_of(version),
        "reader": viewer,
        "acknowledged_at": access.acknowledged_at(viewer, version) if viewer else None,
    }
    return render(request, "charter/charter.html", context)


@acts(None)
def acknowledge(request):
    """I have read the charter of my coach's practice."""
    viewer = _viewer(request)
    if viewer is None:
        raise Http404
    version = access.get_version(viewer, request.POST.get("version", ""))
    services.acknowledge(viewer, version)
    messages.success(request, _("Noted, with today’s date."))
    return redirect("charter")


def _viewer(request):
    """The person in the practice they have chosen, whatever their portal: the charter is the same for all."""
    if not request.user.is_authenticated:
        return None
    chairs = list(request.chairs)
    chosen = request.session.get(CHOICE)
    chair = next((c for c in chairs if c.practice_ref == chosen), chairs[0] if chairs else None)
    return viewer_on(request.user, chair) if chair else None


@edits(Portal.PRACTICE)
def versions(request):
    """Every version, who has acknowledged the one in force, and a form for the next."""
    viewer = request.viewer
    rows = list(access.versions_for(viewer))
    form = CharterForm(request.POST or None, initial={"text": rows[0].text if rows else ""})
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(get_practice(viewer), form.cleaned_data["text"], request.user)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The new version is in force. Contracts already made keep theirs."))
            return redirect("practice_charter")
    context = {
        "form": form,
        "versions": rows,
        "acknowledgements": access.acknowledgements_for(viewer, rows[0]) if rows else [],
    }
    return show(request, "charter/practice/versions.html", context)


@reads(Portal.PRACTICE)
def version(request, ref):
    row = access.get_version(request.viewer, ref)
    context = {"version": row, "articles": access.articles_of(row)}
    return render(request, "charter/practice/version.html", context)
