"""What coachee, sponsor and manager share: the PDF of a version, and saying that one has read it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coaching.kernel.openings import What

from .. import access
from ..services import sharing
from .noting import note
from .pdf import version_response


def acknowledge(request, ref, page):
    """I have read this version."""
    version = access.get_version(request.viewer, ref)
    sharing.acknowledge_reading(request.viewer, version)
    messages.success(request, _("Noted: you have read this version. Your coach can see it."))
    return redirect(page, version.ref)


def pdf(request, ref):
    version = access.get_version(request.viewer, ref)
    note(request, version.contract, What.CONTRACT_PDF, version.ref)
    return version_response(version, inline="download" not in request.GET)
