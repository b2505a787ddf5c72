"""The way of a restitution through the pages of the three: one page, shown to the coachee before and to its addressee after."""

import html
import io
import re
from datetime import date

import pytest
from django.db import OperationalError
from django.urls import reverse
from pypdf import PdfReader

from coaching.consents import access as consents_access
from coaching.consents.services import consents
from coaching.documents.store import path_of
from coaching.restitutions.models import Receipt, Restitution
from coaching.restitutions.rendering import page_html, restitution_pdf
from coaching.restitutions.services import approving, drafting, releasing
from coaching.restitutions.snapshots import FrozenRestitution, Part, thaw
from tests import stand_ins
from tests.restitutions.helpers import WORDS, allow, approve, approved, draft, fresh, proposed, released
from tests.sessions.helpers import active, coachee, seat_of, sponsor

ARTICLE = re.compile(r'<article class="restitution sheet".*?</article>', re.DOTALL)

CHIP = re.compile(r'<span class="audience">.*?<span>(.*?)</span>', re.DOTALL)
TWO = "Visible par vous et le coach"
TWO_AND_SPONSOR = "Visible par vous, le coach et l’organisation"


@pytest.fixture
def mission(world, db):
    return active(world)


def _page(answer) -> str:
    return ARTICLE.search(answer.content.decode())[0]


def _url(address, row, **more):
    return reverse(address, kwargs={"ref": row.ref, **more})


def test_the_coachee_reads_before_what_the_addressee_reads_after(world, browse, mission):
    allow(world, mission)
    row = proposed(world, mission, organisation=WORDS, support="Un adjoint, le *lundi*.")
    before = _page(browse("coachee").get(_url("coachee_restitution", row)))
    assert "deux comités" in before
    assert "<em>lundi</em>" in before
    text = {"number": "2", "sha256": _sha(browse, row)}
    assert browse("coachee").post(_url("coachee_restitution_approve", row), text).status_code == 302
    copy = _released(world, row)
    sponsor = browse("sponsor")
    sponsor.post(_url("organisation_restitution_open", copy))
    assert _page(sponsor.get(_url("organisation_restitution", copy))) == before
    assert _page(browse("coach").get(_url("coach_restitution", row))) == before


def _sha(browse, row) -> str:
    body = browse("coachee").get(_url("coachee_restitution_approve", row)).content.decode()
    return re.search(r'name="sha256" value="([0-9a-f]{64})"', body)[1]


def _released(world, row):
    return stand_ins.release(world.coach, fresh(row))


def test_the_draft_offers_a_field_for_what_is_allowed_and_for_nothing_else(world, browse, mission):
    allow(world, mission, "attendance", "support")
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    body = browse("coach").get(_url("coach_restitution_edit", row)).content.decode()
    assert set(re.findall(r'name="(there_\w+|words_\w+)"', body)) == {"there_attendance", "words_support"}


def test_a_field_that_was_not_offered_changes_nothing(world, browse, mission):
    allow(world, mission, "attendance", "support")
    row = drafting.begin(world.coach, seat_of(mission), "sponsor")
    said = {
        "there_attendance": "on",
        "words_support": "Un adjoint.",
        "words_free_text": "Et ceci.",
        "based_on": "1",
    }
    assert browse("coach").post(_url("coach_restitution_edit", row), said).status_code == 302
    assert "Et ceci." not in browse("coach").get(_url("coach_restitution", row)).content.decode()


def test_what_was_typed_upon_an_older_text_is_shown_again(world, browse, mission):
    allow(world, mission, "attendance", "support")
    row = draft(world, mission, support="Un adjoint.")
    answer = browse("coach").post(
        _url("coach_restitution_edit", row), {"words_support": "Celle que j’écrivais.", "based_on": "1"}
    )
    assert answer.status_code == 422
    assert "Celle que j’écrivais." in answer.content.decode()
    again = {"words_support": "Celle que j’écrivais.", "based_on": "2"}
    assert browse("coach").post(_url("coach_restitution_edit", row), again).status_code == 302


def test_a_blank_restitution_is_refused_on_the_page_that_sends_it(world, browse, mission):
    allow(world, mission, "free_text")
    row = draft(world, mission)
    answer = browse("coach").post(_url("coach_restitution_move", row, name="propose"))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert fresh(row).state == "draft"


