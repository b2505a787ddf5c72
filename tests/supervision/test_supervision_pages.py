"""The pages of supervision, as browsers meet them: the coach's, the administrator's, and the supervisor's single door."""

import html
import io
import re

import pytest
from django.core.signing import dumps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from pypdf import PdfReader

from coaching.documents.services import content_of
from coaching.documents.store import path_of
from coaching.jobs.services import run_due
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from ethics.supervision.models import SupervisionSession, Supervisor, YearRecord
from ethics.supervision.services import attesting, points
from tests import stand_ins
from tests.sessions.helpers import active
from tests.supervision.helpers import EMAIL, ago, attested, coached, held, link_to, supervisor

ABOUT = ("supervisor", "coach", "practice")
LEARNT = "Je peux laisser le silence faire son travail."


@pytest.fixture
def browser(browse):
    return browse("coach")


@pytest.fixture
def odile(world, db):
    return supervisor(world)


@pytest.fixture
def stranger():
    return Client()


def _body(answer) -> str:
    return html.unescape(answer.content.decode())


def _page(row, name="coach_supervision_session") -> str:
    return reverse(name, args=[row.ref])


def _said(with_whom, **more):
    return {
        "supervisor": with_whom.ref,
        "held_on": ago(2).isoformat(),
        "minutes": "90",
        "form": "group",
        **more,
    }


