"""The coachee's pages: the very page an addressee would read, and every act that decides whether they do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.journal.access import events_on
from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import rebase, refuse, show
from coaching.kernel.http import edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..enums import GONE, RestitutionState
from ..rendering import page_html
from ..services import approving
from ..transitions import RESTITUTION
from .forms import AmendForm, ApproveForm, AskForm
from .shown import pdf_of, shown

PAGE = 25
MOVES = {"unapprove": approving.unapprove, "refuse": approving.refuse, "withdraw": approving.withdraw}


@reads(Portal.COACHEE)
def restitutions(request):
    """Everything given back about me, or waiting for me to say so: the last first."""
    viewer = request.viewer
    rows = access.restitutions_for(viewer)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    receipts = access.receipts_of(viewer, page.object_list)
    lines = [(row, receipts.get(row.pk, [])) for row in page.object_list]
    return render(request, "restitutions/coachee/restitutions.html", {"page": page, "lines": lines})


@reads(Portal.COACHEE)
def restitution(request, ref):
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    copy = access.released_copy(viewer, row) if row.state in GONE else None
    context = {
        **shown(viewer, row),
        "copy": copy,
        "events": events_on(viewer, row.mission_ref, row.ref),
    }
    if copy is not None:
        context["page_html"] = page_html(access.page_of(copy))
    return render(request, "restitutions/coachee/restitution.html", context)


@edits(Portal.COACHEE)
def restitution_amend(request, ref):
    """Word it otherwise, or leave something out."""
    viewer = request.viewer
    row = _with_me(request, ref)
    now = access.text_now(viewer, row)
    form = AmendForm(
        request.POST or None, items=now.page.items, page=now.page, initial={"based_on": row.number}
    )
    if request.method == "POST" and form.is_valid():
        try:
            approving.amend(viewer, row, form.said(), based_on=form.cleaned_data["based_on"] or 0)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
            if refusal.status == 409:
                rebase(form, based_on=access.get_restitution(viewer, ref).number)
        else:
            messages.success(
                request, _("Your wording is recorded. Read it as it would be read, then approve it.")
            )
            return redirect("coachee_restitution", row.ref)
    return show(request, "restitutions/coachee/amend.html", {"form": form, "restitution": row})


def _with_me(request, ref):
    row = access.get_restitution(request.viewer, ref)
    if row.state != RestitutionState.PROPOSED:
        raise NotAllowedNow(_("This restitution has moved on: it is no longer to be worded."))
    return row


@edits(Portal.COACHEE)
def restitution_approve(request, ref):
    """The text as it was shown, by its digest; what changed meanwhile is read again first."""
    viewer = request.viewer
    row = _with_me(request, ref)
    now = access.text_now(viewer, row)
    initial = {"number": now.text.number, "sha256": now.text.sha256}
    form = ApproveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            approving.approve(viewer, row, **form.cleaned_data)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
            rebase(form, **initial)
        else:
            messages.success(request, _("You approved this text. Your coach may release it, as it is."))
            return redirect("coachee_restitution", row.ref)
    context = {"form": form, **shown(viewer, row), "transition": RESTITUTION["approve"]}
    return show(request, "restitutions/coachee/approve.html", context)


@edits(Portal.COACHEE)
def restitution_ask(request, ref):
    """Ask for another text, in my words to my coach."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    transition = RESTITUTION["ask"]
    if row.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            approving.ask(viewer, row, form.cleaned_data["words"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Your coach reads what you ask for."))
            return redirect("coachee_restitutions")
    context = {"form": form, "restitution": row, "transition": transition}
    return show(request, "restitutions/coachee/ask.html", context)


@edits(Portal.COACHEE)
def restitution_move(request, ref, name):
    """Take an approval back, refuse, withdraw: each told in a sentence first."""
    viewer = request.viewer
    row = access.get_restitution(viewer, ref)
    if name not in MOVES:
        raise Http404
    transition = RESTITUTION[name]
    if row.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))
    if request.method == "POST":
        MOVES[name](viewer, row)
        messages.success(request, _("Done."))
        return redirect("coachee_restitution", row.ref)
    context = {**shown(viewer, row), "transition": transition}
    return render(request, "restitutions/coachee/move.html", context)


@reads(Portal.COACHEE)
def restitution_pdf(request, ref):
    return pdf_of(request, access.released_copy(request.viewer, access.get_restitution(request.viewer, ref)))
