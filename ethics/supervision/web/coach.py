"""The coach's pages on their own supervision: what to bring, and what was brought."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.accounts import drafts
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal
from coaching.notes.access import get_note
from coaching.notes.access import text_of as text_of_note

from .. import access
from ..services import points as acts
from ..services.words import Named, quoted
from ..standing import standing_of
from ..transitions import POINT
from .forms import BroughtForm, NamelessForm, PointForm
from .meter import shown

PAGE = 20
LATEST = 3


@reads(Portal.COACH)
def points(request):
    """Where I stand; my points: those to bring, then those brought, the last first; the last supervisions."""
    page = Paginator(access.points_for(request.viewer), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "page": page,
        "to_bring": [row for row in rows if row.open],
        "brought": [row for row in rows if not row.open],
        "texts": access.texts_of(request.viewer, rows),
        "standing": shown(standing_of(request.viewer)),
        "sessions": access.supervisions_for(request.viewer)[:LATEST],
    }
    return render(request, "supervision/coach/points.html", context)


@edits(Portal.COACH)
def point_new(request):
    """A point of its own."""
    return _new(request, None)


@edits(Portal.COACH)
def point_from_note(request, ref):
    """A point that comes from a note of mine: the note is there to be read, and nothing of it is copied."""
    return _new(request, get_note(request.viewer, ref))


def _new(request, note):
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["text"]
        written = ask_or(form, lambda: acts.write(request.viewer, said, note=note, meant=form.meant()))
        if written:
            return _kept(request, written)
    context = {"form": form, "note": note, "words": text_of_note(request.viewer, note) if note else ""}
    return show(request, "supervision/coach/new.html", context)


@reads(Portal.COACH)
def point(request, ref):
    """One point: its words, whether it was brought, and when."""
    row = access.get_point(request.viewer, ref)
    context = {"point": row, "text": access.text_of(request.viewer, row)}
    return render(request, "supervision/coach/point.html", context)


@edits(Portal.COACH)
def point_edit(request, ref):
    """Other words; nothing is kept of those before."""
    viewer = request.viewer
    row = access.get_point(viewer, ref)
    if not row.open:
        raise NotAllowedNow(
            _("This point was brought to supervision: say that it is to be brought again to reword it.")
        )
    now = access.text_of(viewer, row)
    form = PointForm(request.POST or None, initial={"text": now, "based_on": row.number})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        written = ask_or(
            form,
            lambda: acts.reword(
                viewer, row, said["text"], based_on=said["based_on"] or 0, meant=form.meant()
            ),
            number=row.number,
        )
        if written:
            return _kept(request, written)
    return show(request, "supervision/coach/edit.html", {"form": form, "point": row, "now": now})


def ask_or(form: NamelessForm, act, number: int | None = None):
    """What the act gives; None where it was refused, and the form says why."""
    try:
        return act()
    except Named as named:
        form.ask(named.found)
        refuse(form, named)
    except DomainError as refusal:
        refuse(form, refusal)
        if refusal.status == 409 and number is not None:
            rebase(form, based_on=number)
    return None


def _kept(request, written):
    if written.doubts:
        said = _("Saved, for you alone. These words may also be names that you know: %(words)s.")
        messages.warning(request, said % {"words": quoted(written.doubts)})
    else:
        messages.success(request, _("Saved, for you alone."))
    return redirect("coach_point", written.point.ref)


@edits(Portal.COACH)
def point_brought(request, ref):
    """I have brought it to supervision, on that day."""
    row = access.get_point(request.viewer, ref)
    form = BroughtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.treat(request.viewer, row, form.cleaned_data["brought_on"])
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("It stands among what you have brought."))
            return redirect("coach_supervision")
    context = {"form": form, "point": row, "transition": POINT["treat"]}
    return show(request, "supervision/coach/brought.html", context)


@edits(Portal.COACH)
def point_reopen(request, ref):
    """Confirmation, then it is to be brought again."""
    row = access.get_point(request.viewer, ref)
    if request.method == "POST":
        acts.reopen(request.viewer, row)
        messages.success(request, _("It is to be brought again."))
        return redirect("coach_point", row.ref)
    return render(request, "supervision/coach/reopen.html", {"point": row, "transition": POINT["reopen"]})


@edits(Portal.COACH)
def point_remove(request, ref):
    """Confirmation, then the point is gone, with what was being typed in it."""
    row = access.get_point(request.viewer, ref)
    if request.method == "POST":
        acts.remove(request.viewer, row)
        drafts.forget_page(request.viewer.user_ref, reverse("coach_point_edit", args=[row.ref]))
        messages.success(request, _("The point is removed."))
        return redirect("coach_supervision")
    return render(request, "supervision/coach/remove.html", {"point": row})
