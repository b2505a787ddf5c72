"""What a coach has learnt, and can show to a client who asks (article Formation et transparence)."""

from django.conf import settings
from django.db import models

from coaching.kernel.refs import RefField
from coaching.kernel.scoping import ScopedModel


class Qualification(ScopedModel):
    """A training or a credential of one coach."""

    ref = RefField(prefix="QL")
    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    obtained_on = models.DateField()
    hours = models.PositiveIntegerField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ["-obtained_on", "id"]
