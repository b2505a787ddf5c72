from django.db import models
from django.utils.translation import gettext_lazy as _


class VatRegime(models.TextChoices):
    """How a practice stands to VAT; decides one line of every contract."""

    EXEMPT = "exempt", _("No VAT (art. 293 B of the French tax code)")
    STANDARD = "standard", _("VAT at the standard rate")


class Theme(models.TextChoices):
    AUTO = "auto", _("As my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class InvitationPurpose(models.TextChoices):
    MEMBERSHIP = "membership", _("join the practice")
    PERSON = "person", _("take one’s seat in a mission")
    RECOURSE = "recourse", _("be the practice’s recourse person")


# What a practice may choose as the smallest group of people of which a total speaks.
FEWEST, MOST = 3, 100
MOST_DEVELOPMENT = 500  # hours a year a practice may ask of its coaches
