"""Who may read what of contracts: the coach the draft; the parties what has been sent to them; never the administrator's content."""

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Seat
from coaching.missions.policy import AT_TABLE, seats_held

from .enums import CommentAudience, ContractKind, Instrument


def _coach(prefix: str):
    return lambda v: Q(**{f"{prefix}practice_id": v.practice_id, f"{prefix}coach_id": v.user_id})


def _seated(prefix: str, *roles):
    def rule(v):
        missions = seats_held(v, *roles).values("mission_id")
        return Q(**{f"{prefix}practice_id": v.practice_id, f"{prefix}pk__in": missions})

    return rule


def _table(prefix: str, *roles):
    """At the table of the mission behind ``prefix``, and not kept out of a document that is one coachee's own."""
    seated, seat = _seated(prefix, *roles), f"{prefix.removesuffix('mission__')}seat"

    def rule(v):
        own = Q(**{seat: None}) | Q(**{f"{seat}__in": seats_held(v, *roles)})
        return seated(v) & own

    return rule


CONTRACT_RULES = {
    Portal.COACH: _coach("mission__"),
    Portal.COACHEE: _table("mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("mission__", *AT_TABLE),
    Portal.PRACTICE: lambda v: Q(mission__practice_id=v.practice_id),
}
# That an adhesion is signed is all the organisation is told of it.
SIGNED_ADHESION_RULES = {Portal.ORGANISATION: _seated("mission__", *AT_TABLE)}
# A version exists only once it has been sent to the parties: what they may read is all of it.
VERSION_RULES = {
    Portal.COACH: _coach("contract__mission__"),
    Portal.COACHEE: _table("contract__mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("contract__mission__", *AT_TABLE),
}
SEALED_RULES = VERSION_RULES
DRAFT_RULES = {Portal.COACH: _coach("contract__mission__")}
CLAUSE_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id),
}
SCOPE_RULES = {
    Portal.COACH: _coach("mission__"),
    Portal.COACHEE: lambda v: Q(seat__in=seats_held(v, SeatRole.COACHEE)),
    # In a team each coachee's choice stands in their own adhesion, which the organisation does not read.
    Portal.ORGANISATION: lambda v: _seated("mission__", *AT_TABLE)(v) & ~Q(mission__kind=MissionKind.TEAM),
}


def _said_at_table(*roles):
    """One's own, withdrawn or not; of the others, what they chose to say to everyone and have not withdrawn."""
    at_table = _table("version__contract__mission__", *roles)

    def rule(v):
        mine = Q(author_id=v.user_id, seat__in=seats_held(v, *roles))
        return at_table(v) & (mine | Q(audience=CommentAudience.TABLE, withdrawn_at=None))

    return rule


