"""What the law obliged the coach to tell, to the coachee it is about."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed
from coaching.kernel.viewer import Portal

from .access import ARTICLE, RECIPIENT, TOLD, disclosures_for

ALL_HELD = (
    Holding(
        "disclosures",
        _("What the law obliged my coach to tell"),
        frozenset({Portal.COACHEE}),
        lambda v: disclosures_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("mission__ref", _("Mission")),
            fact("basis", _("Basis")),
            fact("told_on", _("On")),
            sealed("article_ref", _("The text it rests on"), ARTICLE),
            sealed("recipient_ref", _("To whom"), RECIPIENT),
            sealed("told_ref", _("What was told"), TOLD),
        ),
        order=63,
    ),
)
