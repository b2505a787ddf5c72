"""The coach's pages on what leans on a sealed contract: an amendment being drafted, the adhesions of a team."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.errors import DomainError, Invalid
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.missions.access import get_mission
from ethics.charter.access import current_version

from .. import access, adhesions
from ..enums import ContractState
from ..services import amending, joining
from ..standing import standing_of
from .forms import AdhesionsForm, PickForm, PurposeForm
from .standing import show_standing


def drafting_of(viewer, contract) -> dict:
    """What the page of an amendment says beside its clauses: why it is made, and the choice of the charter."""
    standing = standing_of(viewer, contract.base)
    current = current_version(contract.mission.practice_id)
    return {
        "purpose": access.purpose_of(viewer, contract).purpose,
        "held_charter": standing.charter,
        "new_charter": current if current.sha256 != standing.charter.sha256 else None,
        "adopts": contract.charter.sha256 != standing.charter.sha256,
    }


@acts(Portal.COACH)
def amend(request, ref):
    """Begin an amendment to a contract that is sealed."""
    row = amending.amend(request.viewer, access.get_contract(request.viewer, ref))
    messages.success(request, _("The amendment is begun: say why, then pick what it changes."))
    return redirect("coach_contract", row.ref)


@edits(Portal.COACH)
def purpose(request, ref):
    row = _amendment(request, ref)
    form = PurposeForm(
        request.POST or None, initial={"purpose": access.purpose_of(request.viewer, row).purpose}
    )
    if request.method == "POST" and form.is_valid():
        try:
            amending.save_purpose(request.viewer, row, form.cleaned_data["purpose"])
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("coach_contract", row.ref)
    return show(
        request, "contracts/coach/purpose.html", {"form": form, "contract": row, "mission": row.mission}
    )


@edits(Portal.COACH)
def pick(request, ref):
    """Which clauses change; each is then reworded from the words that stand."""
    viewer, row = request.viewer, _amendment(request, ref)
    taken = set(access.clauses_of(viewer, row).values_list("section", flat=True))
    held = [one for one in standing_of(viewer, row.base).clauses if one.section not in taken]
    choices = [(one.section, f"{one.number}. {one.clause.title}") for one in held]
    form = PickForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        for section in form.cleaned_data["sections"]:
            amending.pick_clause(viewer, row, section)
        messages.success(request, _("Taken in, in the words that stand. Reword them now."))
        return redirect("coach_contract", row.ref)
    return show(request, "contracts/coach/pick.html", {"form": form, "contract": row, "mission": row.mission})


@acts(Portal.COACH)
def leave(request, ref, clause_ref):
    row = _amendment(request, ref)
    amending.leave_clause(request.viewer, row, access.get_clause(request.viewer, row, clause_ref))
    messages.success(request, _("Left out: this clause goes on standing as it is."))
    return redirect("coach_contract", row.ref)


@acts(Portal.COACH)
def charter(request, ref):
    """Adopt the version of the charter now in force, or keep the one that is annexed."""
    row = _amendment(request, ref)
    amending.choose_charter(request.viewer, row, adopt=request.POST.get("adopt") == "yes")
    messages.success(request, _("Saved."))
    return redirect("coach_contract", row.ref)


def _amendment(request, ref):
    row = access.get_contract(request.viewer, ref)
    amending.refuse_other(row)
    return row


@reads(Portal.COACH)
def standing(request, ref):
    """The contract as it now stands, with its history."""
    return show_standing(request, ref, Portal.COACH)


@reads(Portal.COACH)
def team(request, ref):
    """The adhesions of a team, and how far each has come."""
    viewer, mission = request.viewer, get_mission(request.viewer, ref)
    context = {"mission": mission, "team": adhesions.team_of(viewer, mission)}
    return render(request, "contracts/coach/adhesions.html", context)


@acts(Portal.COACH)
def adhere(request, ref):
    """Make the adhesions that are missing, in one act."""
    made = amending.adhere(request.viewer, get_mission(request.viewer, ref))
    said = ngettext("%(n)d adhesion is made.", "%(n)d adhesions are made.", len(made)) % {"n": len(made)}
    messages.success(request, said)
    return redirect("coach_adhesions", ref)


@edits(Portal.COACH, atomic=False)
def send(request, ref):
    """Send the adhesions together: for review those in draft, for signature those in review."""
    viewer, mission = request.viewer, get_mission(request.viewer, ref)
    step = (request.POST if request.method == "POST" else request.GET).get("step", "")
    form = AdhesionsForm(request.POST or None, initial={"step": step})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = joining.send_together(viewer, mission, form.cleaned_data["step"])
        except DomainError as refusal:
            if refusal.status == 403:
                raise
            refuse(form, refusal)
        else:
            _say(request, outcome)
            return redirect("coach_adhesions", mission.ref)
    wanted = ContractState.REVIEW if step == "signature" else ContractState.DRAFT
    rows = [one for one in adhesions.team_of(viewer, mission).lines if one.state == wanted]
    context = {
        "form": form,
        "mission": mission,
        "rows": rows,
        "step": "signature" if step == "signature" else "review",
    }
    return show(request, "contracts/coach/adhesions_send.html", context)


def _say(request, outcome) -> None:
    """How many have left, and why each of the others has not."""
    sent = len(outcome.sent)
    if sent:
        said = ngettext("%(n)d adhesion has left.", "%(n)d adhesions have left.", sent) % {"n": sent}
        messages.success(request, said)
    for name, reason in outcome.held:
        messages.warning(request, f"{name}: {reason}")
    if not sent and not outcome.held:
        messages.info(request, _("There was nothing to send."))