# A comment is between its author and the coach unless its author says it to everyone at the table.
COMMENT_RULES = {
    Portal.COACH: lambda v: _coach("version__contract__mission__")(v) & Q(withdrawn_at=None),
    Portal.COACHEE: _said_at_table(SeatRole.COACHEE),
    Portal.ORGANISATION: _said_at_table(*AT_TABLE),
}
# Whether a person is fine with a version is said to the whole table: each may wait for the others.
VERDICT_RULES = {
    Portal.COACH: _coach("version__contract__mission__"),
    Portal.COACHEE: _table("version__contract__mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("version__contract__mission__", *AT_TABLE),
}
# Who has signed, and when, is known to the table; the administrator learns it from the contract's state.
ROUND_RULES = {
    Portal.COACH: _coach("contract__mission__"),
    Portal.COACHEE: _table("contract__mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("contract__mission__", *AT_TABLE),
}
SIGNATORY_RULES = {
    Portal.COACH: _coach("round__contract__mission__"),
    Portal.COACHEE: _table("round__contract__mission__", SeatRole.COACHEE),
    Portal.ORGANISATION: _table("round__contract__mission__", *AT_TABLE),
}
# The row by which a person signs: their own seat's, and for the coach the one without a seat.
OWN_SIGNATORY_RULES = {
    Portal.COACH: lambda v: _coach("round__contract__mission__")(v) & Q(seat=None),
    Portal.COACHEE: lambda v: Q(seat__in=seats_held(v, SeatRole.COACHEE)),
    Portal.ORGANISATION: lambda v: Q(seat__in=seats_held(v, *AT_TABLE)),
}
SEALED_RULES = VERSION_RULES

PARTIES = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)

READER_OF = {
    SeatRole.COACHEE: Reader.COACHEE,
    SeatRole.SPONSOR: Reader.SPONSOR,
    SeatRole.MANAGER: Reader.MANAGER,
}


def readers_of_comment(audience: str, role: str) -> frozenset[Reader]:
    """Who reads a comment of somebody in ``role`` who chose ``audience``: what its chip says."""
    if audience == CommentAudience.TABLE:
        return frozenset(PARTIES)
    return frozenset({Reader.COACH, READER_OF[SeatRole(role)]})


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
    "id ref mission kind instrument base number seat language state charter created_at edited_at shared_at sent_at signed_at "
    "sealed_at declined_at withdrawn_at revision",
)
plumbing("contracts.Amendment", "id contract")
declare("contracts.Amendment", "purpose", Confidence.SHARED, *PARTIES, when="sent")
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
narrow(
    "contracts.ContractClause.body", "own", Reader.COACH, Reader.COACHEE
)  # of a document that is one coachee's
plumbing("contracts.ContractVersion", "id ref contract number document revision created_by created_at")
plumbing(
    "contracts.Comment",
    "id ref version section author seat kind audience created_at withdrawn_at outcome answered_by answered_at",
)
declare("contracts.Comment", "text answer", Confidence.SHARED, *PARTIES, when="its author chose so")
plumbing("contracts.Verdict", "id ref version seat user given_at withdrawn_at")
plumbing("contracts.RestitutionScope", "id ref mission seat addressee items agreed_by agreed_at")
plumbing("contracts.Reading", "id version user at")
plumbing(
    "contracts.SigningRound", "id ref contract version order opened_at opened_by expires_at closed_at closing"
)
declare("contracts.SigningRound", "message", Confidence.SHARED, *PARTIES)
plumbing(
    "contracts.Signatory",
    "id ref round seat user role language position link_number token_hash invited_at displayed_at declined_at "
    "reminders reminded_at",
)
declare("contracts.Signatory", "name capacity organisation", Confidence.SHARED, *PARTIES)
# An address is the coach's and the person's until the contract is sealed; the proof of signature then carries it.
declare("contracts.Signatory", "email", Confidence.SHARED, *PARTIES, when="sealed")
declare("contracts.Signatory", "decline_reason", Confidence.SHARED, Reader.COACH, Reader.OWN)
plumbing(
    "contracts.Challenge",
    "id ref signatory channel mac created_at expires_at tries consumed_at voided_at",
)
declare("contracts.Challenge", "sent_to", Confidence.SHARED, Reader.COACH, Reader.OWN)
plumbing(
    "contracts.Signature",
    "id ref signatory document_sha256 consent_sha256 channel challenge access account_ref displayed_at signed_at",
)
declare("contracts.Signature", "consent", Confidence.PUBLIC, Reader.ANYONE)
declare("contracts.Signature", "typed_name address ip user_agent", Confidence.SHARED, *PARTIES, when="sealed")
plumbing("contracts.SealedContract", "id ref contract version document certificate timestamped sealed_at")
declare("contracts.SealedContract", "evidence", Confidence.SHARED, *PARTIES)
declare_section("contracts.scope", Reader.COACH, Reader.COACHEE)


# The states of a mission in which each kind of document is drafted, discussed and sent.
WORKED_ON = {
    Instrument.CONTRACT: frozenset({MissionState.CONTRACTING}),
    Instrument.AMENDMENT: frozenset({MissionState.CONTRACTING, MissionState.ACTIVE, MissionState.PAUSED}),
    Instrument.ADHESION: frozenset({MissionState.CONTRACTING, MissionState.ACTIVE, MissionState.PAUSED}),
}


def worked_on(contract, mission) -> bool:
    """Whether a document of this instrument may still be drafted, sent and signed, as far as its mission has come."""
    return mission.state in WORKED_ON[Instrument(contract.instrument)]


def concerned(contract) -> Q:
    """Seats whose business a contract is: the one whose document it is, else every seat of its mission."""
    return Q(pk=contract.seat_id) if contract.seat_id else Q(mission_id=contract.mission_id)


def signs(contract, seat: Seat) -> bool:
    """Whether the person on this seat signs this contract. In a team the framework is the organisation's and the coach's."""
    if contract.seat_id:
        return seat.pk == contract.seat_id
    if contract.kind == ContractKind.FRAMEWORK and seat.role == SeatRole.COACHEE:
        return False
    return seat.signs


def initials(name: str) -> str:
    """What a stranger is told of a signatory's name: "Anne-Lise Le Goff" gives "A. L. G."."""
    words = name.replace("’", " ").split()
    return " ".join(f"{word[0].upper()}." for word in words if word[0].isalpha()) or "–"


def is_party(user_id: int | None, contract) -> bool:
    """Whether this person is the coach or holds a seat at the table of this contract's mission now."""
    if user_id is None:
        return False
    mission = contract.mission
    seats = Seat.unscoped.filter(concerned(contract), person__user_id=user_id, ended_at=None)
    return mission.coach_id == user_id or seats.exists()
