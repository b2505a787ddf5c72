"""The contract as it now stands: the same page behind every portal."""

from django.shortcuts import render

from coaching.kernel.openings import What
from coaching.kernel.viewer import Portal

from .. import access
from ..rendering import charter_html, clause_html
from ..standing import Standing, standing_of
from .noting import note

SEALED = {
    Portal.COACH: "coach_sealed",
    Portal.COACHEE: "coachee_sealed",
    Portal.ORGANISATION: "organisation_sealed",
}
MISSION = {
    Portal.COACH: "coach_mission",
    Portal.COACHEE: "coachee_mission",
    Portal.ORGANISATION: "organisation_mission",
}


def show_standing(request, ref, portal: Portal):
    """``ref`` is that of the contract or of an adhesion; 404 while it is not sealed."""
    base = access.get_contract(request.viewer, ref)
    standing = standing_of(request.viewer, base)
    note(request, base, What.STANDING, base.ref)
    context = {
        "contract": base,
        "mission": base.mission,
        "standing": standing,
        "shown": [(one, clause_html(one.clause.markdown, standing.language)) for one in standing.clauses],
        "charter_html": charter_html(standing.charter, standing.language),
        "mission_page": MISSION[portal],
        "sealed_page": SEALED[portal],
        "history": _history(standing, portal),
    }
    return render(request, "contracts/standing.html", context)


def _history(standing: Standing, portal: Portal) -> list[tuple]:
    """Each deed with the reference its sealed copy is opened by: the coach's is the contract's, a party's the version's."""
    by = "contract" if portal == Portal.COACH else "version"
    return [
        (deed, deed.contract.ref if by == "contract" else deed.sealed.version.ref) for deed in standing.deeds
    ]
