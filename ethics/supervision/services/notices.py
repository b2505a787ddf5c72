"""Writing to coaches whose supervision is due soon, or overdue: once for each rise."""

from coaching.accounts.access import coaches_of_practices
from coaching.kernel.acts import one_act

from .. import letters
from ..enums import Level
from ..models import Notice
from ..standing import standings

RISING = list(Level)


def notify() -> int:
    """Look at every coach of every practice; gives how many were written to. For the worker, once a day.

    Done again the same day it writes to nobody: the level they were told is kept, in the transaction of the letter.
    """
    return sum(
        _tell(practice_id, pk, standing)
        for practice_id, coach_ids in coaches_of_practices().items()
        for pk, standing in standings(practice_id, coach_ids).items()
    )


def _tell(practice_id: int, coach_id: int, standing) -> bool:
    with one_act():
        row, _made = Notice.unscoped.get_or_create(practice_id=practice_id, coach_id=coach_id)
        rises = RISING.index(standing.level) > RISING.index(Level(row.level))
        moved = Notice.unscoped.filter(pk=row.pk, level=row.level).exclude(level=standing.level)
        if moved.update(level=standing.level) and rises:
            letters.due(practice_id, coach_id, standing)
            return True
    return False
