"""Eight hands on each button of minutes, two sides at once, an approval against another text: one outcome, the others told.

Without its guard, each race happens.
"""

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from django.utils import timezone

from coaching.accounts.services import create_user
from coaching.clients.models import Person
from coaching.clients.services import save_person
from coaching.kernel import transitions
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.minutes import access
from coaching.minutes.models import AgreedMinutes, CoacheeCopy, Minutes, OrganisationCopy
from coaching.minutes.services import answering, drafting
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from ethics.development.services import save_qualification
from tests.minutes.helpers import OTHER, TEXT, approve, copy_of, fresh, met, proposed, reword, written
from tests.races.settings import complete
from tests.sessions.helpers import active, coachee, sponsor
from tests.unlocking import print_code
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (Stale, NotAllowedNow)
EIGHT = 8


@pytest.fixture
def mission(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return active(small)


@pytest.fixture
def session(small, mission):
    return met(small, mission)


def _refused(answers) -> list:
    return [one for one in answers if isinstance(one, Exception)]


def _one_won(answers) -> None:
    refused = _refused(answers)
    assert len(refused) == len(answers) - 1, answers
    assert all(isinstance(one, TOLD) for one in refused), answers


def test_the_last_two_approvals_at_once_make_the_minutes_agreed(small, session, together):
    row = proposed(small, session)
    answers = together(lambda: approve(coachee(small), row, "Un mot."), lambda: approve(sponsor(small), row))
    assert _refused(answers) == []
    assert fresh(row).state == "agreed"
    assert AgreedMinutes.unscoped.count() == 1
    assert [side.divergence for side in access.agreed_of(small.coach, row).diverging] == ["Un mot."]


def test_the_last_two_approvals_agree_on_nothing_when_the_minutes_are_not_held(
    small, session, together, meet, monkeypatch, postgres
):
    """Each looks for the other's answer before it is there: both have approved, and nobody concludes.

    The journal's chain, which both would wait for, is taken away as well.
    """
    row = proposed(small, session)
    asked = answering._all_approve

    def slowly(minutes):
        found = asked(minutes)
        meet()
        return found

    monkeypatch.setattr(answering, "hold", lambda minutes: Minutes.unscoped.get(pk=minutes.pk))
    monkeypatch.setattr(answering, "_all_approve", slowly)
    monkeypatch.setattr(answering, "record", lambda *said: None)
    together(lambda: approve(coachee(small), row), lambda: approve(sponsor(small), row))
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees the first.
    assert fresh(row).state == ("proposed" if postgres else "agreed")
    assert {OrganisationCopy.unscoped.get().answer, CoacheeCopy.unscoped.get().answer} == {"approved"}


@pytest.mark.parametrize("act", [approve, reword])
@pytest.mark.parametrize("who", [coachee, sponsor])
def test_eight_answers_from_one_side_are_one(small, session, together, who, act):
    row = proposed(small, session)
    copy = copy_of(who(small), row)
    _one_won(together(*[lambda: act(who(small), row, based_on=0, sha256=copy.sha256)] * EIGHT))
    assert copy_of(who(small), row).revision == 1


def _second_sponsor(small, mission):
    user = create_user(email="second@race.test", name="second", password=PASSWORD)
    print_code(user)
    person = save_person(
        small.coach, None, {"name": "second", "email": user.email, "organisation": small.organisation}
    )
    Person.unscoped.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    small.users["second"], small.people["second"] = user, person
    seats.add_seat(small.coach, mission, person, "sponsor")
    return lambda: small.viewer("second", sponsor(small).portal)


def test_two_sponsors_answer_at_once_and_one_of_them_speaks(small, mission, session, together):
    second = _second_sponsor(small, mission)
    row = proposed(small, session)
    answers = together(
        lambda: approve(sponsor(small), row, based_on=0), lambda: reword(second(), row, based_on=0)
    )
    _one_won(answers)
    copy = copy_of(second(), row)
    assert (copy.revision, copy.answered_by.person.name in ("sponsor", "second")) == (1, True)


def test_the_second_sponsor_speaks_over_the_first_when_the_answer_is_only_looked_at(
    small, mission, session, together, meet, monkeypatch
):
    def look(copy, minutes, sha256, based_on, seat, **changes):
        if type(copy).unscoped.get(pk=copy.pk).revision != based_on:
            raise Stale("moved")
        meet()
        rows = type(copy).unscoped.filter(pk=copy.pk)
        rows.update(revision=F("revision") + 1, answered_at=timezone.now(), answered_by=seat, **changes)

    second = _second_sponsor(small, mission)
    row = proposed(small, session)
    monkeypatch.setattr(answering, "_take", look)
    monkeypatch.setattr(answering, "hold", lambda minutes: Minutes.unscoped.get(pk=minutes.pk))
    answers = together(
        lambda: approve(sponsor(small), row, based_on=0), lambda: reword(second(), row, based_on=0)
    )
    lone = connection.vendor != "postgresql"
    assert len(_refused(answers)) == (1 if lone else 0)
    assert copy_of(second(), row).revision == (1 if lone else 2)


def test_an_approval_against_another_text_counts_for_the_text_it_was_given_to(small, session, together):
    row = proposed(small, session)
    approve(coachee(small), row)
    again = written(small, session, OTHER)
    sha256 = row.sha256
    answers = together(
        lambda: drafting.propose(small.coach, again, based_on=again.revision),
        lambda: approve(sponsor(small), row, sha256=sha256),
    )
    assert all(isinstance(one, TOLD) for one in _refused(answers)), answers
    now = fresh(row)
    if now.state == "agreed":
        assert AgreedMinutes.unscoped.get().text == TEXT
    else:
        assert (now.state, now.number) == ("proposed", 2)
        assert not CoacheeCopy.unscoped.filter(number=2).exclude(answer="none").exists()
        assert not AgreedMinutes.unscoped.exists()


def test_eight_proposals_of_one_draft_are_one(small, session, together):
    row = written(small, session)
    _one_won(together(*[lambda: drafting.propose(small.coach, row, based_on=1)] * EIGHT))
    assert (OrganisationCopy.unscoped.count(), CoacheeCopy.unscoped.count()) == (1, 1)
    assert Letter.unscoped.filter(kind="minutes/proposed").count() == 2


def test_eight_proposals_of_another_text_are_one(small, session, together):
    proposed(small, session)
    row = written(small, session, OTHER)
    _one_won(together(*[lambda: drafting.propose(small.coach, row, based_on=row.revision)] * EIGHT))
    assert (OrganisationCopy.unscoped.count(), fresh(row).number) == (2, 2)


def test_the_table_refuses_a_second_proposal_when_the_minutes_are_not_held(
    small, session, together, meet, monkeypatch, postgres
):
    """The lock and the comparison taken away: both copies would be number 2, and the engine lets one in."""

    def look(obj):
        return type(obj).unscoped.get(pk=obj.pk)

    proposed(small, session)
    row = written(small, session, OTHER)
    monkeypatch.setattr(transitions, "_lock", look)
    monkeypatch.setattr(transitions, "_compare_and_set", lambda transition, current: meet())
    (refused,) = _refused(together(*[lambda: drafting.propose(small.coach, row, based_on=row.revision)] * 2))
    # SQLite lets one transaction write at a time (IMMEDIATE): there the second one sees the first.
    assert type(refused) is (IntegrityError if postgres else NotAllowedNow)
    assert OrganisationCopy.unscoped.filter(number=2).count() == 1


def test_eight_windows_begin_one_draft(small, session, together):
    _one_won(together(*[lambda: drafting.write(small.coach, session, TEXT, based_on=0)] * EIGHT))
    assert Minutes.unscoped.count() == 1


def test_eight_windows_write_over_one_another_once(small, session, together):
    row = written(small, session)
    _one_won(together(*[lambda: drafting.write(small.coach, session, OTHER, based_on=1)] * EIGHT))
    assert fresh(row).revision == 2


def test_minutes_are_set_aside_once_and_not_while_they_become_agreed(small, session, together):
    row = proposed(small, session)
    approve(coachee(small), row)
    answers = together(
        *[lambda: drafting.set_aside(small.coach, row)] * 4,
        *[lambda: approve(sponsor(small), row, based_on=0)] * 4,
    )
    assert len(_refused(answers)) == 7
    assert all(isinstance(one, TOLD) for one in _refused(answers)), answers
    assert (fresh(row).state == "agreed") == AgreedMinutes.unscoped.exists()
