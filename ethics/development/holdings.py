"""What a coach has learnt: to that coach."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, word
from coaching.kernel.viewer import Portal

from .models import Qualification

ALL_HELD = (
    Holding(
        "qualifications",
        _("My qualifications"),
        frozenset({Portal.COACH}),
        lambda v: Qualification.unscoped.filter(coach_id=v.user_id, practice_id=v.practice_id).order_by("pk"),
        (
            word("title", _("Title"), "development.Qualification.title"),
            word("body", _("Awarded by"), "development.Qualification.body"),
            fact("obtained_on", _("Obtained on")),
            fact("hours", _("Hours")),
            fact("expires_on", _("Expires on")),
            fact("removed_at", _("Removed on")),
        ),
        order=20,
    ),
)
