"""Who may read what of a mission (the table "Who sees what")."""

from collections.abc import Callable

from django.db.models import Q

from coaching.kernel.registry import Confidence, Reader, declare, declare_section, narrow, plumbing
from coaching.kernel.viewer import Portal, Viewer

from .enums import MissionState, ObjectiveTag, SeatRole
from .models import Seat

AT_TABLE = (SeatRole.SPONSOR, SeatRole.MANAGER)


def seats_held(viewer: Viewer, *roles: SeatRole):
    """Sub-query: missions where this person holds one of ``roles`` now."""
    return Seat.unscoped.filter(person__user_id=viewer.user_id, role__in=roles, ended_at=None)


def _missions_of(roles):
    return lambda v: Q(practice_id=v.practice_id, pk__in=seats_held(v, *roles).values("mission_id"))


MISSION_RULES = {
    Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id),
    Portal.COACHEE: _missions_of([SeatRole.COACHEE]),
    Portal.ORGANISATION: _missions_of(AT_TABLE),
    Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id),
}


def _through_mission(*roles, extra: Q | None = None):
    def rule(v: Viewer) -> Q:
        mine = Q(
            mission__practice_id=v.practice_id, mission_id__in=seats_held(v, *roles).values("mission_id")
        )
        return mine & extra if extra is not None else mine

    return rule


def _coach_of(v: Viewer) -> Q:
    return Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id)


def _own_seat(v: Viewer) -> Q:
    return Q(seat__in=seats_held(v, SeatRole.COACHEE))


SEAT_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: _through_mission(SeatRole.COACHEE),
    Portal.ORGANISATION: _through_mission(*AT_TABLE),
}
# The row of a request says only that there is one; its words have their own rules.
REQUEST_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: lambda v: _through_mission(SeatRole.COACHEE)(v) & (Q(seat=None) | _own_seat(v)),
    Portal.ORGANISATION: _through_mission(*AT_TABLE),
}
SHARED_WORDING_RULES = {
    Portal.COACH: lambda v: Q(
        request__mission__practice_id=v.practice_id, request__mission__coach_id=v.user_id
    ),
    Portal.COACHEE: lambda v: Q(request__seat__in=seats_held(v, SeatRole.COACHEE)),
    Portal.ORGANISATION: lambda v: Q(
        request__mission__practice_id=v.practice_id,
        request__mission_id__in=seats_held(v, *AT_TABLE).values("mission_id"),
        withdrawn_at=None,
    ),
}
OBJECTIVE_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: lambda v: (
        _through_mission(SeatRole.COACHEE)(v) & (~Q(tag=ObjectiveTag.COACHEE) | _own_seat(v))
    ),
    Portal.ORGANISATION: _through_mission(*AT_TABLE, extra=~Q(tag=ObjectiveTag.COACHEE)),
}
COACH_ALONE = {Portal.COACH: _coach_of}
# A pause and what was suggested are between the coach and that one coachee: no team, no organisation.
OWN_PACE_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: lambda v: Q(mission__practice_id=v.practice_id) & _own_seat(v),
}
# The fact of an ending is for the table, its words each for their own (``judgement_access``); a coachee of a team who
# left before the others is nothing to them.
TERMINATION_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: lambda v: _through_mission(SeatRole.COACHEE)(v) & (Q(seat=None) | _own_seat(v)),
    Portal.ORGANISATION: _through_mission(*AT_TABLE),
}
DRAFT_RULES = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, coach_id=v.user_id)}
BALANCE_RULES = {
    Portal.COACH: _coach_of,
    Portal.COACHEE: _through_mission(SeatRole.COACHEE),
    Portal.ORGANISATION: _through_mission(*AT_TABLE),
}

ALL_SEATS = (Reader.COACH, Reader.COACHEE, Reader.SPONSOR, Reader.MANAGER)

