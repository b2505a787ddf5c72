"""The coach's pages on supervisions that took place, and the papers of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from contracts.web.pdf import document_response

from .. import access
from ..enums import CORRIGIBLE
from ..services import attesting, documents, sessions
from ..services.words import quoted
from ..transitions import SUPERVISION
from .coach import ask_or
from .forms import LearningForm, PartForm, SupervisionForm, YearForm

PAGE = 25
EXCERPT = 90


@reads(Portal.COACH)
def supervisions(request):
    """Every supervision of mine, the last first, and the yearly records."""
    page = Paginator(access.supervisions_for(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "records": access.records_for(request.viewer)[:PAGE], "form": _years(request)}
    return render(request, "supervision/coach/sessions.html", context)


def _years(request, data=None) -> YearForm:
    this = timezone.localdate().year
    return YearForm(data, years=range(this, this - 10, -1))


@edits(Portal.COACH)
def supervision_new(request):
    """Record one that took place: with whom, when, which points, what I take from it."""
    viewer = request.viewer
    known = list(access.present_supervisors(viewer))
    if not known:
        messages.info(request, _("First say who supervises you."))
        return redirect("coach_supervisor_new")
    form = SupervisionForm(
        request.POST or None,
        supervisors=known,
        points=_points(viewer, access.open_points(viewer)),
        initial={"held_on": timezone.localdate(), "form": known[0].form, "minutes": 60},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = ask_or(
            form,
            lambda: sessions.record(
                viewer,
                _one(known, said["supervisor"]),
                form.said(),
                treated=said.get("treated", ()),
                text=said["text"],
                meant=form.meant(),
            ),
        )
        if made:
            row, doubts = made
            _say(request, doubts)
            return redirect("coach_supervision_session", row.ref)
    return show(request, "supervision/coach/session_new.html", {"form": form})


def _one(supervisors, ref: str):
    return next(one for one in supervisors if one.ref == ref)


def _points(viewer, rows) -> list[tuple[str, str]]:
    """Each with its day and first words, to be ticked."""
    rows = list(rows)
    texts = access.texts_of(viewer, rows)
    return [(row.ref, Truncator(texts.get(row.ref, row.ref)).chars(EXCERPT)) for row in rows]


def _say(request, doubts) -> None:
    if doubts:
        said = _("Saved. These words may also be names that you know: %(words)s.")
        messages.warning(request, said % {"words": quoted(doubts)})
    else:
        messages.success(request, _("Saved."))


@reads(Portal.COACH)
def supervision(request, ref):
    """One supervision: its points, what I take from it, whether it is attested."""
    viewer = request.viewer
    row = access.get_supervision(viewer, ref)
    points = list(access.points_of(viewer, row))
    context = {
        "session": row,
        "points": points,
        "texts": access.texts_of(viewer, points),
        "learning": access.learning_of(viewer, row),
        "link": access.live_link(row),
        "corrigible": row.state in CORRIGIBLE,
    }
    return render(request, "supervision/coach/session.html", context)


@edits(Portal.COACH)
def supervision_edit(request, ref):
    """Correct it, until it is attested."""
    viewer = request.viewer
    row = _corrigible(viewer, ref)
    known = [*access.present_supervisors(viewer)]
    if row.supervisor not in known:
        known.append(row.supervisor)
    mine = [*access.points_of(viewer, row)]
    form = PartForm(
        request.POST or None,
        supervisors=known,
        points=_points(viewer, [*mine, *access.open_points(viewer)]),
        initial={
            "supervisor": row.supervisor.ref,
            "held_on": row.held_on,
            "minutes": row.minutes,
            "form": row.form,
            "treated": [point.ref for point in mine],
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sessions.correct(
                viewer, row, _one(known, said["supervisor"]), form.said(), treated=said.get("treated", ())
            )
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_supervision_session", row.ref)
    context = {"form": form, "session": row, "transition": SUPERVISION["correct"]}
    return show(request, "supervision/coach/session_edit.html", context)


def _corrigible(viewer, ref):
    row = access.get_supervision(viewer, ref)
    if row.state not in CORRIGIBLE:
        raise NotAllowedNow(_("This supervision is attested: it is what it is."))
    return row


@edits(Portal.COACH)
def supervision_learning(request, ref):
    """What I take from it, in other words."""
    viewer = request.viewer
    row = access.get_supervision(viewer, ref)
    now = access.learning_of(viewer, row)
    form = LearningForm(request.POST or None, initial={"text": now, "based_on": row.number})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        doubts = ask_or(
            form,
            lambda: sessions.learn(
                viewer, row, said["text"], based_on=said["based_on"] or 0, meant=form.meant()
            ),
            number=row.number,
        )
        if doubts is not None:
            _say(request, doubts)
            return redirect("coach_supervision_session", row.ref)
    return show(request, "supervision/coach/learning.html", {"form": form, "session": row, "now": now})


@edits(Portal.COACH)
def supervision_ask(request, ref):
    """Confirmation, then the link goes to the supervisor."""
    row = _corrigible(request.viewer, ref)
    return _confirm(
        request,
        row,
        "ask",
        attesting.ask,
        _("The link is on its way to your supervisor."),
        "coach_supervision_session",
    )


@edits(Portal.COACH)
def supervision_drop(request, ref):
    """Confirmation, then it no longer counts."""
    row = _corrigible(request.viewer, ref)
    return _confirm(request, row, "drop", sessions.drop, _("It no longer counts."), "coach_supervisions")


def _confirm(request, row, name: str, act, said: str, then: str):
    refused = None
    if request.method == "POST":
        try:
            act(request.viewer, row)
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refused = refusal.message
        else:
            messages.success(request, said)
            return redirect(then, row.ref) if then == "coach_supervision_session" else redirect(then)
    context = {"session": row, "transition": SUPERVISION[name], "refused": refused}
    return render(request, "supervision/coach/confirm.html", context, status=422 if refused else 200)


@reads(Portal.COACH)
def supervision_pdf(request, ref):
    """The attestation, once it is made."""
    row = access.get_supervision(request.viewer, ref)
    if row.document is None:
        raise Http404
    return document_response(row.document, f"{row.ref}.pdf", inline="download" not in request.GET)


@acts(Portal.COACH, atomic=False)
def year_make(request):
    """The record of a year, as it stands today."""
    form = _years(request, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a year that has begun."))
        return redirect("coach_supervisions")
    documents.make_record(request.viewer, form.cleaned_data["year"])
    messages.success(request, _("The record is made."))
    return redirect("coach_supervisions")


@reads(Portal.COACH)
def year_pdf(request, ref):
    row = access.get_record(request.viewer, ref)
    return document_response(
        row.document, f"supervision-{row.year}.pdf", inline="download" not in request.GET
    )
