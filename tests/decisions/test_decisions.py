"""What the coachee decides is theirs: written, reworded, shared, kept and closed by nobody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coaching.decisions import access
from coaching.decisions.models import Decision, Wording
from coaching.decisions.services import decisions
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.vault.guard import looking
from coaching.vault.models import Compartment, SealedText
from tests.decisions.helpers import WORDS, decide, fresh, shared
from tests.sessions.helpers import active, another, coachee, plan, seat_of

TODAY = timezone.localdate


@pytest.fixture
def mission(world, db):
    return active(world)


def _said(viewer, row):
    return access.said_of(viewer, fresh(row))


def test_a_decision_is_born_kept_and_read_by_its_coachee(world, mission):
    row = decide(world, mission)
    assert (row.state, row.shared, row.number) == ("open", False, 1)
    assert _said(coachee(world), row).text == WORDS
    with looking(world.users["coachee"].pk):
        sealed = SealedText.unscoped.select_related("compartment").get(place=access.TEXT)
    assert sealed.compartment.audience == "coachee"
    assert WORDS.encode() not in bytes(sealed.ciphertext)


@pytest.mark.parametrize(
    ("who", "portal"),
    [
        ("coach", Portal.COACH),
        ("coach", Portal.PRACTICE),
        ("administrator", Portal.PRACTICE),
        ("colleague", Portal.COACH),
        ("teammate", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
        ("sponsor", Portal.COACHEE),
        ("manager", Portal.ORGANISATION),
        ("coach", Portal.COACHEE),
    ],
)
def test_a_kept_decision_does_not_exist_for(world, mission, who, portal):
    row, viewer = decide(world, mission), world.viewer(who, portal)
    assert access.decisions_for(viewer).count() == 0
    with pytest.raises(Http404):
        access.get_decision(viewer, row.ref)
    assert access.said_of(viewer, row).text is None
    assert access.history_of(viewer, row) == []


def test_the_coach_reads_a_shared_decision_as_it_stands_and_no_earlier_wording(world, mission):
    row = shared(world, mission)
    assert access.get_decision(world.coach, row.ref) == row
    assert _said(world.coach, row).text == WORDS
    decisions.reword(
        coachee(world), row, "Autrement dit.", taken_on=TODAY(), session=None, based_on=row.number
    )
    assert _said(world.coach, row).text == "Autrement dit."
    assert access.history_of(world.coach, row) == []
    assert len(access.history_of(coachee(world), row)) == 3


@pytest.mark.parametrize("who", ["administrator", "colleague", "teammate", "sponsor", "manager"])
def test_a_shared_decision_is_shared_with_the_coach_alone(world, mission, who):
    row = shared(world, mission)
    for portal in Portal:
        with pytest.raises(Http404):
            access.get_decision(world.viewer(who, portal), row.ref)


def test_what_is_no_longer_shared_is_gone_from_the_coachs_pages(world, browse, mission):
    row = shared(world, mission)
    page = reverse("coach_decisions", args=[mission.ref])
    assert "réunion du lundi" in browse("coach").get(page).content.decode()
    decisions.keep(coachee(world), row, based_on=row.number)
    assert "réunion du lundi" not in browse("coach").get(page).content.decode()
    assert _said(world.coach, row).text is None
    decisions.reword(coachee(world), fresh(row), "Pour moi seul.", taken_on=TODAY(), based_on=3)
    last = Wording.unscoped.get(decision=row, number=4)
    with looking(world.users["coachee"].pk):
        sealed = SealedText.unscoped.select_related("compartment").get(ref=last.text_ref)
    assert sealed.compartment.audience == "coachee"


def test_a_mission_with_a_kept_decision_looks_to_its_coach_like_one_without(world, browse, mission):
    """The page, the list and the journal of the practice: byte for byte, but for the token."""
    plan(world, mission)

    def seen():
        pages = [reverse("coach_mission", args=[mission.ref]), reverse("coach_decisions", args=[mission.ref])]
        bodies = [browse("coach").get(page).content.decode() for page in pages]
        bodies.append(browse("administrator").get(reverse("practice_journal")).content.decode())
        return [body.split("<main", 1)[1].replace("csrfmiddlewaretoken", "") for body in bodies]

    def plain(bodies):
        import re

        return [re.sub(r'value="[A-Za-z0-9]{64}"', "", body) for body in bodies]

    before = plain(seen())
    row = decide(world, mission)
    decisions.reword(coachee(world), row, "Encore.", taken_on=TODAY(), based_on=1)
    decisions.close(coachee(world), fresh(row), "fulfil", "Fait.", based_on=2)
    assert plain(seen()) == before


def test_acts_on_a_decision_are_told_in_a_chain_of_ones_own_that_verifies(world, mission):
    before = Event.unscoped.filter(chain=world.practice.ref).count()
    row = shared(world, mission)
    decisions.close(coachee(world), row, "drop", "", based_on=row.number)
    assert Event.unscoped.filter(chain=world.practice.ref).count() == before
    told = Event.unscoped.filter(subject=row.ref).order_by("number")
    assert [event.kind for event in told] == ["decision.write", "decision.share", "decision.drop"]
    assert {(event.chain, event.mission) for event in told} == {(world.users["coachee"].ref, "")}
    assert list(verify()) == []


def test_a_decision_is_closed_with_words_and_taken_up_again(world, mission):
    row = decide(world, mission)
    decisions.close(coachee(world), row, "fulfil", "C’est fait, et sans heurt.", based_on=1)
    assert (fresh(row).state, fresh(row).closed_at is None) == ("fulfilled", False)
    assert _said(coachee(world), row) == access.Said(WORDS, "C’est fait, et sans heurt.")
    decisions.reopen(coachee(world), fresh(row), based_on=2)
    assert (fresh(row).state, fresh(row).closed_at) == ("open", None)
    assert _said(coachee(world), row) == access.Said(WORDS, None)
    assert [said.closing for _w, said in access.history_of(coachee(world), row)] == [
        None,
        "C’est fait, et sans heurt.",
        None,
    ]


def test_the_words_on_how_it_ended_are_shared_and_kept_with_the_decision(world, mission):
    row = decide(world, mission)
    decisions.close(coachee(world), row, "drop", "Ce n’était pas le moment.", based_on=1)
    decisions.share(coachee(world), fresh(row), based_on=2)
    assert _said(world.coach, row).closing == "Ce n’était pas le moment."
    decisions.keep(coachee(world), fresh(row), based_on=3)
    assert _said(world.coach, row) == access.Said(None, None)
    assert _said(coachee(world), row).closing == "Ce n’était pas le moment."


def _acts(row):
    return {
        "reword": lambda v: decisions.reword(v, row, "X", taken_on=TODAY(), based_on=row.number),
        "close": lambda v: decisions.close(v, row, "fulfil", "", based_on=row.number),
        "share": lambda v: decisions.share(v, row, based_on=row.number),
        "keep": lambda v: decisions.keep(v, row, based_on=row.number),
    }


@pytest.mark.parametrize("act", ["reword", "close", "share", "keep"])
@pytest.mark.parametrize(
    ("who", "portal"),
    [("coach", Portal.COACH), ("coach", Portal.COACHEE), ("sponsor", Portal.ORGANISATION)],
)
def test_nobody_else_acts_on_a_decision_even_a_shared_one(world, mission, act, who, portal):
    row = shared(world, mission)
    with pytest.raises(NotAllowedNow):
        _acts(row)[act](world.viewer(who, portal))
    assert fresh(row).number == row.number


def test_the_coach_creates_no_decision(world, mission):
    for portal in (Portal.COACH, Portal.COACHEE):
        with pytest.raises(Http404):
            decisions.decide(world.viewer("coach", portal), mission, "À sa place.", taken_on=TODAY())
    assert not Decision.unscoped.exists()


def test_a_wording_based_on_an_older_one_is_refused_and_overwrites_nothing(world, mission):
    row = decide(world, mission)
    decisions.reword(coachee(world), row, "La deuxième.", taken_on=TODAY(), based_on=1)
    with pytest.raises(Stale):
        decisions.reword(coachee(world), row, "Celle d’un autre onglet.", taken_on=TODAY(), based_on=1)
    assert _said(coachee(world), row).text == "La deuxième."


def test_words_typed_to_be_kept_are_not_sealed_for_the_coach_once_it_was_shared_meanwhile(world, mission):
    row = decide(world, mission)
    decisions.share(coachee(world), row, based_on=1)
    with pytest.raises(Stale):
        decisions.reword(coachee(world), row, "Pour moi seul.", taken_on=TODAY(), based_on=1)
    assert _said(world.coach, row).text == WORDS


def test_a_closed_decision_is_not_reworded_and_not_closed_again(world, mission):
    row = decide(world, mission)
    decisions.close(coachee(world), row, "drop", "", based_on=1)
    with pytest.raises(NotAllowedNow):
        decisions.reword(coachee(world), fresh(row), "X", taken_on=TODAY(), based_on=2)
    with pytest.raises(NotAllowedNow):
        decisions.close(coachee(world), fresh(row), "fulfil", "", based_on=2)


def test_an_end_that_does_not_exist_is_refused(world, mission):
    row = decide(world, mission)
    with pytest.raises(Invalid):
        decisions.close(coachee(world), row, "reopen", "", based_on=1)


def test_a_decision_comes_from_a_session_its_coachee_takes_part_in_or_from_none(world, mission):
    own = plan(world, mission)
    assert decide(world, mission, session=own).session == own
    elsewhere = plan(world, another(world), days=9)
    with pytest.raises(Invalid) as refused:
        decide(world, mission, session=elsewhere)
    assert refused.value.field == "session"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_a_decision_without_words_is_refused(world, mission, text):
    with pytest.raises(Invalid):
        decide(world, mission, text)


def test_a_decision_is_not_dated_tomorrow(world, mission):
    with pytest.raises(Invalid) as refused:
        decide(world, mission, taken_on=TODAY() + timedelta(days=1))
    assert refused.value.field == "taken_on"


def test_the_next_to_be_looked_at_comes_first_and_closed_ones_last(world, mission):
    def one(text, days=None):
        day = TODAY() + timedelta(days=days) if days else None
        return decide(world, mission, text, look_on=day)

    later, never, soon, done = one("1", 30), one("2"), one("3", 3), one("4", 1)
    decisions.close(coachee(world), done, "fulfil", "", based_on=1)
    assert list(access.decisions_for(coachee(world))) == [soon, later, never, done]


def test_a_coachee_lists_one_and_three_decisions_in_as_many_queries(world, browse, mission):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page, browser = reverse("coachee_decisions"), browse("coachee")
    decide(world, mission)
    browser.get(page)
    with CaptureQueriesContext(connection) as one:
        browser.get(page)
    decide(world, mission)
    decide(world, mission)
    with CaptureQueriesContext(connection) as three:
        browser.get(page)
    assert len(one) == len(three) <= 15  # the engine that guards its rows is told who asks


def test_each_state_has_its_date_in_the_table_too(world, mission):
    row = decide(world, mission)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.unscoped.filter(pk=row.pk).update(state="fulfilled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.unscoped.filter(pk=row.pk).update(state="deleted")


def test_what_is_kept_lies_in_a_compartment_of_the_coachee_alone(world, mission):
    from coaching.vault.models import Recipient

    decide(world, mission)
    with looking(world.users["coachee"].pk):
        own = Compartment.unscoped.get(audience="coachee", about=seat_of(mission).ref)
        members = list(Recipient.unscoped.filter(compartment=own).values_list("user_id", flat=True))
    assert members == [world.users["coachee"].pk]


def test_a_coachee_who_has_left_finds_their_decisions_no_more(world, mission):
    from coaching.missions.models import Seat

    row = shared(world, mission)
    Seat.unscoped.filter(pk=row.seat_id).update(ended_at=timezone.now())
    with pytest.raises(Http404):
        access.get_decision(coachee(world), row.ref)
    assert access.get_decision(world.coach, row.ref) == row
