from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOverState(models.TextChoices):
    PROPOSED = "proposed", _("With the coachee")
    AGREED = "agreed", _("Offered to the colleague")
    TAKEN_UP = "taken_up", _("Taken up")
    DECLINED = "declined", _("Declined by the coachee")
    TURNED_DOWN = "turned_down", _("Declined by the colleague")
    WITHDRAWN = "withdrawn", _("Taken back")


OPEN = frozenset({HandOverState.PROPOSED, HandOverState.AGREED})
OFFERED = frozenset({HandOverState.AGREED, HandOverState.TAKEN_UP})  # what the colleague finds
OVER = frozenset(HandOverState) - OPEN
