"""What was confided to the recourse person: to the coachee who wrote and to that person, and to nobody else."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, sealed, word
from coaching.kernel.viewer import Portal, Viewer

from .access import PLACE, signals_for
from .enums import SignalState
from .models import Message, RecoursePerson

BOTH = frozenset({Portal.COACHEE, Portal.RECOURSE})


def _messages(viewer: Viewer):
    """What a coachee has taken back is listed to them alone."""
    seen = signals_for(viewer)
    if viewer.portal == Portal.RECOURSE:
        seen = seen.exclude(state=SignalState.WITHDRAWN)
    rows = Message.unscoped.filter(signal__in=seen.order_by().values("pk"))
    return rows.select_related("signal").order_by("pk")


ALL_HELD = (
    Holding(
        "confided",
        _("What was confided to the recourse person"),
        BOTH,
        _messages,
        (
            fact("signal__ref", _("Reference")),
            fact("signal__state", _("State")),
            fact("by", _("By")),
            fact("written_at", _("Written on")),
            sealed("sealed_ref", _("Text"), PLACE),
        ),
        order=64,
    ),
    Holding(
        "recourse_person",
        _("My place as recourse person"),
        frozenset({Portal.RECOURSE}),
        lambda v: RecoursePerson.unscoped.filter(user_id=v.user_id, practice_id=v.practice_id).order_by("pk"),
        (
            word("name", _("Name"), "recourse.RecoursePerson.name"),
            word("email", _("E-mail address"), "recourse.RecoursePerson.email"),
            fact("accepted_at", _("Accepted on")),
            fact("ended_at", _("Until")),
        ),
        order=10,
    ),
)
