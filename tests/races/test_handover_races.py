"""Two hands on one hand-over: withdraw against take-up, agree against take-back, eight on each button. Without its guard, the race happens."""

import pytest
from django.http import Http404
from django.utils import timezone

from coaching.accounts.services import add_member, create_user
from coaching.consents import changes
from coaching.consents.models import Consent
from coaching.consents.services import consents
from coaching.handover import access
from coaching.handover.models import HandOver, HandOverRecord
from coaching.handover.services import answering, proposing, taking
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.missions.models import Mission
from ethics.development.services import save_qualification
from tests.handover.helpers import agreed, colleague, fresh, member, proposed, whole_seat
from tests.races.settings import complete
from tests.sessions.helpers import active, coachee
from tests.unlocking import print_code
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (Stale, NotAllowedNow, Invalid)
EIGHT = 8


@pytest.fixture
def mission(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    user = create_user(email="colleague@race.test", name="colleague", password=PASSWORD)
    print_code(user)
    small.users["colleague"] = user
    add_member(small.practice, user, as_coach=True, as_administrator=False, by=small.users["coach"].ref)
    return active(small)


def _won(answers) -> list:
    for one in answers:
        assert not isinstance(one, Exception) or isinstance(one, (*TOLD, Http404)), one
    return [one for one in answers if not isinstance(one, Exception)]


def _take_up(small, row):
    offer = access.get_offer(colleague(small), row.ref)
    return lambda: taking.take_up(colleague(small), offer)


def _begun(small) -> int:
    return Mission.unscoped.filter(coach=small.users["colleague"]).count()


def test_withdrawing_and_taking_up_at_once_leave_one_of_the_two(small, mission, together):
    row = agreed(small, mission)
    won = _won(together(_take_up(small, row), lambda: consents.withdraw(coachee(small), row.consent)))
    assert len(won) == 1
    assert (fresh(row).state, _begun(small)) in {("taken_up", 1), ("withdrawn", 0)}
    consent = Consent.unscoped.get(pk=row.consent_id)
    assert (consent.ending == "used") == (_begun(small) == 1)


def test_what_was_withdrawn_is_taken_up_when_the_consent_is_only_looked_at(
    small, mission, together, meet, monkeypatch
):
    """Looked at once, before the act, and nothing follows the withdrawal: the mission begins although it has ended."""
    row = agreed(small, mission)
    act = _take_up(small, row)

    def withdraw():
        made = consents.withdraw(coachee(small), row.consent)
        meet()
        return made

    def take_up():
        meet()
        return act()

    monkeypatch.setattr(taking, "end_consent", lambda *_args: True)
    monkeypatch.setattr(changes, "_changes", [])
    together(withdraw, take_up)
    assert Consent.unscoped.get(pk=row.consent_id).ending == "withdrawn"
    assert _begun(small) == 1


def test_taking_it_back_and_taking_it_up_at_once_leave_one_of_the_two(small, mission, together):
    row = agreed(small, mission)
    won = _won(together(_take_up(small, row), lambda: proposing.withdraw(small.coach, row)))
    assert len(won) == 1
    assert (fresh(row).state, _begun(small)) in {("taken_up", 1), ("withdrawn", 0)}


def test_agreeing_and_taking_it_back_at_once_leave_no_consent_without_its_hand_over(small, mission, together):
    row = proposed(small, mission)
    assert _won(
        together(
            lambda: answering.agree(coachee(small), row, row.items),
            lambda: proposing.withdraw(small.coach, row),
        )
    )
    alive = Consent.unscoped.filter(kind="handover", ended_at=None).exists()
    assert alive == (fresh(row).state == "agreed")


def test_eight_at_once_propose_one(small, mission, together):
    act = lambda: proposing.propose(small.coach, whole_seat(mission), member(small).ref, ["sessions"])  # noqa: E731
    assert len(_won(together(*[act] * EIGHT))) == 1
    assert HandOver.unscoped.count() == 1


def test_eight_at_once_agree_once(small, mission, together):
    row = proposed(small, mission)
    act = lambda: answering.agree(coachee(small), row, ["sessions"])  # noqa: E731
    assert len(_won(together(*[act] * EIGHT))) == 1
    assert Consent.unscoped.filter(kind="handover").count() == 1


def test_eight_at_once_decline_once(small, mission, together):
    row = proposed(small, mission)
    assert len(_won(together(*[lambda: answering.decline(coachee(small), row)] * EIGHT))) == 1


def test_eight_at_once_take_up_one_mission(small, mission, together):
    row = agreed(small, mission)
    assert len(_won(together(*[_take_up(small, row)] * EIGHT))) == 1
    assert (_begun(small), HandOverRecord.unscoped.count()) == (1, 1)


def test_eight_at_once_turn_down_once(small, mission, together):
    row = agreed(small, mission)
    offer = access.get_offer(colleague(small), row.ref)
    assert len(_won(together(*[lambda: taking.turn_down(colleague(small), offer)] * EIGHT))) == 1


def test_eight_at_once_take_back_once(small, mission, together):
    row = agreed(small, mission)
    assert len(_won(together(*[lambda: proposing.withdraw(small.coach, row)] * EIGHT))) == 1
