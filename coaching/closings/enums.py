from django.db import models
from django.utils.translation import gettext_lazy as _


class Through(models.TextChoices):
    """How somebody said that they have read their letter."""

    ACCOUNT = "account", _("in their portal")
    LINK = "link", _("by the link of their letter")
