"""The coach's pages on their notes: found, read, written, erased."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.accounts import drafts
from coaching.kernel.diff import compare
from coaching.kernel.errors import DomainError, Stale
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from coaching.sessions.access import get_session
from coaching.vault import keyring

from .. import access, merging
from ..matching import words_of
from ..services import notes as services
from .forms import TAB, NoteForm, new_tab

PAGE = 20


@reads(Portal.COACH)
def notes(request):
    """My notes, the last written first; or those that hold all the words looked for."""
    viewer, mission = request.viewer, None
    if request.GET.get("mission"):
        mission = get_mission(viewer, request.GET["mission"])
    q = request.GET.get("q", "")
    words = words_of(q)
    rows = access.Search(viewer, words, mission) if words else access.written_for(viewer, mission)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    texts = {} if words else access.texts_of(viewer, page.object_list)
    context = {"page": page, "q": q, "searched": bool(words), "mission": mission, "texts": texts}
    return render(request, "notes/coach/notes.html", context)


@acts(Portal.COACH)
def session_note(request, ref):
    """The note of a session, begun if it is not yet."""
    session = get_session(request.viewer, ref)
    note = services.begin(request.viewer, session.mission, session)
    return redirect("coach_note_edit", note.ref)


@acts(Portal.COACH)
def mission_note(request, ref):
    """Another note of a mission, of no session in particular."""
    note = services.begin(request.viewer, get_mission(request.viewer, ref))
    return redirect("coach_note_edit", note.ref)


@reads(Portal.COACH)
def note(request, ref):
    """One note, and what it said at the end of earlier sittings."""
    viewer = request.viewer
    row = access.get_note(viewer, ref)
    context = {
        "note": row,
        "text": access.text_of(viewer, row),
        "versions": access.note_versions(viewer, row)[1:],
    }
    return render(request, "notes/coach/note.html", context)


@reads(Portal.COACH)
def note_version(request, ref, number):
    """What a note said at an earlier version, and what has changed since."""
    viewer = request.viewer
    row = access.get_note(viewer, ref)
    text, now = access.text_of_version(viewer, row, number), access.text_of(viewer, row)
    context = {"note": row, "text": text, "number": number, "parts": compare(text, now)}
    return render(request, "notes/coach/version.html", context)


@edits(Portal.COACH)
def note_edit(request, ref):
    """A note in one window. Saved as it is typed; where two windows wrote, they are put together."""
    viewer = request.viewer
    row = access.get_note(viewer, ref)
    said = {"text": access.text_of(viewer, row), "based_on": row.number, "tab": _tab(request)}
    form = _in_window(request, row, NoteForm(request.POST or None, initial=said))
    if request.method == "POST" and form.is_valid():
        try:
            services.write(viewer, row, **form.said())
        except Stale:
            return _put_together(request, row, form, said["text"])
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved, for you alone."))
            return redirect("coach_note", row.ref)
    context = {"form": form, "note": row, "left": _left(request, form)}
    return show(request, "notes/coach/edit.html", context)


def _tab(request) -> str:
    """The window that sends, or whose text is taken up again; a new one for a page that is opened."""
    said = request.POST.get("tab") or request.GET.get("tab", "")
    return said if TAB.fullmatch(said) else new_tab()


def _in_window(request, row, form: NoteForm) -> NoteForm:
    page = reverse("coach_note_edit", args=[row.ref])
    form.kept_at = f"{page}?tab={_tab(request) if form.is_bound else form.initial['tab']}"
    form.saves_at = reverse("coach_note_save", args=[row.ref])
    return form


def _left(request, form: NoteForm) -> list:
    """What other windows of this note could not save."""
    found = drafts.left(request.user, f"{request.path}?tab=", request.COOKIES.get(drafts.COOKIE, ""))
    return [one for one in found if one[0] != form.kept_at]


def _put_together(request, row, form: NoteForm, saved: str):
    """Both texts as one, to be looked at and saved; what was typed stays beside until it is."""
    if getattr(request, "ticket", None):
        drafts.keep(request.ticket, request.POST)
    mine = form.cleaned_data["text"].replace("\r\n", "\n")
    merged = merging.merge(saved, mine, _base(request, row, form.cleaned_data["based_on"]))
    rebase(form, text=merged.text, based_on=row.number)
    context = {"form": form, "note": row, "parts": compare(saved, mine), "both": merged.both}
    answer = show(request, "notes/coach/merge.html", context)
    answer.status_code = 409
    return answer


def _base(request, row, number: int | None) -> str | None:
    kept = {version.number for version in access.note_versions(request.viewer, row)}
    if number == 0:
        return ""
    return access.text_of_version(request.viewer, row, number) if number in kept else None


@acts(Portal.COACH)
def note_save(request, ref):
    """What is being typed, sent by the page itself: kept in the note, or beside it where it cannot be."""
    row = access.get_note(request.viewer, ref)
    form = NoteForm(request.POST)
    context = {"note": row, "at": timezone.localtime()}
    if keyring.find(request.viewer.user_id) is None:
        context["locked"] = _beside(request)
    elif not form.is_valid():
        context["refused"], context["beside"] = form.errors.get("text", [""])[0], _beside(request)
    else:
        context |= _saved(request, row, form)
    kept = any(context.get(name) for name in ("saved", "stale", "locked", "beside"))
    return render(request, "notes/includes/saved.html", context, status=200 if kept else 422)


def _saved(request, row, form: NoteForm) -> dict:
    try:
        row = services.write(request.viewer, row, **form.said())
    except Stale:
        return {"stale": _beside(request)}
    except DomainError as refusal:
        return {"refused": refusal.message, "beside": _beside(request)}
    if getattr(request, "ticket", None):
        drafts.forget(request.ticket)
    return {"note": row, "saved": True}


def _beside(request) -> bool:
    """Kept as a form is that was not sent: sealed to the person's own key, which need not be open for it."""
    ticket = getattr(request, "ticket", None)
    return ticket is not None and drafts.keep(ticket, request.POST)


@edits(Portal.COACH)
def note_erase(request, ref):
    """Confirmation, then the note is gone with all its versions."""
    row = access.get_note(request.viewer, ref)
    if request.method == "POST":
        services.erase(request.viewer, row)
        drafts.forget_page(request.viewer.user_ref, reverse("coach_note_edit", args=[row.ref]))
        messages.success(request, _("The note is erased."))
        return redirect("coach_notes")
    return render(request, "notes/coach/erase.html", {"note": row})
