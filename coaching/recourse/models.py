"""Whom a coachee may turn to, and what they confide to them (article Respect des personnes).

The words lie in the vault, sealed to these two; here are references and dates. Whoever reads these tables in the database
itself learns that a coachee has written, and when: see decision 0020.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Author, SignalState

ACKNOWLEDGE, HANDLE = 3, 30  # days: what a practice promises unless it says otherwise
DAYS = [MinValueValidator(1), MaxValueValidator(90)]


class RecoursePerson(ScopedModel):
    """Somebody whom the practice asks to be there for coachees: invited, then in place, then no longer.

    Whoever is in place stays until the next one has accepted.
    """

    ref = RefField(prefix="RP")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField()
    acknowledge_days = models.PositiveSmallIntegerField(default=ACKNOWLEDGE, validators=DAYS)
    handle_days = models.PositiveSmallIntegerField(default=HANDLE, validators=DAYS)
    appointed_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(ended_at=None, accepted_at__isnull=False),
                name="recourse_one_in_place",
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(ended_at=None, accepted_at=None),
                name="recourse_one_invited",
            ),
            models.CheckConstraint(
                name="recourse_accepted_by_an_account",
                condition=models.Q(accepted_at=None) | models.Q(user__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name


SIGNAL_DATES = (
    (SignalState.ACKNOWLEDGED, "acknowledged_at"),
    (SignalState.HANDLED, "handled_at"),
    (SignalState.WITHDRAWN, "withdrawn_at"),
)


class Signal(ScopedModel):
    """A coachee has written to the recourse person of that day, and to nobody else, whoever comes after them."""

    ref = RefField(prefix="SL")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    recourse = models.ForeignKey(RecoursePerson, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=SignalState, default=SignalState.SENT)
    written_at = models.DateTimeField(auto_now_add=True)
    acknowledge_by = models.DateField()
    handle_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="signal_state", condition=models.Q(state__in=SignalState.values)),
            *(
                models.CheckConstraint(
                    name=f"signal_{state.value}_has_its_date",
                    condition=~models.Q(state=state) | models.Q(**{f"{column}__isnull": False}),
                )
                for state, column in SIGNAL_DATES
            ),
        ]
        indexes = [models.Index(fields=["recourse", "state"], name="signal_of_recourse")]

    @property
    def due_by(self):
        """The day promised for what comes next."""
        return self.handle_by if self.acknowledged_at else self.acknowledge_by

    def told_in(self, _viewer) -> Told:
        """A chain of its own, which names neither who acted nor a mission: the practice's journal has no line of it."""
        return Told(self.ref)


class Message(ScopedModel):
    """One text of the exchange; the first is the signal itself."""

    ref = RefField(prefix="MG")
    signal = models.ForeignKey(Signal, models.RESTRICT, related_name="+")
    by = models.CharField(max_length=8, choices=Author)
    sealed_ref = models.CharField(max_length=16)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="message_by", condition=models.Q(by__in=Author.values))]
