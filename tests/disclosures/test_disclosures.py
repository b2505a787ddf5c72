"""What the law obliged a coach to tell: recorded for good, read by the two, and by nobody else, not even that it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.disclosures.access import disclosures_of, get_disclosure, opened
from coaching.disclosures.models import Disclosure
from coaching.disclosures.services import record
from coaching.journal.access import events_of_practice, latest_events
from coaching.journal.models import Event
from coaching.journal.services import verify
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import seats
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.vault import keyring
from coaching.vault.errors import Locked
from coaching.vault.guard import looking
from coaching.vault.models import SealedText
from tests.unlocking import lock

pytestmark = pytest.mark.django_db
ARTICLE, RECIPIENT, TOLD = "Article 60-1", "Un officier de police", "Les dates de trois séances"
OTHERS = [
    ("teammate", Portal.COACHEE),
    ("departed", Portal.COACHEE),
    ("sponsor", Portal.ORGANISATION),
    ("manager", Portal.ORGANISATION),
    ("administrator", Portal.PRACTICE),
    ("coach", Portal.PRACTICE),
    ("colleague", Portal.COACH),
    ("recourse", Portal.RECOURSE),
]


@pytest.fixture
def seat(world, db) -> Seat:
    return Seat.unscoped.select_related("person", "mission").get(
        mission=world.mission, person=world.people["coachee"]
    )


def _said(**changed) -> dict:
    told_on = timezone.localdate() - timedelta(days=1)
    said = {"basis": "court", "article": ARTICLE, "recipient": RECIPIENT, "told": TOLD, "told_on": told_on}
    return {**said, **changed}


def _record(world, seat, **changed) -> Disclosure:
    return record(world.coach, world.mission, seat, **_said(**changed))


def _posted(**changed) -> dict:
    said = _said(**changed)
    return {**said, "told_on": str(said["told_on"])}


def test_coach_and_coachee_read_the_words(world, seat):
    row = _record(world, seat)
    for viewer in (world.coach, world.viewer("coachee", Portal.COACHEE)):
        (line,) = opened(viewer, disclosures_of(viewer, world.mission))
        assert (line.row.pk, line.article, line.recipient, line.told) == (row.pk, ARTICLE, RECIPIENT, TOLD)


@pytest.mark.parametrize(("persona", "portal"), OTHERS)
def test_nobody_else_learns_that_there_is_one(world, seat, browse, persona, portal):
    row = _record(world, seat)
    viewer = world.viewer(persona, portal)
    assert disclosures_of(viewer, world.mission) == []
    with pytest.raises(Http404):
        get_disclosure(viewer, row.ref)
    if (persona, portal) != ("coach", Portal.PRACTICE):
        for name, arguments in (
            ("coach_disclosures", [world.mission.ref]),
            ("coach_disclosure_correct", [world.mission.ref, row.ref]),
            ("coachee_disclosure", [row.ref]),
        ):
            assert browse(persona).get(reverse(name, args=arguments)).status_code == 404, name


def test_the_words_lie_in_the_vault_alone(world, seat):
    row = _record(world, seat)
    stored = [str(value) for value in Disclosure.unscoped.filter(pk=row.pk).values_list()[0]]
    assert not {ARTICLE, RECIPIENT, TOLD} & set(stored)
    with looking(world.coach.user_id):
        assert SealedText.unscoped.filter(row=row.ref).count() == 3


def test_the_practices_journal_has_no_line_of_it_and_the_coachs_own_chain_has(world, seat):
    row = _record(world, seat)
    administrator = world.viewer("administrator", Portal.PRACTICE)
    assert not events_of_practice(administrator).filter(subject=row.ref).exists()
    for viewer in (world.coach, world.viewer("teammate", Portal.COACHEE)):
        assert row.ref not in {event.subject for event in latest_events(viewer, world.mission.ref)}
    event = Event.unscoped.get(subject=row.ref)
    assert (event.chain, event.kind, event.actor) == (
        world.coach.user_ref,
        "disclosure.record",
        world.coach.user_ref,
    )
    assert list(verify(world.coach.user_ref)) == []


def test_the_coachee_receives_a_letter_that_says_nothing_of_it(world, seat):
    row = _record(world, seat)
    letter = Letter.unscoped.get(kind="disclosures/recorded")
    message = open_letter(letter)
    assert letter.to == world.users["coachee"].email
    assert reverse("coachee_disclosure", args=[row.ref]) in message.text
    said = (message.subject + message.text).casefold()
    for word in ("loi", "police", "séances", "60-1", "secret", "oblig"):
        assert word not in said.replace("https://", ""), word


def test_the_coachee_reads_it_from_who_sees_what(world, seat, browse):
    row = _record(world, seat)
    browser = browse("coachee")
    page = browser.get(reverse("coachee_who_sees_what"), {"mission": world.mission.ref}).content.decode()
    assert reverse("coachee_disclosure", args=[row.ref]) in page
    assert TOLD not in page, "its words have a page of their own, which asks for the key"
    body = browser.get(reverse("coachee_disclosure", args=[row.ref])).content.decode()
    for words in (ARTICLE, RECIPIENT, TOLD):
        assert words in body


def test_the_page_of_its_words_asks_for_the_key_and_the_list_does_not(world, seat, browse):
    row = _record(world, seat)
    browser = browse("coachee")
    lock(browser)
    asked = browser.get(reverse("coachee_disclosure", args=[row.ref]))
    assert asked["Location"].startswith(reverse("unlock"))
    listed = browser.get(reverse("coachee_who_sees_what"), {"mission": world.mission.ref})
    assert listed.status_code == 200


def test_without_the_coachs_key_nothing_is_recorded(world, seat):
    with keyring.opened(), pytest.raises(Locked):
        _record(world, seat)
    assert not Disclosure.unscoped.exists()


def test_the_form_says_its_consequence_and_records_once(world, seat, browse):
    url = reverse("coach_disclosure_new", args=[world.mission.ref, seat.ref])
    shown = browse("coach").get(url).content.decode()
    assert "C’est enregistré définitivement" in shown
    assert not Disclosure.unscoped.exists()
    answer = browse("coach").post(url, _posted())
    assert answer["Location"] == reverse("coach_disclosures", args=[world.mission.ref])
    assert TOLD in browse("coach").get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("basis", "", "obligatoire"),
        ("basis", "whim", "Sélectionnez un choix valide"),
        ("recipient", " ", "obligatoire"),
        ("told", "", "obligatoire"),
        ("told_on", "2026-02-30", "valide"),
        ("told_on", "2999-01-01", "encore à venir"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    world, seat, browse, field, value, words
):
    url = reverse("coach_disclosure_new", args=[world.mission.ref, seat.ref])
    answer = browse("coach").post(url, {**_posted(), field: value})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert words in body
    assert ARTICLE in body
    assert not Disclosure.unscoped.exists()
    assert not Letter.unscoped.filter(kind="disclosures/recorded").exists()


def test_another_text_of_law_has_to_be_named(world, seat, browse):
    url = reverse("coach_disclosure_new", args=[world.mission.ref, seat.ref])
    answer = browse("coach").post(url, _posted(basis="other", article="  "))
    assert answer.status_code == 422
    assert "Nommez le texte de loi" in answer.content.decode()
    assert _record(world, seat, basis="danger", article="").article_ref == ""


def test_a_line_is_never_changed_or_taken_away(world, seat):
    row = _record(world, seat)
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.unscoped.filter(pk=row.pk).update(basis="danger")
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.unscoped.filter(pk=row.pk)._raw_delete("default")


def test_a_correction_is_another_line_and_both_stay(world, seat, browse):
    first = _record(world, seat)
    url = reverse("coach_disclosure_correct", args=[world.mission.ref, first.ref])
    assert TOLD in browse("coach").get(url).content.decode(), "begun from what it corrects"
    browse("coach").post(url, _posted(told="Les dates de deux séances"))
    last, before = disclosures_of(world.coach, world.mission)
    assert (last.corrects_ref, before.corrected, before.ref) == (first.ref, last.ref, first.ref)
    assert Event.unscoped.get(subject=last.ref).kind == "disclosure.correct"
    body = browse("coachee").get(reverse("coachee_disclosure", args=[first.ref])).content.decode()
    assert reverse("coachee_disclosure", args=[last.ref]) in body


def test_a_line_is_corrected_once_and_then_its_correction(world, seat, browse):
    first = _record(world, seat)
    second = _record(world, seat, corrects=first)
    with pytest.raises(Stale):
        _record(world, seat, corrects=first)
    url = reverse("coach_disclosure_correct", args=[world.mission.ref, first.ref])
    answer = browse("coach").post(url, _posted(told="Ce que je tape encore"))
    assert answer.status_code == 422
    assert "Ce que je tape encore" in answer.content.decode()
    _record(world, seat, corrects=second)
    assert Disclosure.unscoped.count() == 3


def test_it_is_about_a_coachee_of_this_mission_and_of_no_other(world, seat):
    sponsor = Seat.unscoped.select_related("person").get(mission=world.mission, role="sponsor")
    with pytest.raises(NotAllowedNow):
        _record(world, sponsor)
    with pytest.raises(NotAllowedNow):
        record(world.coach, world.enquiry, seat, **_said())
    other = Seat.unscoped.select_related("person").get(mission=world.mission, person=world.people["teammate"])
    with pytest.raises(NotAllowedNow):
        _record(world, other, corrects=_record(world, seat))


def test_nobody_but_the_missions_coach_records_it(world, seat):
    for persona, portal in (
        ("colleague", Portal.COACH),
        ("coachee", Portal.COACHEE),
        ("sponsor", Portal.ORGANISATION),
    ):
        with pytest.raises(NotAllowedNow):
            record(world.viewer(persona, portal), world.mission, seat, **_said())
    assert not Disclosure.unscoped.exists()


def test_a_line_of_another_mission_is_not_corrected_under_this_one(world, seat, browse):
    row = _record(world, seat)
    url = reverse("coach_disclosure_correct", args=[world.enquiry.ref, row.ref])
    assert browse("coach").get(url).status_code == 404
    assert browse("coach").post(url, _posted()).status_code == 404


@pytest.mark.parametrize("state", ["closed", "paused", "stopped"])
def test_the_law_does_not_wait_for_a_state(world, seat, state):
    day = timezone.now()
    Mission.unscoped.filter(pk=world.mission.pk).update(
        state=state, opened_at=day, activated_at=day, paused_at=day, stopped_at=day, closed_at=day
    )
    assert _record(world, seat).pk


def test_whose_seat_has_ended_reads_nothing_more_and_nothing_is_begun_about_them(world, seat):
    row = _record(world, seat)
    seats.end_seat(world.coach, world.mission, seat)
    seat.refresh_from_db()
    assert disclosures_of(world.viewer("coachee", Portal.COACHEE), world.mission) == []
    with pytest.raises(NotAllowedNow):
        _record(world, seat)
    (line,) = opened(world.coach, disclosures_of(world.coach, world.mission))
    assert line.row.pk == row.pk


def test_as_many_queries_for_three_lines_as_for_one(world, seat):
    counts = []
    for _turn in range(3):
        _record(world, seat)
        with CaptureQueriesContext(connection) as asked:
            assert opened(world.coach, disclosures_of(world.coach, world.mission))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_a_basis_nobody_has_words_for_is_refused(world, seat):
    with pytest.raises(ValidationError):
        _record(world, seat, basis="whim")


def test_the_same_coach_behind_another_practice_reads_nothing_of_it(world, seat):
    row = _record(world, seat)
    elsewhere = replace(world.coach, practice_id=world.elsewhere.pk, practice_ref=world.elsewhere.ref)
    with pytest.raises(Http404):
        get_disclosure(elsewhere, row.ref)
