from django.db import models
from django.utils.translation import gettext_lazy as _


class PointState(models.TextChoices):
    OPEN = "open", _("To bring to supervision")
    TREATED = "treated", _("Brought to supervision")
