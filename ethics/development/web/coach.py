"""The coach's own file: trainings and qualifications, and what proves them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal

from .. import access
from ..services import proofs, qualifications
from .forms import QualificationForm
from .served import proof_response

KEPT = ("title", "body", "obtained_on", "hours", "expires_on")


@edits(Portal.COACH, atomic=False)
def listed(request):
    """The list, and a form to add one."""
    form = QualificationForm(request) if request.method == "POST" else QualificationForm()
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        messages.success(request, _("Added to your file."))
        return redirect("coach_qualifications")
    context = {
        "form": form,
        "qualifications": access.proved_qualifications(request.viewer),
        "expiring": access.expiring(request.viewer),
    }
    return show(request, "development/coach/qualifications.html", context)


@edits(Portal.COACH, atomic=False)
def qualification(request, ref):
    """One of them: corrected, and its proof put, replaced, shared or removed."""
    row = access.get_qualification(request.viewer, ref)
    proof = access.proof_of(request.viewer, qualification=row)
    initial = {**{name: getattr(row, name) for name in KEPT}, "shared": proof.shared if proof else False}
    form = QualificationForm(request) if request.method == "POST" else QualificationForm(initial=initial)
    if proof and not form.is_bound:
        form.fields["file"].label = _("Another file in its place")
    if request.method == "POST" and form.is_valid() and _saved(request, form, row):
        messages.success(request, _("Saved."))
        return redirect("coach_qualification", row.ref)
    context = {"form": form, "qualification": row, "proof": proof}
    return show(request, "development/coach/qualification.html", context)


def _saved(request, form, row) -> bool:
    """The file is cleaned first, outside any transaction; a refusal stands beside its field."""
    said = form.cleaned_data
    try:
        proof = form.proof()
        saved = qualifications.save_qualification(
            request.viewer, row, form.said(), proof=proof, shared=said["shared"]
        )
        now = access.proof_of(request.viewer, qualification=saved)
        if now and now.shared != said["shared"]:
            proofs.share_proof(request.viewer, now, shared=said["shared"])
    except DomainError as refusal:
        if refusal.status in (403, 404):
            raise
        refuse(form, refusal)
        return False
    return True


@edits(Portal.COACH)
def remove(request, ref):
    """Confirmation, then it is off the sheet, with its proof."""
    row = access.get_qualification(request.viewer, ref)
    if request.method == "POST":
        qualifications.remove_qualification(request.viewer, row)
        messages.success(request, _("Removed from your file."))
        return redirect("coach_qualifications")
    context = {"qualification": row, "proof": access.proof_of(request.viewer, qualification=row)}
    return render(request, "development/coach/remove.html", context)


@reads(Portal.COACH)
def proof(request, ref):
    """The file itself, to its coach."""
    return proof_response(access.get_proof(request.viewer, ref))


@edits(Portal.COACH)
def proof_remove(request, ref):
    """Confirmation, then the file is gone."""
    row = access.get_proof(request.viewer, ref)
    if request.method == "POST":
        proofs.remove_proof(request.viewer, row)
        messages.success(request, _("The proof is removed."))
        return _back(row)
    return render(request, "development/coach/proof_remove.html", {"proof": row})


@acts(Portal.COACH)
def proof_share(request, ref):
    """My clients may open it, or not any more."""
    row = access.get_proof(request.viewer, ref)
    proofs.share_proof(request.viewer, row, shared=request.POST.get("shared") == "on")
    messages.success(request, _("Saved."))
    return _back(row)


def _back(row):
    if row.qualification:
        return redirect("coach_qualification", row.qualification.ref)
    return redirect("coach_activity", row.activity.ref)
