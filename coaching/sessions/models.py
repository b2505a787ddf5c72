"""Meetings between a coach and those they coach, and who takes part in each."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from contracts.enums import Medium

from .enums import SessionKind, SessionState, ThreeWayStage

SESSION_DATES = (
    (SessionState.HELD, "held_at"),
    (SessionState.MISSED, "missed_at"),
    (SessionState.CANCELLED, "cancelled_at"),
    (SessionState.CANCELLED_LATE, "cancelled_at"),
)


def _dated(state: SessionState, column: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"session_{state.value}_has_its_date",
        condition=~models.Q(state=state) | models.Q(**{f"{column}__isnull": False}),
    )


class CoachingSession(ScopedModel):
    """One meeting. It keeps its moment in universal time, and the time zone its hour was said in.

    Who takes part is on :class:`Participant`; nothing that is said in it is here.
    """

    ref = RefField(prefix="SE")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=SessionKind)
    stage = models.CharField(max_length=8, choices=ThreeWayStage, blank=True)
    state = models.CharField(max_length=16, choices=SessionState, default=SessionState.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40, default="Europe/Paris")
    medium = models.CharField(max_length=10, choices=Medium.choices)
    place = models.CharField(max_length=300, blank=True)
    join_link = models.URLField(max_length=300, blank=True)
    private = models.BooleanField(default=False)  # nobody can listen in: the coach has made sure (article 7)
    confirmed_at = models.DateTimeField(
        null=True, blank=True
    )  # by the coachee: what the contract does not say
    held_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    excused = models.BooleanField(default=False)  # a late cancellation the contract does not count
    cancelled_by = models.CharField(
        max_length=10, blank=True
    )  # the role of whoever cancelled; "pause" or "end" of the mission
    sequence = models.PositiveSmallIntegerField(default=0)  # moves at each change a calendar must hear of
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="session_state", condition=models.Q(state__in=SessionState.values)),
            models.CheckConstraint(name="session_kind", condition=models.Q(kind__in=SessionKind.values)),
            models.CheckConstraint(name="session_medium", condition=models.Q(medium__in=Medium.values)),
            models.CheckConstraint(
                name="session_stage_of_three_way_alone",
                condition=models.Q(kind=SessionKind.THREE_WAY, stage__in=ThreeWayStage.values)
                | (~models.Q(kind=SessionKind.THREE_WAY) & models.Q(stage="")),
            ),
            models.CheckConstraint(
                name="session_held_has_its_minutes",
                condition=~models.Q(state=SessionState.HELD)
                | models.Q(held_minutes__isnull=False, held_minutes__gt=0),
            ),
            *(_dated(state, column) for state, column in SESSION_DATES),
        ]
        indexes = [
            models.Index(fields=["coach", "starts_at"], name="session_of_coach"),
            models.Index(fields=["mission", "starts_at"], name="session_of_mission"),
        ]

    @property
    def mission_ref(self) -> str:
        return self.mission.ref

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def local_start(self) -> datetime:
        """The moment as a clock on the wall says it, in the zone it was agreed in."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))


class Participant(ScopedModel):
    """A seat that takes part in a session; ``present`` is said once it was held."""

    session = models.ForeignKey(CoachingSession, models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    present = models.BooleanField(null=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["session", "seat"], name="participant_once")]


class Claim(ScopedModel):
    """Five minutes of a coach's time, taken by one session. The constraint is what forbids a double booking."""

    session = models.ForeignKey(CoachingSession, models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["coach", "at"], name="five_minutes_once")]
