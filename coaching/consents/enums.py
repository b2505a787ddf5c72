from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentKind(models.TextChoices):
    """What a coachee may allow. The default is no: what is not here, and live, does not happen."""

    RESTITUTION = "restitution", _("What my coach may give back")


class Ending(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced by another choice")
    EXPIRED = "expired", _("Ended with the coaching")
