"""One's own data, the same pages in every portal: see it, name oneself, take it away; and where a coach keeps a row, ask.

Made for each portal by :func:`urls`, so that nobody forgets one.
"""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.accounts.services import rename
from coaching.jobs.access import job_of
from coaching.jobs.services import try_again
from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..limits import left_out
from ..services import asking, exporting
from ..services.erasing import items_of
from .forms import CorrectionForm, NameForm
from .room import ASKING, panel, urls_of


def data(request):
    """What is kept about me, and what I may ask of it."""
    return render(request, "personal/own/data.html", panel(request.viewer))


def name(request):
    """Correct one's own name, at once."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    home = f"{request.viewer.portal.value}_data"
    if request.method == "POST" and form.is_valid():
        try:
            rename(request.user, form.cleaned_data["name"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Corrected."))
            return redirect(home)
    return show(request, "personal/own/name.html", {"form": form, "back": reverse(home)})


def export(request):
    """What the archive holds, and what not; then how far it has come, and where to fetch it."""
    viewer = request.viewer
    refused = None
    if request.method == "POST":
        found = access.export_of(viewer)
        if found and try_again(exporting.JOB, found.ref):
            return redirect(f"{viewer.portal.value}_export")
        try:
            exporting.ask(viewer, get_language() or "fr")
        except DomainError as refusal:
            refused = refusal
        else:
            messages.success(
                request, _("Your data is being prepared. You can leave: a letter tells you when it is ready.")
            )
            return redirect(f"{viewer.portal.value}_export")
    context = {**_state(viewer), "left_out": left_out(viewer.portal), "refused": refused and refused.message}
    status = refused.status if refused else 200
    return render(request, "personal/own/export.html", context, status=status)


def export_progress(request):
    """A fragment: how far it has come."""
    if not request.htmx:  # a part of the page: by itself it is none
        return redirect(f"{request.viewer.portal.value}_export")
    return render(request, "personal/includes/progress.html", _state(request.viewer))


def _state(viewer) -> dict:
    found = access.export_of(viewer)
    job = job_of(exporting.JOB, found.ref) if found else None
    return {"export": found, "job": job, "urls": urls_of(viewer.portal)}


def export_download(request):
    """The archive itself: to its own person, who has just given their password or second factor again."""
    found = access.export_of(request.viewer)
    if found is None:
        return redirect(f"{request.viewer.portal.value}_export")
    raise_if_reauthentication_required(request, app="account")
    answer = HttpResponse(exporting.content_of(request.viewer, found), content_type="application/zip")
    day = found.asked_at.strftime("%Y-%m-%d")
    answer["Content-Disposition"] = f'attachment; filename="donnees-{day}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def correct(request, ref):
    """Ask the coach who keeps this row to put one thing of it right."""
    person = access.get_kept(request.viewer, ref)
    form = CorrectionForm(request.POST or None)
    home = f"{request.viewer.portal.value}_data"
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask_correction(request.viewer, person, **form.cleaned_data)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Your coach is written to, and has a month to answer."))
            return redirect(home)
    context = {"form": form, "person": person, "back": reverse(home)}
    return show(request, "personal/own/correct.html", context)


def correction_withdraw(request, ref):
    asking.withdraw_correction(request.viewer, access.get_correction(request.viewer, ref))
    messages.success(request, _("Taken back."))
    return redirect(f"{request.viewer.portal.value}_data")


def erase(request, ref):
    """Item by item what would go and what the law keeps; then the request."""
    person = access.get_kept(request.viewer, ref)
    home = f"{request.viewer.portal.value}_data"
    if request.method == "POST":
        asking.ask_erasure(request.viewer, person)
        messages.success(request, _("Your coach is written to, and has a month to answer."))
        return redirect(home)
    items = items_of(person)
    goes = any(item.erased for item in items)
    context = {"person": person, "items": items, "goes": goes, "back": reverse(home)}
    return render(request, "personal/own/erase.html", context)


def erasure_withdraw(request, ref):
    asking.withdraw_erasure(request.viewer, access.get_erasure(request.viewer, ref))
    messages.success(request, _("Taken back."))
    return redirect(f"{request.viewer.portal.value}_data")


def urls(portal: Portal, *, first: bool = True) -> list:
    """The addresses of one portal. ``first``: its page « Mes données » is this room's; the coachee's is a room's above."""
    said = portal.value
    found = [
        path("data/name/", edits(portal)(name), name=f"{said}_name"),
        path("data/export/", edits(portal)(export), name=f"{said}_export"),
        path("data/export/progress/", reads(portal)(export_progress), name=f"{said}_export_progress"),
        path("data/export/download/", reads(portal)(export_download), name=f"{said}_export_download"),
    ]
    if first:
        found.insert(0, path("data/", reads(portal)(data), name=f"{said}_data"))
    if portal in ASKING:
        found += [
            path("data/<str:ref>/correct/", edits(portal)(correct), name=f"{said}_correct"),
            path(
                "data/corrections/<str:ref>/withdraw/",
                acts(portal)(correction_withdraw),
                name=f"{said}_correction_withdraw",
            ),
            path("data/<str:ref>/erase/", edits(portal)(erase), name=f"{said}_erase"),
            path(
                "data/erasures/<str:ref>/withdraw/",
                acts(portal)(erasure_withdraw),
                name=f"{said}_erasure_withdraw",
            ),
        ]
    return found
