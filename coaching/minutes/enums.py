from django.db import models
from django.utils.translation import gettext_lazy as _


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    SET_ASIDE = "set_aside", _("Put aside")


class Answer(models.TextChoices):
    """What one side says of the text it was proposed."""

    NONE = "none", _("No answer yet")
    APPROVED = "approved", _("Approved")
    REWORDED = "reworded", _("Worded otherwise")


LIVE_STATES = frozenset({MinutesState.DRAFT, MinutesState.PROPOSED})
