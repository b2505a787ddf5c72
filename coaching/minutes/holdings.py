"""Minutes of three-way meetings: what one was proposed and answered, and what all agreed on."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import PARTIES, Holding, fact, sealed, withhold, word
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.holdings import seats_ever

from .access import agreed_for, divergence_of
from .models import AgreedSide, CoacheeCopy, OrganisationCopy
from .policy import TEXT_PLACE, WORDING_PLACE

SESSION = fact("minutes__session__ref", _("Session"))


def _copies(viewer: Viewer) -> list[dict]:
    rows = CoacheeCopy.unscoped.filter(seat__in=seats_ever(viewer)).select_related("minutes__session")
    names = ("number", "answer", "sent_at", "answered_at", "text_ref", "wording_ref", "ref")
    return [
        {
            **{name: getattr(row, name) for name in names},
            "session": row.minutes.session.ref,
            "divergence": divergence_of(row),
        }
        for row in rows.order_by("pk")
    ]


def _answers(viewer: Viewer):
    """What this very person answered for their organisation."""
    rows = OrganisationCopy.unscoped.filter(answered_by__in=seats_ever(viewer))
    return rows.select_related("minutes__session").order_by("pk")


def _sides(viewer: Viewer):
    rows = AgreedSide.unscoped.filter(seat__in=seats_ever(viewer))
    return rows.select_related("agreed__minutes__session").order_by("pk")


ALL_HELD = (
    Holding(
        "minutes_proposed",
        _("Minutes proposed to me, and my answers"),
        frozenset({Portal.COACHEE}),
        _copies,
        (
            fact("session", _("Session")),
            fact("number", _("Version")),
            fact("sent_at", _("Proposed on")),
            fact("answer", _("The answer")),
            fact("answered_at", _("Answered on")),
            sealed("text_ref", _("Text"), TEXT_PLACE),
            sealed("wording_ref", _("My wording"), WORDING_PLACE),
            word("divergence", _("What I hold beside it"), "minutes.CoacheeCopy.divergence"),
        ),
        order=50,
    ),
    Holding(
        "minutes_answered",
        _("Minutes I answered"),
        frozenset({Portal.ORGANISATION}),
        _answers,
        (
            SESSION,
            fact("answer", _("The answer")),
            fact("answered_at", _("Answered on")),
            word("text", _("Text"), "minutes.OrganisationCopy.text"),
            word("wording", _("My wording"), "minutes.OrganisationCopy.wording"),
            word("divergence", _("What I hold beside it"), "minutes.OrganisationCopy.divergence"),
        ),
        order=50,
    ),
    Holding(
        "minutes_agreed",
        _("Agreed minutes"),
        frozenset({Portal.COACHEE}),
        lambda v: agreed_for(v).order_by("pk"),
        (
            SESSION,
            fact("agreed_at", _("Agreed on")),
            word("text", _("Text"), "minutes.AgreedMinutes.text"),
        ),
        order=51,
    ),
    Holding(
        "minutes_sides",
        _("My approvals of minutes"),
        PARTIES,
        _sides,
        (
            fact("agreed__minutes__session__ref", _("Session")),
            fact("approved_at", _("Approved on")),
            word("divergence", _("What I hold beside it"), "minutes.AgreedSide.divergence"),
        ),
        order=52,
    ),
)
withhold(
    "minutes.Minutes",
    "draft_ref",
    _("The coach’s draft, before it is proposed: article 15(4) of the GDPR, and the duty of secrecy."),
)
