"""What a coach takes to their supervision (article Supervision). The words lie in the vault; here are references and dates.

A point names nobody: it belongs to its coach, not to a mission, and stays when a mission's texts are erased.
"""

from django.conf import settings
from django.db import models

from coaching.kernel.events import Told
from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel

from .enums import PointState


class SupervisionPoint(ScopedModel):
    """Something that questions a coach, in words that name nobody. Nobody but its author ever opens it.

    ``note`` says where it came from, as long as that note is there.
    """

    ref = RefField(prefix="PT")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    note = models.ForeignKey("notes.SessionNote", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=PointState, default=PointState.OPEN)
    sealed_ref = models.CharField(max_length=16)
    number = models.PositiveIntegerField(default=1)  # of the wording it stands at
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    treated_at = models.DateTimeField(null=True, blank=True)  # when the coach said so
    brought_on = models.DateField(null=True, blank=True)  # the day of the supervision

    class Meta(ScopedModel.Meta):
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(name="point_state", condition=models.Q(state__in=PointState.values)),
            models.CheckConstraint(
                name="point_treated_has_its_date",
                condition=~models.Q(state=PointState.TREATED) | models.Q(treated_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["coach", "state"], name="point_of_coach")]

    def told_in(self, viewer) -> Told:
        """A chain of its coach's own: nobody else learns that there is a point, nor of which mission it could be."""
        return Told(viewer.user_ref, viewer.user_ref)

    @property
    def open(self) -> bool:
        return self.state == PointState.OPEN
