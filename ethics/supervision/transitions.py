"""The life of a point for supervision, as a table. Every arrow is its author's alone."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import PointState as P

COACH = frozenset({"coach"})

POINT = Machine(
    "point",
    (
        Transition(
            name="treat",
            label=_("Brought to supervision"),
            sources=frozenset({P.OPEN}),
            target=P.TREATED,
            roles=COACH,
            stamps="treated_at",
            consequence=_(
                "It stands among what you have brought, with that day. You may bring it again later."
            ),
        ),
        Transition(
            name="reopen",
            label=_("Bring it again"),
            sources=frozenset({P.TREATED}),
            target=P.OPEN,
            roles=COACH,
            consequence=_(
                "It stands among what is to be brought again, and the day it was brought is no longer said."
            ),
        ),
    ),
)