plumbing(
    "missions.Mission",
    "id ref practice coach kind payer organisation language state created_at opened_at activated_at paused_at "
    "refused_at stopped_at closed_at",
)
# The administrator reads that a mission exists, its dates and its state; a title may name somebody.
declare("missions.Mission", "title", Confidence.SHARED, *ALL_SEATS)
plumbing("missions.Seat", "id ref mission person role signs created_at ended_at")
plumbing("missions.Request", "id ref mission level seat")
plumbing(
    "missions.RequestVersion",
    "id ref request number written_by taken_down written_at confirmed_at confirmed_by",
)
declare("missions.RequestVersion", "text", Confidence.SHARED, *ALL_SEATS)
declare("missions.RequestVersion", "sealed_ref", Confidence.SECRET, Reader.COACH, Reader.COACHEE)
plumbing("missions.SharedWording", "id ref request shared_at shared_by withdrawn_at")
declare("missions.SharedWording", "text", Confidence.SHARED, *ALL_SEATS, when="shared")
plumbing("missions.Validation", "id ref version validated_by validated_at")
declare("missions.Validation", "wording", Confidence.SHARED, *ALL_SEATS, when="contract in review")
plumbing("missions.Objective", "id ref mission tag seat created_by created_at removed_at")
declare("missions.Objective", "title indicator baseline target", Confidence.SHARED, *ALL_SEATS)
narrow("missions.Objective.title", "coachee", Reader.COACH, Reader.COACHEE)
plumbing("missions.Balance", "id mission written_by written_at")
declare("missions.Balance", "explanation", Confidence.SHARED, *ALL_SEATS)
plumbing("missions.ConflictDeclaration", "id ref mission has_conflict declared_by declared_at")
declare("missions.ConflictDeclaration", "statement", Confidence.SHARED, Reader.COACH)
plumbing("missions.Refusal", "id ref mission ground refused_by refused_at")
declare("missions.Refusal", "explanation orientation", Confidence.SHARED, Reader.COACH, Reader.COACHEE)
declare(
    "missions.Refusal", "told_organisation", Confidence.SHARED, Reader.COACH, Reader.SPONSOR, Reader.MANAGER
)
plumbing("missions.Termination", "id ref mission seat kind by ended_by ended_at")
declare("missions.Termination", "explanation alternatives", Confidence.SHARED, Reader.COACH, Reader.COACHEE)
declare(
    "missions.Termination",
    "told_organisation",
    Confidence.SHARED,
    Reader.COACH,
    Reader.SPONSOR,
    Reader.MANAGER,
)
declare("missions.Termination", "told_coach", Confidence.SHARED, Reader.COACH, Reader.SPONSOR)
declare(
    "missions.Termination",
    "told_coachee",
    Confidence.SHARED,
    Reader.COACH,
    Reader.COACHEE,
    Reader.SPONSOR,
)
declare("missions.Termination", "words_ref", Confidence.SECRET, Reader.COACH, Reader.COACHEE)
plumbing("missions.Pause", "id ref mission seat by begun_at coach_ready_at coachee_ready_at ended_at")
declare("missions.Pause", "reason", Confidence.SHARED, Reader.COACH, Reader.COACHEE)
plumbing(
    "missions.Referral", "id ref mission seat told_on to_supervision written_by written_at acknowledged_at"
)
declare("missions.Referral", "noticed_ref", Confidence.SECRET, Reader.COACH)
declare("missions.Referral", "ways_ref answer_ref", Confidence.SECRET, Reader.COACH, Reader.COACHEE)
plumbing("missions.Override", "id ref mission transition gate article decided_by decided_at")
declare("missions.Override", "reason", Confidence.SHARED, Reader.COACH)
plumbing("missions.Reminder", "id ref mission person day sent_by sent_at")
plumbing("missions.MissionDraft", "id ref practice coach step created_at updated_at")
declare("missions.MissionDraft", "said", Confidence.SHARED, Reader.COACH)
# What a page shows besides texts: conditions and dates, computed for these seats alone.
declare_section("missions.gates", Reader.COACH)
declare_section("missions.timeline", Reader.COACH, Reader.COACHEE)
declare_section("missions.secrecy", Reader.COACH, Reader.COACHEE)
declare_section("missions.waiting", Reader.COACH)
declare_section("missions.pause", Reader.COACH, Reader.COACHEE)
declare_section("missions.ending", *ALL_SEATS)
declare_section("missions.pause_dates", *ALL_SEATS, Reader.ADMINISTRATOR)

# Requests, objectives and what the coach declares of them are worded until the contract is signed.
WRITABLE = frozenset({MissionState.ENQUIRY, MissionState.CONTRACTING})
OPEN_STATES = frozenset(
    {MissionState.ENQUIRY, MissionState.CONTRACTING, MissionState.ACTIVE, MissionState.PAUSED}
)
ENDED = frozenset({MissionState.REFUSED, MissionState.STOPPED, MissionState.CLOSED})

JoinsLater = Callable[[Seat], bool]
_joining: list[JoinsLater] = []


def register_joining(source: JoinsLater) -> None:
    """Called from ``AppConfig.ready()`` by the room that knows of a coachee who has yet to sign, though others have begun."""
    if source not in _joining:
        _joining.append(source)


def may_word(mission, seat: Seat | None = None) -> bool:
    """Whether requests and objectives may be worded: until the contract is signed; in a team, until one's own is."""
    if mission.state in WRITABLE:
        return True
    return seat is not None and mission.state in OPEN_STATES and any(source(seat) for source in _joining)
