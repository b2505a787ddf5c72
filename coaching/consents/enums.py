from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentKind(models.TextChoices):
    """What a coachee may allow. The default is no: what is not here, and live, does not happen."""

    RESTITUTION = "restitution", _("What my coach may give back")
    HANDOVER = "handover", _("What my coach may hand over to a colleague")
    LISTING = "listing", _("Being named in my coach’s hours log")


class HandOverItem(models.TextChoices):
    """What may be handed over to a colleague, item by item. Who it is about goes with any of it; a coach's notes never do."""

    IDENTITY = "identity", _("Who I am, and who else is at the table")
    ORGANISATION_REQUEST = "organisation_request", _("The organisation’s request")
    OWN_REQUEST = "own_request", _("The coachee’s own request, in full")
    SHARED_WORDING = "shared_wording", _("The wording shared with the organisation")
    AGREED_OBJECTIVES = "agreed_objectives", _("Common objectives, and the organisation’s")
    OWN_OBJECTIVES = "own_objectives", _("The coachee’s own objectives")
    PROGRESS = "progress", _("How far the common and the organisation’s objectives have come, in figures")
    SESSIONS = "sessions", _("How many sessions were held")
    SUMMARIES = "summaries", _("The summaries shared of sessions held alone with the coachee")
    LETTER = "letter", _("A letter to the colleague")


class ListedItem(models.TextChoices):
    """What an hours log says of a client, to the bodies that accredit the coach."""

    NAME = "name", _("My name")
    CONTACT = "contact", _("My e-mail address")


class Ending(models.TextChoices):
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced by another choice")
    EXPIRED = "expired", _("Ended with the coaching")
    USED = "used", _("What it allowed was handed over")
    UNUSED = "unused", _("Nothing was handed over")
