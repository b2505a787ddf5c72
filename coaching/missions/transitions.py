"""The life of a mission, as a table. Rooms above add their arrows' gates by name."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.gates import Gate
from coaching.kernel.transitions import Machine, Transition

from .enums import MissionState as S

COACH = frozenset({"coach"})
COACHEE = frozenset({"coachee"})
SPONSOR = frozenset({"sponsor"})
EITHER = COACH | COACHEE
SYSTEM = frozenset({"system"})

REQUESTS = Gate(
    "missions.requests", "demande-formulee", _("Both requests are recorded in their authors’ words")
)
VALIDATION = Gate(
    "missions.validation", "demande-formulee", _("The coach has validated the coachee’s request")
)
CONTEXT = Gate(
    "missions.context",
    "protection-organisations",
    _("The organisation’s context sheet is filled in"),
    overridable=True,
)
CONFLICT = Gate("missions.conflict", "respect-personnes", _("A conflict-of-interest declaration is made"))
# Answered by the room of supervision, which stands above.
SUPERVISED = Gate(
    "supervision.current", "supervision", _("The coach’s own supervision is up to date"), overridable=True
)
BOTH_READY = Gate("missions.both_ready", "protection-personne", _("Coach and coachee both agree to go on"))

ALTERNATIVES = Gate(
    "missions.alternatives", "arret-mission", _("Other options are proposed to the coachee"), overridable=True
)

# Answered by the room of closings, which stands above.
MEANS = Gate(
    "closings.means",
    "obligation-moyens",
    _("Each objective is linked to the means used for it"),
    overridable=True,
)
LOOKED = Gate(
    "closings.looked", "obligation-moyens", _("The coachee has looked at each objective"), overridable=True
)

# Answered by the room of contracts, which stands above.
SEALED = Gate("contracts.sealed", "contrat", _("The contract is signed by every party, and sealed"))
WITHDRAWN = Gate("contracts.withdrawn", "contrat", _("A consumer’s statement of withdrawal is on record"))
NOT_OUT = Gate("contracts.not_out", "refus", _("No contract of this mission is out for signature, or signed"))

MISSION = Machine(
    "mission",
    (
        Transition(
            name="open_contracting",
            label=_("Open the contract"),
            sources=frozenset({S.ENQUIRY}),
            target=S.CONTRACTING,
            roles=COACH,
            gates=(REQUESTS, VALIDATION, CONTEXT, CONFLICT, SUPERVISED),
            stamps="opened_at",
            consequence=_("The two requests are taken into a draft contract, which you then edit and share."),
        ),
        Transition(
            name="activate",
            label=_("Begin the mission"),
            sources=frozenset({S.CONTRACTING}),
            target=S.ACTIVE,
            roles=SYSTEM,
            gates=(SEALED,),
            stamps="activated_at",
            consequence=_("The contract stands: sessions can be held."),
        ),
        Transition(
            name="refuse",
            label=_("Decline this mission"),
            sources=frozenset({S.ENQUIRY, S.CONTRACTING}),
            target=S.REFUSED,
            roles=COACH,
            gates=(NOT_OUT,),
            stamps="refused_at",
            destructive=True,
            consequence=_(
                "The mission ends here for good: no contract can be made from it. Each party receives a letter "
                "with what you tell them, and nothing else."
            ),
        ),
        Transition(
            name="pause",
            label=_("Pause the coaching"),
            sources=frozenset({S.ACTIVE}),
            target=S.PAUSED,
            roles=EITHER,
            stamps="paused_at",
            consequence=_(
                "The coaching pauses at once. Sessions still planned are cancelled and do not count; those who take part "
                "are told."
            ),
        ),
        Transition(
            name="resume",
            label=_("Resume the coaching"),
            sources=frozenset({S.PAUSED}),
            target=S.ACTIVE,
            roles=EITHER,
            gates=(BOTH_READY,),
            consequence=_("The coaching goes on: the next sessions can be planned."),
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw from the contract"),
            sources=frozenset({S.CONTRACTING, S.ACTIVE, S.PAUSED}),
            target=S.STOPPED,
            roles=COACHEE,
            gates=(WITHDRAWN,),
            stamps="stopped_at",
            destructive=True,
            consequence=_(
                "The contract and the mission end here, without a reason being asked. What was paid is refunded."
            ),
        ),
        Transition(
            name="stop",
            label=_("Stop this mission"),
            sources=frozenset({S.CONTRACTING, S.ACTIVE, S.PAUSED}),
            target=S.STOPPED,
            roles=COACH,
            gates=(ALTERNATIVES,),
            stamps="stopped_at",
            destructive=True,
            consequence=_(
                "The mission ends here for good. Sessions still planned are cancelled and do not count, the coachee’s "
                "consents end, and restitutions not released are set aside. Each party receives a letter of their own."
            ),
        ),
        Transition(
            name="stop_by_coachee",
            label=_("Stop my coaching"),
            sources=frozenset({S.ENQUIRY, S.CONTRACTING, S.ACTIVE, S.PAUSED}),
            target=S.STOPPED,
            roles=COACHEE,
            stamps="stopped_at",
            destructive=True,
            consequence=_(
                "Your coaching ends here for good. Sessions still planned are cancelled and do not count, your consents "
                "end, and nothing more is given back about you."
            ),
        ),
        Transition(
            name="stop_by_organisation",
            label=_("Stop this coaching"),
            sources=frozenset({S.ENQUIRY, S.CONTRACTING, S.ACTIVE, S.PAUSED}),
            target=S.STOPPED,
            roles=SPONSOR,
            stamps="stopped_at",
            destructive=True,
            consequence=_(
                "The coaching ends here for good, for everybody at the table. Sessions still planned are cancelled and do "
                "not count, and no other restitution will be released to you. Those you have read stay readable."
            ),
        ),
        Transition(
            name="close",
            label=_("Close this mission"),
            sources=frozenset({S.ACTIVE, S.PAUSED}),
            target=S.CLOSED,
            roles=COACH,
            gates=(MEANS, LOOKED),
            stamps="closed_at",
            consequence=_(
                "The mission has come to its end. Sessions still planned are cancelled and do not count, the coachee’s "
                "consents end, and a restitution that was not released can no longer be. Each party receives a letter."
            ),
        ),
    ),
)
