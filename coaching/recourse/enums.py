from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalState(models.TextChoices):
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Received")
    HANDLED = "handled", _("Dealt with")
    WITHDRAWN = "withdrawn", _("Taken back")


class Author(models.TextChoices):
    COACHEE = "coachee", _("the coachee")
    RECOURSE = "recourse", _("the recourse person")


OPEN = frozenset({SignalState.SENT, SignalState.ACKNOWLEDGED})