def test_a_coach_without_a_supervisor_is_first_asked_who_it_is(browser, db):
    answer = browser.get(reverse("coach_supervision_new"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("coach_supervisor_new")
    answer = browser.post(
        reverse("coach_supervisor_new"),
        {"name": "Odile Perrin", "email": EMAIL, "relation": "third", "form": "group", "language": "fr"},
    )
    assert answer.status_code == 302
    assert "Odile Perrin" in _body(browser.get(reverse("coach_supervision_new")))


def test_a_supervision_is_recorded_on_one_page_with_points_and_learning(browser, world, odile):
    point = points.write(world.coach, "D’où me vient l’envie de rassurer ?").point
    page = reverse("coach_supervision_new")
    assert "D’où me vient" in _body(browser.get(page))
    answer = browser.post(page, _said(odile, treated=[point.ref], text=LEARNT))
    row = SupervisionSession.unscoped.get(supervisor=odile)
    assert answer["Location"] == _page(row)
    body = _body(browser.get(_page(row)))
    assert LEARNT in body
    assert "D’où me vient" in body


def test_a_day_to_come_is_refused_beside_it_and_what_was_typed_is_kept(browser, odile):
    answer = browser.post(
        reverse("coach_supervision_new"), _said(odile, held_on=ago(-3).isoformat(), text=LEARNT)
    )
    body = _body(answer)
    assert answer.status_code == 422
    assert LEARNT in body
    assert re.search(r'id="error_\d_id_held_on"|id_held_on_error|invalid-feedback', body)
    assert not SupervisionSession.unscoped.filter(supervisor=odile).exists()


def test_a_supervisor_who_is_not_mine_is_no_choice(browser, world, odile):
    theirs = Supervisor.unscoped.exclude(coach_id=world.coach.user_id).first() or supervisor(
        world, world.viewer("coach_elsewhere", "coach"), name="Autre"
    )
    answer = browser.post(reverse("coach_supervision_new"), _said(theirs))
    assert answer.status_code == 422


def test_what_is_corrected_takes_the_link_back(browser, world, odile):
    row = held(world, odile)
    link = link_to(world, row)[1]
    answer = browser.post(_page(row, "coach_supervision_edit"), _said(odile, minutes="45"))
    assert answer.status_code == 302
    link.refresh_from_db()
    row.refresh_from_db()
    assert (row.minutes, row.state, link.revoked_at is not None) == (45, "recorded", True)


def test_the_supervisor_comes_by_the_letter_sees_one_supervision_and_attests_it(
    browser, world, odile, stranger
):
    row = held(world, odile, text=LEARNT)
    browser.post(_page(row, "coach_supervision_ask"))
    letter = open_letter(Letter.unscoped.filter(kind="supervision/asked").last())
    token = re.search(r"/attest/([\w-]{40,})/", letter.text)[1]
    answer = stranger.get(reverse("attestation_link", args=[token]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("attestation"))
    body = _body(stranger.get(reverse("attestation")))
    assert world.users["coach"].name in body
    for secret in (LEARNT, token, row.ref, world.people["coachee"].name):
        assert secret not in body
    answer = stranger.post(reverse("attestation"), {"name": "Odile Perrin"})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert (row.state, row.attested_name) == ("attested", "Odile Perrin")
    assert "Odile Perrin" in _body(browser.get(_page(row)))


def test_opening_the_link_changes_nothing_however_often(world, odile, stranger):
    row = held(world, odile)
    token, link = link_to(world, row)
    for _time in range(3):
        stranger.get(reverse("attestation_link", args=[token]))
        stranger.get(reverse("attestation"))
    link.refresh_from_db()
    assert (link.used_at, SupervisionSession.unscoped.get(pk=row.pk).state) == (None, "asked")


def test_a_link_used_a_second_time_says_when_it_was_used(world, odile, stranger):
    token, link = link_to(world, held(world, odile))
    attesting.attest(link, "Odile Perrin")
    stranger.get(reverse("attestation_link", args=[token]))
    for page in ("attestation", "attestation_contest"):
        for answer in (
            stranger.get(reverse(page)),
            stranger.post(reverse(page), {"name": "x", "words": "x"}),
        ):
            assert answer.status_code == 410
    assert date_format(timezone.localdate(), "DATE_FORMAT") in _body(stranger.get(reverse("attestation")))


@pytest.mark.parametrize("token", ["never-made", "x" * 500])
def test_a_link_that_was_never_made_opens_nothing(world, odile, stranger, token):
    stranger.get(reverse("attestation_link", args=[token]))
    assert stranger.get(reverse("attestation")).status_code == 410


def test_a_cookie_that_nobody_signed_opens_nothing(world, odile, stranger):
    _token, link = link_to(world, held(world, odile))
    for forged in (link.token_hash, dumps(link.token_hash)):
        stranger.cookies["attestation"] = forged
        assert stranger.get(reverse("attestation")).status_code == 410


def test_an_attestation_without_a_name_is_refused_beside_it(world, odile, stranger):
    token, _link = link_to(world, held(world, odile))
    stranger.get(reverse("attestation_link", args=[token]))
    assert stranger.post(reverse("attestation"), {"name": "   "}).status_code == 422
    assert stranger.post(reverse("attestation_contest"), {"words": ""}).status_code == 422


def test_a_supervisor_is_written_to_and_shown_the_page_in_their_language(world, stranger, db):
    token, _link = link_to(world, held(world, supervisor(world, language="en")))
    stranger.get(reverse("attestation_link", args=[token]))
    assert "I attest it" in _body(stranger.get(reverse("attestation")))


def test_the_attestation_is_a_pdf_made_once_and_sent_to_the_supervisor(browser, world, odile):
    row = attested(world, held(world, odile, text=LEARNT, minutes=90))
    assert browser.get(_page(row, "coach_supervision_pdf")).status_code == 404
    run_due()
    run_due()
    row = SupervisionSession.unscoped.select_related("document").get(pk=row.pk)
    pdf = browser.get(_page(row, "coach_supervision_pdf"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    said = " ".join(text.split())
    for word in ("Odile Perrin", world.users["coach"].name, "90 min", row.ref):
        assert word in said
    assert LEARNT not in said
    copies = Letter.unscoped.filter(kind="supervision/copy", to=EMAIL)
    assert [letter.attachments for letter in copies] == [[[row.document.ref, f"{row.ref}.pdf"]]]
    assert content_of(row.document) == pdf.content


def test_the_yearly_record_says_days_and_lengths_and_no_client(browser, world, odile):
    mission = active(world)
    coached(world, mission, 12, days=1)
    attested(world, held(world, odile, days=0, minutes=75))
    answer = browser.post(reverse("coach_supervision_year_make"), {"year": str(timezone.localdate().year)})
    assert answer.status_code == 302
    row = YearRecord.unscoped.get(coach_id=world.coach.user_id)
    content = browser.get(_page(row, "coach_supervision_year")).content
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages).split())
    assert "1 h 15" in text
    assert "12 h" in text
    assert "Odile Perrin" in text
    assert world.people["coachee"].name not in text


def test_a_year_to_come_has_no_record(browser, db):
    for year in ("2999", "abc", ""):
        answer = browser.post(reverse("coach_supervision_year_make"), {"year": year}, follow=True)
        assert answer.status_code == 200
    assert not YearRecord.unscoped.exists()


def test_the_administrator_sees_days_and_standings_and_no_supervisor(browse, world, odile):
    held(world, odile, text=LEARNT)
    body = _body(browse("administrator").get(reverse("practice_supervision")))
    assert world.users["coach"].name in body
    for secret in ("Odile Perrin", EMAIL, LEARNT):
        assert secret not in body


def test_the_practice_s_own_figures_are_asked_for_where_it_chooses_them(browse, world):
    page, admin = reverse("practice_supervision_rule"), browse("administrator")
    said = {"preset": "own", "group_share": "50", "attest_within": "30"}
    assert admin.post(page, said).status_code == 422
    said |= {"coaching_hours": "25", "hours_a_year": "0", "hours_a_quarter": "0"}
    assert admin.post(page, said).status_code == 302
    assert "25" in _body(admin.get(reverse("practice_supervision")))


def test_today_says_where_the_coach_stands(browser, world):
    coached(world, active(world), 40)
    assert "Votre supervision est en retard" in _body(browser.get(reverse("coach_home")))


@pytest.mark.parametrize("page", ["coach_supervision", "coach_supervisions"])
def test_the_queries_of_a_page_do_not_grow(browser, world, odile, page):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse(page)).status_code == 200
        return len(queries)

    held(world, odile)
    count()
    before = count()
    for days in (11, 12):
        held(world, odile, days=days)
    assert count() == before


def test_damaged_bytes_of_an_attestation_are_refused_in_words(browser, world, odile):
    row = attested(world, held(world, odile))
    row = stand_ins.attestation(SupervisionSession.unscoped.select_related(*ABOUT).get(pk=row.pk))
    path = path_of(row.document.sha256)
    path.chmod(0o600)
    path.write_bytes(b"something else")
    assert browser.get(_page(row, "coach_supervision_pdf")).status_code == 403
