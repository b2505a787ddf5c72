"""What coachee, sponsor and manager share: reading a version as a page and as a PDF, and saying so."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import access
from ..frozen import thaw
from ..rendering import charter_html, shown_clauses
from ..services import sharing
from .pdf import version_response
from .signing.parties import context_of as signing_of


def read(request, ref, template):
    """The contract as a page: the same clauses as in the PDF, from the same frozen snapshot."""
    version = access.get_version(request.viewer, ref)
    snapshot = thaw(version.document.snapshot)
    context = {
        "version": version,
        "contract": version.contract,
        "mission": version.contract.mission,
        "snapshot": snapshot,
        "clauses": shown_clauses(snapshot),
        "charter_html": charter_html(snapshot.charter.markdown),
        "read_at": access.read_at(request.viewer, version),
        "newest": access.versions_of(request.viewer, version.contract).first(),
        **signing_of(request.viewer, version),
    }
    return render(request, template, context)


def acknowledge(request, ref, page):
    """I have read this version."""
    version = access.get_version(request.viewer, ref)
    sharing.acknowledge_reading(request.viewer, version)
    messages.success(request, _("Noted: you have read this version. Your coach can see it."))
    return redirect(page, version.ref)


def pdf(request, ref):
    version = access.get_version(request.viewer, ref)
    return version_response(version, inline="download" not in request.GET)
