from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.enums import ScopeItem


class RestitutionState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    PROPOSED = "proposed", _("With the coachee")
    APPROVED = "approved", _("Approved by the coachee")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Refused by the coachee")
    DROPPED = "dropped", _("Set aside")


OPEN = frozenset({RestitutionState.DRAFT, RestitutionState.PROPOSED, RestitutionState.APPROVED})
GONE = frozenset({RestitutionState.RELEASED, RestitutionState.WITHDRAWN})  # it has left, once

# Items that say something by themselves, from the mission's facts; the others are words, or nothing.
FACTS = frozenset({ScopeItem.ATTENDANCE, ScopeItem.COMMON_OBJECTIVES, ScopeItem.MEANS})
WORDED = frozenset(ScopeItem) - {ScopeItem.ATTENDANCE}
