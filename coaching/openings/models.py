"""Who opened what of a mission, and when. Codes, references and dates alone; a row is never changed and never taken away."""

from django.conf import settings
from django.db import models

from coaching.kernel.scoping import ScopedModel
from coaching.kernel.viewer import Portal

from .enums import Opened


class Opening(ScopedModel):
    """Somebody other than the mission's coach and the coachee concerned was shown something of it.

    Once an hour for each person and thing, so that reloading a page says nothing more.
    """

    mission = models.ForeignKey("missions.Mission", models.RESTRICT, related_name="+")
    seat = models.ForeignKey("missions.Seat", models.RESTRICT, null=True, blank=True, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    portal = models.CharField(max_length=12, choices=[(portal.value, portal.value) for portal in Portal])
    what = models.CharField(max_length=12, choices=Opened)
    subject = models.CharField(max_length=16)
    at = models.DateTimeField()
    hour = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "portal", "what", "subject", "hour"], name="opening_once_an_hour"
            ),
            models.CheckConstraint(name="opening_what", condition=models.Q(what__in=Opened.values)),
            models.CheckConstraint(
                name="opening_portal", condition=models.Q(portal__in=[portal.value for portal in Portal])
            ),
        ]
        indexes = [models.Index(fields=["mission", "-at"], name="opening_of_mission")]
