"""What every portal shares of a review: a version with what was said of it, and saying something."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError, NotAllowedNow
from coaching.kernel.forms import refuse, show
from coaching.kernel.openings import What
from coaching.kernel.viewer import Portal

from .. import access, comments
from ..changes import changes as compare_versions
from ..enums import ContractState
from ..frozen import thaw
from ..rendering import charter_html, shown_clauses
from ..services import review
from .forms import CommentForm
from .noting import note
from .signing.parties import context_of as signing_of

WHOLE = "whole"  # the part of an address that names the contract as a whole


@dataclass(frozen=True, slots=True)
class Doors:
    """The names of one portal's pages on a version."""

    reading: str
    pdf: str
    changes: str
    acknowledge: str = ""
    comment: str = ""
    withdraw: str = ""
    fine: str = ""


COACH = Doors("coach_version", "coach_version_pdf", "coach_changes")
COACHEE = Doors(
    "coachee_contract",
    "coachee_contract_pdf",
    "coachee_changes",
    "coachee_contract_read",
    "coachee_comment",
    "coachee_comment_withdraw",
    "coachee_fine",
)
ORGANISATION = Doors(
    "organisation_contract",
    "organisation_contract_pdf",
    "organisation_changes",
    "organisation_contract_read",
    "organisation_comment",
    "organisation_comment_withdraw",
    "organisation_fine",
)


def read(request, ref, template, doors: Doors):
    """A version as a page: its clauses, what was said of each, and where each person stands."""
    version = access.get_version(request.viewer, ref)
    note(request, version.contract, What.CONTRACT, version.ref)
    snapshot = thaw(version.document.snapshot)
    context = {
        **_about(request.viewer, version, doors),
        "snapshot": snapshot,
        "clauses": shown_clauses(snapshot),
        "charter_html": charter_html(snapshot.charter, snapshot.language),
        **signing_of(request.viewer, version),
    }
    return render(request, template, context)


def _about(viewer, version, doors: Doors) -> dict:
    """The version, the others sent, what was said of it, and whether this viewer may still say something."""
    lines = comments.version_lines(viewer, version.contract)
    said = comments.comments_of(viewer, version.contract)
    table = comments.standings(viewer, version, said)
    newest = lines[0].pk == version.pk
    under_review = version.contract.state == ContractState.REVIEW
    earlier = {line.pk: 0 for line in lines if line.number < version.number}
    for comment in said:
        if comment.version_id in earlier:
            earlier[comment.version_id] += 1
    return {
        "version": version,
        "contract": version.contract,
        "mission": version.contract.mission,
        "doors": doors,
        "talk": comments.by_place(said, version),
        "table": table,
        "versions": lines,
        "earlier": [(line, earlier[line.pk]) for line in lines if line.pk in earlier],
        "newest": lines[0],
        "read_at": next(line.read_at for line in lines if line.pk == version.pk),
        "since": comments.last_read_before(lines, version.number),
        "under_review": newest and under_review,
        "can_say": newest and under_review and viewer.portal != Portal.COACH,
        "is_fine": any(one.fine_at for one in table if one.seat.person.user_id == viewer.user_id),
    }


def changes(request, ref, doors: Doors):
    """What changed since the version the viewer last read, or since the one they choose."""
    viewer = request.viewer
    version = access.get_version(viewer, ref)
    note(request, version.contract, What.CHANGES, version.ref)
    lines = comments.version_lines(viewer, version.contract)
    earlier = [line for line in lines if line.number < version.number]
    older = _chosen(earlier, request.GET.get("since", ""), version.number)
    context = {
        "version": version,
        "contract": version.contract,
        "mission": version.contract.mission,
        "doors": doors,
        "earlier": earlier,
        "older": older,
        "changes": _changes(viewer, older, version) if older else None,
    }
    return render(request, "contracts/changes.html", context)


def _chosen(earlier, since: str, number: int):
    """The version asked for, else the one last read, else the one before; None before the second."""
    asked = next((line for line in earlier if str(line.number) == since), None)
    return asked or comments.last_read_before(earlier, number) or next(iter(earlier), None)


def _changes(viewer, older, version):
    before = access.get_version(viewer, older.ref)
    return compare_versions(thaw(before.document.snapshot), thaw(version.document.snapshot))


def comment(request, ref, place, doors: Doors):
    """Say something of one clause, or of the whole: a page of its own, or the clause's discussion for htmx."""
    viewer = request.viewer
    version = access.get_version(viewer, ref)
    clause = _clause(version, place)
    if not request.htmx:  # a fragment goes into a page that is open
        note(request, version.contract, What.CONTRACT, version.ref)
    form = CommentForm(request.POST or None)
    said = ""
    if request.method == "POST" and form.is_valid():
        section = "" if place == WHOLE else place
        try:
            review.comment(viewer, version, section=section, **form.cleaned_data)
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            said = _("It is with the coach, who is told.")
            if not request.htmx:
                messages.success(request, said)
                return redirect(f"{reverse(doors.reading, args=[version.ref])}#talk-{place}")
            form = CommentForm()
    context = {**_about(viewer, version, doors), "form": form, "place": place, "clause": clause, "said": said}
    context["comments"] = context["talk"].get(place, [])
    fragment = "contracts/includes/discussion.html"
    return show(request, fragment if request.htmx else "contracts/comment.html", context)


def _clause(version, place):
    """The clause an address names, None for the whole contract; 404 for one this version has not."""
    if place == WHOLE:
        return None
    found = [one for one in shown_clauses(thaw(version.document.snapshot)) if one.section == place]
    if not found:
        raise Http404
    return found[0]


def withdraw(request, ref, doors: Doors):
    """Take a comment of one's own back, before it is answered."""
    row = comments.get_comment(request.viewer, ref)
    if row.author_id != request.viewer.user_id or not row.is_open:
        raise NotAllowedNow(_("Only its author withdraws a comment, before it is answered."))
    back = f"{reverse(doors.reading, args=[row.version.ref])}#talk-{row.place}"
    if request.method == "POST":
        review.withdraw_comment(request.viewer, row)
        messages.success(request, _("Your comment is withdrawn: nobody else reads it."))
        return redirect(back)
    context = {"comment": row, "back": back, "mission": row.version.contract.mission}
    return render(request, "contracts/withdraw_comment.html", context)


def fine(request, ref, doors: Doors):
    """Everything in this version is fine with me."""
    version = access.get_version(request.viewer, ref)
    review.say_fine(request.viewer, version)
    messages.success(request, _("Noted: this version is fine with you. Everyone at the table can see it."))
    return redirect(doors.reading, version.ref)
