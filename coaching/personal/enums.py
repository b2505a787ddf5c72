from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Ready")


class AskedField(models.TextChoices):
    """What a person may ask a coach to correct of what is kept of them."""

    NAME = "name", _("Name")
    PHONE = "phone", _("Phone")
    JOB_TITLE = "job_title", _("Position")
    ADDRESS = "address", _("Address")
    REGISTRATION = "registration", _("Registration number")


class CorrectionState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    APPLIED = "applied", _("Corrected")
    DECLINED = "declined", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back")


class ErasureState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    CARRIED = "carried", _("Carried out")
    DECLINED = "declined", _("Answered")
    WITHDRAWN = "withdrawn", _("Taken back")


class Kind(models.TextChoices):
    """Classes of data as a practice keeps them, each for a time of its own."""

    NOTES = "notes", _("The coach’s private notes and drafts")
    EXCHANGES = "exchanges", _("Requests, decisions, summaries, suggestions")
    SIGNALS = "signals", _("What is confided to the recourse person")
    MISSIONS = "missions", _("Contracts, restitutions, sessions: the file of a mission")
    LETTERS = "letters", _("Letters sent")
    INVITATIONS = "invitations", _("Invitations")
    PEOPLE = "people", _("People without a mission")


OF_MISSIONS = (Kind.NOTES, Kind.EXCHANGES, Kind.SIGNALS, Kind.MISSIONS)
