"""Who may read what of contracts: the coach the draft; the parties what has been sent to them; never the administrator's content."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal
from coaching.missions.enums import SeatRole
from coaching.missions.policy import AT_TABLE, seats_held


def _coach(prefix: str):
    return lambda v: Q(**{f"{prefix}practice_id": v.practice_id, f"{prefix}coach_id": v.user_id})


def _table(prefix: str, *roles):
    def rule(v):
        missions = seats_held(v, *roles).values("mission_id")
        return Q(**{f"{prefix}practice_id": v.practice_id, f"{prefix}pk__in": missions})

    return rule


CONTRACT_RULES = {
    Portal.COACH: _coach("mission__"),
    Portal.COACHEE: _table("mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("mission__", *AT_TABLE),
    Portal.PRACTICE: lambda v: Q(mission__practice_id=v.practice_id),
}
# A version exists only once it has been sent to the parties: what they may read is all of it.
VERSION_RULES = {
    Portal.COACH: _coach("contract__mission__"),
    Portal.COACHEE: _table("contract__mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("contract__mission__", *AT_TABLE),
}
DRAFT_RULES = {Portal.COACH: _coach("contract__mission__")}
CLAUSE_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id),
}
SCOPE_RULES = {
    Portal.COACH: _coach("mission__"),
    Portal.COACHEE: lambda v: Q(seat__in=seats_held(v, SeatRole.COACHEE)),
    Portal.ORGANISATION: _table("mission__", *AT_TABLE),
}

PARTIES = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)

plumbing("contracts.Clause", "id ref practice section language name kinds conditions updated_at edited")
declare(
    "contracts.Clause",
    "title body",
    Confidence.OPERATIONS,
    Reader.MEMBERS,
    Reader.COACH,
    Reader.ADMINISTRATOR,
)
plumbing(
    "contracts.Contract",
    "id ref mission kind language state charter created_at edited_at shared_at withdrawn_at revision",
)
plumbing(
    "contracts.Terms",
    "id contract sessions_count session_minutes starts_on ends_on media notice_hours fee_total currency "
    "payment_days session_dates_shared is_consumer at_distance",
)
declare(
    "contracts.Terms", "rhythm places between_sessions fee_schedule", Confidence.SHARED, *PARTIES, when="sent"
)
plumbing("contracts.ContractClause", "id ref contract section position edited_at")
declare("contracts.ContractClause", "title body", Confidence.SHARED, *PARTIES, when="sent")
plumbing("contracts.ContractVersion", "id ref contract number document revision created_by created_at")
plumbing("contracts.RestitutionScope", "id ref mission seat addressee items agreed_by agreed_at")
plumbing("contracts.Reading", "id version user at")
declare_section("contracts.scope", Reader.COACH, Reader.COACHEE)
