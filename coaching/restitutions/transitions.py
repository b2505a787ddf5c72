"""The life of a restitution as a table. Nothing is released that the coachee has not approved; no judgement takes the place of that."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import RestitutionState as S

COACH = frozenset({"coach"})
COACHEE = frozenset({"coachee"})
SYSTEM = frozenset({"system"})

RESTITUTION = Machine(
    "restitution",
    (
        Transition(
            name="propose",
            label=_("Send it to the coachee"),
            sources=frozenset({S.DRAFT}),
            target=S.PROPOSED,
            roles=COACH,
            stamps="proposed_at",
            consequence=_(
                "The coachee reads the very page the addressee would see, and approves it, words it otherwise, asks for another or refuses. Nobody else reads it."
            ),
        ),
        Transition(
            name="take_back",
            label=_("Take it back to draft"),
            sources=frozenset({S.PROPOSED, S.APPROVED}),
            target=S.DRAFT,
            roles=COACH,
            consequence=_("The coachee no longer finds it, and an approval they gave counts no more."),
        ),
        Transition(
            name="drop",
            label=_("Set it aside"),
            sources=frozenset({S.DRAFT}),
            target=S.DROPPED,
            roles=COACH,
            stamps="ended_at",
            destructive=True,
            consequence=_("Nothing is given back by it. You may begin another."),
        ),
        Transition(
            name="end",
            label=_("The coaching has ended"),
            sources=frozenset({S.DRAFT, S.PROPOSED, S.APPROVED}),
            target=S.DROPPED,
            roles=SYSTEM,
            stamps="ended_at",
        ),
        Transition(
            name="approve",
            label=_("Approve this text"),
            sources=frozenset({S.PROPOSED}),
            target=S.APPROVED,
            roles=COACHEE,
            stamps="approved_at",
            consequence=_(
                "Your coach may release exactly this text, and no other, to the addressee named on it. Until then you may take your approval back."
            ),
        ),
        Transition(
            name="unapprove",
            label=_("Take my approval back"),
            sources=frozenset({S.APPROVED}),
            target=S.PROPOSED,
            roles=COACHEE,
            consequence=_("It cannot be released until you approve it again."),
        ),
        Transition(
            name="lapse",
            label=_("What was approved is no longer allowed"),
            sources=frozenset({S.APPROVED}),
            target=S.PROPOSED,
            roles=SYSTEM,
        ),
        Transition(
            name="ask",
            label=_("Ask for another text"),
            sources=frozenset({S.PROPOSED, S.APPROVED}),
            target=S.DRAFT,
            roles=COACHEE,
            consequence=_(
                "Your coach reads what you ask for, and writes another text. This one does not go."
            ),
        ),
        Transition(
            name="refuse",
            label=_("Refuse this restitution"),
            sources=frozenset({S.PROPOSED, S.APPROVED}),
            target=S.REFUSED,
            roles=COACHEE,
            stamps="ended_at",
            destructive=True,
            consequence=_(
                "Nothing is given back by it, now or later. You owe no reason; neither your organisation nor your manager learns of it."
            ),
        ),
        Transition(
            name="release",
            label=_("Release it"),
            sources=frozenset({S.APPROVED}),
            target=S.RELEASED,
            roles=COACH,
            stamps="released_at",
            consequence=_(
                "The addressee can read the approved text from now on. It can no longer be changed by anybody; what has been read cannot be taken back."
            ),
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw it"),
            sources=frozenset({S.RELEASED}),
            target=S.WITHDRAWN,
            roles=COACHEE | SYSTEM,
            stamps="withdrawn_at",
            destructive=True,
            consequence=_(
                "Whoever has not opened it no longer finds it. Whoever has, has read it, and keeps it."
            ),
        ),
    ),
)
