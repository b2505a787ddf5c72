"""Discussing a version: who may say what, who reads it, what it does to the verdicts, when it is too late."""

import copy

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.gates import state_of
from coaching.kernel.viewer import Portal
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts import comments
from contracts.models import Comment, Reading, Verdict
from contracts.services import review, sharing
from contracts.transitions import ANSWERED
from tests.contracts.helpers import send, under_review


@pytest.fixture(scope="module")
def made(world, django_db_blocker):
    """Made once: what a test does to it is taken back at its end."""
    with django_db_blocker.unblock():
        return under_review(world)


@pytest.fixture
def sent(made, db):
    """The same rows, in objects of the test's own."""
    return copy.deepcopy(made)


@pytest.fixture
def version(sent):
    return sent[2]


@pytest.fixture
def coachee(world):
    return world.viewer("coachee", Portal.COACHEE)


@pytest.fixture
def sponsor(world):
    return world.viewer("sponsor", Portal.ORGANISATION)


def _say(viewer, version, text="Et le samedi ?", **options):
    return review.comment(viewer, version, **{"section": "fees", "kind": "comment", "text": text, **options})


def _ask(viewer, version, **options):
    return _say(viewer, version, "Deux séances de plus.", kind="change", **options)


def _texts(viewer, version):
    return [row.text for row in comments.comments_of(viewer, version.contract)]


def _letters(kind):
    return list(Letter.unscoped.filter(kind=kind).order_by("id"))


def _kinds(mission):
    return list(Event.unscoped.filter(mission=mission.ref).order_by("number").values_list("kind", flat=True))


# ---- who reads


def test_a_comment_stays_between_its_author_and_the_coach_unless_they_say_more(
    world, version, coachee, sponsor
):
    _say(coachee, version)
    assert _texts(world.coach, version) == ["Et le samedi ?"]
    assert _texts(coachee, version) == ["Et le samedi ?"]
    assert _texts(sponsor, version) == []


def test_a_sponsors_comment_to_the_coach_is_not_read_by_the_coachee(version, coachee, sponsor):
    _ask(sponsor, version)
    assert _texts(coachee, version) == []


def test_a_comment_to_everyone_is_read_at_the_whole_table(world, version, coachee, sponsor):
    _say(coachee, version, audience="table")
    assert [_texts(who, version) for who in (world.coach, coachee, sponsor)] == [["Et le samedi ?"]] * 3


def test_nobody_outside_the_table_reads_a_comment_to_everyone(world, version, coachee):
    _say(coachee, version, audience="table")
    outside = [
        world.viewer("colleague", Portal.COACH),
        world.viewer("teammate", Portal.COACHEE),
        world.viewer("manager", Portal.ORGANISATION),
        world.viewer("administrator", Portal.PRACTICE),
        world.viewer("coachee", Portal.ORGANISATION),
        world.viewer("coachee", Portal.COACHEE, world.elsewhere),
    ]
    assert [_texts(who, version) for who in outside] == [[]] * len(outside)


def test_an_author_whose_seat_has_ended_no_longer_reads_their_comment(world, sent, coachee):
    mission, _contract, version = sent
    row = _say(coachee, version)
    seats.end_seat(world.coach, mission, row.seat)
    assert _texts(coachee, version) == []
    with pytest.raises(NotAllowedNow):
        _say(coachee, version)


def test_a_withdrawn_comment_is_read_by_its_author_alone(world, version, coachee, sponsor):
    row = _say(coachee, version, audience="table")
    review.withdraw_comment(coachee, row)
    assert [_texts(who, version) for who in (world.coach, coachee, sponsor)] == [[], ["Et le samedi ?"], []]


def test_the_table_sees_names_and_verdicts_and_no_request_said_to_the_coach_alone(
    world, version, coachee, sponsor
):
    _ask(coachee, version)
    review.say_fine(sponsor, version)

    def seen(viewer):
        said = comments.comments_of(viewer, version.contract)
        return [(s.seat.role, bool(s.fine_at), bool(s.read_at), s.asked) for s in comments.standings(viewer, version, said)]  # fmt: skip

    assert seen(sponsor) == [("coachee", False, False, 0), ("sponsor", True, False, 0)]
    assert seen(coachee) == seen(sponsor)
    assert seen(world.coach) == [("coachee", False, False, 1), ("sponsor", True, True, 0)]


def test_a_request_said_to_everyone_is_counted_for_everyone(world, version, coachee, sponsor):
    _ask(coachee, version, audience="table")
    for viewer in (world.coach, coachee, sponsor):
        said = comments.comments_of(viewer, version.contract)
        assert [one.asked for one in comments.standings(viewer, version, said)] == [1, 0]


