"""What coachee, sponsor and manager share when they sign from their portal."""

from django.urls import reverse

from coaching.kernel.openings import What

from ... import access, signing_access
from ...consumers.web.panel import panel_for
from ..noting import note
from ..pdf import document_response
from . import acts


def frame(side: str, version_ref: str) -> acts.Frame:
    return acts.Frame(
        sign_template=f"contracts/signing/{side}_sign.html",
        decline_template=f"contracts/signing/{side}_decline.html",
        read_url=reverse(f"{side}_contract", args=[version_ref]),
        sign_url=reverse(f"{side}_sign", args=[version_ref]),
        done_url=reverse(f"{side}_contract", args=[version_ref]),
    )


def signer(request, ref: str) -> signing_access.Signer:
    return signing_access.own_signer(request.viewer, access.get_version(request.viewer, ref))


def proceed(request, ref, side):
    return acts.proceed(signer(request, ref), frame(side, ref))


def sign(request, ref, side):
    return acts.sign(request, signer(request, ref), frame(side, ref))


def decline(request, ref, side):
    return acts.decline(request, signer(request, ref), frame(side, ref))


def sealed(request, ref):
    """The sealed contract, to whoever is a party to it."""
    version = access.get_version(request.viewer, ref)
    row = signing_access.get_sealed(request.viewer, version.contract)
    note(request, version.contract, What.SEALED, version.contract.ref)
    return sealed_response(row, inline="download" not in request.GET)


def sealed_response(row, *, inline: bool):
    return document_response(row.document, f"{row.contract.ref}.pdf", inline=inline)


def context_of(viewer, version) -> dict:
    """What the page of a version says of its signing: one's own place, everybody's, and the sealed copy."""
    place = signing_access.own_place(viewer, version)
    last = signing_access.round_of(viewer, version.contract)
    return {
        "place": place,
        "rights": panel_for(viewer, version.contract),
        "signing": last if last and last.version_id == version.pk else None,
        "places": signing_access.places_of(viewer, last) if last and last.version_id == version.pk else [],
        "sealed": signing_access.sealed_of(viewer, version.contract),
    }
