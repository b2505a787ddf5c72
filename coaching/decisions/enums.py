from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionState(models.TextChoices):
    OPEN = "open", _("Under way")
    FULFILLED = "fulfilled", _("Carried through")
    DROPPED = "dropped", _("Let go")


class SuggestionState(models.TextChoices):
    OPEN = "open", _("Not answered")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


CLOSED_STATES = frozenset({DecisionState.FULFILLED, DecisionState.DROPPED})