# ---- saying something


def test_a_comment_is_journalled_without_its_words_and_the_coach_is_told(sent, coachee):
    mission, _contract, version = sent
    row = _ask(coachee, version)
    event = Event.unscoped.get(kind="contract.comment", subject=row.ref)
    assert event.data == {"version": 1, "kind": "change", "audience": "coach"}
    assert event.mission == mission.ref
    letter = open_letter(_letters("contracts/commented")[-1])
    assert "Deux séances" not in letter.text + letter.subject
    assert f"/coach/contracts/{version.contract.ref}/" in letter.text


def test_comments_one_after_another_are_announced_once_and_each_request_for_change(version, coachee):
    before = len(_letters("contracts/commented"))
    _say(coachee, version)
    _say(coachee, version, section="conditions")
    assert len(_letters("contracts/commented")) == before + 1
    _ask(coachee, version)
    assert len(_letters("contracts/commented")) == before + 2


@pytest.mark.parametrize("text", ["", "  \n ", "é" * (review.MAX_LENGTH + 1)])
def test_a_comment_that_is_empty_or_too_long_is_refused(version, coachee, text):
    with pytest.raises(Invalid) as refused:
        _say(coachee, version, text)
    assert refused.value.field == "text"
    assert not Comment.unscoped.filter(version=version).exists()


@pytest.mark.parametrize("persona", ["coach", "colleague", "teammate", "manager", "administrator"])
def test_only_those_at_the_table_comment(world, version, persona):
    portals = {"teammate": Portal.COACHEE, "manager": Portal.ORGANISATION, "administrator": Portal.PRACTICE}
    with pytest.raises(NotAllowedNow):
        _say(world.viewer(persona, portals.get(persona, Portal.COACH)), version)


@pytest.mark.parametrize("act", [_say, _ask, review.say_fine])
def test_nothing_is_said_of_a_contract_taken_back_to_draft(world, sent, coachee, act):
    _mission, contract, version = sent
    sharing.revise(world.coach, contract)
    with pytest.raises(Stale):
        act(coachee, version)


@pytest.mark.parametrize("act", [_say, _ask, review.say_fine])
def test_nothing_is_said_of_a_version_that_another_has_followed(world, sent, coachee, act):
    _mission, contract, version = sent
    sharing.revise(world.coach, contract)
    send(world, contract)
    with pytest.raises(Stale):
        act(coachee, version)
    assert not Comment.unscoped.filter(version=version).exists()


def test_a_comment_stays_with_the_version_it_speaks_of(world, sent, coachee):
    _mission, contract, version = sent
    _say(coachee, version)
    sharing.revise(world.coach, contract)
    newer = send(world, contract)
    said = comments.comments_of(coachee, contract)
    assert comments.by_place(said, newer) == {}
    assert [row.text for row in comments.by_place(said, version)["fees"]] == ["Et le samedi ?"]


# ---- answering, withdrawing


def test_an_answer_is_given_once_told_to_the_author_and_read_where_the_comment_is(world, version, coachee):
    row = _ask(coachee, version)
    review.answer(world.coach, row, outcome="accepted", text="")
    (seen,) = comments.comments_of(coachee, version.contract)
    assert (seen.outcome, seen.answer, seen.answered_by_id) == ("accepted", "", world.users["coach"].pk)
    letter = _letters("contracts/answered")[-1]
    assert letter.to == world.people["coachee"].email
    with pytest.raises(Stale):
        review.answer(world.coach, row, outcome="explained", text="Non.")


def test_an_explanation_needs_words(world, version, coachee):
    row = _ask(coachee, version)
    with pytest.raises(Invalid) as refused:
        review.answer(world.coach, row, outcome="explained", text="  ")
    assert refused.value.field == "answer"


def test_an_answer_is_the_missions_coachs_alone(world, version, coachee):
    row = _ask(coachee, version)
    for viewer in (coachee, world.viewer("colleague", Portal.COACH), world.viewer("coach", Portal.PRACTICE)):
        with pytest.raises(NotAllowedNow):
            review.answer(viewer, row, outcome="accepted", text="")


def test_a_comment_is_answered_while_the_coach_works_on_the_draft_and_not_once_withdrawn(
    world, sent, coachee
):
    _mission, contract, version = sent
    rows = [_ask(coachee, version), _ask(coachee, version)]
    sharing.revise(world.coach, contract)
    review.answer(world.coach, comments.get_comment(world.coach, rows[0].ref), outcome="accepted", text="")
    sharing.withdraw(world.coach, contract, "Plus tard.")
    with pytest.raises(NotAllowedNow):
        review.answer(
            world.coach, comments.get_comment(world.coach, rows[1].ref), outcome="accepted", text=""
        )


