"""The life of a decision and of a suggestion, as tables. In the first, every arrow is the coachee's alone (article 11)."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import DecisionState as D
from .enums import SuggestionState as S

COACH = frozenset({"coach"})
COACHEE = frozenset({"coachee"})

DECISION = Machine(
    "decision",
    (
        Transition(
            name="fulfil",
            label=_("I carried it through"),
            sources=frozenset({D.OPEN}),
            target=D.FULFILLED,
            roles=COACHEE,
            stamps="closed_at",
            consequence=_("The decision is closed, with what you say of it. You may take it up again later."),
        ),
        Transition(
            name="drop",
            label=_("I let it go"),
            sources=frozenset({D.OPEN}),
            target=D.DROPPED,
            roles=COACHEE,
            stamps="closed_at",
            consequence=_("The decision is closed, with what you say of it. You may take it up again later."),
        ),
        Transition(
            name="reopen",
            label=_("Take it up again"),
            sources=frozenset({D.FULFILLED, D.DROPPED}),
            target=D.OPEN,
            roles=COACHEE,
            consequence=_(
                "The decision is under way again. What you said of its end stays among its earlier wordings."
            ),
        ),
    ),
)

SUGGESTION = Machine(
    "suggestion",
    (
        Transition(
            name="adopt",
            label=_("Make it my decision"),
            sources=frozenset({S.OPEN}),
            target=S.ADOPTED,
            roles=COACHEE,
            stamps="answered_at",
            consequence=_(
                "It becomes a decision of yours, in your own words. Your coach sees that you adopted it."
            ),
        ),
        Transition(
            name="decline",
            label=_("Decline"),
            sources=frozenset({S.OPEN}),
            target=S.DECLINED,
            roles=COACHEE,
            stamps="answered_at",
            consequence=_("Your coach sees that you declined. You owe no reason."),
        ),
        Transition(
            name="withdraw",
            label=_("Take the suggestion back"),
            sources=frozenset({S.OPEN}),
            target=S.WITHDRAWN,
            roles=COACH,
            stamps="withdrawn_at",
            destructive=True,
            consequence=_("The coachee no longer finds it on their pages; they may have read it."),
        ),
    ),
)
