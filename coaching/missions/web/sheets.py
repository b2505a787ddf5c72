"""The sheet of a mission's coach, as a client reads it, asks for it and opens what proves it: the same for both portals."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language

from coaching.documents.rendering import RenderFailed
from ethics.development.access import get_sheet, shared_proof_of_coach, sheet_of_coach, sheets_of_mission
from ethics.development.services.sheets import Table
from ethics.development.services.sheets import ask as ask_for
from ethics.development.snapshots import thaw
from ethics.development.web.served import proof_response, sheet_response

from .. import access


def show(request, ref):
    """What it says now, and what was shown before."""
    row = access.get_mission(request.viewer, ref)
    context = {
        "mission": row,
        "qualifications": sheet_of_coach(row.practice_id, row.coach_id),
        "shown": sheets_of_mission(request.viewer, row.ref),
    }
    return render(request, "missions/coach_sheet.html", context)


def ask(request, ref, page):
    """Then the sheet as it was frozen."""
    viewer = request.viewer
    row = access.get_mission(viewer, ref)
    asking = next(seat.person.name for seat in access.own_seats(viewer, row))
    try:
        shown = ask_for(viewer, Table(row.practice, row.coach, row.ref, asking), get_language() or "fr")
    except RenderFailed as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return redirect(page, shown.ref)


def shown(request, ref, page):
    """A sheet as it was shown, to whom it was, while they sit at that table."""
    row = _shown(request, ref)
    return render(request, page, {"row": row, "sheet": thaw(row.content)})


def shown_pdf(request, ref):
    return sheet_response(_shown(request, ref))


def _shown(request, ref):
    row = get_sheet(request.viewer, ref)
    access.get_mission(request.viewer, row.mission_ref)  # 404 to who has left the table
    return row


def proof(request, ref, proof_ref):
    row = access.get_mission(request.viewer, ref)
    return proof_response(shared_proof_of_coach(row.practice_id, row.coach_id, proof_ref))
