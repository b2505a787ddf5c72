"""Points, supervisions and with whom: to the coach they are of, and to nobody else."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed, word
from coaching.kernel.viewer import Portal

from .access import points_for, supervisions_for, supervisors_for
from .policy import LEARNING_PLACE, POINT_PLACE

COACH = frozenset({Portal.COACH})

ALL_HELD = (
    Holding(
        "points",
        _("My points for supervision"),
        COACH,
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
    Holding(
        "supervisions",
        _("My supervisions"),
        COACH,
        lambda v: supervisions_for(v).order_by("pk"),
        (
            fact("ref", _("Reference")),
            fact("held_on", _("Day")),
            fact("minutes", _("Length in minutes")),
            fact("form", _("Form")),
            fact("state", _("State")),
            word("supervisor__name", _("With"), "supervision.Supervisor.name"),
            word("attested_name", _("Attested"), "supervision.SupervisionSession.attested_name"),
            word("contested_with", _("What was otherwise"), "supervision.SupervisionSession.contested_with"),
            sealed("learning_ref", _("What I take from it"), LEARNING_PLACE),
        ),
        order=42,
    ),
    Holding(
        "supervisors",
        _("My supervisors"),
        COACH,
        lambda v: supervisors_for(v).order_by("pk"),
        (
            word("name", _("Name"), "supervision.Supervisor.name"),
            word("email", _("E-mail address"), "supervision.Supervisor.email"),
            word(
                "credentials",
                _("Training or accreditation as a supervisor"),
                "supervision.Supervisor.credentials",
            ),
            fact("agreed_from", _("Our agreement begins on")),
            fact("agreed_until", _("It ends on")),
        ),
        order=43,
    ),
)
