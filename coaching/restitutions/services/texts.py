"""Sealing the texts of a restitution for coach and coachee, one after the other."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.refs import new_ref
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import Side
from coaching.missions.models import Seat
from coaching.vault.enums import Audience
from coaching.vault.services import seal

from ..access import TEXT
from ..enums import RestitutionState
from ..models import Restitution, RestitutionText
from ..snapshots import FrozenRestitution, sha256_of, text_of


def keep(viewer: Viewer, restitution: Restitution, page: FrozenRestitution, by: Side) -> RestitutionText:
    """The text numbered ``restitution.number``, sealed; for services that have taken that number."""
    row = RestitutionText(
        ref=new_ref("RX"), restitution=restitution, number=restitution.number, by=by, sha256=sha256_of(page)
    )
    row.sealed_ref = seal_for_both(viewer, restitution.seat, text_of(page), TEXT, row.ref)
    row.save(force_insert=True)
    return row


def take(restitution: Restitution, based_on: int, states: frozenset[RestitutionState]) -> Restitution:
    """The next number is this writer's alone, and the row is theirs until the end of the transaction.

    :class:`Stale` to whoever saw another text; :class:`NotAllowedNow` where it is no longer to be worded.
    """
    rows = Restitution.unscoped.filter(pk=restitution.pk, number=based_on, state__in=states)
    if rows.update(number=F("number") + 1) != 1:
        if Restitution.unscoped.get(pk=restitution.pk).state not in states:
            raise NotAllowedNow(_("This restitution has moved on: it is no longer to be worded."))
        raise Stale(_("This text was changed in the meantime. Yours is kept below: compare, then save."))
    names = ("seat", "seat__person", "seat__mission", "seat__mission__coach")
    return Restitution.unscoped.select_related(*names, "seat__mission__practice").get(pk=restitution.pk)


def seal_for_both(viewer: Viewer, seat: Seat, text: str, place: str, row: str) -> str:
    """Sealed to the coach and the coachee, whoever of the two writes."""
    mission = seat.mission
    members = {mission.coach_id} | ({seat.person.user_id} if seat.person.user_id else set())
    return seal(
        viewer,
        text,
        place=place,
        row=row,
        mission_ref=mission.ref,
        audience=Audience.COACH_AND_COACHEE,
        about=seat.ref,
        members=members,
    )
