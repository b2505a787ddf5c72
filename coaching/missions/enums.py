from django.db import models
from django.utils.translation import gettext_lazy as _


class MissionState(models.TextChoices):
    ENQUIRY = "enquiry", _("Enquiry")
    CONTRACTING = "contracting", _("Contracting")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    STOPPED = "stopped", _("Stopped")
    REFUSED = "refused", _("Refused")


class MissionKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual")
    TEAM = "team", _("Team")


class Payer(models.TextChoices):
    ORGANISATION = "organisation", _("An organisation")
    COACHEE = "coachee", _("The coachee")


class SeatRole(models.TextChoices):
    COACHEE = "coachee", _("Coachee")
    SPONSOR = "sponsor", _("Sponsor")
    MANAGER = "manager", _("Manager")


class RequestLevel(models.TextChoices):
    ORGANISATION = "organisation", _("The organisation’s request")
    COACHEE = "coachee", _("The coachee’s request")


class ObjectiveTag(models.TextChoices):
    COMMON = "common", _("Common")
    ORGANISATION = "organisation", _("The organisation’s")
    COACHEE = "coachee", _("The coachee’s own")


class RefusalGround(models.TextChoices):
    ORGANISATION = "organisation", _("For reasons of the organisation")
    REQUESTER = "requester", _("For reasons of the person who asks")
    COACH = "coach", _("For reasons of my own")


class TerminationKind(models.TextChoices):
    """A coaching that is broken off, or one that has come to its end."""

    STOP = "stop", _("Stopped")
    CLOSE = "close", _("Closed")


class Hand(models.TextChoices):
    """Who ended a coaching that had begun: any of the three may stop it, the coach closes it."""

    COACH = "coach", _("The coach")
    COACHEE = "coachee", _("The coachee")
    ORGANISATION = "organisation", _("The organisation")


class Side(models.TextChoices):
    """The two whom a coachee's coaching is between: either may pause it, both agree to go on."""

    COACH = "coach", _("The coach")
    COACHEE = "coachee", _("The coachee")
