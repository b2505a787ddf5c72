"""Versions of the charter that a person has acknowledged."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import ALL, Holding, fact

from .models import Acknowledgement

ALL_HELD = (
    Holding(
        "acknowledgements",
        _("Versions of the charter I acknowledged"),
        ALL,
        lambda v: (
            Acknowledgement.unscoped.filter(user_id=v.user_id, version__practice_id=v.practice_id)
            .select_related("version")
            .order_by("pk")
        ),
        (fact("version__number", _("Version")), fact("at", _("When"))),
        order=65,
    ),
)
