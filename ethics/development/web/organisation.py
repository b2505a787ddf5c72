"""The organisation's pages on the sheet they asked for: as it was shown to them, for good."""

from django.shortcuts import render

from coaching.kernel.http import reads
from coaching.kernel.viewer import Portal

from .. import access
from ..snapshots import thaw
from .served import sheet_response


@reads(Portal.ORGANISATION)
def sheet(request, ref):
    row = access.get_sheet(request.viewer, ref)
    return render(request, "development/organisation/sheet.html", {"row": row, "sheet": thaw(row.content)})


@reads(Portal.ORGANISATION)
def sheet_pdf(request, ref):
    return sheet_response(access.get_sheet(request.viewer, ref))
