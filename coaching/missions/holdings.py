"""What a mission holds about the people at its table: to each, what is their own."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, sealed, withhold, word
from coaching.kernel.viewer import Portal, Viewer

from .access import missions_for
from .enums import RequestLevel, SeatRole
from .models import (
    Balance,
    Mission,
    Objective,
    Pause,
    Referral,
    Refusal,
    RequestVersion,
    Seat,
    SharedWording,
    Validation,
)
from .policy import AT_TABLE, BALANCE_RULES, OBJECTIVE_RULES

COACHEE = frozenset({Portal.COACHEE})
ORGANISATION = frozenset({Portal.ORGANISATION})
ROLES = {Portal.COACHEE: (SeatRole.COACHEE,), Portal.ORGANISATION: AT_TABLE}


def seats_ever(viewer: Viewer):
    """The viewer's own seats behind their portal, those that have ended too: they are theirs to be told of."""
    rows = Seat.unscoped.filter(person__user_id=viewer.user_id, mission__practice_id=viewer.practice_id)
    return rows.filter(role__in=ROLES.get(viewer.portal, ()))


def _seats(viewer: Viewer):
    return seats_ever(viewer).select_related("mission").order_by("pk")


def _requests(viewer: Viewer):
    """A coachee's own, in every version; to the organisation's side, the versions they wrote themselves."""
    rows = RequestVersion.unscoped.select_related("request__mission").order_by("pk")
    if viewer.portal == Portal.COACHEE:
        return rows.filter(request__level=RequestLevel.COACHEE, request__seat__in=seats_ever(viewer))
    missions = seats_ever(viewer).values("mission_id")
    return rows.filter(request__mission__in=missions, written_by_id=viewer.user_id)


def _of_own_seat(model, seat: str, *related: str):
    def rows(viewer: Viewer):
        found = model.unscoped.filter(**{f"{seat}__in": seats_ever(viewer)})
        return found.select_related(*related).order_by("pk")

    return rows


def _refusals(viewer: Viewer):
    return Refusal.unscoped.filter(mission__in=missions_for(viewer)).select_related("mission").order_by("pk")


def _objectives(viewer: Viewer):
    rows = Objective.objects.visible_to(viewer, OBJECTIVE_RULES).select_related("mission")
    mine = Q(created_by_id=viewer.user_id) | Q(seat__in=seats_ever(viewer))
    return (rows if viewer.portal == Portal.COACHEE else rows.filter(mine)).order_by("pk")


def _missions(viewer: Viewer):
    return Mission.unscoped.filter(pk__in=missions_for(viewer).order_by().values("pk")).order_by("pk")


MISSION = fact("mission__ref", _("Mission"))
ALL_HELD = (
    Holding(
        "missions",
        _("My missions"),
        PARTIES,
        _missions,
        (
            fact("ref", _("Reference")),
            word("title", _("Title"), "missions.Mission.title"),
            fact("kind", _("Kind")),
            fact("state", _("State")),
            fact("created_at", _("Begun on")),
            fact("activated_at", _("Active since")),
        ),
        order=12,
    ),
    Holding(
        "seats",
        _("My seats"),
        PARTIES,
        _seats,
        (
            fact("ref", _("Reference")),
            MISSION,
            fact("role", _("Role")),
            fact("signs", _("Signs the contract")),
            fact("created_at", _("Since")),
            fact("ended_at", _("Until")),
        ),
        order=13,
    ),
    Holding(
        "requests",
        _("My request, in every version"),
        PARTIES,
        _requests,
        (
            fact("request__mission__ref", _("Mission")),
            fact("number", _("Version")),
            fact("written_at", _("Written on")),
            fact("taken_down", _("Taken down by the coach")),
            word("text", _("Text"), "missions.RequestVersion.text"),
            sealed("sealed_ref", _("Text"), "missions.RequestVersion.sealed_ref"),
        ),
        order=20,
    ),
    Holding(
        "wordings",
        _("What I share of my request with the organisation"),
        COACHEE,
        _of_own_seat(SharedWording, "request__seat", "request__mission"),
        (
            fact("request__mission__ref", _("Mission")),
            fact("shared_at", _("Shared on")),
            fact("withdrawn_at", _("Taken back on")),
            word("text", _("Text"), "missions.SharedWording.text"),
        ),
        order=21,
    ),
    Holding(
        "validations",
        _("What the coach said when validating my request"),
        COACHEE,
        _of_own_seat(Validation, "version__request__seat", "version__request__mission"),
        (
            fact("version__request__mission__ref", _("Mission")),
            fact("validated_at", _("Validated on")),
            word("wording", _("Wording"), "missions.Validation.wording"),
        ),
        order=22,
    ),
    Holding(
        "objectives",
        _("Objectives"),
        PARTIES,
        _objectives,
        (
            MISSION,
            fact("tag", _("Origin")),
            word("title", _("Objective"), "missions.Objective.title"),
            word("indicator", _("Indicator"), "missions.Objective.indicator"),
            word("baseline", _("Starting point"), "missions.Objective.baseline"),
            word("target", _("Target"), "missions.Objective.target"),
            fact("removed_at", _("Removed on")),
        ),
        order=23,
    ),
    Holding(
        "balances",
        _("Why there is no common objective"),
        COACHEE,
        lambda v: Balance.objects.visible_to(v, BALANCE_RULES).select_related("mission").order_by("pk"),
        (
            MISSION,
            fact("written_at", _("Written on")),
            word("explanation", _("Text"), "missions.Balance.explanation"),
        ),
        order=24,
    ),
    Holding(
        "refusals",
        _("Missions that were declined"),
        COACHEE,
        _refusals,
        (
            MISSION,
            fact("refused_at", _("On")),
            word("explanation", _("Explanation"), "missions.Refusal.explanation"),
            word("orientation", _("Another way"), "missions.Refusal.orientation"),
        ),
        order=60,
    ),
    Holding(
        "refusals_told",
        _("Missions that were declined"),
        ORGANISATION,
        _refusals,
        (
            MISSION,
            fact("refused_at", _("On")),
            word("told_organisation", _("What we were told"), "missions.Refusal.told_organisation"),
        ),
        order=60,
    ),
    Holding(
        "pauses",
        _("Pauses"),
        COACHEE,
        _of_own_seat(Pause, "seat", "mission"),
        (
            MISSION,
            fact("by", _("By")),
            fact("begun_at", _("From")),
            fact("ended_at", _("Until")),
            word("reason", _("Reason"), "missions.Pause.reason"),
        ),
        order=61,
    ),
    Holding(
        "referrals",
        _("Other help that was suggested to me"),
        COACHEE,
        _of_own_seat(Referral, "seat", "mission"),
        (
            MISSION,
            fact("told_on", _("On")),
            sealed("ways_ref", _("What was suggested"), "missions.Referral.ways_ref"),
            sealed("answer_ref", _("My answer"), "missions.Referral.answer_ref"),
        ),
        order=62,
    ),
)
OWN_JUDGEMENT = _("The coach’s own judgement and secret: article 15(4) of the GDPR, and the duty of secrecy.")
withhold("missions.ConflictDeclaration", "statement", OWN_JUDGEMENT)
withhold("missions.Override", "reason", OWN_JUDGEMENT)
withhold("missions.Referral", "noticed_ref", OWN_JUDGEMENT)
withhold(
    "missions.MissionDraft", "said", _("What a coach has begun to type of a mission that does not exist yet.")
)