def test_what_the_coachee_changed_is_marked_for_the_coach(world, browse, mission):
    allow(world, mission)
    row = proposed(world, mission, support="Un adjoint le lundi.")
    said = {"there_attendance": "on", "words_support": "Un adjoint le mardi.", "based_on": str(row.number)}
    assert browse("coachee").post(_url("coachee_restitution_amend", row), said).status_code == 302
    body = browse("coach").get(_url("coach_restitution", row)).content.decode()
    assert re.search(r"<del>.*?lundi", body)
    assert re.search(r"<ins>.*?mardi", body)


def test_another_text_than_the_one_shown_is_not_approved(world, browse, mission):
    allow(world, mission)
    row = proposed(world, mission, support="Un adjoint.")
    seen = {"number": "2", "sha256": _sha(browse, row)}
    said = {"there_attendance": "on", "words_support": "Deux.", "based_on": "2"}
    browse("coachee").post(_url("coachee_restitution_amend", row), said)
    answer = browse("coachee").post(_url("coachee_restitution_approve", row), seen)
    assert answer.status_code == 422
    assert fresh(row).state == "proposed"
    assert "Deux." in answer.content.decode()  # read again, at once


@pytest.mark.parametrize("name", ["unapprove", "withdraw", "release", "approve", "x"])
def test_an_act_that_is_not_open_now_is_refused_in_words(world, browse, mission, name):
    row = proposed(world, mission)
    answer = browse("coachee").get(_url("coachee_restitution_move", row, name=name))
    assert answer.status_code == (403 if name in ("unapprove", "withdraw") else 404)
    assert browse("coachee").post(_url("coachee_restitution_move", row, name=name)).status_code in (403, 404)
    assert fresh(row).state == "proposed"


def test_an_addressee_is_told_what_opening_tells_before_anything_is_shown(world, browse, mission):
    allow(world, mission)
    copy = released(world, mission, organisation=WORDS)
    sponsor = browse("sponsor")
    body = sponsor.get(_url("organisation_restitution", copy)).content.decode()
    assert "comités" not in body
    assert sponsor.get(_url("organisation_restitution_pdf", copy)).status_code == 404
    assert Receipt.unscoped.count() == 0
    sponsor.post(_url("organisation_restitution_open", copy))
    assert "comités" in sponsor.get(_url("organisation_restitution", copy)).content.decode()
    assert sponsor.get(_url("organisation_restitution_pdf", copy)).status_code == 200


def test_the_page_tells_who_reads_it_before_it_goes_and_after(world, browse, mission):
    row = proposed(world, mission)
    page = _url("coachee_restitution", row)
    assert _tells(browse("coachee").get(page)) == TWO
    stand_ins.release(world.coach, approve(world, row))
    assert _tells(browse("coachee").get(page)) == TWO_AND_SPONSOR
    approving.withdraw(coachee(world), fresh(row))
    assert _tells(browse("coachee").get(page)) == TWO, "nobody had opened it"


def test_one_withdrawn_after_it_was_opened_goes_on_telling_that_its_addressee_reads_it(
    world, browse, mission
):
    copy = released(world, mission)
    releasing.open_released(sponsor(world), copy)
    approving.withdraw(coachee(world), fresh(copy.restitution))
    page = browse("coachee").get(_url("coachee_restitution", copy.restitution))
    assert _tells(page) == TWO_AND_SPONSOR


def _tells(answer) -> str:
    """The chip above the page of the restitution."""
    part = html.unescape(answer.content.decode()).split('id="page"')[1]
    return CHIP.search(part)[1]


@pytest.mark.parametrize("who", ["coach", "coachee", "organisation"])
def test_a_released_document_that_was_altered_is_refused_in_words(world, browse, mission, who):
    copy = released(world, mission)
    browse("sponsor").post(_url("organisation_restitution_open", copy))
    row = copy if who == "organisation" else copy.restitution
    persona = "sponsor" if who == "organisation" else who
    page = _url(f"{who}_restitution_pdf", row)
    path = path_of(copy.document.sha256)
    path.unlink()
    answer = browse(persona).get(page)
    assert answer.status_code == 403
    said = html.unescape(answer.content.decode())
    assert "no longer what was stored" in said or "n’est plus celui qui a été conservé" in said


