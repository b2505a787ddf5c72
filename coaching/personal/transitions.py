"""The states of a correction and of an erasure that a person asks for."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition

from .enums import CorrectionState, ErasureState

OWN, KEEPER = frozenset({"own"}), frozenset({"keeper"})

C = CorrectionState
CORRECTION = Machine(
    "correction",
    (
        Transition(
            "apply",
            _("Correct it"),
            frozenset({C.ASKED}),
            C.APPLIED,
            KEEPER,
            _("What you keep of this person says what they ask for, and they are written to."),
            stamps="ended_at",
        ),
        Transition(
            "decline",
            _("Answer with a reason"),
            frozenset({C.ASKED}),
            C.DECLINED,
            KEEPER,
            _("Nothing is changed; the person reads why, and may complain to the CNIL."),
            needs_reason=True,
            stamps="ended_at",
        ),
        Transition(
            "withdraw",
            _("Take it back"),
            frozenset({C.ASKED}),
            C.WITHDRAWN,
            OWN,
            _("Nothing is changed."),
            stamps="ended_at",
        ),
    ),
)

E = ErasureState
ERASURE = Machine(
    "erasure",
    (
        Transition(
            "carry_out",
            _("Erase for good"),
            frozenset({E.ASKED}),
            E.CARRIED,
            KEEPER,
            _("What the law does not keep is erased for good: nobody can bring it back."),
            stamps="ended_at",
            destructive=True,
        ),
        Transition(
            "decline",
            _("Answer with a reason"),
            frozenset({E.ASKED}),
            E.DECLINED,
            KEEPER,
            _("Nothing is erased; the person reads why, and may complain to the CNIL."),
            needs_reason=True,
            stamps="ended_at",
        ),
        Transition(
            "withdraw",
            _("Take it back"),
            frozenset({E.ASKED}),
            E.WITHDRAWN,
            OWN,
            _("Nothing is erased."),
            stamps="ended_at",
        ),
    ),
)
