"""Minutes of a three-way meeting: written by the coach, approved by each side without hearing of the others, then the same for all."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse

from coaching.journal.models import Event
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.minutes import access
from coaching.minutes.models import AgreedMinutes, AgreedSide, CoacheeCopy, Minutes, OrganisationCopy
from coaching.minutes.services import answering, drafting
from coaching.minutes.services.drafting import digest
from coaching.missions.models import Seat
from coaching.missions.services import seats
from coaching.notes.services.summaries import Echo
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests.minutes.helpers import (
    OTHER,
    TEXT,
    approve,
    copy_of,
    fresh,
    met,
    proposed,
    reword,
    team_met,
    written,
)
from tests.notes.helpers import note_of
from tests.sessions.helpers import active, coachee, plan, seat_of, sponsor

DIVERGENCE = "Je ne partage pas l’idée que le four prend du retard."


@pytest.fixture
def mission(world, db):
    return active(world)


@pytest.fixture
def session(world, mission):
    return met(world, mission)


def _elsewhere(world):
    return world.viewer("sponsor_elsewhere", Portal.ORGANISATION)


def _manager(world):
    return world.viewer("manager", Portal.ORGANISATION)


def _teammate(world):
    return world.viewer("teammate", Portal.COACHEE)


# --- writing


def test_a_draft_is_read_by_its_coach_alone(world, session):
    row = written(world, session)
    assert access.draft_of(world.coach, row) == TEXT
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        with pytest.raises(Http404):
            access.get_minutes(viewer, row.ref)
        with pytest.raises(Http404):
            access.get_copy(viewer, row.ref)


@pytest.mark.parametrize("kind", ["individual", "planned"])
def test_minutes_are_of_three_way_meetings_that_were_held(world, mission, kind):
    options = (
        {"kind": "three_way", "stage": "start", "roles": ("coachee", "sponsor")} if kind == "planned" else {}
    )
    with pytest.raises(NotAllowedNow):
        drafting.write(world.coach, plan(world, mission, **options), TEXT, based_on=0)


@pytest.mark.parametrize(
    ("persona", "portal"),
    [("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION), ("colleague", Portal.COACH)],
)
def test_nobody_but_the_coach_writes_minutes(world, session, persona, portal):
    with pytest.raises(NotAllowedNow):
        drafting.write(world.viewer(persona, portal), session, TEXT, based_on=0)
    assert Minutes.unscoped.count() == 0


@pytest.mark.parametrize("text", ["", " \n\t", "> " * 20 + "x", "é" * 20_001])
def test_blank_or_unreadable_minutes_are_refused_beside_the_field(world, session, text):
    with pytest.raises(Invalid) as refused:
        drafting.write(world.coach, session, text, based_on=0)
    assert refused.value.field == "text"


def test_a_draft_changed_in_another_window_is_not_written_over(world, session):
    row = written(world, session)
    with pytest.raises(Stale):
        drafting.write(world.coach, session, OTHER, based_on=0)
    drafting.write(world.coach, session, OTHER, based_on=row.revision)
    assert access.draft_of(world.coach, fresh(row)) == OTHER


# --- proposing


def test_each_side_reads_the_text_and_is_told_without_a_word_of_it(world, session):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        assert access.reading_of(viewer, copy_of(viewer, row)).text == TEXT
    letters = Letter.unscoped.filter(kind="minutes/proposed")
    assert {letter.to for letter in letters} == {world.users[who].email for who in ("coachee", "sponsor")}
    for letter in letters:
        assert "four" not in open_letter(letter).text
    assert Event.unscoped.filter(kind="minutes.propose", subject=row.ref).count() == 1


@pytest.mark.parametrize(
    ("persona", "portal"),
    [
        ("teammate", Portal.COACHEE),
        ("sponsor_elsewhere", Portal.ORGANISATION),
        ("manager", Portal.ORGANISATION),  # at another table
        ("sponsor", Portal.COACHEE),
        ("coachee", Portal.ORGANISATION),
        ("colleague", Portal.COACH),
        ("coach", Portal.COACH),  # reads everything, and is no side
        ("administrator", Portal.PRACTICE),
    ],
)
def test_whoever_is_no_side_has_no_copy(world, session, persona, portal):
    row = proposed(world, session)
    with pytest.raises(Http404):
        access.get_copy(world.viewer(persona, portal), row.ref)


def test_only_the_coach_proposes(world, session):
    row = written(world, session)
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        with pytest.raises(NotAllowedNow):
            drafting.propose(viewer, row, based_on=row.revision)


def test_the_very_text_that_is_proposed_is_not_proposed_twice(world, session):
    row = proposed(world, session)
    with pytest.raises(NotAllowedNow):
        drafting.propose(world.coach, row, based_on=row.revision)
    assert fresh(row).number == 1


def test_a_draft_that_moved_since_it_was_looked_at_is_not_proposed(world, session):
    row = written(world, session)
    written(world, session, OTHER)
    with pytest.raises(Stale):
        drafting.propose(world.coach, fresh(row), based_on=1)


def test_words_of_the_private_note_do_not_reach_a_sponsor_by_accident(world, mission, session):
    note_of(world, mission, "La délégation avance ; le four prend du retard. Il fuit le conflit.", session)
    row = written(world, session)
    with pytest.raises(Echo):
        drafting.propose(world.coach, row, based_on=row.revision)
    assert OrganisationCopy.unscoped.count() == 0
    drafting.propose(world.coach, row, based_on=row.revision, meant=True)


def test_without_a_coachee_at_the_table_nothing_is_proposed(world, mission, session):
    row = written(world, session)
    seats.end_seat(world.coach, mission, seat_of(mission))
    with pytest.raises(NotAllowedNow):
        drafting.propose(world.coach, row, based_on=row.revision)
    assert fresh(row).state == "draft"


# --- answering


def test_the_last_approval_makes_the_minutes_agreed_for_all(world, session):
    row = proposed(world, session)
    approve(coachee(world), row, DIVERGENCE)
    assert fresh(row).state == "proposed"
    approve(sponsor(world), row)
    assert fresh(row).state == "agreed"
    for viewer in (world.coach, coachee(world), sponsor(world)):
        agreed = access.agreed_of(viewer, row)
        assert (agreed.row.text, agreed.row.sha256) == (TEXT, digest(TEXT))
        assert [side.divergence for side in agreed.diverging] == [DIVERGENCE]
    kept = Event.unscoped.get(kind="minutes.keep")
    assert kept.data["sha256"] == digest(TEXT)
    assert Letter.unscoped.filter(kind="minutes/agreed").count() == 3


def test_a_coachee_agrees_last_as_well(world, session):
    row = proposed(world, session)
    approve(sponsor(world), row, "Le budget reste à dire.")
    approve(coachee(world), row)
    assert [side.divergence for side in access.agreed_of(coachee(world), row).diverging] == [
        "Le budget reste à dire."
    ]


def test_before_all_agree_a_side_learns_nothing_of_the_other(world, session, browse):
    row = proposed(world, session)
    pages = {
        "sponsor": reverse("organisation_minutes", args=[row.ref]),
        "coachee": reverse("coachee_minutes", args=[row.ref]),
    }
    before = {who: _plain(browse(who).get(url)) for who, url in pages.items()}
    reword(coachee(world), row, OTHER)
    assert _plain(browse("sponsor").get(pages["sponsor"])) == before["sponsor"]
    approve(coachee(world), row, DIVERGENCE)
    assert _plain(browse("sponsor").get(pages["sponsor"])) == before["sponsor"]
    reword(coachee(world), row, OTHER)
    mine = _plain(browse("coachee").get(pages["coachee"]))
    approve(sponsor(world), row, "Nous voyons un risque.")
    assert _plain(browse("coachee").get(pages["coachee"])) == mine


def _plain(answer) -> str:
    """A page without what changes at each request: its tokens."""
    assert answer.status_code == 200
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def test_the_mission_pages_of_a_side_do_not_move_with_the_others_answer(world, mission, session, browse):
    row = proposed(world, session)
    page = reverse("organisation_mission", args=[mission.ref])
    before = _plain(browse("sponsor").get(page))
    approve(coachee(world), row, DIVERGENCE)
    assert _plain(browse("sponsor").get(page)) == before
    assert _plain(browse("sponsor").get(reverse("organisation_home"))).count(DIVERGENCE) == 0


def test_the_coach_alone_reads_every_answer(world, session):
    row = proposed(world, session)
    reword(coachee(world), row)
    approve(sponsor(world), row, "Nous voyons un risque.")
    (last,) = access.rounds_of(world.coach, row)
    assert {one.copy.answer: (one.wording, one.divergence) for one in last.sides} == {
        "reworded": (OTHER, ""),
        "approved": ("", "Nous voyons un risque."),
    }
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        assert access.rounds_of(viewer, row) == []


def test_no_key_leads_from_the_organisations_rows_to_a_coachees():
    """Whatever query is written from one side's table, the ORM finds no way to the other's."""

    def reached(model, seen):
        for field in model._meta.get_fields(include_hidden=True):
            other = field.related_model
            if field.concrete and other and other not in seen:
                seen.add(other)
                reached(other, seen)
        return seen

    assert CoacheeCopy not in reached(OrganisationCopy, set())
    assert OrganisationCopy not in reached(CoacheeCopy, set())
    for model in (Minutes, Seat):
        names = {field.name for field in model._meta.get_fields()}
        assert not {name for name in names if "copy" in name}


def test_another_text_cancels_the_approvals_given_to_the_first(world, session):
    row = proposed(world, session)
    approve(sponsor(world), row)
    proposed(world, session, OTHER)
    approve(coachee(world), row)
    assert fresh(row).state == "proposed"
    approve(sponsor(world), row)
    assert access.agreed_of(sponsor(world), row).row.text == OTHER
    assert Event.unscoped.filter(kind="minutes.propose_again").count() == 1


def test_a_text_that_was_replaced_is_not_approved(world, session):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        old = copy_of(viewer, row)
        proposed(world, session, f"{OTHER}\n\n{viewer.portal}")
        with pytest.raises(Stale):
            answering.approve(viewer, old, sha256=old.sha256, based_on=0)
        with pytest.raises(Stale):
            approve(viewer, row, sha256=old.sha256)


@pytest.mark.parametrize("sha256", ["", "0" * 64, "é"])
def test_an_approval_of_no_text_or_of_another_is_refused(world, session, sha256):
    row = proposed(world, session)
    with pytest.raises(Stale):
        approve(coachee(world), row, sha256=sha256)


def test_two_sponsors_answer_once_and_the_second_is_told(world, mission, session):
    row = proposed(world, session)
    copy = copy_of(sponsor(world), row)
    approve(sponsor(world), row)
    with pytest.raises(Stale) as refused:
        answering.approve(sponsor(world), copy, sha256=copy.sha256, based_on=0)
    assert refused.value.message


def test_an_answer_may_change_until_all_agree(world, session):
    row = proposed(world, session)
    reword(coachee(world), row)
    approve(coachee(world), row, DIVERGENCE)
    reword(coachee(world), row, OTHER + " Encore.")
    reading = access.reading_of(coachee(world), copy_of(coachee(world), row))
    assert (reading.wording, reading.divergence) == (OTHER + " Encore.", "")


@pytest.mark.parametrize("wording", ["", "  \n", TEXT, TEXT + "\r\n"])
def test_a_wording_that_is_blank_or_the_coachs_own_is_refused_beside_the_field(world, session, wording):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        with pytest.raises(Invalid) as refused:
            reword(viewer, row, wording)
        assert refused.value.field == "wording"


def test_a_divergence_that_is_too_long_is_refused_beside_its_field(world, session):
    row = proposed(world, session)
    with pytest.raises(Invalid) as refused:
        approve(coachee(world), row, "é" * 4_001)
    assert refused.value.field == "divergence"


def test_what_is_agreed_takes_no_answer_and_is_not_changed(world, session):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        approve(viewer, row)
    for viewer in (coachee(world), sponsor(world)):
        with pytest.raises(NotAllowedNow):
            approve(viewer, row)
        with pytest.raises(NotAllowedNow):
            reword(viewer, row)
    with pytest.raises(NotAllowedNow):
        drafting.set_aside(world.coach, fresh(row))
    with pytest.raises(NotAllowedNow):
        drafting.write(world.coach, session, OTHER, based_on=1)


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Minutes, "number"),
        (AgreedMinutes, "text"),
        (AgreedSide, "divergence"),
        (CoacheeCopy, "number"),
        (OrganisationCopy, "text"),
    ],
)
def test_the_engine_refuses_to_rewrite_what_is_agreed(world, session, model, column):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world)):
        approve(viewer, row)
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET {column} = '9'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_seat_that_ended_answers_no_more_and_those_who_stay_can_agree(world, mission):
    session = team_met(world, "coachee", "teammate")
    row = proposed(world, session)
    approve(coachee(world), row)
    approve(sponsor(world), row)
    copy = copy_of(_teammate(world), row)
    seats.end_seat(world.coach, world.mission, copy.seat)
    with pytest.raises(Http404):
        copy_of(_teammate(world), row)
    with pytest.raises(NotAllowedNow):
        answering.approve(_teammate(world), copy, sha256=copy.sha256, based_on=0)
    assert access.rounds_of(world.coach, fresh(row))[0].left
    drafting.propose(world.coach, fresh(row), based_on=row.revision)
    approve(coachee(world), row)
    approve(sponsor(world), row)
    assert len(access.agreed_of(coachee(world), row).sides) == 2


def test_in_a_team_each_coachee_who_was_there_is_a_side(world, mission):
    row = proposed(world, team_met(world, "coachee", "teammate"))
    reword(_teammate(world), row)
    approve(sponsor(world), row)
    approve(coachee(world), row)
    assert fresh(row).state == "proposed"
    assert access.reading_of(coachee(world), copy_of(coachee(world), row)).wording == ""
    approve(_teammate(world), row)
    assert fresh(row).state == "agreed"


def test_a_teammate_who_was_not_there_has_no_part_in_it(world, mission):
    row = proposed(world, team_met(world, "coachee"))
    with pytest.raises(Http404):
        copy_of(_teammate(world), row)
    with pytest.raises(NotAllowedNow):
        answering.approve(_teammate(world), copy_of(coachee(world), row), sha256=row.sha256, based_on=0)
    approve(coachee(world), row)
    approve(sponsor(world), row)
    assert access.agreed_of(_teammate(world), row) is None
    assert access.agreed_of(_manager(world), row) is not None


def test_a_manager_reads_and_answers_only_where_no_sponsor_has_an_account(world, mission):
    row = proposed(world, team_met(world, "coachee"))
    assert access.reading_of(_manager(world), copy_of(_manager(world), row)).text == TEXT
    with pytest.raises(NotAllowedNow):
        approve(_manager(world), row)
    Seat.unscoped.filter(mission=world.mission, role="sponsor").update(ended_at=row.begun_at)
    approve(_manager(world), row)
    assert copy_of(_manager(world), row).answer == "approved"


def test_a_sponsor_of_elsewhere_does_not_answer_with_a_copy_in_hand(world, session):
    row = proposed(world, session)
    copy = copy_of(sponsor(world), row)
    with pytest.raises(NotAllowedNow):
        answering.approve(_elsewhere(world), copy, sha256=copy.sha256, based_on=0)
    with pytest.raises(NotAllowedNow):
        answering.reword(_elsewhere(world), copy, OTHER, sha256=copy.sha256, based_on=0)


def test_nobody_answers_for_the_other_side(world, session):
    row = proposed(world, session)
    mine, theirs = copy_of(coachee(world), row), copy_of(sponsor(world), row)
    for viewer, copy in (
        (coachee(world), theirs),
        (sponsor(world), mine),
        (world.coach, mine),
        (world.coach, theirs),
    ):
        with pytest.raises(NotAllowedNow):
            answering.approve(viewer, copy, sha256=copy.sha256, based_on=0)


# --- setting aside


def test_minutes_set_aside_wait_for_nobody_and_others_may_be_begun(world, session):
    row = proposed(world, session)
    drafting.set_aside(world.coach, row)
    with pytest.raises(NotAllowedNow):
        approve(coachee(world), row)
    assert Letter.unscoped.filter(kind="minutes/set_aside").count() == 2
    assert written(world, session).pk != row.pk


def test_only_the_coach_sets_minutes_aside(world, session):
    row = proposed(world, session)
    for viewer in (coachee(world), sponsor(world), world.viewer("colleague", Portal.COACH)):
        with pytest.raises(NotAllowedNow):
            drafting.set_aside(viewer, row)


def test_a_draft_nobody_was_asked_about_is_set_aside_in_silence(world, session):
    drafting.set_aside(world.coach, written(world, session))
    assert Letter.unscoped.filter(kind="minutes/set_aside").count() == 0


# --- what travels


def test_the_divergence_of_a_coachee_lies_sealed_until_all_agree(world, session):
    row = proposed(world, session)
    approve(coachee(world), row, DIVERGENCE)
    blob = bytes(CoacheeCopy.unscoped.get(minutes=row).divergence)
    assert blob
    assert DIVERGENCE.encode() not in blob


def test_letters_say_neither_who_answered_nor_what(world, session):
    row = proposed(world, session)
    reword(coachee(world), row, OTHER)
    letter = Letter.unscoped.get(kind="minutes/answered")
    said = open_letter(letter)
    assert letter.to == world.users["coach"].email
    assert world.people["coachee"].name not in said.text + said.subject
    assert "mai" not in said.subject
