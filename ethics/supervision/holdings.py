"""Points for supervision: to their author alone."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed
from coaching.kernel.viewer import Portal

from .access import points_for
from .policy import POINT_PLACE

ALL_HELD = (
    Holding(
        "points",
        _("My points for supervision"),
        frozenset({Portal.COACH}),
        lambda v: points_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("state", _("State")),
            fact("written_at", _("Written on")),
            fact("brought_on", _("Brought on")),
            sealed("sealed_ref", _("Text"), POINT_PLACE),
        ),
        order=41,
    ),
)
