"""The life of a point for supervision and of a supervision, as tables."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import CORRIGIBLE
from .enums import PointState as P
from .enums import SupervisionState as S

COACH = frozenset({"coach"})
SUPERVISOR = frozenset({"supervisor"})

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

SUPERVISION = Machine(
    "supervision",
    (
        Transition(
            name="ask",
            label=_("Ask for the attestation"),
            sources=CORRIGIBLE,
            target=S.ASKED,
            roles=COACH,
            stamps="asked_at",
            consequence=_(
                "Your supervisor receives a link for this supervision alone: your name, the day, how long, in what form; "
                "nothing else. A link sent before no longer works."
            ),
        ),
        Transition(
            name="attest",
            label=_("Attest this supervision"),
            sources=frozenset({S.ASKED}),
            target=S.ATTESTED,
            roles=SUPERVISOR,
            stamps="attested_at",
            consequence=_("It stands as attested, under your name and with today’s date."),
        ),
        Transition(
            name="contest",
            label=_("This is not how it was"),
            sources=frozenset({S.ASKED}),
            target=S.CONTESTED,
            roles=SUPERVISOR,
            stamps="contested_at",
            consequence=_(
                "The coach reads what you say, corrects it and asks you again. Until then it does not count."
            ),
        ),
        Transition(
            name="correct",
            label=_("Correct"),
            sources=CORRIGIBLE,
            target=S.RECORDED,
            roles=COACH,
            consequence=_("A link that was sent to your supervisor no longer works: ask again."),
        ),
        Transition(
            name="drop",
            label=_("Withdraw this supervision"),
            sources=CORRIGIBLE,
            target=S.DROPPED,
            roles=COACH,
            stamps="dropped_at",
            destructive=True,
            consequence=_(
                "It no longer counts, what you noted of it is erased, and the points brought there are to be brought again."
            ),
        ),
    ),
)
