"""Who opened what: to a coachee what was opened of their mission, to the organisation's side what they opened themselves."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact
from coaching.kernel.viewer import Portal

from .models import Opening
from .policy import OPENING_RULES

DATA = (
    fact("mission__ref", _("Mission")),
    fact("portal", _("From which portal")),
    fact("what", _("What was opened")),
    fact("subject", _("Reference")),
    fact("at", _("When")),
)
ALL_HELD = (
    Holding(
        "openings",
        _("Who opened what of my mission"),
        frozenset({Portal.COACHEE}),
        lambda v: Opening.objects.visible_to(v, OPENING_RULES).select_related("mission").order_by("pk"),
        DATA,
        order=70,
        brief=True,
    ),
    Holding(
        "own_openings",
        _("What I opened"),
        frozenset({Portal.ORGANISATION}),
        lambda v: (
            Opening.unscoped.filter(reader_id=v.user_id, mission__practice_id=v.practice_id)
            .select_related("mission")
            .order_by("pk")
        ),
        DATA,
        order=70,
        brief=True,
    ),
)
