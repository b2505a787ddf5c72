"""What a person has asked of their data: told to them with the rest."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, word

from .models import Correction, Erasure
from .policy import REQUEST_RULES

ALL_HELD = (
    Holding(
        "corrections",
        _("Corrections I asked for"),
        PARTIES,
        lambda v: Correction.objects.visible_to(v, REQUEST_RULES).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("about", _("What")),
            word("wanted", _("What it should say"), "personal.Correction.wanted"),
            fact("state", _("State")),
            fact("asked_at", _("Asked on")),
            word("answer", _("The answer"), "personal.Correction.answer"),
        ),
        order=80,
    ),
    Holding(
        "erasures",
        _("Erasures I asked for"),
        PARTIES,
        lambda v: Erasure.objects.visible_to(v, REQUEST_RULES).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("state", _("State")),
            fact("asked_at", _("Asked on")),
            fact("answer_by", _("Answer due by")),
            fact("ended_at", _("Ended on")),
            word("answer", _("The answer"), "personal.Erasure.answer"),
        ),
        order=81,
    ),
)