def test_an_answered_comment_can_no_longer_be_withdrawn(world, version, coachee):
    row = _say(coachee, version)
    review.answer(world.coach, row, outcome="explained", text="Le samedi est libre.")
    with pytest.raises(Stale):
        review.withdraw_comment(coachee, row)


def test_a_comment_is_withdrawn_by_its_author_alone(world, version, coachee, sponsor):
    row = _say(coachee, version, audience="table")
    for viewer in (sponsor, world.coach):
        with pytest.raises(Stale):
            review.withdraw_comment(viewer, row)


def test_the_database_refuses_half_an_answer(version, coachee):
    row = _say(coachee, version)
    for half in ({"answer": "Oui."}, {"outcome": "accepted"}, {"answered_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.unscoped.filter(pk=row.pk).update(**half)


# ---- everything is fine with me


def test_a_verdict_says_that_one_has_read_and_counts_once(sent, coachee):
    mission, _contract, version = sent
    assert review.say_fine(coachee, version) == review.say_fine(coachee, version)
    assert Verdict.unscoped.filter(version=version).count() == 1
    assert Reading.unscoped.filter(version=version, user_id=coachee.user_id).exists()
    assert _kinds(mission)[-2:] == ["contract.read", "contract.fine"]


def test_the_coach_is_told_when_everyone_is_fine(version, coachee, sponsor):
    before = len(_letters("contracts/all_fine"))
    review.say_fine(coachee, version)
    assert len(_letters("contracts/all_fine")) == before
    review.say_fine(sponsor, version)
    assert len(_letters("contracts/all_fine")) == before + 1


def test_asking_for_a_change_takes_ones_own_verdict_back_and_no_one_elses(sent, coachee, sponsor):
    mission, _contract, version = sent
    review.say_fine(coachee, version)
    review.say_fine(sponsor, version)
    _ask(coachee, version)
    alive = Verdict.unscoped.filter(version=version, withdrawn_at=None)
    assert [row.user_id for row in alive] == [sponsor.user_id]
    assert "contract.fine_withdraw" in _kinds(mission)


def test_a_comment_that_asks_nothing_leaves_the_verdict(version, coachee):
    review.say_fine(coachee, version)
    _say(coachee, version)
    assert Verdict.unscoped.filter(version=version, withdrawn_at=None).count() == 1


def test_one_is_not_fine_while_ones_own_request_waits(world, version, coachee):
    row = _ask(coachee, version)
    with pytest.raises(NotAllowedNow):
        review.say_fine(coachee, version)
    review.answer(world.coach, row, outcome="explained", text="Huit suffisent pour commencer.")
    assert review.say_fine(coachee, version)


def test_the_database_keeps_one_verdict_alive_per_person(version, coachee):
    given = review.say_fine(coachee, version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.unscoped.create(version=version, seat=given.seat, user_id=coachee.user_id)


def test_a_new_version_asks_everyone_again(world, sent, coachee):
    _mission, contract, version = sent
    review.say_fine(coachee, version)
    sharing.revise(world.coach, contract)
    newer = send(world, contract)
    assert [one.fine_at for one in comments.standings(coachee, newer, [])] == [None, None]


# ---- the gate


def test_the_gate_is_held_once_every_request_on_the_newest_version_is_answered(world, sent, coachee):
    _mission, contract, version = sent
    assert state_of(ANSWERED, contract).held
    row = _ask(coachee, version)
    _say(coachee, version)  # a comment asks for nothing
    assert not state_of(ANSWERED, contract).held
    review.answer(world.coach, row, outcome="explained", text="Voici pourquoi.")
    assert state_of(ANSWERED, contract).held


def test_the_gate_does_not_ask_for_requests_withdrawn_or_on_an_older_version(world, sent, coachee):
    _mission, contract, version = sent
    review.withdraw_comment(coachee, _ask(coachee, version))
    assert state_of(ANSWERED, contract).held
    _ask(coachee, version)
    assert not state_of(ANSWERED, contract).held
    sharing.revise(world.coach, contract)
    send(world, contract)
    assert state_of(ANSWERED, contract).held


def test_the_gate_may_be_passed_with_a_written_reason():
    assert ANSWERED.overridable
    assert ANSWERED.article == "contrat"
