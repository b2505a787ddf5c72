"""Sealing the texts of a restitution for coach and coachee, one after the other."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import Side
from coaching.missions.services.between import seal_for_both

from ..access import TEXT
from ..enums import RestitutionState
from ..models import Restitution, RestitutionText
from ..snapshots import FrozenRestitution, sha256_of, text_of


def keep(viewer: Viewer, restitution: Restitution, page: FrozenRestitution, by: Side) -> RestitutionText:
    """The text numbered ``restitution.number``, sealed; for services that have taken that number."""
    row = RestitutionText(
        ref=new_ref("RX"), restitution=restitution, number=restitution.number, by=by, sha256=sha256_of(page)
    )
    row.sealed_ref = seal_for_both(viewer, restitution.seat, text_of(page), place=TEXT, row=row.ref)
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


def cleared(current: Restitution, _move: Move) -> None:
    """What was approved was about another text, or is allowed no longer: it counts no more. An effect of moves."""
    Restitution.unscoped.filter(pk=current.pk).update(approved_sha256="", approved_at=None)
