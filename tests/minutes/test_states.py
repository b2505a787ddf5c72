"""Every state × arrow × seat of the minutes, from the table that runs the product."""

import pytest
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import system
from coaching.minutes.enums import MinutesState
from coaching.minutes.models import Minutes
from coaching.minutes.transitions import MINUTES
from tests.minutes.helpers import fresh, met, written
from tests.sessions.helpers import active

ROLES = ("coach", "coachee", "sponsor", "manager", "administrator", "system")


@pytest.fixture
def minutes(world, db):
    return written(world, met(world, active(world)))


def _in(minutes: Minutes, state: str) -> Minutes:
    now = timezone.now()
    dates = dict.fromkeys(("proposed_at", "agreed_at", "set_aside_at"), now)
    Minutes.unscoped.filter(pk=minutes.pk).update(state=state, number=1, sha256="0" * 64, **dates)
    return fresh(minutes)


@pytest.mark.parametrize("state", MinutesState.values)
@pytest.mark.parametrize("arrow", MINUTES.transitions, ids=lambda arrow: arrow.name)
@pytest.mark.parametrize("role", ROLES)
def test_an_arrow_is_taken_from_its_states_by_its_seats_alone(world, minutes, state, arrow, role):
    row = _in(minutes, state)
    actor = system(world.coach.practice_ref) if role == "system" else world.coach
    act = {"roles": frozenset({role})}
    if state in arrow.sources and role in arrow.roles:
        assert perform(MINUTES, row, arrow.name, actor, **act).state == arrow.target
        assert Event.unscoped.filter(kind=f"minutes.{arrow.name}", subject=row.ref).count() == 1
    else:
        with pytest.raises(NotAllowedNow):
            perform(MINUTES, row, arrow.name, actor, **act)
        assert fresh(row).state == state


def test_nobody_claims_to_be_the_product(world, minutes):
    row = _in(minutes, MinutesState.PROPOSED)
    with pytest.raises(NotAllowedNow):
        perform(MINUTES, row, "agree", world.coach, roles=frozenset({"system"}))
