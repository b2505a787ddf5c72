"""Being named in a coach's hours log: a consent of the coachee's own, which outlives the coaching."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from coaching.consents.access import consents_of, holds, listed_by, standing
from coaching.consents.enums import ConsentKind, Ending
from coaching.consents.models import Consent
from coaching.consents.services import consents
from coaching.consents.services.moments import end_with
from coaching.journal.models import Event
from coaching.kernel.acts import one_act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.endings import Cause
from coaching.missions.models import Mission
from coaching.missions.services import seats
from tests.contracts.helpers import contracting
from tests.hours.helpers import listed
from tests.sessions.helpers import active, coachee, seat_of

pytestmark = pytest.mark.usefixtures("stands")


@pytest.fixture
def mission(world, db):
    return active(world)


def names(world) -> list[str]:
    return [seat.person.name for seat in listed_by(world.coach)]


def test_the_default_is_no(world, mission):
    assert names(world) == []


def test_a_coachee_says_yes_for_themself_and_it_is_told_in_codes(world, mission):
    row = listed(world, mission)
    assert (row.kind, row.addressee, row.contract, row.to_user) == (ConsentKind.LISTING, "", None, None)
    assert names(world) == [world.people["coachee"].name]
    event = Event.unscoped.filter(subject=row.ref).get()
    assert (event.kind, event.data["kind"]) == ("consent.give", "listing")


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("coach", Portal.COACH), ("teammate", Portal.COACHEE), ("departed", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION), ("administrator", Portal.PRACTICE),
    ],
)  # fmt: skip
def test_nobody_says_yes_in_the_coachees_place(world, mission, persona, portal):
    with pytest.raises((Http404, NotAllowedNow)):
        consents.be_listed(world.viewer(persona, portal), mission)
    assert names(world) == []


@pytest.mark.parametrize("portal", [Portal.COACHEE, Portal.ORGANISATION, Portal.PRACTICE, Portal.RECOURSE])
def test_nobody_but_the_coach_is_told_who_is_named(world, mission, portal):
    listed(world, mission)
    assert listed_by(world.viewer("coach", portal)) == []
    assert listed_by(world.viewer("colleague", Portal.COACH)) == []


def test_nothing_is_listed_before_the_coaching_has_begun(world, db):
    mission, _contract = contracting(world)
    with pytest.raises(NotAllowedNow):
        consents.be_listed(coachee(world), mission)


def test_a_last_day_that_has_passed_is_refused_beside_its_field(world, mission):
    with pytest.raises(Invalid) as refusal:
        listed(world, mission, until=timezone.localdate() - timedelta(days=1))
    assert refusal.value.field == "until"


@pytest.mark.parametrize("state", ["stopped", "closed"])
def test_it_outlives_the_coaching_until_it_is_taken_back(world, mission, state):
    row = listed(world, mission)
    now = timezone.now()
    Mission.unscoped.filter(pk=mission.pk).update(state=state, stopped_at=now, closed_at=now)
    mission.refresh_from_db()
    with one_act():
        end_with(world.coach, mission, Cause.END, None)
    row.refresh_from_db()
    assert row.ending == ""
    assert holds(row, mission)
    assert names(world)
    consents.withdraw(coachee(world), row)
    row.refresh_from_db()
    assert row.ending == Ending.WITHDRAWN
    assert names(world) == []


def test_it_ends_with_the_seat_of_whoever_can_no_longer_take_it_back(world, mission):
    row = listed(world, mission)
    seats.end_seat(world.coach, mission, seat_of(mission))
    row.refresh_from_db()
    assert row.ending == Ending.EXPIRED
    assert names(world) == []


def test_another_choice_takes_the_place_of_the_one_before(world, mission):
    before, day = listed(world, mission), timezone.localdate() + timedelta(days=30)
    listed(world, mission, until=day)
    before.refresh_from_db()
    assert before.ending == Ending.REPLACED
    assert standing(seat_of(mission), "", ConsentKind.LISTING).until == day
    assert len(names(world)) == 1


def test_it_changes_nothing_of_what_may_be_given_back(world, mission):
    before = standing(seat_of(mission), "sponsor")
    consents.withdraw(coachee(world), listed(world, mission))
    assert standing(seat_of(mission), "sponsor") == before
    assert len([one for one in consents_of(world.coach, mission) if one.kind == "listing"]) == 1


def test_the_database_refuses_one_towards_somebody_and_two_at_once(world, mission):
    row = listed(world, mission)
    said = {"seat": row.seat, "kind": "listing", "items": ["name"], "given_at": timezone.now()}
    for more in ({}, {"addressee": "sponsor"}, {"to_user": world.users["colleague"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.unscoped.create(**said, **more)
