"""The coach suggests, the coachee decides: adopted in their own words, declined, or left there."""

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from coaching.decisions import access
from coaching.decisions.models import Decision, Suggestion
from coaching.decisions.services import suggestions
from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests.decisions.helpers import again, suggest
from tests.sessions.helpers import active, another, coachee, plan, seat_of

TODAY = timezone.localdate
IDEA = "Et si vous en parliez d’abord ?"


@pytest.fixture
def mission(world, db):
    return active(world)


def _adopt(world, row, text="J’en parle mardi à mon adjoint."):
    return suggestions.adopt(coachee(world), row, text, taken_on=TODAY())


def test_coach_and_coachee_read_a_suggestion_and_nobody_else(world, mission):
    row = suggest(world, mission)
    for viewer in (world.coach, coachee(world)):
        assert access.suggestion_lines(viewer, [row])[0].text == IDEA
    for who in ("teammate", "sponsor", "manager", "administrator", "colleague"):
        for portal in Portal:
            with pytest.raises(Http404):
                access.get_suggestion(world.viewer(who, portal), row.ref)
            assert access.suggestion_lines(world.viewer(who, portal), [row])[0].text is None


def test_what_is_adopted_becomes_a_decision_in_the_coachees_words_and_is_kept(world, mission):
    row = suggest(world, mission)
    made = _adopt(world, row)
    assert again(row).state == "adopted"
    assert (made.suggestion_id, made.shared, made.seat_id) == (row.pk, False, row.seat_id)
    assert access.said_of(coachee(world), made).text == "J’en parle mardi à mon adjoint."
    assert access.decisions_for(world.coach).count() == 0
    told = Event.unscoped.get(kind="suggestion.adopt")
    assert (told.subject, made.ref in str(told.data)) == (row.ref, False)


def test_a_suggestion_is_adopted_once(world, mission):
    row = suggest(world, mission)
    _adopt(world, row)
    with pytest.raises(NotAllowedNow):
        _adopt(world, row)
    assert Decision.unscoped.count() == 1


def test_a_decision_that_cannot_be_written_leaves_the_suggestion_unanswered(world, mission):
    row = suggest(world, mission)
    with pytest.raises(Invalid):
        _adopt(world, row, "  ")
    assert again(row).state == "open"


@pytest.mark.parametrize("reason", ["", "Ce n’est pas mon style."])
def test_a_suggestion_is_declined_with_a_reason_or_without(world, mission, reason):
    row = suggest(world, mission)
    suggestions.decline(coachee(world), row, reason)
    line = access.suggestion_lines(world.coach, [again(row)])[0]
    assert (line.suggestion.state, line.reason) == ("declined", reason or None)
    with pytest.raises(NotAllowedNow):
        _adopt(world, row)


def test_the_coach_takes_back_what_was_not_answered_and_the_coachee_finds_it_no_more(world, mission):
    row = suggest(world, mission)
    suggestions.withdraw(world.coach, row)
    assert again(row).state == "withdrawn"
    assert access.suggestions_for(coachee(world)).count() == 0
    assert access.suggestions_for(world.coach).count() == 1


def test_what_was_answered_is_not_taken_back(world, mission):
    row = suggest(world, mission)
    _adopt(world, row)
    with pytest.raises(NotAllowedNow):
        suggestions.withdraw(world.coach, row)


@pytest.mark.parametrize(
    ("who", "portal"),
    [("coach", Portal.COACH), ("coach", Portal.COACHEE), ("sponsor", Portal.ORGANISATION)],
)
@pytest.mark.parametrize("act", ["adopt", "decline"])
def test_nobody_answers_for_the_coachee(world, mission, who, portal, act):
    row, viewer = suggest(world, mission), world.viewer(who, portal)
    with pytest.raises(NotAllowedNow):
        if act == "adopt":
            suggestions.adopt(viewer, row, "À sa place.", taken_on=TODAY())
        else:
            suggestions.decline(viewer, row)
    assert again(row).state == "open"
    assert not Decision.unscoped.exists()


@pytest.mark.parametrize("who", ["coachee", "sponsor", "colleague"])
def test_nobody_but_the_coach_suggests(world, mission, who):
    portal = {"coachee": Portal.COACHEE, "sponsor": Portal.ORGANISATION, "colleague": Portal.COACH}[who]
    with pytest.raises(NotAllowedNow):
        suggestions.suggest(world.viewer(who, portal), mission, seat_of(mission), IDEA)


def test_the_coachee_does_not_take_a_suggestion_back(world, mission):
    row = suggest(world, mission)
    with pytest.raises(NotAllowedNow):
        suggestions.withdraw(coachee(world), row)


def test_a_suggestion_goes_to_a_coachee_of_the_mission_about_a_session_of_theirs(world, mission):
    with pytest.raises(Invalid):
        suggestions.suggest(world.coach, mission, seat_of(mission, "sponsor"), IDEA)
    with pytest.raises(Invalid):
        suggestions.suggest(world.coach, mission, seat_of(another(world)), IDEA)
    elsewhere = plan(world, another(world), days=9)
    with pytest.raises(Invalid) as refused:
        suggest(world, mission, session=elsewhere)
    assert refused.value.field == "session"
    here = plan(world, mission, days=11)
    assert suggest(world, mission, session=here).session == here


def test_nothing_is_suggested_once_the_mission_is_over(world, mission):
    Mission.unscoped.filter(pk=mission.pk).update(state="stopped", stopped_at=timezone.now())
    mission.refresh_from_db()
    with pytest.raises(NotAllowedNow):
        suggest(world, mission)


def test_the_coachee_is_written_to_without_a_word_of_it(world, mission):
    suggest(world, mission)
    letter = Letter.unscoped.get(kind="decisions/suggested")
    message = open_letter(letter)
    assert letter.to == world.users["coachee"].email
    assert IDEA not in message.text + message.html + message.subject
    assert reverse("coachee_decisions") in message.text


def test_no_address_or_field_lets_the_coach_create_or_close_a_decision(world, browse, mission):
    """Whatever a coach's browser sends, wherever it sends it."""
    row = suggest(world, mission)
    extra = {
        "state": "adopted", "suggestion": row.ref, "shared": "on", "shared_at": "2026-01-01", "taken_on": "2026-01-01",
        "outcome": "fulfil", "words": "x", "based_on": "1", "number": "1", "reason": "x", "written_by": "1",
    }  # fmt: skip
    browser = browse("coach")
    url = reverse("coach_suggestion_new", args=[mission.ref])
    said = {"seat": seat_of(mission).ref, "text": "Autre idée", "session": "", **extra}
    assert browser.post(url, said).status_code == 302
    assert browser.post(url, {**said, "seat": seat_of(mission, "sponsor").ref}).status_code == 422
    made = Suggestion.unscoped.order_by("-pk").first()
    assert (made.state, made.reason_ref, made.written_by_id) == ("open", "", world.users["coach"].pk)
    assert not Decision.unscoped.exists()
    for name in ("coachee_suggestion_adopt", "coachee_suggestion_decline"):
        assert browser.post(reverse(name, args=[row.ref]), said).status_code == 404
    assert browser.post(reverse("coachee_decision_new", args=[mission.ref]), said).status_code == 404
    assert browser.post(reverse("coach_decisions", args=[mission.ref]), said).status_code == 405
    assert again(row).state == "open"
    assert not Decision.unscoped.exists()
