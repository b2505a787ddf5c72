"""Who may read what of one's own data, of requests about it, and of how long a practice keeps things."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import withhold
from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer

KEEPER = {Portal.COACH: lambda v: Q(person__practice_id=v.practice_id, person__keeper_id=v.user_id)}


def _own(v: Viewer) -> Q:
    return Q(person__practice_id=v.practice_id, person__user_id=v.user_id)


REQUEST_RULES = {**KEEPER, Portal.COACHEE: _own, Portal.ORGANISATION: _own}
# The administrator is told of erasures by reference and date: that a month is kept.
DUE_RULES = {Portal.PRACTICE: lambda v: Q(person__practice_id=v.practice_id)}
HOLD_RULES = {Portal.COACH: lambda v: Q(mission__practice_id=v.practice_id, mission__coach_id=v.user_id)}

plumbing("personal.Export", "id ref practice user portal language state size asked_at ready_at expires_at")
declare("personal.Export", "material", Confidence.SECRET, Reader.OWN)
plumbing("personal.Correction", "id ref person about state asked_at ended_at")
declare("personal.Correction", "wanted answer", Confidence.SHARED, Reader.COACH, Reader.OWN)
plumbing("personal.Erasure", "id ref person state done asked_at answer_by ended_at")
declare("personal.Erasure", "answer", Confidence.SHARED, Reader.COACH, Reader.OWN)
plumbing("personal.Retention", "id practice kind months")
plumbing("personal.Hold", "id ref mission placed_by placed_at lifted_at")
declare("personal.Hold", "reason", Confidence.SHARED, Reader.COACH)
plumbing("personal.Purged", "id mission kind at")
plumbing("personal.DoomedFile", "id sha256 since")
declare_section("personal.own", Reader.OWN)
declare_section("personal.practice", Reader.ADMINISTRATOR)
declare_section("personal.items", Reader.COACH, Reader.OWN)
declare_section("personal.due", Reader.ADMINISTRATOR, Reader.COACH, Reader.OWN)

withhold("personal.Export", "material", _("It is this very export, while it is being prepared."))
withhold(
    "personal.Hold",
    "reason",
    _(
        "Why a coach keeps a file during a dispute: establishment or defence of legal claims, article 17(3)(e)."
    ),
)
