"""A session that took place and a note of it, in a call or two."""

from coaching.notes.models import SessionNote
from coaching.notes.services import notes
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import life
from tests.sessions.helpers import begun, plan, seat_of
from tests.world import World

TAB, OTHER_TAB = "one-window", "other-window"


def held(world: World, mission, *, ago: float = 0, **options) -> CoachingSession:
    row = begun(plan(world, mission, **options), days=ago)
    life.record_held(world.coach, row, minutes=80, present=[seat_of(mission).ref])
    row.refresh_from_db()
    return row


def write(world: World, note: SessionNote, text: str, *, tab=TAB, based_on=None) -> SessionNote:
    note.refresh_from_db()
    return notes.write(
        world.coach, note, text, based_on=note.number if based_on is None else based_on, tab=tab
    )


def note_of(world: World, mission, text: str = "", session=None) -> SessionNote:
    row = notes.begin(world.coach, mission, session)
    return write(world, row, text) if text else row
