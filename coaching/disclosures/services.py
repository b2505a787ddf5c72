"""The coach records what the law obliged them to tell (article Confidentialité: « sous réserve du respect des lois en vigueur »)."""

from datetime import date

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import only_coach

from . import letters
from .access import PLACES
from .enums import Basis
from .models import Disclosure


@act
def record(
    viewer: Viewer,
    mission: Mission,
    seat: Seat,
    *,
    basis: str,
    article: str,
    recipient: str,
    told: str,
    told_on: date,
    corrects: Disclosure | None = None,
) -> Disclosure:
    """One line for good, sealed to coach and coachee. Records ``disclosure.record`` or ``disclosure.correct``.

    Who may: the mission's coach, whatever its state (the law does not wait), about one of its coachees, once it was
    told. The coachee is written to, without a word of it; nobody else learns that there is one. Raises
    :class:`Invalid` beside a field, :class:`NotAllowedNow`, and :class:`Stale` where that line is corrected already.
    """
    only_coach(viewer, mission)
    _check(mission, seat, basis, article, told_on, corrects)
    row = Disclosure(
        mission=mission,
        seat=seat,
        basis=basis,
        told_on=told_on,
        corrects=corrects,
        recorded_by_id=viewer.user_id,
    )
    words = {"article_ref": article, "recipient_ref": recipient, "told_ref": told}
    for place, column in PLACES:
        if words[column].strip():
            sealed = seal_for_both(viewer, seat, words[column].strip(), place=place, row=row.ref)
            setattr(row, column, sealed)
    _save(row)
    _tell(viewer, row)
    letters.recorded(row)
    return row


def _check(mission: Mission, seat: Seat, basis: str, article: str, told_on: date, corrects) -> None:
    if seat.mission_id != mission.pk or seat.role != SeatRole.COACHEE or seat.ended_at:
        raise NotAllowedNow(_("It is recorded about a coachee of this mission."))
    if corrects is not None and corrects.seat_id != seat.pk:
        raise NotAllowedNow(_("A correction is about the person of the line it corrects."))
    if told_on > timezone.localdate():
        raise Invalid(_("It is recorded once it was told: this day is still to come."), field="told_on")
    if basis == Basis.OTHER and not article.strip():
        raise Invalid(_("Name the text of law."), field="article")


def _save(row: Disclosure) -> None:
    row.clean_fields()
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("This line is corrected already: correct the last one.")) from twin


def _tell(viewer: Viewer, row: Disclosure) -> None:
    told, kind = row.told_in(viewer), "correct" if row.corrects_id else "record"
    data = {"basis": row.basis, **({"corrects": row.corrects.ref} if row.corrects_id else {})}
    events.record(
        chain=told.chain,
        kind=f"disclosure.{kind}",
        actor=told.actor,
        subject=row.ref,
        mission=told.mission,
        data=data,
    )
