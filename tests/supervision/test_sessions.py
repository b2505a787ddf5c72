"""Supervisions: recorded by the coach, attested by the supervisor alone, read by nobody who has no business there."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import perform
from coaching.kernel.viewer import Portal
from ethics.supervision import access
from ethics.supervision.enums import PointState
from ethics.supervision.models import AttestationLink, SupervisionSession
from ethics.supervision.services import attesting, points, sessions, supervisors
from ethics.supervision.services.words import Named
from ethics.supervision.transitions import SUPERVISION
from tests.supervision.helpers import ago, attested, held, link_to, supervisor

LEARNT = "Je peux laisser le silence faire son travail."


@pytest.fixture
def odile(world, db):
    return supervisor(world)


@pytest.fixture
def point(world, db):
    return points.write(world.coach, "D’où me vient l’envie de rassurer ?").point


def test_a_supervision_is_recorded_with_its_points_and_what_was_learnt(world, odile, point):
    row = held(world, odile, treated=[point.ref], text=LEARNT)
    point.refresh_from_db()
    assert (point.state, point.brought_on, point.session) == (PointState.TREATED, row.held_on, row)
    assert access.learning_of(world.coach, row) == LEARNT
    event = Event.unscoped.filter(kind="supervision.record").last()
    assert (event.chain, event.subject) == (world.practice.ref, row.ref)
    assert LEARNT not in str(event.data)
    assert list(verify(world.practice.ref)) == []


def test_what_was_learnt_names_nobody_unless_the_coach_means_it(world, odile):
    text = f"Avec {world.people['coachee'].name}, je peux me taire."
    with pytest.raises(Named) as named:
        held(world, odile, text=text)
    assert not SupervisionSession.unscoped.filter(supervisor=odile).exists()
    row = held(world, odile, text=text, meant=[one.folded for one in named.value.found])
    assert access.learning_of(world.coach, row) == text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"held_on": lambda: ago(-1)}, "held_on"),
        ({"held_on": lambda: ago(20_000)}, "held_on"),
        ({"minutes": 601}, "minutes"),
        ({"minutes": 0}, "minutes"),
    ],
)
def test_a_day_to_come_or_an_impossible_length_is_refused_beside_its_field(world, odile, said, field):
    values = {"held_on": ago(1), "minutes": 60, "form": "individual"}
    values |= {name: value() if callable(value) else value for name, value in said.items()}
    with pytest.raises(Invalid) as refusal:
        sessions.record(world.coach, odile, values)
    assert refusal.value.field == field


def test_a_day_outside_the_agreement_is_refused(world, odile):
    supervisors.save_supervisor(world.coach, odile, {"agreed_from": ago(10), "agreed_until": ago(5)})
    for days in (11, 4):
        with pytest.raises(Invalid):
            held(world, odile, days=days)
    assert held(world, odile, days=7).pk


def test_the_same_supervision_is_not_recorded_twice(world, odile):
    row = held(world, odile)
    with pytest.raises(Invalid):
        held(world, odile)
    sessions.drop(world.coach, row)
    assert held(world, odile).pk


def test_nobody_supervises_themself(world, db):
    with pytest.raises(Invalid) as refusal:
        supervisor(world, email=world.users["coach"].email.upper())
    assert refusal.value.field == "email"


def test_a_colleague_neither_reads_nor_changes_it(world, odile):
    row, colleague = held(world, odile), world.viewer("colleague", Portal.COACH)
    with pytest.raises(Http404):
        access.get_supervision(colleague, row.ref)
    with pytest.raises(Http404):
        access.get_supervisor(colleague, odile.ref)
    for act in (
        lambda: sessions.drop(colleague, row),
        lambda: sessions.learn(colleague, row, LEARNT, based_on=1),
        lambda: attesting.ask(colleague, row),
        lambda: supervisors.end_supervisor(colleague, odile),
        lambda: held(world, odile, days=9, coach=colleague),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_the_administrator_reads_that_it_took_place_and_nothing_they_could_open(world, odile):
    row = held(world, odile, text=LEARNT)
    viewer = world.viewer("administrator", Portal.PRACTICE)
    assert row in access.supervisions_for(viewer)
    assert access.supervisors_for(viewer).count() == 0
    assert access.points_for(viewer).count() == 0
    with pytest.raises(NotAllowedNow):
        sessions.drop(viewer, row)


def test_a_withdrawn_supervision_gives_its_points_back_and_keeps_no_words(world, odile, point):
    row = held(world, odile, treated=[point.ref], text=LEARNT)
    sessions.drop(world.coach, row)
    point.refresh_from_db()
    assert (point.state, point.session, point.brought_on) == (PointState.OPEN, None, None)
    row.refresh_from_db()
    assert row.learning_ref == ""
    with pytest.raises(Http404):
        access.get_supervision(world.coach, row.ref)


def test_the_supervisor_attests_once_under_their_name(world, odile):
    row = attested(world, held(world, odile))
    assert (row.state, row.attested_name) == ("attested", "Odile Perrin")
    event = Event.unscoped.filter(kind="supervision.attest").last()
    assert (event.actor, event.subject) == (odile.ref, row.ref)


def test_a_link_serves_once_and_never_after_a_correction(world, odile):
    row = held(world, odile)
    _token, link = link_to(world, row)
    sessions.correct(world.coach, row, odile, {"held_on": ago(4), "minutes": 90, "form": "group"})
    with pytest.raises(Stale):
        attesting.attest(link, "Odile Perrin")
    _token, again = link_to(world, row)
    attesting.attest(again, "Odile Perrin")
    for act in (attesting.attest, attesting.contest):
        with pytest.raises((Stale, NotAllowedNow)):
            act(again, "Odile Perrin")


def test_a_link_that_is_too_old_attests_nothing(world, odile):
    _token, link = link_to(world, held(world, odile))
    AttestationLink.unscoped.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Stale):
        attesting.attest(link, "Odile Perrin")


def test_the_coach_cannot_attest_for_their_supervisor(world, odile):
    row = attesting.ask(world.coach, held(world, odile))
    with pytest.raises(NotAllowedNow):
        perform(SUPERVISION, row, "attest", world.coach, roles=frozenset({"coach"}))


def test_what_is_attested_is_corrected_by_nobody_but_what_was_learnt_is_the_coach_s(world, odile):
    row = attested(world, held(world, odile))
    with pytest.raises(NotAllowedNow):
        sessions.correct(world.coach, row, odile, {"held_on": ago(4), "minutes": 600, "form": "individual"})
    with pytest.raises(NotAllowedNow):
        sessions.drop(world.coach, row)
    sessions.learn(world.coach, row, LEARNT, based_on=row.number)
    row.refresh_from_db()
    assert access.learning_of(world.coach, row) == LEARNT


def test_other_words_typed_in_another_window_are_not_lost(world, odile):
    row = held(world, odile, text=LEARNT)
    sessions.learn(world.coach, row, "Autre chose.", based_on=1)
    with pytest.raises(Stale):
        sessions.learn(world.coach, row, "Encore autre chose.", based_on=1)
    row.refresh_from_db()
    assert access.learning_of(world.coach, row) == "Autre chose."


def test_a_supervisor_who_sees_it_otherwise_is_read_by_the_coach(world, odile):
    row = held(world, odile)
    _token, link = link_to(world, row)
    done = attesting.contest(link, "C’était une heure, pas deux.")
    assert (done.state, done.contested_with) == ("contested", "C’était une heure, pas deux.")
    sessions.correct(world.coach, row, odile, {"held_on": row.held_on, "minutes": 60, "form": "individual"})
    assert attested(world, row).state == "attested"


def test_nothing_is_asked_of_a_supervisor_without_an_address(world, db):
    with pytest.raises(Invalid):
        attesting.ask(world.coach, held(world, supervisor(world, email="")))


def test_a_supervisor_one_no_longer_works_with_is_ended_once(world, odile):
    supervisors.end_supervisor(world.coach, odile)
    assert odile not in access.present_supervisors(world.coach)
    with pytest.raises(Stale):
        supervisors.end_supervisor(world.coach, odile)


def test_another_address_takes_the_link_of_the_one_before_back(world, odile):
    _token, link = link_to(world, held(world, odile))
    supervisors.save_supervisor(world.coach, odile, {"email": "une.autre@supervision.test"})
    with pytest.raises(Stale):
        attesting.attest(link, "Odile Perrin")
