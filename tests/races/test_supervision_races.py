"""Two hands on one supervision: a link pressed twice, attested while it is corrected, recorded eight times."""

import pytest
from django.utils import timezone

from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from ethics.supervision.models import AttestationLink, SupervisionSession
from ethics.supervision.services import attesting, sessions
from tests.supervision.helpers import ago, held, link_to, supervisor

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (Stale, NotAllowedNow, Invalid)


@pytest.fixture
def odile(small):
    return supervisor(small)


def _won(answers) -> list:
    for one in answers:
        assert not isinstance(one, Exception) or isinstance(one, TOLD), one
    return [one for one in answers if not isinstance(one, Exception)]


def test_a_link_pressed_eight_times_attests_once(small, odile, together):
    row = held(small, odile)
    _token, link = link_to(small, row)
    assert len(_won(together(*[lambda: attesting.attest(link, "Odile")] * 8))) == 1


def test_attesting_and_contesting_at_once_leave_one_answer(small, odile, together):
    row = held(small, odile)
    _token, link = link_to(small, row)
    won = _won(
        together(lambda: attesting.attest(link, "Odile"), lambda: attesting.contest(link, "Pas ainsi."))
    )
    assert len(won) == 1
    now = SupervisionSession.unscoped.get(pk=row.pk)
    assert bool(now.attested_name) != bool(now.contested_with)


def test_what_is_corrected_at_that_moment_is_never_attested_as_it_was_not_shown(small, odile, together):
    row = held(small, odile, minutes=60)
    _token, link = link_to(small, row)
    said = {"held_on": row.held_on, "minutes": 600, "form": "individual"}
    answers = together(
        lambda: attesting.attest(link, "Odile"), lambda: sessions.correct(small.coach, row, odile, said)
    )
    assert len(_won(answers)) == 1
    now = SupervisionSession.unscoped.get(pk=row.pk)
    assert (now.state, now.minutes) in {("attested", 60), ("recorded", 600)}


def test_a_link_serves_twice_when_it_is_only_looked_at(small, odile, together, meet, monkeypatch, postgres):
    def look(link):
        if AttestationLink.unscoped.get(pk=link.pk).used_at:
            raise Stale("used")
        meet()
        AttestationLink.unscoped.filter(pk=link.pk).update(used_at=timezone.now())

    _token, link = link_to(small, held(small, odile))
    monkeypatch.setattr(attesting, "use", look)
    monkeypatch.setattr(attesting, "hold", lambda row: row)
    monkeypatch.setattr(attesting, "perform", lambda _machine, row, *_args, **_options: row)
    won = _won(together(lambda: attesting.attest(link, "Odile"), lambda: attesting.attest(link, "Une autre")))
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees the first.
    assert len(won) == (2 if postgres else 1)


def test_one_supervision_recorded_eight_times_at_once_is_there_once(small, odile, together):
    said = {"held_on": ago(2), "minutes": 60, "form": "individual"}
    answers = together(*[lambda: sessions.record(small.coach, odile, said)] * 8)
    assert len(_won(answers)) == 1
    assert SupervisionSession.unscoped.filter(supervisor=odile).count() == 1
