"""The life of a session, as a table."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import Gate
from coaching.kernel.transitions import Machine, Transition

from .enums import SessionState as S

COACH = frozenset({"coach"})
EITHER = frozenset({"coach", "coachee"})

STANDS = Gate("sessions.stands", "contrat", _("The contract is sealed and the mission is active"))
EARLY = Gate(
    "sessions.early_start",
    "contrat",
    _("A consumer’s withdrawal period is over, or an early start was asked for"),
)
REACHED = Gate("sessions.reached", "obligation-moyens", _("The hour of the session has come"))
PLACE = Gate("sessions.place", "tele-coaching-lieu", _("Medium, place and privacy are recorded"))
MEDIUM = Gate(
    "sessions.medium",
    "tele-coaching-lieu",
    _("The medium is agreed in the contract, or confirmed by the coachee"),
    overridable=True,
)
PACE = Gate(
    "sessions.pace", "protection-personne", _("The pace is the contract’s, or both agree to a closer one")
)

SESSION = Machine(
    "session",
    (
        Transition(
            name="hold",
            label=_("Record as held"),
            sources=frozenset({S.PLANNED}),
            target=S.HELD,
            roles=COACH,
            gates=(STANDS, EARLY, REACHED, PLACE, MEDIUM, PACE),
            stamps="held_at",
            consequence=_("The session counts with its real length, and who was there is kept."),
        ),
        Transition(
            name="miss",
            label=_("Record as missed"),
            sources=frozenset({S.PLANNED}),
            target=S.MISSED,
            roles=COACH,
            gates=(REACHED,),
            stamps="missed_at",
            destructive=True,
            consequence=_(
                "The coachee did not come: the session counts towards the number agreed, as the contract says."
            ),
        ),
        Transition(
            name="cancel",
            label=_("Cancel the session"),
            sources=frozenset({S.PLANNED}),
            target=S.CANCELLED,
            roles=EITHER,
            stamps="cancelled_at",
            destructive=True,
            consequence=_("The session is taken out of everybody’s calendar, and does not count."),
        ),
        Transition(
            name="cancel_late",
            label=_("Cancel after the notice"),
            sources=frozenset({S.PLANNED}),
            target=S.CANCELLED_LATE,
            roles=EITHER,
            stamps="cancelled_at",
            destructive=True,
            consequence=_(
                "The notice of the contract has passed: the session counts towards the number agreed."
            ),
        ),
    ),
)
