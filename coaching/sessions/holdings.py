"""Sessions: when and where somebody met. Nothing that was said in one is here."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import Holding, fact, word
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.holdings import seats_ever

from .models import CoachingSession, Participant


def _sessions(viewer: Viewer):
    rows = CoachingSession.unscoped.filter(mission__practice_id=viewer.practice_id)
    if viewer.portal == Portal.COACH:
        mine = {"coach_id": viewer.user_id}
    else:
        taken = Participant.unscoped.filter(seat__in=seats_ever(viewer)).values("session_id")
        mine = {"pk__in": taken}
    return rows.filter(**mine).select_related("mission").order_by("starts_at", "pk")


ALL_HELD = (
    Holding(
        "sessions",
        _("My sessions"),
        frozenset({Portal.COACHEE, Portal.ORGANISATION, Portal.COACH}),
        _sessions,
        (
            fact("ref", _("Reference")),
            fact("mission__ref", _("Mission")),
            fact("kind", _("Kind")),
            fact("state", _("State")),
            fact("starts_at", _("When")),
            fact("minutes", _("Minutes")),
            fact("held_minutes", _("Minutes held")),
            fact("medium", _("Medium")),
            word("place", _("Place"), "coaching_sessions.CoachingSession.place"),
            word("join_link", _("Link to join"), "coaching_sessions.CoachingSession.join_link"),
        ),
        order=30,
    ),
)
