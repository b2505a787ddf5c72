from django.db import models
from django.utils.translation import gettext_lazy as _


class PointState(models.TextChoices):
    OPEN = "open", _("To bring to supervision")
    TREATED = "treated", _("Brought to supervision")


class Relation(models.TextChoices):
    """The charter asks for a peer or a third party who is competent."""

    THIRD_PARTY = "third", _("Supervisor by profession")
    PEER = "peer", _("Peer")


class Form(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual")
    GROUP = "group", _("In a group")


class SupervisionState(models.TextChoices):
    RECORDED = "recorded", _("Recorded by the coach")
    ASKED = "asked", _("To be attested")
    ATTESTED = "attested", _("Attested by the supervisor")
    CONTESTED = "contested", _("Seen otherwise by the supervisor")
    DROPPED = "dropped", _("Withdrawn by the coach")


CORRIGIBLE = frozenset({SupervisionState.RECORDED, SupervisionState.ASKED, SupervisionState.CONTESTED})


class Preset(models.TextChoices):
    """Ratios of the field: hours of coaching for an hour of supervision."""

    EMCC = "emcc", _("EMCC: 1 h for 35 h, 4 h a year, 1 h a quarter")
    AC_15 = "ac15", _("Association for Coaching: 1 h for 15 h")
    AC_30 = "ac30", _("Association for Coaching: 1 h for 30 h")
    AC_40 = "ac40", _("Association for Coaching: 1 h for 40 h")
    OWN = "own", _("The practice’s own figures, below")


class Level(models.TextChoices):
    """Where a coach stands; in rising order."""

    FINE = "fine", _("Up to date")
    SOON = "soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
