"""Ending a mission, whoever ends it and however: one act, one letter to each party, written and rendered in one way.

What differs between declining, stopping and closing is said by :class:`Parting`; the rest is the same for all.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coaching.documents.rendering import Rendered, RenderFailed
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.markup import MarkupTooDeep, MarkupTooLong, MarkupTooWide, check
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at, seats_of
from coaching.missions.endings import Cause, interrupt
from coaching.missions.models import Mission, Seat, Termination
from coaching.missions.pace_access import stopped_seats
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import keep_overrides, record
from coaching.missions.transitions import MISSION

from .. import letters
from ..access import WORDS
from ..composing import Addressed, Ending, addressees, compose
from ..rendering import letter_pdf
from .keeping import keep

log = logging.getLogger(__name__)
COLUMNS = ("explanation", "orientation", "alternatives", "told_organisation", "told_coach", "told_coachee")
Made = Mapping[int, Rendered]  # by seat


@dataclass(frozen=True, slots=True)
class Parting:
    """One ending about to be made. ``row`` is what is written of it; nothing is saved yet.

    ``waits_for_pdf``: whether a renderer that fails holds the act back. It never does for a coachee who stops.
    """

    viewer: Viewer
    mission: Mission
    arrow: str
    row: Ending
    overrides: Mapping[str, str] = field(default_factory=dict)
    words: str = ""  # of a coachee to their coach
    waits_for_pdf: bool = True


def part(parting: Parting) -> Ending:
    """End the mission. Records ``mission.<arrow>``, or ``seat.stop`` for one coachee of a team; overrides are written down.

    Who may: a holder of one of the arrow's roles on the mission, in one of its states; whoever is second is told so
    (:class:`NotAllowedNow`, :class:`Stale`), and nothing of theirs is kept. Each party's letter is rendered first,
    outside any transaction; then, in one: the words are kept, the mission ends, what other rooms planned or prepared is
    set aside, everybody is written to. Raises :class:`coaching.kernel.errors.GateClosed` where the charter asks for more.
    """
    refuse_late(parting)
    addressed = addressed_by(parting)
    return settle(parting, addressed, _rendered(parting, addressed))


def refuse_late(parting: Parting) -> None:
    """Before anything is rendered: whether the arrow is this viewer's to take, and the words can be set."""
    arrow = MISSION[parting.arrow]
    if not roles_at(parting.viewer, parting.mission) & arrow.roles:
        raise NotAllowedNow(_("This act is not open to you."))
    _refuse_state(parting.mission, arrow)
    for name in COLUMNS:
        try:
            check(getattr(parting.row, name, ""), 4000)
        except (MarkupTooDeep, MarkupTooLong, MarkupTooWide) as refusal:
            refusal.field = name
            raise


def _refuse_state(mission: Mission, arrow) -> None:
    if mission.state not in arrow.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))


def addressed_by(parting: Parting) -> list[Addressed]:
    """A letter to each party, with the reference it will be kept under."""
    table = _table(parting).select_related("person__user").order_by("pk")
    return [
        Addressed(seat, compose(parting.mission, parting.row, seat, new_ref("PL")))
        for seat in addressees(parting.row, table)
    ]


def _table(parting: Parting) -> QuerySet[Seat]:
    """Who is there to be written to; not a coachee of a team who has stopped before, and has their letter."""
    left = Termination.unscoped.filter(mission=parting.mission, seat__isnull=False)
    return seats_of(parting.viewer, parting.mission).exclude(pk__in=left.values("seat"))


def _rendered(parting: Parting, addressed: list[Addressed]) -> Made:
    made = {}
    for one in addressed:
        try:
            made[one.seat.pk] = letter_pdf(one.letter)
        except RenderFailed:
            if parting.waits_for_pdf:
                raise
            log.error("the letter %s was not made as a PDF, nor those after it", one.letter.reference)
            break  # nobody waits for a renderer several times over: the worker makes them
    return made


@act
def settle(parting: Parting, addressed: list[Addressed], made: Made) -> Ending:
    """The act itself, once the letters are made. Also for stand-ins of the renderer."""
    viewer, row, arrow = parting.viewer, parting.row, MISSION[parting.arrow]
    mission = hold(parting.mission)
    _refuse_state(mission, arrow)
    if {seat.pk for seat in addressees(row, _table(parting))} != {one.seat.pk for one in addressed}:
        raise Stale(
            _("Somebody has come to the table, or left it, meanwhile. Look at it again before you go on.")
        )
    row.mission = parting.mission
    if parting.words.strip():
        row.words_ref = _seal_words(parting, row)
    _keep_row(row)
    if getattr(row, "seat_id", None):
        _stop_seat(parting, row, addressed, made)
        return row

    def effects(current: Mission, move: Move) -> None:
        keep_overrides(current, move)
        _after(parting, current, None, addressed, made)

    roles = roles_at(viewer, mission)
    perform(
        MISSION,
        parting.mission,
        arrow.name,
        viewer,
        roles=roles,
        overrides=parting.overrides,
        effects=effects,
    )
    return row


def _keep_row(row: Ending) -> None:
    row.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("Somebody else has just ended it. Look at it again before you go on.")) from twin


def _seal_words(parting: Parting, row: Termination) -> str:
    """Said to the coach alone. The one act here that needs the coachee's key open, and only if they say something."""
    seat = parting.row.seat or next(
        one
        for one in seats_of(parting.viewer, parting.mission)
        if one.person.user_id == parting.viewer.user_id
    )
    seat.mission = parting.mission
    return seal_for_both(parting.viewer, seat, parting.words.strip(), place=WORDS, row=row.ref)


def _stop_seat(parting: Parting, row: Termination, addressed: list[Addressed], made: Made) -> None:
    """One coachee of a team leaves; the mission goes on with the others."""
    record(parting.viewer, parting.mission, "seat.stop", row.seat.ref)
    _after(parting, parting.mission, row.seat, addressed, made)


def _after(
    parting: Parting, mission: Mission, seat: Seat | None, addressed: list[Addressed], made: Made
) -> None:
    kept = [
        keep(parting.viewer, parting.mission, parting.row, one, made.get(one.seat.pk)) for one in addressed
    ]
    interrupt(parting.viewer, mission, Cause.END, seat)
    letters.parted(parting.mission, kept)
    if parting.viewer.user_id != mission.coach_id:
        letters.ended_by_another(parting.mission, seat)


def left_already(seat: Seat) -> bool:
    """Whether this coachee of a team has stopped before."""
    return bool(stopped_seats([seat.pk]))
