"""The coach's pages on a signing: send, watch, remind, correct, sign; and the contract once it is sealed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.documents.store import Damaged
from coaching.jobs.access import job_of
from coaching.jobs.services import try_again
from coaching.kernel.errors import DomainError, GateClosed, NotAllowedNow, Stale
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts as acting
from coaching.kernel.http import edits, reads
from coaching.kernel.transitions import gate_states
from coaching.kernel.viewer import Portal

from ... import access, signing_access
from ...consumers.access import consumer_for
from ...services import rounds
from ...services.signing import SEAL_JOB
from ...transitions import CONTRACT
from . import acts
from .forms import AddressForm, OpenForm
from .parties import sealed_response

OPENING = "send_for_signature"


@edits(Portal.COACH, atomic=False)
def open_round(request, ref):
    """The gates, the order and the time; then everybody is written to."""
    row = access.get_contract(request.viewer, ref)
    version = access.versions_of(request.viewer, row).first()
    states = gate_states(CONTRACT[OPENING], row)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reasons = {state.gate.name: request.POST.get(state.gate.name, "") for state in states}
        try:
            rounds.open_round(request.viewer, row, **form.cleaned_data, overrides=reasons)
        except GateClosed as closed:
            for state in closed.closed:
                form.add_error(None, str(state.result.message))
        except Damaged:
            form.add_error(
                None, _("The stored document is damaged: it must be restored from a backup first.")
            )
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The contract is out for signature. The signatories are written to."))
            return redirect("coach_signing", row.ref)
    context = {
        "form": form,
        "contract": row,
        "mission": row.mission,
        "version": version,
        "transition": CONTRACT[OPENING],
        "states": states,
    }
    return show(request, "contracts/signing/open.html", context)


@reads(Portal.COACH)
def signing(request, ref):
    """Who has signed, who is awaited; then the sealing; then the contract that stands."""
    viewer = request.viewer
    row = access.get_contract(viewer, ref)
    last = signing_access.round_of(viewer, row)
    places = signing_access.places_of(viewer, last) if last else []
    mine = signing_access.own_place(viewer, last.version) if last else None
    context = {
        "contract": row,
        "mission": row.mission,
        "signing": last,
        "places": places,
        "mine": mine,
        "given": sum(place.signature is not None for place in places),
        "sealed": signing_access.sealed_of(viewer, row),
        "consumer": consumer_for(viewer, row),
        "job": job_of(SEAL_JOB, row.ref),
    }
    return render(request, "contracts/signing/coach_signing.html", context)


@reads(Portal.COACH)
def progress(request, ref):
    """A fragment: how far the sealing has come."""
    row = access.get_contract(request.viewer, ref)
    if not request.htmx:  # a part of the signing's page: by itself it is no page
        return redirect("coach_signing", row.ref)
    context = {"contract": row, "job": job_of(SEAL_JOB, row.ref)}
    return render(request, "contracts/signing/progress.html", context)


@acting(Portal.COACH)
def remind(request, ref):
    row = access.get_contract(request.viewer, ref)
    written = rounds.remind(request.viewer, row)
    if written:
        said = ngettext("%(n)d reminder has left.", "%(n)d reminders have left.", written) % {"n": written}
        messages.success(request, said)
    else:
        messages.info(
            request, _("Everybody who is awaited has been written to within a day: nothing was sent.")
        )
    return redirect("coach_signing", row.ref)


@acting(Portal.COACH)
def seal_again(request, ref):
    """Queue a sealing that was given up."""
    row = access.get_contract(request.viewer, ref)
    if not try_again(SEAL_JOB, row.ref):
        raise Stale(_("The sealing is under way or done."))
    return redirect("coach_signing", row.ref)


@edits(Portal.COACH)
def address(request, ref, signatory_ref):
    """Correct where a signatory is written to."""
    row = access.get_contract(request.viewer, ref)
    found = signing_access.get_signatory(request.viewer, row, signatory_ref)
    form = AddressForm(request.POST or None, initial={"email": found.email})
    if request.method == "POST" and form.is_valid():
        try:
            rounds.correct_address(request.viewer, found, form.cleaned_data["email"])
        except NotAllowedNow:
            raise
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Corrected. A new link has left; the old one no longer works."))
            return redirect("coach_signing", row.ref)
    context = {"form": form, "contract": row, "mission": row.mission, "signatory": found}
    return show(request, "contracts/signing/address.html", context)


def _signer(request, ref):
    row = access.get_contract(request.viewer, ref)
    last = signing_access.round_of(request.viewer, row)
    if last is None:
        raise NotAllowedNow(_("This contract is not out for signature."))
    return signing_access.own_signer(request.viewer, last.version)


def _frame(ref) -> acts.Frame:
    here = reverse("coach_signing", args=[ref])
    return acts.Frame(
        sign_template="contracts/signing/coach_sign.html",
        decline_template="",
        read_url=here,
        sign_url=reverse("coach_sign", args=[ref]),
        done_url=here,
    )


@acting(Portal.COACH)
def proceed(request, ref):
    return acts.proceed(_signer(request, ref), _frame(ref))


@edits(Portal.COACH, atomic=False)
def sign(request, ref):
    return acts.sign(request, _signer(request, ref), _frame(ref))


@reads(Portal.COACH)
def sealed(request, ref):
    row = access.get_contract(request.viewer, ref)
    found = signing_access.get_sealed(request.viewer, row)
    return sealed_response(found, inline="download" not in request.GET)
