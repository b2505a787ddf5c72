"""Who may read what a coachee confides: the two of them, and nobody else, not even that there is something."""

from django.db.models import Exists, OuterRef, Q

from coaching.accounts.models import Membership
from coaching.kernel.registry import Confidence, Reader, declare, declare_section, plumbing
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Seat

from .enums import OPEN
from .models import RecoursePerson


def in_conflict() -> tuple[Exists, Exists]:
    """Asked of a row of :class:`RecoursePerson`: a member of that practice, or somebody at a table of its missions."""
    here = {"practice": OuterRef("practice"), "user": OuterRef("user"), "left_at": None}
    at_table = {"mission__practice": OuterRef("practice"), "person__user": OuterRef("user"), "ended_at": None}
    return Exists(Membership.unscoped.filter(**here)), Exists(Seat.unscoped.filter(**at_table))


def free_people():
    """Recourse persons who have accepted and have not since come to sit where they may not."""
    member, seated = in_conflict()
    return RecoursePerson.unscoped.filter(~member, ~seated, accepted_at__isnull=False)


def _confided_to(v: Viewer) -> Q:
    """What was written to this very person; once another has taken their place, only what is still under way."""
    mine = free_people().filter(user_id=v.user_id).values("pk")
    return Q(practice_id=v.practice_id, recourse_id__in=mine) & (
        Q(recourse__ended_at=None) | Q(state__in=OPEN)
    )


SIGNAL_RULES = {
    # Their own for good, whatever has become of their seat.
    Portal.COACHEE: lambda v: Q(practice_id=v.practice_id, seat__person__user_id=v.user_id),
    Portal.RECOURSE: _confided_to,
}
PERSON_RULES = {Portal.PRACTICE: lambda v: Q(practice_id=v.practice_id)}

plumbing(
    "recourse.RecoursePerson",
    "id ref practice user acknowledge_days handle_days appointed_at accepted_at ended_at",
)
declare(
    "recourse.RecoursePerson",
    "name",
    Confidence.OPERATIONS,
    Reader.ADMINISTRATOR,
    Reader.COACHEE,
    Reader.OWN,
)
declare("recourse.RecoursePerson", "email", Confidence.OPERATIONS, Reader.ADMINISTRATOR, Reader.OWN)
plumbing(
    "recourse.Signal",
    "id ref practice mission seat recourse state written_at acknowledge_by handle_by acknowledged_at handled_at "
    "withdrawn_at reminded_on",
)
plumbing("recourse.Message", "id ref signal by written_at")
declare("recourse.Message", "sealed_ref", Confidence.SECRET, Reader.COACHEE, Reader.RECOURSE)
declare_section("recourse.dates", Reader.COACHEE, Reader.RECOURSE)
