"""The life of the minutes of a three-way meeting, as a table (article « Équilibre de l'ensemble du système »)."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import LIVE_STATES
from .enums import MinutesState as M

COACH = frozenset({"coach"})

MINUTES = Machine(
    "minutes",
    (
        Transition(
            name="propose",
            label=_("Propose the minutes"),
            sources=frozenset({M.DRAFT}),
            target=M.PROPOSED,
            roles=COACH,
            stamps="proposed_at",
            consequence=_(
                "Each side receives this very text and a letter that says so, and answers for itself. "
                "Nobody but you learns what the others say, until all agree."
            ),
        ),
        Transition(
            name="propose_again",
            label=_("Propose this text instead"),
            sources=frozenset({M.PROPOSED}),
            target=M.PROPOSED,
            roles=COACH,
            stamps="proposed_at",
            consequence=_(
                "This text takes the place of the one proposed before: every answer given to that one is cancelled, "
                "and each side is asked anew."
            ),
        ),
        Transition(
            name="agree",
            label=_("Agreed by all"),
            sources=frozenset({M.PROPOSED}),
            target=M.AGREED,
            roles=frozenset({"system"}),
            stamps="agreed_at",
            consequence=_(
                "Every side has approved the same text: it is kept as it is, and all at the table read it, "
                "with what each holds beside it."
            ),
        ),
        Transition(
            name="set_aside",
            label=_("Set the minutes aside"),
            sources=LIVE_STATES,
            target=M.SET_ASIDE,
            roles=COACH,
            stamps="set_aside_at",
            destructive=True,
            consequence=_(
                "These minutes end here, whatever was answered; those they were proposed to are told that nothing is "
                "expected of them any more. You may begin others for the same meeting."
            ),
        ),
    ),
)
