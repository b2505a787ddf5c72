"""Declined, stopped by one of the three, closed: one story, a letter to each party, and nobody reads another's (I6)."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from coaching.closings.access import get_letter, letters_of, words_of_stop
from coaching.closings.models import PartyLetter
from coaching.closings.services import ending
from coaching.consents.models import Consent
from coaching.journal.models import Event
from coaching.kernel.errors import GateClosed, Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.judgement_access import endings_of
from coaching.missions.models import Mission, Override, Pause, Termination
from coaching.missions.services import life, pace
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from coaching.restitutions.models import Restitution
from contracts.models import Contract
from contracts.services import amending
from tests import stand_ins
from tests.closings.helpers import (
    KINDLY,
    OFFICE,
    OTHERS,
    TOLD,
    WHY,
    administrator,
    close,
    letter_to,
    now,
    stop,
    stop_by_coachee,
    stop_by_organisation,
    words_of,
)
from tests.contracts.helpers import enquiry
from tests.contracts.signing_helpers import out
from tests.restitutions.helpers import allow, proposed, released
from tests.sessions.helpers import active, coachee, fresh, plan, seat_of, sponsor

ENDS = {
    "stop": stop,
    "stop_by_coachee": stop_by_coachee,
    "stop_by_organisation": stop_by_organisation,
    "close": close,
}


@pytest.fixture
def mission(world, db):
    return active(world)


def _told(viewer, mission) -> dict:
    return dict(endings_of(viewer, now(mission))[0].words)


def test_a_coach_who_stops_tells_each_party_their_own_and_the_organisation_the_fact_and_the_date(
    world, mission
):
    stop(world, mission)
    assert (now(mission).state, now(mission).stopped_at is not None) == ("stopped", True)
    mine, theirs = letter_to(coachee(world), mission), letter_to(sponsor(world), mission)
    read, told = words_of(coachee(world), mine), words_of(sponsor(world), theirs)
    assert WHY in read and OTHERS in read and TOLD not in read
    assert TOLD in told and WHY not in told and OTHERS not in told
    assert world.users["coach"].name in told


def test_what_pages_say_of_a_stop_is_what_each_was_told(world, mission):
    stop(world, mission)
    assert _told(coachee(world), mission) == {"explanation": WHY, "alternatives": OTHERS}
    assert _told(sponsor(world), mission) == {"told_organisation": TOLD}
    assert endings_of(sponsor(world), now(mission))[0].by == ""
    assert endings_of(administrator(world), now(mission)) == []
    assert endings_of(world.viewer("colleague", Portal.COACH), now(mission)) == []


def test_the_organisation_cannot_tell_from_its_letter_who_stopped(world, db):
    letters = set()
    for how in (stop_by_coachee, stop_by_organisation):
        mission = active(world)
        with transaction.atomic():
            how(world, mission)
            letters.add(words_of(sponsor(world), letter_to(sponsor(world), mission)))
            transaction.set_rollback(True)
    mission = active(world)
    stop(world, mission, told_organisation="")
    letters.add(words_of(sponsor(world), letter_to(sponsor(world), mission)))
    assert len(letters) == 1


def test_a_stop_by_the_coach_needs_its_reasons(world, mission):
    with pytest.raises(Invalid) as refused:
        stop(world, mission, explanation="   ")
    assert refused.value.field == "explanation"
    assert now(mission).state == "active"


def test_a_stop_by_the_coach_without_other_options_needs_to_say_why_there_are_none(world, mission):
    with pytest.raises(GateClosed) as refused:
        stop(world, mission, alternatives="  ")
    assert [one.gate.name for one in refused.value.closed] == ["missions.alternatives"]
    assert not Termination.unscoped.exists()
    stop(world, mission, alternatives="", not_possible="Aucun confrère libre avant l’été.")
    kept = Override.unscoped.get(mission=mission, transition="stop")
    assert (kept.article, kept.reason) == ("arret-mission", "Aucun confrère libre avant l’été.")


def test_a_coachee_stops_at_any_time_and_no_reason_is_kept(world, mission):
    stop_by_coachee(world, mission)
    row = Termination.unscoped.get(mission=mission)
    assert (now(mission).state, row.by, row.words_ref) == ("stopped", "coachee", "")


@pytest.mark.parametrize("state", ["enquiry", "contracting", "paused"])
def test_a_coachee_and_a_sponsor_stop_before_the_contract_and_in_a_pause_too(world, db, state):
    for how in (stop_by_coachee, stop_by_organisation):
        with transaction.atomic():
            mission = active(world) if state == "paused" else enquiry(world)
            if state == "paused":
                pace.pause(coachee(world), mission, seat_of(mission))
            if state == "contracting":
                life.open_contracting(world.coach, mission, {"missions.context": "Connue."})
            how(world, now(mission))
            assert now(mission).state == "stopped"
            assert not Pause.unscoped.filter(mission=mission, ended_at=None).exists()
            transaction.set_rollback(True)


def test_what_a_coachee_says_to_their_coach_is_read_by_the_two_alone(world, mission):
    row = stop_by_coachee(world, mission, "J’ai trouvé ce que je cherchais.")
    for viewer in (world.coach, coachee(world)):
        assert words_of_stop(viewer, now(mission), row.ref) == "J’ai trouvé ce que je cherchais."
    for viewer in (sponsor(world), administrator(world)):
        with pytest.raises(Http404):
            words_of_stop(viewer, now(mission), row.ref)
    assert "cherchais" not in words_of(sponsor(world), letter_to(sponsor(world), mission))


def test_a_sponsor_tells_the_coach_why_and_the_coachee_something_else(world, mission):
    stop_by_organisation(world, mission)
    assert _told(world.coach, mission) == {"told_coachee": KINDLY, "told_coach": OFFICE}
    assert _told(coachee(world), mission) == {"told_coachee": KINDLY}
    mine = words_of(coachee(world), letter_to(coachee(world), mission))
    assert KINDLY in mine and OFFICE not in mine


def test_a_sponsor_stops_with_a_reason_alone(world, mission):
    with pytest.raises(Invalid) as refused:
        stand_ins.part(ending.stop_by_organisation(sponsor(world), mission, told_coach=" "))
    assert refused.value.field == "told_coach"


@pytest.mark.parametrize(
    ("who", "portal"),
    [("manager", Portal.ORGANISATION), ("administrator", Portal.PRACTICE), ("colleague", Portal.COACH),
     ("teammate", Portal.COACHEE), ("sponsor", Portal.COACHEE), ("coach", Portal.PRACTICE)],
)  # fmt: skip
def test_nobody_else_ends_a_mission(world, mission, who, portal):
    other = world.viewer(who, portal)
    for made in (
        lambda: ending.stop(other, mission, explanation="r", alternatives="r"),
        lambda: ending.stop_by_organisation(other, mission, told_coach="r"),
        lambda: ending.stop_by_coachee(other, mission),
        lambda: ending.close(other, mission, overrides={}),
        lambda: ending.refusal(other, mission, ground="coach", explanation="r"),
    ):
        with pytest.raises((NotAllowedNow, Http404)):
            stand_ins.part(made())
    assert now(mission).state == "active"


@pytest.mark.parametrize("how", ENDS)
def test_an_end_takes_along_what_was_planned_allowed_and_prepared_and_leaves_what_was_released(
    world, mission, how
):
    allow(world, mission)
    gone = released(world, mission)
    draft = proposed(world, mission)
    session = plan(world, mission, days=9)
    ENDS[how](world, mission)
    assert fresh(session).state == "cancelled"
    assert not Consent.unscoped.filter(seat__mission=mission, ended_at=None).exists()
    assert Restitution.unscoped.get(pk=draft.pk).state == "dropped"
    assert Restitution.unscoped.get(pk=gone.restitution_id).state == "released"


def test_an_end_withdraws_an_amendment_that_is_being_prepared(world, mission):
    contract = Contract.unscoped.get(mission=mission, instrument="contract")
    amendment = amending.amend(world.coach, contract)
    stop_by_coachee(world, mission)
    assert Contract.unscoped.get(pk=amendment.pk).state == "withdrawn"
    assert Contract.unscoped.get(pk=contract.pk).state == "sealed"


def test_a_stop_closes_the_round_of_a_contract_that_is_out_for_signature(world, db):
    going = out(world)
    mission = now(going.contract.mission)
    stop_by_organisation(world, mission)
    going.refresh_from_db()
    assert (Contract.unscoped.get(pk=going.contract_id).state, going.closing) == ("withdrawn", "withdrawn")


@pytest.mark.parametrize("how", ENDS)
def test_what_has_ended_does_not_end_again(world, mission, how):
    ENDS[how](world, mission)
    for again in ENDS.values():
        with pytest.raises(NotAllowedNow):
            again(world, now(mission))
    assert Termination.unscoped.filter(mission=mission).count() == 1


def test_every_end_is_told_once_in_the_journal_and_by_mail_without_a_word_of_it(world, mission):
    before = Letter.unscoped.count()
    stop(world, mission)
    assert Event.unscoped.filter(kind="mission.stop", mission=mission.ref).count() == 1
    sent = list(Letter.unscoped.order_by("pk")[before:])
    assert sorted(one.kind for one in sent) == ["closings/parted"] * 2
    for one in sent:
        body = str(open_letter(one))
        assert not any(words in body for words in (WHY, OTHERS, TOLD))


def test_a_refusal_is_told_by_the_same_letters(world, db):
    mission = enquiry(world)
    stand_ins.refuse(
        world.coach, mission, ground="coach", explanation=WHY, orientation=OTHERS, told_organisation=TOLD
    )
    mine, theirs = letter_to(coachee(world), mission), letter_to(sponsor(world), mission)
    assert {one.seat.role for one in letters_of(world.coach, mission)} == {"coachee", "sponsor"}
    assert WHY in words_of(coachee(world), mine) and TOLD in words_of(sponsor(world), theirs)


def test_a_letter_is_its_addressees_alone_and_the_coachs(world, mission):
    stop(world, mission)
    mine, theirs = letter_to(coachee(world), mission), letter_to(sponsor(world), mission)
    for viewer, letter in (
        (coachee(world), theirs), (sponsor(world), mine), (administrator(world), mine),
        (world.viewer("colleague", Portal.COACH), mine), (world.viewer("manager", Portal.ORGANISATION), theirs),
        (world.viewer("teammate", Portal.COACHEE), mine),
    ):  # fmt: skip
        with pytest.raises(Http404):
            get_letter(viewer, letter.ref)
    assert get_letter(world.coach, mine.ref).pk == mine.pk


def test_a_letter_is_not_changed_once_its_pdf_is_there(world, mission):
    stop(world, mission)
    letter = letter_to(coachee(world), mission)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        PartyLetter.unscoped.filter(pk=letter.pk).update(content="autre chose")


@pytest.mark.parametrize(
    "columns",
    [{"kind": "close", "by": "coachee"}, {"kind": "stop", "by": "coach", "explanation": ""},
     {"kind": "stop", "by": "coachee", "told_coach": "x"}, {"kind": "stop", "by": "organisation", "explanation": "x"},
     {"kind": "else", "by": "coach", "explanation": "x"}],
)  # fmt: skip
def test_the_database_refuses_words_that_are_not_those_of_whoever_ended(world, mission, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Termination.unscoped.create(mission=mission, ended_by=world.users["coach"], **columns)


def test_the_database_refuses_a_closed_mission_without_its_date(world, mission):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.unscoped.filter(pk=mission.pk).update(state="closed")
