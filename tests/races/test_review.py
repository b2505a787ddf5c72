"""A contract discussed while its coach moves it, and answers that cross a withdrawal: one wins, the other is told."""

import pytest
from django.utils import timezone

from coaching.journal.models import Event
from coaching.kernel.errors import DomainError, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.access import own_seats
from contracts.models import Comment, Contract, ContractVersion, Verdict
from contracts.services import review, sharing
from ethics.development.services import save_qualification
from tests.contracts.helpers import under_review
from tests.races.settings import complete

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"section": "fees", "kind": "change", "text": "Moins cher."}


@pytest.fixture
def sent(small):
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    return under_review(small)


@pytest.fixture
def coachee(small):
    return small.viewer("coachee", Portal.COACHEE)


def _fresh(version):
    """The version as another browser has it, with objects of its own."""
    rows = ContractVersion.unscoped.select_related("contract__mission__coach", "contract__mission__practice")
    return rows.get(pk=version.pk)


def _won(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def test_a_comment_while_the_coach_takes_the_contract_back_is_kept_before_or_refused(
    small, sent, together, coachee
):
    _mission, contract, version = sent
    answers = together(
        lambda: review.comment(coachee, _fresh(version), **SAID),
        lambda: sharing.revise(small.coach, Contract.unscoped.get(pk=contract.pk)),
    )
    assert not isinstance(answers[1], Exception)
    assert isinstance(answers[0], (Comment, Stale)), answers[0]
    assert Comment.unscoped.count() == isinstance(answers[0], Comment)


def test_a_comment_lands_on_a_draft_without_the_conditional_update(
    small, sent, together, meet, monkeypatch, postgres, coachee
):
    """The guard taken away: the state is looked at, and no longer held."""
    _mission, contract, version = sent

    def naive(viewer, version):
        seat = own_seats(viewer, version.contract.mission)[0]
        if Contract.unscoped.get(pk=version.contract_id).state != "review":
            raise Stale("no longer in review")
        meet()  # the coach may go
        meet()  # the coach has gone
        return seat

    def revise():
        meet()
        sharing.revise(small.coach, Contract.unscoped.get(pk=contract.pk))
        meet()

    monkeypatch.setattr(review, "_hold", naive)
    together(lambda: review.comment(coachee, _fresh(version), **SAID), revise)
    kinds = Event.unscoped.filter(kind__in=["contract.revise", "contract.comment"]).order_by("number")
    # SQLite lets one transaction write at a time (IMMEDIATE): there the coach waits until the comment is written.
    landed = list(kinds.values_list("kind", flat=True)) == ["contract.revise", "contract.comment"]
    assert landed == postgres


def test_two_browsers_say_fine_once(sent, together, coachee):
    version = sent[2]
    answers = together(*[lambda: review.say_fine(coachee, _fresh(version))] * 2)
    assert len(_won(answers)) == 2
    assert Verdict.unscoped.count() == 1


def test_saying_fine_and_asking_for_a_change_at_once_leaves_the_request_and_no_verdict_beside_it(
    sent, together, coachee
):
    version = sent[2]
    answers = together(
        lambda: review.say_fine(coachee, _fresh(version)),
        lambda: review.comment(coachee, _fresh(version), **SAID),
    )
    assert isinstance(answers[1], Comment)
    assert not Verdict.unscoped.filter(withdrawn_at=None).exists()


def test_an_answer_and_a_withdrawal_at_once_leave_one_of_the_two(small, sent, together, coachee):
    version = sent[2]
    row = review.comment(coachee, version, **SAID)
    answers = together(
        lambda: review.answer(small.coach, row, outcome="accepted", text=""),
        lambda: review.withdraw_comment(coachee, row),
    )
    row.refresh_from_db()
    assert len(_won(answers)) == 1
    assert all(isinstance(one, DomainError) for one in answers if one is not None)
    assert (row.answered_at is None) != (row.withdrawn_at is None)


def test_two_answers_at_once_keep_the_first(small, sent, together, coachee):
    row = review.comment(coachee, sent[2], **SAID)
    answers = together(
        lambda: review.answer(small.coach, row, outcome="accepted", text=""),
        lambda: review.answer(small.coach, row, outcome="explained", text="Non."),
    )
    assert len(_won(answers)) == 1
    assert sum(isinstance(one, Stale) for one in answers) == 1
