"""The sheet of a mission's coach, as a client reads it, asks for it and opens what proves it: the same for both portals."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language

from coaching.documents.rendering import RenderFailed
from ethics.development.access import shared_proof_of_coach, sheet_of_coach, sheets_of_mission
from ethics.development.services.sheets import ask as ask_for
from ethics.development.web.served import proof_response

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
    row = access.get_mission(request.viewer, ref)
    try:
        shown = ask_for(request.viewer, row.practice, row.coach, row.ref, get_language() or "fr")
    except RenderFailed as refusal:
        return render(request, "403.html", {"reason": refusal.message}, status=503)
    return redirect(page, shown.ref)


def proof(request, ref, proof_ref):
    row = access.get_mission(request.viewer, ref)
    return proof_response(shared_proof_of_coach(row.practice_id, row.coach_id, proof_ref))
