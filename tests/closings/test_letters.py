"""The letters of an ending: acknowledged by each, by a link where somebody has no account, and made later where a renderer fails."""

import io
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from coaching.clients.models import Person
from coaching.clients.services import save_person
from coaching.closings import links, waiting
from coaching.closings.access import letters_of
from coaching.closings.models import Acknowledgement, PartyLetter
from coaching.closings.services import acknowledging, ending, parting
from coaching.closings.waiting import letters_unread
from coaching.documents.rendering import RenderFailed
from coaching.documents.services import content_of
from coaching.jobs.models import Job
from coaching.jobs.services import run_due
from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission, Seat
from coaching.missions.services import seats
from coaching.missions.waiting import awaited_by
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from tests import stand_ins
from tests.closings.helpers import OTHERS, TOLD, WHY, letter_to, now, stop, stop_by_coachee
from tests.contracts.helpers import enquiry
from tests.sessions.helpers import active, coachee, sponsor


@pytest.fixture
def mission(world, db):
    return active(world)


def _waiting(viewer, mission) -> list[str]:
    return [
        one.path
        for one in awaited_by(viewer, 50)
        if "/letters/" in one.path and one.mission.ref == mission.ref
    ]


def _pdf(letter) -> str:
    reader = PdfReader(io.BytesIO(content_of(letter.document)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_each_says_that_they_have_read_their_letter_and_the_coach_sees_it(world, mission):
    stop(world, mission)
    assert len(_waiting(world.coach, mission)) == 2
    mine = letter_to(coachee(world), mission)
    assert _waiting(coachee(world), mission) == [reverse("coachee_party_letter", args=[mine.ref])]
    acknowledging.acknowledge(coachee(world), mine)
    acknowledging.acknowledge(coachee(world), mine)  # twice is once
    assert (len(_waiting(world.coach, mission)), _waiting(coachee(world), mission)) == (1, [])
    said = {
        one.seat.role: (one.acknowledged is not None, one.through) for one in letters_of(world.coach, mission)
    }
    assert said == {"coachee": (True, "account"), "sponsor": (False, None)}
    assert Event.unscoped.filter(kind="letter.acknowledge").count() == 1


def test_nobody_acknowledges_in_somebody_elses_place(world, mission):
    stop(world, mission)
    mine = letter_to(coachee(world), mission)
    for viewer in (
        world.coach, sponsor(world), world.viewer("teammate", Portal.COACHEE), world.viewer("administrator", Portal.PRACTICE),
    ):  # fmt: skip
        with pytest.raises(NotAllowedNow):
            acknowledging.acknowledge(viewer, mine)
    assert not Acknowledgement.unscoped.exists()


def test_a_letter_is_not_waited_for_for_ever(world, mission, monkeypatch):
    stop(world, mission)
    assert letters_unread(world.coach, mission_id=mission.pk).count() == 2
    monkeypatch.setattr(waiting, "PATIENCE", timedelta(0))
    assert letters_unread(world.coach, mission_id=mission.pk).count() == 0


def test_the_pdf_of_each_letter_says_what_its_page_says_and_nothing_of_the_others(world, mission):
    parting.part(
        ending.stop(world.coach, mission, explanation=WHY, alternatives=OTHERS, told_organisation=TOLD)
    )
    mine, theirs = _pdf(letter_to(coachee(world), mission)), _pdf(letter_to(sponsor(world), mission))
    assert WHY in mine and OTHERS in mine and TOLD not in mine
    assert TOLD in theirs and WHY not in theirs and OTHERS not in theirs


def _fail(_letter):
    raise RenderFailed("non")


def test_a_coach_who_stops_tries_again_when_no_pdf_can_be_made_and_nothing_has_happened(
    world, mission, monkeypatch
):
    monkeypatch.setattr(parting, "letter_pdf", _fail)
    with pytest.raises(RenderFailed):
        parting.part(ending.stop(world.coach, mission, explanation=WHY, alternatives=OTHERS))
    assert now(mission).state == "active"
    assert not PartyLetter.unscoped.filter(mission=mission).exists()


def test_a_coachees_stop_waits_for_no_renderer_and_the_worker_makes_the_pdf_later(
    world, mission, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(parting, "letter_pdf", _fail)
        parting.part(ending.stop_by_coachee(coachee(world), mission))
    assert now(mission).state == "stopped"
    letter = letter_to(coachee(world), mission)
    assert letter.document is None
    assert Job.unscoped.filter(kind="closings.letter", subject=letter.ref).count() == 1
    while run_due():
        pass
    assert letter.ref in _pdf(letter_to(coachee(world), mission))


def _without_account(world, role="coachee") -> Mission:
    """An enquiry to whose table somebody came who has no account."""
    mission = enquiry(world)
    values = {"name": "Zoé Petit", "email": "zoe@ailleurs.test", "organisation": world.organisation}
    seats.add_seat(world.coach, mission, save_person(world.coach, None, values), role)
    return mission


def _link(world, mission) -> str:
    letter = Letter.unscoped.filter(kind="closings/parted", to="zoe@ailleurs.test").latest("pk")
    return "/letter/" + open_letter(letter).text.split("/letter/", 1)[1].split("\n", 1)[0]


@pytest.fixture
def zoe(world, db):
    mission = _without_account(world, "manager")
    stand_ins.refuse(world.coach, mission, ground="coach", explanation=WHY, told_organisation=TOLD)
    return mission


def test_somebody_without_an_account_reads_their_letter_by_its_link_and_says_so(world, zoe):
    browser, link = Client(), _link(world, zoe)
    before = Acknowledgement.unscoped.count()
    assert browser.get(link).status_code == 302  # a scanner that opens it has written nothing
    assert Acknowledgement.unscoped.count() == before
    page = browser.get(reverse("party_letter"))
    body = page.content.decode()
    assert TOLD in body and WHY not in body
    assert page["Cache-Control"].count("no-store") == 1
    assert browser.post(reverse("party_letter_acknowledge")).status_code == 302
    row = Acknowledgement.unscoped.get(letter__seat__person__email="zoe@ailleurs.test")
    assert (row.through, row.user) == ("link", None)
    assert browser.get(reverse("party_letter_pdf")).content.startswith(b"%PDF")


def test_a_link_that_was_never_made_or_altered_opens_nothing(world, zoe):
    link = _link(world, zoe)
    token = link.strip("/").split("/")[1]
    other = letter_to(sponsor(world), zoe)
    for wrong in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.replace(token.split(".")[0], other.ref),
        "x",
    ):
        assert Client().get(reverse("party_letter_link", args=[wrong])).status_code == 404
    assert Client().get(reverse("party_letter")).status_code == 404


def test_a_link_opens_nothing_after_sixty_days_nor_once_the_seat_has_ended(world, zoe, monkeypatch):
    row = PartyLetter.unscoped.get(seat__person__email="zoe@ailleurs.test")
    token = links.token_of(row)
    assert links.letter_of(token).pk == row.pk
    with monkeypatch.context() as later:
        later.setattr(links, "LASTS", timedelta(0))
        with pytest.raises(Http404):
            links.letter_of(token)
    Seat.unscoped.filter(pk=row.seat_id).update(ended_at=timezone.now())
    with pytest.raises(Http404):
        links.letter_of(token)


def test_a_mail_to_somebody_without_an_account_carries_no_word_of_it(world, zoe):
    for letter in Letter.unscoped.filter(kind="closings/parted"):
        body = str(open_letter(letter))
        assert WHY not in body and TOLD not in body


def test_a_person_who_was_moved_to_another_organisation_finds_no_letter(world, mission):
    stop_by_coachee(world, mission)
    letter = letter_to(sponsor(world), mission)
    Seat.unscoped.filter(pk=letter.seat_id).update(ended_at=timezone.now())
    assert letters_of(sponsor(world), mission) == []
    assert Person.unscoped.filter(user=world.users["sponsor"]).exists()
