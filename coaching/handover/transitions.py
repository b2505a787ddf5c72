"""The life of a hand-over as a table. Nobody but the coachee opens it to the colleague, whatever anybody judges."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import HandOverState as S

COACH = frozenset({"coach"})
COACHEE = frozenset({"coachee"})
COLLEAGUE = frozenset({"colleague"})
SYSTEM = frozenset({"system"})

HANDOVER = Machine(
    "handover",
    (
        Transition(
            name="agree",
            label=_("Agree to be handed over"),
            sources=frozenset({S.PROPOSED}),
            target=S.AGREED,
            roles=COACHEE,
            stamps="agreed_at",
            consequence=_(
                "The colleague reads who you are and what you ticked, and nothing else. Until they have accepted you may take it back; what they accept, they keep."
            ),
        ),
        Transition(
            name="decline",
            label=_("Decline"),
            sources=frozenset({S.PROPOSED}),
            target=S.DECLINED,
            roles=COACHEE,
            stamps="ended_at",
            destructive=True,
            consequence=_(
                "Nothing is handed over, and the colleague learns nothing. You owe no reason; your coaching goes on as it is."
            ),
        ),
        Transition(
            name="withdraw",
            label=_("Take it back"),
            sources=frozenset({S.PROPOSED, S.AGREED}),
            target=S.WITHDRAWN,
            roles=COACH,
            stamps="ended_at",
            destructive=True,
            consequence=_(
                "Nothing is handed over. What the coachee had agreed to is erased; the colleague no longer finds it."
            ),
        ),
        Transition(
            name="lapse",
            label=_("The coachee no longer agrees"),
            sources=frozenset({S.AGREED}),
            target=S.WITHDRAWN,
            roles=SYSTEM,
            stamps="ended_at",
        ),
        Transition(
            name="end",
            label=_("The coaching has ended"),
            sources=frozenset({S.PROPOSED, S.AGREED}),
            target=S.WITHDRAWN,
            roles=SYSTEM,
            stamps="ended_at",
        ),
        Transition(
            name="take_up",
            label=_("Take it up"),
            sources=frozenset({S.AGREED}),
            target=S.TAKEN_UP,
            roles=COLLEAGUE,
            stamps="ended_at",
            consequence=_(
                "A mission of yours begins, as an enquiry, with what was handed over. The coachee, your colleague and the organisation that pays are told; a contract of your own comes first, as with anybody."
            ),
        ),
        Transition(
            name="turn_down",
            label=_("Decline"),
            sources=frozenset({S.AGREED}),
            target=S.TURNED_DOWN,
            roles=COLLEAGUE,
            stamps="ended_at",
            destructive=True,
            consequence=_(
                "What you have just read is erased and you no longer find it. The coachee and your colleague are told; you owe no reason."
            ),
        ),
    ),
)
