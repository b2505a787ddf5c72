"""What a coachee decides, and what their coach suggests. The words lie in the vault; here are references and dates.

No table of this room has a column for an author other than the coachee of the seat: nobody else decides (article
« Responsabilité des décisions »).
"""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import DecisionState, SuggestionState

ANSWERED = (SuggestionState.ADOPTED, SuggestionState.DECLINED)


class Suggestion(ScopedModel):
    """What a coach would try, said to one coachee, who adopts it, declines it or leaves it."""

    ref = RefField(prefix="SU")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    session = models.ForeignKey(
        "coaching_sessions.CoachingSession", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    sealed_ref = models.CharField(max_length=16)
    reason_ref = models.CharField(max_length=16, blank=True)  # why it was declined, where the coachee says so
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_state", condition=models.Q(state__in=SuggestionState.values)
            ),
            models.CheckConstraint(
                name="suggestion_answered_has_its_date",
                condition=~models.Q(state__in=ANSWERED) | models.Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_withdrawn_has_its_date",
                condition=~models.Q(state=SuggestionState.WITHDRAWN) | models.Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_reason_of_declined_alone",
                condition=models.Q(reason_ref="") | models.Q(state=SuggestionState.DECLINED),
            ),
        ]
        indexes = [models.Index(fields=["seat", "state"], name="suggestion_of_seat")]

    @property
    def mission_ref(self) -> str:
        return self.seat.mission.ref


class Decision(ScopedModel):
    """What the coachee of a seat has decided. Theirs alone, until and while they share it with their coach.

    ``number`` is that of its last :class:`Wording`, and what every change is compared with. ``shared_at`` is empty while
    they keep it: the coach then finds no trace of it.
    """

    ref = RefField(prefix="DC")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    session = models.ForeignKey(
        "coaching_sessions.CoachingSession", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    suggestion = models.ForeignKey(
        Suggestion, models.RESTRICT, null=True, blank=True, unique=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.OPEN)
    number = models.PositiveIntegerField(default=0)
    taken_on = models.DateField()
    look_on = models.DateField(null=True, blank=True)  # when the coachee means to look at it again
    remind = models.BooleanField(default=False)  # by a letter on that day
    reminded_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="decision_state", condition=models.Q(state__in=DecisionState.values)),
            models.CheckConstraint(
                name="decision_closed_has_its_date",
                condition=models.Q(state=DecisionState.OPEN) | models.Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_reminder_has_its_day",
                condition=models.Q(remind=False) | models.Q(look_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "state"], name="decision_of_seat"),
            models.Index(
                fields=["look_on"],
                name="decision_to_remind",
                condition=models.Q(remind=True, reminded_at=None, state=DecisionState.OPEN),
            ),
        ]

    def told_in(self, viewer) -> Told:
        """A chain of its coachee's own: nobody else, the administrator included, learns that it happened at all."""
        return Told(viewer.user_ref, viewer.user_ref)

    @property
    def open(self) -> bool:
        return self.state == DecisionState.OPEN

    @property
    def shared(self) -> bool:
        return self.shared_at is not None


class Wording(ScopedModel):
    """A decision in its coachee's words at one moment; with how it ended, once it has. Never changed: other words are another.

    ``shared`` says in which compartment of the vault the words lie: the coachee's own, or that of coach and coachee.
    """

    ref = RefField(prefix="DW")
    decision = models.ForeignKey(Decision, models.RESTRICT, related_name="+")
    number = models.PositiveIntegerField()
    shared = models.BooleanField()
    text_ref = models.CharField(max_length=16)
    closing_ref = models.CharField(max_length=16, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="wording_once")]
