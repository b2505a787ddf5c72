"""The sheet a client asks for: shown at once, frozen with its date, read again as it was; and open to everyone if its coach says so."""

import io
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from coaching.accounts.models import Membership
from coaching.documents import rendering
from coaching.documents.rendering import RenderFailed
from coaching.documents.services import content_of
from coaching.journal.models import Event
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.missions.models import Seat
from ethics.development.access import sheets_for
from ethics.development.models import PublicSheet, Qualification, ShownSheet
from ethics.development.rendering import sheet_pdf
from ethics.development.services import remove_qualification, sheets
from ethics.development.services.proofs import put_proof, share_proof
from ethics.development.snapshots import sha256_of, text_of, thaw
from tests import stand_ins
from tests.development.helpers import coachee, file, qualification, sponsor


@pytest.fixture(autouse=True)
def _database(world, db):
    """Every test here writes."""


def _ask(world, viewer=None):
    table = sheets.Table(world.practice, world.users["coach"], world.mission.ref, "Quelqu’un")
    return stand_ins.ask(viewer or coachee(world), table, "fr")


@pytest.mark.parametrize(
    ("persona", "portal"), [("coachee", "coachee"), ("sponsor", "organisation"), ("manager", "organisation")]
)
def test_a_client_asks_with_one_click_and_reads_it_at_once(world, browse, persona, portal):
    qualification(world, title="Une école du Sud", expires_on=date(2030, 1, 1))
    browser = browse(persona)
    answer = browser.post(reverse(f"{portal}_sheet_ask", args=[world.mission.ref]), follow=True)
    assert answer.status_code == 200
    assert "Une école du Sud" in answer.content.decode()
    row = ShownSheet.unscoped.get()
    pdf = browser.get(reverse(f"{portal}_sheet_pdf", args=[row.ref]))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Une école du Sud" in text
    assert row.sha256[:20] in text.replace("\n", "").replace(" ", "")


def test_asking_is_no_get(world, browse):
    for portal, persona in (("coachee", "coachee"), ("organisation", "sponsor")):
        assert (
            browse(persona).get(reverse(f"{portal}_sheet_ask", args=[world.mission.ref])).status_code == 405
        )


def test_what_was_shown_stays_as_it_was(world, browse):
    one = qualification(world, title="Avant")
    row = _ask(world)
    remove_qualification(world.coach, one)
    Qualification.unscoped.update(title="Après")
    page = browse("coachee").get(reverse("coachee_sheet", args=[row.ref])).content.decode()
    assert "Avant" in page
    assert "Après" not in page
    assert "Avant" in browse("coach").get(reverse("coach_shown_sheet", args=[row.ref])).content.decode()


def test_it_holds_its_hash_and_nothing_of_the_client(world):
    row = _ask(world)
    sheet = thaw(row.content)
    assert sha256_of(sheet) == row.sha256
    assert text_of(sheet) == row.content
    client = world.users["coachee"]
    assert client.name not in row.content
    assert client.email not in row.content


def test_the_database_lets_nobody_change_or_delete_it(world):
    row = _ask(world)
    for act in (
        lambda: ShownSheet.unscoped.filter(pk=row.pk).update(content="{}"),
        lambda: ShownSheet.unscoped.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_same_sheet_asked_for_twice_in_a_day_is_one(world):
    first = _ask(world)
    assert _ask(world) == first
    qualification(world, title="Une de plus")
    assert _ask(world) != first
    assert ShownSheet.unscoped.count() == 2
    assert Event.unscoped.filter(kind="sheet.show").count() == 2


def test_the_coach_reads_to_whom_it_was_shown_and_when(world, browse):
    for persona, portal in (("coachee", Portal.COACHEE), ("sponsor", Portal.ORGANISATION)):
        world.show_sheet(persona, portal, world.mission)
    page = browse("coach").get(reverse("coach_sheet")).content.decode()
    assert world.people["coachee"].name in page
    assert world.people["sponsor"].name in page


def test_who_has_left_the_table_does_not_read_it_again(world, browse):
    row = world.show_sheet("coachee", Portal.COACHEE, world.mission)
    url = reverse("coachee_sheet", args=[row.ref])
    assert browse("coachee").get(url).status_code == 200
    Seat.unscoped.filter(mission=world.mission, person=world.people["coachee"]).update(ended_at=row.shown_at)
    assert browse("coachee").get(url).status_code == 404


@pytest.mark.parametrize(
    "persona",
    [
        "teammate",
        "sponsor",
        "manager",
        "departed",
        "sponsor_elsewhere",
        "colleague",
        "administrator",
        "recourse",
    ],
)
def test_a_sheet_is_read_again_by_whom_it_was_shown_to_alone(world, browse, persona):
    row = _ask(world)
    for page in (
        "coachee_sheet",
        "coachee_sheet_pdf",
        "organisation_sheet",
        "organisation_sheet_pdf",
        "coach_shown_sheet",
        "coach_shown_sheet_pdf",
    ):
        assert browse(persona).get(reverse(page, args=[row.ref])).status_code == 404


def test_only_a_client_of_the_mission_asks(world, browse):
    for persona in ("departed", "sponsor_elsewhere", "coach", "administrator", "recourse"):
        for portal in ("coachee", "organisation"):
            url = reverse(f"{portal}_sheet_ask", args=[world.mission.ref])
            assert browse(persona).post(url).status_code == 404
    with pytest.raises(NotAllowedNow):
        _ask(world, world.coach)


def test_a_pdf_that_fails_keeps_nothing(world, browse, monkeypatch):
    def fail(*_arguments, **_options):
        raise RenderFailed(rendering.NOT_MADE)

    monkeypatch.setattr("ethics.development.services.sheets.sheet_pdf", fail)
    answer = browse("coachee").post(reverse("coachee_sheet_ask", args=[world.mission.ref]))
    assert answer.status_code == 503
    assert not ShownSheet.unscoped.exists()


def test_a_proof_is_said_to_be_on_file_by_its_digest(world):
    proof = put_proof(world.coach, file(), qualification=qualification(world))
    learnt = thaw(_ask(world).content).learnt
    assert proof.sha256 in {one.proof for one in learnt}


def test_words_that_look_like_a_page_are_drawn_as_words(world):
    one = "<script>alert(1)</script><img src=x> \u202e %s {{ 7|add:7 }}"
    qualification(world, title=one, body="<b>")
    sheet = sheets.freeze(world.practice, world.users["coach"], "fr")
    made = sheet_pdf(sheet)
    assert made.asked == ()
    assert "alert(1)" in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)


