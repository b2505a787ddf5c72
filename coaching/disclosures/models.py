"""What the law obliged a coach to tell (article « Confidentialité »). The words lie in the vault; here are codes and dates."""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import Basis


class Disclosure(ScopedModel):
    """One thing told about one coachee: on which basis, to whom, what, when. Never changed: a correction is another line."""

    ref = RefField(prefix="LD")
    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, related_name="+")
    basis = models.CharField(max_length=8, choices=Basis)
    article_ref = models.CharField(max_length=16, blank=True)
    recipient_ref = models.CharField(max_length=16)
    told_ref = models.CharField(max_length=16)
    told_on = models.DateField()
    corrects = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="disclosure_basis", condition=models.Q(basis__in=Basis.values)),
            models.CheckConstraint(
                name="disclosure_other_has_its_text",
                condition=~models.Q(basis=Basis.OTHER) | ~models.Q(article_ref=""),
            ),
            models.UniqueConstraint(fields=["corrects"], name="disclosure_corrected_once"),
        ]
        indexes = [models.Index(fields=["seat"], name="disclosure_of_seat")]

    def told_in(self, viewer) -> Told:
        """The coach's own chain: in the practice's, the administrator would read that there was one, and of whom."""
        return Told(viewer.user_ref, viewer.user_ref, self.mission.ref)