def test_new_ones_come_first_over_all_missions(world, browse, mission):
    first, second = released(world, mission), released(world, mission)
    sponsor = browse("sponsor")
    sponsor.post(_url("organisation_restitution_open", second))
    body = sponsor.get(reverse("organisation_restitutions")).content.decode()
    assert 0 < body.index(first.ref) < body.index(second.ref)


def test_a_restitution_withdrawn_before_it_was_opened_is_a_404_like_any_other(world, browse, mission):
    copy, sponsor = released(world, mission), browse("sponsor")
    approving.withdraw(coachee(world), fresh(copy.restitution))
    unknown = sponsor.get(reverse("organisation_restitution", args=["RR-2222222222"]))
    gone = sponsor.get(_url("organisation_restitution", copy))
    assert gone.status_code == unknown.status_code == 404
    assert gone.content == unknown.content
    assert sponsor.post(_url("organisation_restitution_open", copy)).status_code == 404


def test_the_sponsor_tries_the_references_of_every_restitution_and_finds_none(world, browse, mission):
    allow(world, mission)
    row = approved(world, mission, organisation=WORDS)
    sponsor = browse("sponsor")
    for name in ("organisation_restitution", "organisation_restitution_pdf"):
        assert sponsor.get(_url(name, row)).status_code == 404
    for portal in ("coach", "coachee"):
        assert sponsor.get(_url(f"{portal}_restitution", row)).status_code == 404


def test_the_next_step_leads_each_to_what_is_theirs_to_do(world, browse, mission):
    row = proposed(world, mission)
    page = browse("coachee").get(_url("coachee_mission", mission)).content.decode()
    assert _url("coachee_restitution", row) in page.split('class="next', 1)[1].split("</section>", 1)[0]
    text = {"number": "2", "sha256": _sha(browse, row)}
    browse("coachee").post(_url("coachee_restitution_approve", row), text)
    page = browse("coach").get(_url("coach_mission", mission)).content.decode()
    assert _url("coach_restitution", row) in page


def test_what_may_be_given_back_is_withdrawn_in_one_click_and_the_page_says_so(world, browse, mission):
    row = approved(world, mission)
    consent = consents_access.standing(seat_of(mission), "sponsor")
    browse("coachee").post(reverse("coachee_consent_withdraw", args=[consent.ref]))
    assert browse("coach").get(_url("coach_restitution_release", row)).status_code == 403
    assert "note-warn" in browse("coach").get(_url("coach_restitution", row)).content.decode()


def test_the_pdf_says_the_page_and_no_more(db):
    parts = (Part("attendance", held=3, agreed=8), Part("organisation", words=WORDS))
    page = FrozenRestitution(
        "RT-2222222222", "fr", "Cabinet", "Claire", "Inès Carpentier", "Acme", "sponsor", "Prise de poste",
        date(2026, 11, 28), parts,
    )  # fmt: skip
    reader = PdfReader(io.BytesIO(restitution_pdf(page).pdf))
    said = re.sub(r"[\s\u00ad]+", " ", " ".join(one.extract_text() for one in reader.pages))
    assert "deux comités" in said
    assert "3 séances" in said
    assert "Inès Carpentier" in said
    assert len(reader.pages) == 1


def test_a_mark_in_the_words_is_a_mark_and_never_markup(world, mission):
    allow(world, mission)
    copy = released(world, mission, free_text="<script>alert(1)</script> [lien](https://x.test) ![i](x)")
    html = page_html(thaw(copy.content))
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html


def test_nothing_is_offered_where_the_coachee_pays(world, browse, mission):
    assert Restitution.unscoped.count() == 0
    consents.withdraw(coachee(world), consents_access.standing(seat_of(mission), "sponsor"))
    body = browse("coach").get(_url("coach_restitutions", mission)).content.decode()
    assert reverse("coach_restitution_new", args=[mission.ref]) not in body


def test_a_withdrawal_that_the_engine_ended_is_told_in_words_and_the_consent_stands(
    mission, world, client, monkeypatch
):
    def ended(*_args):
        raise OperationalError("ended") from _Deadlock()

    allow(world, mission, "attendance")
    row = consents_access.standing(seat_of(mission), "sponsor")
    monkeypatch.setattr(consents, "changed", ended)
    client.force_login(world.users["coachee"])
    answer = client.post(_url("coachee_consent_withdraw", row))
    assert (answer.status_code, consents_access.standing(seat_of(mission), "sponsor")) == (409, row)


class _Deadlock(Exception):
    sqlstate = "40P01"