def test_the_stored_pdf_is_proved_against_its_hash(world):
    row = _ask(world)
    assert content_of(row.document).startswith(b"%PDF")
    assert row.document.kind == "sheet"
    assert row.document.title == row.ref


# Open to everyone.


@pytest.fixture
def public(world):
    return sheets.publish(world.coach)


def _open(client, row):
    return client.get(reverse("public_sheet", args=[row.ref]))


def test_whoever_has_the_address_reads_it_and_nothing_else(world, client, public):
    proof = put_proof(world.coach, file(), qualification=qualification(world, title="Une école du Sud"))
    share_proof(world.coach, proof, shared=True)
    answer = _open(client, public)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "Une école du Sud" in body
    assert "noindex" in answer["X-Robots-Tag"]
    assert proof.ref not in body
    assert world.mission.ref not in body
    assert world.users["coach"].email not in body


def test_it_reads_as_it_is_now(world, client, public):
    one = qualification(world, title="Bientôt retirée")
    assert "Bientôt retirée" in _open(client, public).content.decode()
    remove_qualification(world.coach, one)
    assert "Bientôt retirée" not in _open(client, public).content.decode()


def test_unpublished_it_is_not_found_and_its_address_never_comes_back(world, client, browse, public):
    assert browse("coach").post(reverse("coach_sheet_unpublish")).status_code == 302
    assert _open(client, public).status_code == 404
    assert browse("coach").post(reverse("coach_sheet_publish")).status_code == 302
    again = PublicSheet.unscoped.get(ended_at=None)
    assert again.ref != public.ref
    assert _open(client, public).status_code == 404
    assert _open(client, again).status_code == 200


def test_an_address_nobody_made_is_not_found_with_the_same_words(client, public, world):
    unknown = client.get(reverse("public_sheet", args=["FP-2222222222"]))
    sheets.unpublish(world.coach, public)
    ended = _open(client, public)
    assert unknown.status_code == ended.status_code == 404
    assert unknown.content.decode().replace("FP-2222222222", "") == ended.content.decode().replace(
        public.ref, ""
    )


@pytest.mark.parametrize("ref", ["a%00b", "FP-' OR 1=1", "x" * 300, "..", "FM-2222222222"])
def test_a_strange_address_is_not_found(client, ref):
    assert client.get(f"/sheets/{ref}/").status_code in (404, 400)


def test_a_coach_who_has_left_is_open_to_nobody(world, client, public):
    Membership.unscoped.filter(user=world.users["coach"]).update(left_at=world.mission.created_at)
    assert _open(client, public).status_code == 404


def test_it_is_published_once_and_taken_back_once(world, public):
    with pytest.raises(Stale):
        sheets.publish(world.coach)
    sheets.unpublish(world.coach, public)
    with pytest.raises(Stale):
        sheets.unpublish(world.coach, public)


def test_only_its_coach_publishes(world, browse, public):
    with pytest.raises(NotAllowedNow):
        sheets.publish(world.viewer("administrator", Portal.PRACTICE))
    with pytest.raises(NotAllowedNow):
        sheets.unpublish(world.viewer("colleague", Portal.COACH), public)
    assert browse("colleague").post(reverse("coach_sheet_unpublish")).status_code == 404


def test_what_everyone_reads_is_said_on_the_coachs_page(world, browse):
    before = browse("coach").get(reverse("coach_sheet")).content.decode()
    assert "Visible par tout le monde" not in before
    public = sheets.publish(world.coach)
    after = browse("coach").get(reverse("coach_sheet")).content.decode()
    assert "Visible par" in after
    assert reverse("public_sheet", args=[public.ref]) in after


def test_the_sheets_of_a_client_are_one_question(world):
    _ask(world)
    assert sheets_for(coachee(world)).count() == 1
    assert sheets_for(sponsor(world)).count() == 0
