"""The life of a file of earlier hours, as a table."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.transitions import Machine, Transition
from coaching.kernel.viewer import SYSTEM

from .enums import ImportState as S

COACH, PRODUCT = frozenset({"coach"}), frozenset({"coach", SYSTEM})
WAITING = frozenset({S.RECEIVED, S.COLUMNS, S.READ, S.UNREADABLE})

IMPORT = Machine(
    "hours_import",
    (
        Transition(
            "ask_columns", _("Ask which column is which"), frozenset({S.RECEIVED}), S.COLUMNS, PRODUCT
        ),
        Transition("name_columns", _("Name the columns"), frozenset({S.COLUMNS}), S.RECEIVED, COACH),
        Transition("read", _("Read"), frozenset({S.RECEIVED}), S.READ, PRODUCT, stamps="read_at"),
        Transition("fail", _("Could not be read"), frozenset({S.RECEIVED}), S.UNREADABLE, PRODUCT),
        Transition(
            "keep",
            _("Put into my log"),
            frozenset({S.READ}),
            S.KEPT,
            COACH,
            consequence=_(
                "The lines without a fault go into your log. You can take the whole file back later."
            ),
            stamps="kept_at",
        ),
        Transition(
            "discard",
            _("Do not keep this file"),
            WAITING,
            S.DISCARDED,
            PRODUCT,
            consequence=_("Nothing of this file is kept. Your log stays as it is."),
            stamps="ended_at",
            destructive=True,
        ),
        Transition(
            "take_back",
            _("Take the import back"),
            frozenset({S.KEPT}),
            S.TAKEN_BACK,
            COACH,
            consequence=_(
                "Every line of this file leaves your log, names included. To have them again you send the file again."
            ),
            stamps="ended_at",
            destructive=True,
        ),
    ),
)
