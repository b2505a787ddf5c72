"""A mission: one engagement, the people at its table, and what each of them asked for."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import (
    Hand,
    MissionKind,
    MissionState,
    ObjectiveTag,
    Payer,
    RefusalGround,
    RequestLevel,
    SeatRole,
    Side,
    TerminationKind,
)


class Mission(ScopedModel):
    """One engagement. The coach's own seat is ``coach``; everybody else sits on a :class:`Seat`."""

    ref = RefField(prefix="M")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=MissionKind, default=MissionKind.INDIVIDUAL)
    payer = models.CharField(max_length=12, choices=Payer, default=Payer.ORGANISATION)
    organisation = models.ForeignKey(
        "clients.Organisation", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=12, choices=MissionState, default=MissionState.ENQUIRY)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="mission_state", condition=models.Q(state__in=MissionState.values)),
            models.CheckConstraint(name="mission_kind", condition=models.Q(kind__in=MissionKind.values)),
            models.CheckConstraint(name="mission_payer", condition=models.Q(payer__in=Payer.values)),
            models.CheckConstraint(
                name="mission_payer_is_there",
                condition=models.Q(payer=Payer.COACHEE) | models.Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_refused_has_its_date",
                condition=~models.Q(state=MissionState.REFUSED) | models.Q(refused_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_stopped_has_its_date",
                condition=~models.Q(state=MissionState.STOPPED) | models.Q(stopped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_closed_has_its_date",
                condition=~models.Q(state=MissionState.CLOSED) | models.Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_paused_has_its_date",
                condition=~models.Q(state=MissionState.PAUSED) | models.Q(paused_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_active_has_its_date",
                condition=~models.Q(state__in=[MissionState.ACTIVE, MissionState.PAUSED, MissionState.CLOSED])
                | models.Q(activated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mission_contracting_has_its_date",
                condition=~models.Q(
                    state__in=[
                        MissionState.CONTRACTING,
                        MissionState.ACTIVE,
                        MissionState.PAUSED,
                        MissionState.CLOSED,
                    ]
                )
                | models.Q(opened_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coach", "state"], name="mission_of_coach")]

    def __str__(self):
        return self.title

    @property
    def mission_ref(self) -> str:
        return self.ref

    @property
    def paid_by_organisation(self) -> bool:
        return self.payer == Payer.ORGANISATION


class Seat(ScopedModel):
    """Person and role on one mission. The right to see comes from here and ends with it."""

    ref = RefField(prefix="S")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    person = models.ForeignKey("clients.Person", models.RESTRICT, related_name="+")
    role = models.CharField(max_length=10, choices=SeatRole)
    signs = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "person", "role"], name="seat_once"),
            models.CheckConstraint(name="seat_role", condition=models.Q(role__in=SeatRole.values)),
        ]
        indexes = [models.Index(fields=["person", "role"], name="seat_of_person")]


class Request(ScopedModel):
    """One of the two levels of demand. ``seat`` says which coachee, at the coachee's level."""

    ref = RefField(prefix="Q")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    level = models.CharField(max_length=12, choices=RequestLevel)
    seat = models.ForeignKey(Seat, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["mission"],
                condition=models.Q(level=RequestLevel.ORGANISATION),
                name="request_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(level=RequestLevel.COACHEE), name="request_coachee_once"
            ),
            models.CheckConstraint(
                name="request_seat_with_its_level",
                condition=models.Q(level=RequestLevel.ORGANISATION, seat__isnull=True)
                | models.Q(level=RequestLevel.COACHEE, seat__isnull=False),
            ),
        ]


class RequestVersion(ScopedModel):
    """A request as it was worded at one moment. Never changed: other words are another version.

    The organisation's words stand here; the coachee's lie in the vault, and only their reference is here.
    ``confirmed_at`` is when the author made the words theirs: at once when they wrote them, later when the
    coach took them down in a meeting.
    """

    ref = RefField(prefix="V")
    request = models.ForeignKey(Request, models.RESTRICT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    sealed_ref = models.CharField(max_length=16, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    taken_down = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="request_version_once"),
            models.CheckConstraint(
                name="request_version_one_text",
                condition=(models.Q(text="") & ~models.Q(sealed_ref=""))
                | (~models.Q(text="") & models.Q(sealed_ref="")),
            ),
        ]


class SharedWording(ScopedModel):
    """What a coachee lets the organisation read of their request, in words of their own choosing.

    Only shared wordings have a row here: there is nothing to hide on it. The last one counts.
    """

    ref = RefField(prefix="W")
    request = models.ForeignKey(Request, models.RESTRICT, related_name="+")
    text = models.TextField(max_length=4000)
    shared_at = models.DateTimeField(auto_now_add=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]


class Validation(ScopedModel):
    """The coach validates one version of a coachee's request, in words. A later version needs its own."""

    ref = RefField(prefix="VL")
    version = models.ForeignKey(RequestVersion, models.RESTRICT, related_name="+", unique=True)
    wording = models.TextField(max_length=2000)
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    validated_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        pass


class Objective(ScopedModel):
    """What the mission aims at, by origin. The coachee's own are between them and the coach."""

    ref = RefField(prefix="B")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    tag = models.CharField(max_length=12, choices=ObjectiveTag)
    seat = models.ForeignKey(Seat, models.RESTRICT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=300)
    indicator = models.CharField(max_length=300, blank=True)
    baseline = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="objective_tag", condition=models.Q(tag__in=ObjectiveTag.values)),
            models.CheckConstraint(
                name="objective_of_a_coachee_has_its_seat",
                condition=~models.Q(tag=ObjectiveTag.COACHEE) | models.Q(seat__isnull=False),
            ),
        ]


