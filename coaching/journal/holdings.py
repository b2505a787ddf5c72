"""What the journal says a person did: kinds, dates and references."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import ALL, Holding, fact

from .labels import LABELS
from .models import Event

ALL_HELD = (
    Holding(
        "journal",
        _("What the journal says I did"),
        ALL,
        lambda v: (
            Event.unscoped.filter(actor=v.user_ref, chain__in=[v.practice_ref, v.user_ref])
            .only("at", "kind", "subject", "mission")
            .order_by("pk")
        ),
        (
            fact("at", _("When")),
            fact("kind", _("What"), read=lambda kind: str(LABELS.get(kind, kind))),
            fact("subject", _("Reference")),
            fact("mission", _("Mission")),
        ),
        order=72,
        brief=True,
    ),
)
