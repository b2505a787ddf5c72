"""Consents, to the coachee who gave them."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact
from coaching.kernel.viewer import Portal
from coaching.missions.holdings import seats_ever

from .models import Consent

ALL_HELD = (
    Holding(
        "consents",
        _("My consents"),
        frozenset({Portal.COACHEE}),
        lambda v: (
            Consent.unscoped.filter(seat__in=seats_ever(v)).select_related("seat__mission").order_by("pk")
        ),
        (
            fact("ref", _("Reference")),
            fact("seat__mission__ref", _("Mission")),
            fact("kind", _("Kind")),
            fact("addressee", _("To whom")),
            fact("item_labels", _("For what")),
            fact("given_at", _("Given on")),
            fact("until", _("Until")),
            fact("ended_at", _("Ended on")),
            fact("ending", _("How it ended")),
        ),
        order=41,
    ),
)