class Balance(ScopedModel):
    """Why a mission has no common objective (article Équilibre): an explanation the parties read in the contract."""

    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+", unique=True)
    explanation = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        pass


class ConflictDeclaration(ScopedModel):
    """The coach says whether a conflict of interest stands in the way (article Respect des personnes)."""

    ref = RefField(prefix="CF")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    has_conflict = models.BooleanField()
    statement = models.TextField(max_length=2000, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]


class Refusal(ScopedModel):
    """Why a mission was not taken on: what the coachee is told, what the organisation is told, another way.

    Two columns of what is told, one per party: the organisation never reads the coachee's (I6).
    """

    ref = RefField(prefix="RF")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+", unique=True)
    ground = models.CharField(max_length=12, choices=RefusalGround)
    explanation = models.TextField(max_length=4000)
    orientation = models.TextField(max_length=4000, blank=True)
    told_organisation = models.TextField(max_length=4000, blank=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="refusal_ground", condition=models.Q(ground__in=RefusalGround.values))
        ]


class Termination(ScopedModel):
    """How a coaching that was under way ended: stopped by one of the three, or closed by its coach (articles 9 and 12).

    One column for each who is told something, so that nobody reads another's (I6): ``explanation``, ``alternatives`` and
    ``told_organisation`` are the coach's, ``told_coach`` and ``told_coachee`` the organisation's. What a coachee says to
    their coach lies in the vault. With a seat, in a team, it is that coachee's own coaching alone that ended.
    """

    ref = RefField(prefix="TM")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    seat = models.ForeignKey(Seat, models.RESTRICT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=TerminationKind)
    by = models.CharField(max_length=12, choices=Hand)
    explanation = models.TextField(max_length=4000, blank=True)
    alternatives = models.TextField(max_length=4000, blank=True)
    told_organisation = models.TextField(max_length=4000, blank=True)
    told_coach = models.TextField(max_length=4000, blank=True)
    told_coachee = models.TextField(max_length=4000, blank=True)
    words_ref = models.CharField(max_length=16, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    ended_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission"], condition=models.Q(seat=None), name="termination_once"
            ),
            models.UniqueConstraint(fields=["seat"], name="termination_of_a_seat_once"),
            models.CheckConstraint(
                name="termination_kind", condition=models.Q(kind__in=TerminationKind.values)
            ),
            models.CheckConstraint(name="termination_by", condition=models.Q(by__in=Hand.values)),
            models.CheckConstraint(
                name="termination_closed_by_the_coach",
                condition=models.Q(kind=TerminationKind.STOP) | models.Q(by=Hand.COACH),
            ),
            models.CheckConstraint(
                name="termination_of_a_seat_is_its_coachees_stop",
                condition=models.Q(seat=None) | models.Q(kind=TerminationKind.STOP, by=Hand.COACHEE),
            ),
            models.CheckConstraint(
                name="termination_stopped_by_the_coach_is_explained",
                condition=~models.Q(kind=TerminationKind.STOP, by=Hand.COACH) | ~models.Q(explanation=""),
            ),
            models.CheckConstraint(
                name="termination_words_of_whoever_ended",
                condition=(
                    (
                        models.Q(by=Hand.COACH)
                        | models.Q(explanation="", alternatives="", told_organisation="")
                    )
                    & (models.Q(by=Hand.ORGANISATION) | models.Q(told_coach="", told_coachee=""))
                    & (models.Q(by=Hand.COACHEE) | models.Q(words_ref=""))
                ),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.mission.ref


class Override(ScopedModel):
    """A gate of the charter passed on the coach's judgement, with the reason (« capacité de discernement »)."""

    ref = RefField(prefix="OV")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    transition = models.CharField(max_length=40)
    gate = models.CharField(max_length=40)
    article = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]


