"""The register of processing activities: worked out from what rooms declare and what the practice has set."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from coaching.kernel.viewer import Portal
from coaching.personal.register import ACTIVITIES, register_of, uncovered
from coaching.personal.services.keeping import set_months

pytestmark = pytest.mark.django_db


def test_no_room_that_holds_data_of_people_is_left_out():
    assert uncovered() == set()


def test_each_activity_says_who_receives_it_and_how_long_it_is_kept(world):
    for one in register_of(world.practice)["activities"]:
        assert one["readers"], one["purpose"]
        assert one["kept"], one["purpose"]


def test_notes_are_received_by_nobody_but_the_coach_and_what_is_shared_by_the_coachee_alone(world):
    notes = next(
        one
        for one, said in zip(register_of(world.practice)["activities"], ACTIVITIES, strict=True)
        if said.rooms == ("notes",)
    )
    assert "organisation" not in notes["readers"]
    assert "administration" not in notes["readers"]


def test_what_the_practice_sets_is_in_the_register_at_once(world, browse):
    set_months(world.viewer("administrator", Portal.PRACTICE), world.practice, {"notes": 7})
    assert "7 mois" in browse("administrator").get(reverse("practice_register")).content.decode()


def test_the_register_is_printed_for_the_administrator(world, browse):
    answer = browse("administrator").get(reverse("practice_register_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert world.practice.name in text
    assert "C. civ. 2224" in " ".join(text.split())


@pytest.mark.parametrize("persona", ["coachee", "sponsor", "colleague"])
def test_nobody_but_the_administrator_reads_the_register_or_the_preview(world, browse, persona):
    for name in ("practice_register", "practice_register_pdf", "practice_purge", "practice_retention"):
        assert browse(persona).get(reverse(name)).status_code == 404
