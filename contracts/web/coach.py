"""The coach's pages on a contract: draft, edit, look, send."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, GateClosed, Invalid, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission

from .. import access, comments
from ..changes import changes as compare_versions
from ..checking import findings
from ..enums import ContractKind, ContractState, Instrument
from ..frozen import thaw
from ..placeholders import PLACEHOLDERS
from ..rendering import clause_html, shown_clauses
from ..services import amending, drafting, sharing
from ..services import review as review_services
from ..services.library import restore_clause, save_clause
from ..transitions import CONTRACT
from . import amendments, review
from .forms import AnswerForm, ClauseForm, TermsForm, WithdrawForm
from .pdf import pdf_response, version_response

PAGE = 25


@reads(Portal.COACH)
def contracts(request):
    """Every contract of the coach, and the way to the clause library."""
    page = Paginator(access.contracts_for(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "contracts/coach/contracts.html", {"page": page})


@acts(Portal.COACH)
def draft(request, ref):
    """Make the draft of a mission."""
    contract = drafting.draft(request.viewer, get_mission(request.viewer, ref))
    messages.success(request, _("The draft is made from the mission and your clause library."))
    return redirect("coach_contract", contract.ref)


@reads(Portal.COACH)
def contract(request, ref):
    """The draft, clause by clause, with what is still missing; what was sent, and who has read it."""
    viewer = request.viewer
    row = access.get_contract(viewer, ref)
    versions = list(access.versions_of(viewer, row))
    drafting_now = row.state == ContractState.DRAFT
    # What was sent is shown as it was sent, whatever has moved since.
    sent = versions and not drafting_now
    snapshot = thaw(versions[0].document.snapshot) if sent else sharing.freeze(viewer, row, lenient=True)
    context = {
        "contract": row,
        "mission": row.mission,
        "clauses": shown_clauses(snapshot),
        "scopes": [
            one for one in access.scopes_of(viewer, row.mission) if row.seat_id in (None, one.seat_id)
        ],
        "edits": {clause.section: clause.ref for clause in access.clauses_of(viewer, row)}
        if drafting_now
        else {},
        "findings": findings(viewer, row) if drafting_now else [],
        "versions": versions,
        "drafting": drafting_now,
        "amendable": amending.may_amend(row),
        **(amendments.drafting_of(viewer, row) if row.instrument == Instrument.AMENDMENT else {}),
    }
    if versions:
        said = comments.comments_of(viewer, row)
        context["inbox"] = comments.inbox(said, versions[0].number)
        context["table"] = comments.standings(viewer, versions[0], said)
    return render(request, "contracts/coach/contract.html", context)


@edits(Portal.COACH)
def terms(request, ref):
    row = access.get_contract(request.viewer, ref)
    found = access.terms_of(request.viewer, row)
    if row.instrument == Instrument.ADHESION:
        raise NotAllowedNow(_("The conditions and fees are those of the framework contract."))
    kind = {"individual": row.kind == ContractKind.INDIVIDUAL, "amending": row.base_id is not None}
    initial = {name: getattr(found, name) for name in TermsForm(**kind).fields}
    form = TermsForm(request.POST or None, **kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if row.base_id:
                amending.change_terms(request.viewer, row, form.cleaned_data)
            else:
                drafting.save_terms(request.viewer, row, found, form.cleaned_data)
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_contract", row.ref)
    return show(
        request, "contracts/coach/terms.html", {"form": form, "contract": row, "mission": row.mission}
    )


@edits(Portal.COACH)
def clause(request, ref, clause_ref):
    """One clause of the draft, its placeholders, and how it will read."""
    viewer = request.viewer
    row = access.get_contract(viewer, ref)
    found = access.get_clause(viewer, row, clause_ref)
    form = ClauseForm(request.POST or None, initial={"title": found.title, "body": found.body})
    if request.method == "POST" and form.is_valid():
        try:
            drafting.save_clause(viewer, row, found, **form.cleaned_data)
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_contract", row.ref)
    context = {
        "form": form,
        "contract": row,
        "mission": row.mission,
        "clause": found,
        "placeholders": [p for p in PLACEHOLDERS.values() if p.fits(found.section)],
        "language": row.language,
        "said": [one for one in comments.comments_of(viewer, row) if one.section == found.section][::-1],
    }
    return show(request, "contracts/coach/clause.html", context)


@acts(Portal.COACH)
def clause_preview(request):
    """A fragment: how a clause being typed will read. Nothing is kept."""
    body = request.POST.get("body", "")
    try:
        html = clause_html(body, request.POST.get("language", "fr"))
    except Invalid as refusal:
        return render(request, "contracts/includes/preview.html", {"refused": refusal.message}, status=200)
    return render(request, "contracts/includes/preview.html", {"html": html})


@reads(Portal.COACH)
def preview(request, ref):
    """The draft as a PDF with its watermark, made now and not kept."""
    row = access.get_contract(request.viewer, ref)
    try:
        made = sharing.preview(request.viewer, row)
    except DomainError as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return pdf_response(made.pdf, f"{row.ref}-{_('draft')}.pdf", inline=True)


@reads(Portal.COACH)
def version(request, ref):
    """What the parties read, as the coach sent it."""
    return review.read(request, ref, "contracts/coach/version.html", review.COACH)


@reads(Portal.COACH)
def changes(request, ref):
    """What changed from one version sent to another."""
    return review.changes(request, ref, review.COACH)


@reads(Portal.COACH)
def draft_changes(request, ref):
    """The draft as it stands against the version last sent, before the next one leaves."""
    row = access.get_contract(request.viewer, ref)
    older = access.versions_of(request.viewer, row).first()
    context = {"contract": row, "mission": row.mission, "older": older}
    if older:
        draft = sharing.freeze(request.viewer, row, lenient=True)
        context["changes"] = compare_versions(thaw(older.document.snapshot), draft)
    return render(request, "contracts/coach/draft_changes.html", context)


@edits(Portal.COACH)
def comment_answer(request, ref):
    """Answer a comment, once: accepted, or explained."""
    viewer = request.viewer
    row = comments.get_comment(viewer, ref)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome, text = form.cleaned_data["outcome"], form.cleaned_data["answer"]
        try:
            review_services.answer(viewer, row, outcome=outcome, text=text)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            messages.success(request, _("Answered. The author is told."))
            return redirect(f"{reverse('coach_contract', args=[row.version.contract.ref])}#comments")
    contract = row.version.contract
    context = {"form": form, "comment": row, "contract": contract, "mission": contract.mission}
    return show(request, "contracts/coach/answer.html", context)


@edits(Portal.COACH, atomic=False)
def share(request, ref):
    """The gates, then the document is made and sent to the parties."""
    row = access.get_contract(request.viewer, ref)
    transition = CONTRACT["share"]
    refused = None
    if request.method == "POST":
        try:
            sharing.share(request.viewer, row)
        except GateClosed as closed:
            refused = [state.result.message for state in closed.closed]
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refused = [refusal.message]
        else:
            messages.success(request, _("The contract is with its parties. Each has been written to."))
            return redirect("coach_contract", row.ref)
    context = {
        "contract": row,
        "mission": row.mission,
        "transition": transition,
        "states": gate_states(transition, row),
        "findings": findings(request.viewer, row),
        "refused": refused,
        "sent": access.versions_of(request.viewer, row).exists(),
        "waiting": comments.waiting_on(request.viewer, row),
    }
    return render(request, "contracts/coach/share.html", context, status=422 if refused else 200)


@acts(Portal.COACH)
def revise(request, ref):
    row = access.get_contract(request.viewer, ref)
    sharing.revise(request.viewer, row)
    messages.success(
        request, _("Back to draft. The parties keep the version they have until you send the next.")
    )
    return redirect("coach_contract", row.ref)


@edits(Portal.COACH)
def withdraw(request, ref):
    row = access.get_contract(request.viewer, ref)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sharing.withdraw(request.viewer, row, form.cleaned_data["reason"])
        messages.success(request, _("The contract is set aside."))
        return redirect("coach_mission", row.mission.ref)
    context = {"form": form, "contract": row, "mission": row.mission, "transition": CONTRACT["withdraw"]}
    return show(request, "contracts/coach/withdraw.html", context)


@reads(Portal.COACH)
def version_pdf(request, ref):
    return version_response(access.get_version(request.viewer, ref), inline="download" not in request.GET)


@reads(Portal.COACH)
def library(request):
    return show_library(request, "coach_library_clause")


@edits(Portal.COACH)
def library_clause(request, ref):
    return edit_library_clause(request, ref, "coach_library")


def show_library(request, page):
    """The library in one language; each clause leads to ``page``."""
    language = request.GET.get("language", "fr")
    rows = access.library_for(request.viewer).filter(language=language if language in ("fr", "en") else "fr")
    rows = sorted(rows, key=lambda row: (drafting.ORDER[row.section], row.name))
    return render(request, "contracts/library.html", {"clauses": rows, "language": language, "page": page})


def edit_library_clause(request, ref, home):
    """One clause of the library; used by the coach's and the administrator's page alike."""
    found = access.get_library_clause(request.viewer, ref)
    form = ClauseForm(request.POST or None, initial={"title": found.title, "body": found.body})
    if request.method == "POST" and request.POST.get("restore"):
        restore_clause(request.viewer, found)
        messages.success(request, _("The bundled text is back."))
        return redirect(home)
    if request.method == "POST" and form.is_valid():
        try:
            save_clause(request.viewer, found, **form.cleaned_data)
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. Contracts already drafted keep their text."))
            return redirect(home)
    placeholders = [p for p in PLACEHOLDERS.values() if p.fits(found.section)]
    context = {
        "form": form,
        "clause": found,
        "placeholders": placeholders,
        "home": home,
        "language": found.language,
    }
    return show(request, "contracts/library_clause.html", context)
