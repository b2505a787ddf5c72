from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """What obliges a coach to speak, or lets them, in spite of professional secrecy. The last needs its words."""

    COURT = "court", _("An order or a requisition of a judge, a prosecutor or the police")
    DANGER = "danger", _("A danger to a person")
    OTHER = "other", _("Another text of law")
