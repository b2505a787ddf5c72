"""Who may read what of clients: the coach who keeps them. Others meet them only through a mission."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, plumbing
from coaching.kernel.viewer import Portal

KEEPER_RULES = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, keeper_id=v.user_id)}
SHEET_RULES = {
    Portal.COACH: lambda v: Q(organisation__practice_id=v.practice_id, organisation__keeper_id=v.user_id)
}

plumbing("clients.Organisation", "id ref practice keeper created_at")
declare(
    "clients.Organisation",
    "name legal_form siret vat_number address represented_by representative_role",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
)
plumbing("clients.ContextSheet", "id organisation updated_at")
declare(
    "clients.ContextSheet",
    "trade usages culture context constraints no_interference",
    Confidence.SHARED,
    Reader.COACH,
)
plumbing("clients.Person", "id ref practice keeper language organisation user created_at")
declare(
    "clients.Person",
    "name",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
)
declare(
    "clients.Person",
    "job_title address registration",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
    Reader.MANAGER,
)
declare("clients.Person", "email phone", Confidence.SHARED, Reader.COACH, Reader.OWN)
