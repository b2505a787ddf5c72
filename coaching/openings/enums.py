"""What was opened, in words for the people it is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coaching.kernel.openings import What


class Opened(models.TextChoices):
    """The codes of :class:`coaching.kernel.openings.What`; a new one needs its words here, and a migration."""

    MISSION = What.MISSION.value, _("The page of the mission")
    REQUESTS = What.REQUESTS.value, _("The organisation’s request, with what it said before")
    CONTRACT = What.CONTRACT.value, _("The contract, as a page")
    CHANGES = What.CHANGES.value, _("What changed between two versions of the contract")
    CONTRACT_PDF = What.CONTRACT_PDF.value, _("The contract, as a PDF")
    STANDING = What.STANDING.value, _("The contract as it now stands")
    SEALED = What.SEALED.value, _("The sealed contract")
    RESTITUTION = What.RESTITUTION.value, _("A restitution")
    MINUTES = What.MINUTES.value, _("The minutes of a three-way meeting")
    LETTER = What.LETTER.value, _("Their letter about the end of the coaching")
