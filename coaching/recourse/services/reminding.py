"""What was promised a coachee is not forgotten: letters to the recourse person as the days come near."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from coaching.kernel.acts import one_act

from .. import letters
from ..enums import SignalState
from ..models import Signal

BEFORE, AGAIN = timedelta(days=1), timedelta(days=3)


def remind() -> int:
    """For the worker, every hour: one letter to each person of whom something is due, and then not for three days."""
    today = timezone.localdate()
    late = Q(state=SignalState.SENT, acknowledge_by__lte=today + BEFORE) | Q(
        state=SignalState.ACKNOWLEDGED, handle_by__lte=today + AGAIN
    )
    quiet = Q(reminded_on=None) | Q(reminded_on__lte=today - AGAIN)
    people = {}
    with one_act():
        rows = Signal.unscoped.filter(late, quiet).select_related("recourse__user", "recourse__practice")
        for signal in rows:
            mine = Signal.unscoped.filter(quiet, pk=signal.pk)
            if mine.update(reminded_on=today) == 1:
                people[signal.recourse_id] = signal.recourse
        for person in people.values():
            letters.due(person)
    return len(people)
