"""What conformity keeps of its own: figures by month. Everything else is worked out anew each time it is looked at."""

from django.conf import settings
from django.db import models

from coaching.kernel.evidence import About
from coaching.kernel.scoping import ScopedModel


class Tally(ScopedModel):
    """How one article stood over a coach's missions, or for the coach, in one month. Counts alone.

    The row of the month under way is counted again while it lasts; the others stay as they were.
    """

    practice = models.ForeignKey("accounts.Practice", models.RESTRICT, related_name="+")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    month = models.DateField()  # its first day
    about = models.CharField(max_length=8, choices=[(one.value, one.value) for one in About])
    article = models.CharField(max_length=40)
    held = models.PositiveIntegerField(default=0)
    overridden = models.PositiveIntegerField(default=0)
    to_do = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta(ScopedModel.Meta):
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "coach", "month", "about", "article"], name="tally_once_a_month"
            ),
            models.CheckConstraint(
                name="tally_about", condition=models.Q(about__in=[one.value for one in About])
            ),
        ]