class Reminder(ScopedModel):
    """The coach has reminded somebody they wait for. The constraint is the limit: one a day and a person."""

    ref = RefField(prefix="RM")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    person = models.ForeignKey("clients.Person", models.RESTRICT, related_name="+")
    day = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="reminder_once_a_day")]


class MissionDraft(ScopedModel):
    """A mission being set up in the guided steps: what its coach has said so far. Gone once the mission begins."""

    ref = RefField(prefix="MD")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    step = models.CharField(max_length=10)  # where the coach left it
    said = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["coach"], name="draft_of_coach")]


class Pause(ScopedModel):
    """A coachee's coaching pauses (article Protection de la personne). It is theirs: in a team the others go on.

    A coachee gives no reason, and there is no place for one. It goes on once both have said so: ``coach_ready_at`` and
    ``coachee_ready_at``.
    """

    ref = RefField(prefix="PA")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    seat = models.ForeignKey(Seat, models.RESTRICT, related_name="+")
    by = models.CharField(max_length=8, choices=Side)
    reason = models.TextField(max_length=2000, blank=True)  # the coach's, told to the coachee
    begun_at = models.DateTimeField()
    coach_ready_at = models.DateTimeField(null=True, blank=True)
    coachee_ready_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(ended_at=None), name="pause_once_at_a_time"
            ),
            models.CheckConstraint(
                name="pause_reason_of_the_coach_alone",
                condition=models.Q(by=Side.COACHEE, reason="")
                | (models.Q(by=Side.COACH) & ~models.Q(reason="")),
            ),
        ]


class Referral(ScopedModel):
    """The coach has met something that is not coaching's, and said so to the coachee (article Protection de la personne).

    What the coach noticed is sealed to them alone; the ways they suggested, and what the coachee answers, to both.
    """

    ref = RefField(prefix="OR")
    mission = models.ForeignKey(Mission, models.RESTRICT, related_name="+")
    seat = models.ForeignKey(Seat, models.RESTRICT, related_name="+")
    noticed_ref = models.CharField(max_length=16)
    told_on = models.DateField()
    ways_ref = models.CharField(max_length=16)
    to_supervision = models.BooleanField(default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer_ref = models.CharField(max_length=16, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
