"""What a coachee has expressly agreed to (article « Confidentialité »): what, to whom, until when; and when that ended."""

from django.conf import settings
from django.db import models

from coaching.kernel.choices import in_order
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel
from coaching.missions.enums import SeatRole
from contracts.enums import ScopeItem
from contracts.scope_words import TO

from .enums import ConsentKind, Ending, HandOverItem, ListedItem

ITEMS = {
    ConsentKind.RESTITUTION: ScopeItem,
    ConsentKind.HANDOVER: HandOverItem,
    ConsentKind.LISTING: ListedItem,
}


class Consent(ScopedModel):
    """One « accord exprès ». Another choice is another row; what was agreed at a time is never rewritten.

    ``contract`` is the sealed document it was signed in; none where the coachee gave it here. ``given_by`` is empty where
    somebody without an account signed by the link of their letter. A restitution goes to a role (``addressee``), a
    hand-over to one person (``to_user``), and being listed to whoever accredits the coach: of each, one consent of a
    coachee is alive at a time.
    """

    ref = RefField(prefix="CN")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConsentKind)
    addressee = models.CharField(max_length=10, choices=SeatRole, blank=True)
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    items = models.JSONField(default=list)
    contract = models.ForeignKey(
        "contracts.Contract", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)  # the last day it holds, where the coachee says so
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "kind", "addressee"],
                condition=models.Q(ended_at=None),
                name="consent_one_alive",
            ),
            models.CheckConstraint(name="consent_kind", condition=models.Q(kind__in=ConsentKind.values)),
            models.CheckConstraint(
                name="consent_to_a_role_or_to_a_person",
                condition=models.Q(kind=ConsentKind.HANDOVER, addressee="", to_user__isnull=False)
                | (models.Q(kind=ConsentKind.RESTITUTION, to_user=None) & ~models.Q(addressee=""))
                | models.Q(kind=ConsentKind.LISTING, addressee="", to_user=None),
            ),
            models.CheckConstraint(
                name="consent_ended_says_how",
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & models.Q(ending__in=Ending.values)),
            ),
        ]

    @property
    def mission_ref(self) -> str:
        return self.seat.mission.ref

    @property
    def to_label(self):
        return self.get_kind_display() if self.kind == ConsentKind.LISTING else TO[self.addressee]

    @property
    def item_labels(self) -> list:
        names = ITEMS[self.kind]
        return [names(item).label for item in in_order(names, self.items)]
