"""The life of a signal, as a table."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import OPEN
from .enums import SignalState as S

RECOURSE = frozenset({"recourse"})
COACHEE = frozenset({"coachee"})

SIGNAL = Machine(
    "signal",
    (
        Transition(
            name="acknowledge",
            label=_("I have received it"),
            sources=frozenset({S.SENT}),
            target=S.ACKNOWLEDGED,
            roles=RECOURSE,
            stamps="acknowledged_at",
            consequence=_("The coachee learns that you have read what they wrote."),
        ),
        Transition(
            name="handle",
            label=_("It is dealt with"),
            sources=frozenset({S.ACKNOWLEDGED}),
            target=S.HANDLED,
            roles=RECOURSE,
            stamps="handled_at",
            consequence=_(
                "You have told the coachee what you could do: the exchange ends here. They may write to you anew."
            ),
        ),
        Transition(
            name="withdraw",
            label=_("Take back what I wrote"),
            sources=OPEN,
            target=S.WITHDRAWN,
            roles=COACHEE,
            stamps="withdrawn_at",
            destructive=True,
            consequence=_(
                "The recourse person no longer opens what you both wrote here. What they have read, they have read."
            ),
        ),
    ),
)
