"""The pages of the hours log, as a coach, their coachee and their administrator find them."""

import html
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from coaching.consents.access import listed_by
from coaching.jobs.services import run_due
from coaching.vault.web.carrying import COOKIE
from ethics.hours import access
from ethics.hours.models import HoursImport, HoursRules, VerificationLetter
from tests.hours.helpers import FRENCH, TWO, attested, held, imported, listed, sent
from tests.hours.test_imports import long_file
from tests.sessions.helpers import active
from tests.unlocking import lock

pytestmark = pytest.mark.usefixtures("stands")
VERIFIED = {
    "issuer": "Coaching & Cie", "contact": "M. Dupond", "starts_on": "2024-01-01", "ends_on": "2024-12-31", "clients": "4",
    "paid_hours": "20.5", "pro_bono_hours": "", "issued_on": "2025-01-15",
}  # fmt: skip


@pytest.fixture
def coach(browse):
    return browse("coach")


def body(answer, status=200) -> str:
    assert answer.status_code == status
    return html.unescape(answer.content.decode()).replace("\u202f", " ").replace("\u00a0", " ")


def file(content: str | bytes, name="heures.csv") -> io.BytesIO:
    out = io.BytesIO(content.encode() if isinstance(content, str) else content)
    out.name = name
    return out


def test_an_empty_log_says_what_it_is_for_and_offers_the_first_step(world, coach):
    said = body(coach.get(reverse("coach_hours")))
    assert reverse("coach_hours_import_new") in said


def test_a_coach_imports_a_table_sees_its_faults_and_puts_it_into_the_log(world, coach):
    table = f"{TWO}Luc;;;;31/02/2024;;1;\n"
    answer = coach.post(reverse("coach_hours_import_new"), {"file": file(table), "order": "day"}, follow=True)
    said = body(answer)
    assert "31/02/2024" in said
    assert "Ce n’est pas une date" in said
    assert "Anne Roux" in said
    assert "10,5" in said
    assert "groupe de 6" in said
    row = HoursImport.unscoped.get()
    assert not access.log_of(world.coach).lines
    answer = coach.post(reverse("coach_hours_import_keep", args=[row.ref]), follow=True)
    said = body(answer)
    assert "2 lignes sont dans votre journal" in said
    assert "Anne Roux" in said
    assert "10,5" in said


def test_the_same_table_again_offers_nothing_to_add(world, coach):
    imported(world)
    answer = coach.post(reverse("coach_hours_import_new"), {"file": file(TWO), "order": "day"}, follow=True)
    said = body(answer)
    assert "rien à ajouter" in said
    row = HoursImport.unscoped.first()
    assert coach.post(reverse("coach_hours_import_keep", args=[row.ref])).status_code == 403


def test_an_import_is_taken_back_after_a_word_on_what_that_means(world, coach):
    row = imported(world)
    page = reverse("coach_hours_import_end", args=[row.ref])
    assert "quittent votre journal" in body(coach.get(page))
    assert "Anne Roux" not in body(coach.post(page, follow=True))
    assert coach.get(page).status_code == 403


def test_columns_are_named_where_they_are_not_known(world, coach):
    answer = coach.post(
        reverse("coach_hours_import_new"),
        {"file": file("Qui;Quand;Combien\nZoé;01/01/2024;2\n"), "order": "day"},
        follow=True,
    )
    page = reverse("coach_hours_columns", args=[HoursImport.unscoped.get().ref])
    assert page in body(answer)
    assert "C · Combien" in body(coach.get(page))
    none = dict.fromkeys(("contact", "kind", "group", "end", "pro_bono"), "-")
    refused = coach.post(page, {**none, "client": "0", "start": "1", "paid": "-"})
    assert "Dites quelle colonne c’est" in body(refused, 422)
    assert "Zoé" in body(coach.post(page, {**none, "client": "0", "start": "1", "paid": "2"}, follow=True))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"), (b"%PDF-1.7", "ni un fichier CSV"), (b"PK\x03\x04" + b"x" * 200, "abîmé"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ancien format XLS"), (b";;;\n;;\n", "aucune ligne"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_said_to_be_none(world, coach, content, said):
    answer = coach.post(
        reverse("coach_hours_import_new"), {"file": file(content), "order": "day"}, follow=True
    )
    assert said in body(answer, 422 if content == b"" else 200)


def test_a_file_above_the_cap_is_refused_on_the_page(world, coach, settings):
    answer = coach.post(reverse("coach_hours_import_new"), {"file": file(b"x" * (9 << 20)), "order": "day"})
    assert "trop lourd" in body(answer, 422)
    settings.LARGEST_UPLOAD = 1000
    answer = coach.post(reverse("coach_hours_import_new"), {"file": file(b"x" * 5000), "order": "day"})
    assert answer.status_code == 422


def test_a_form_without_a_file_says_so(world, coach):
    assert coach.post(reverse("coach_hours_import_new"), {"order": "day"}).status_code == 422


def test_a_long_file_shows_how_far_it_is_and_can_be_left(world, coach):
    table = long_file(5_000)
    answer = coach.post(reverse("coach_hours_import_new"), {"file": file(table), "order": "day"}, follow=True)
    assert "Vous pouvez quitter cette page" in body(answer)
    row = HoursImport.unscoped.get()
    fragment = reverse("coach_hours_import_progress", args=[row.ref])
    assert coach.get(fragment).status_code == 302
    assert "Lecture du fichier" in body(coach.get(fragment, headers={"HX-Request": "true"}))
    run_due()
    assert "Le fichier a été lu" in body(coach.get(fragment, headers={"HX-Request": "true"}))
    assert "5000" in body(coach.get(reverse("coach_hours_import", args=[row.ref])))


@pytest.mark.parametrize(
    "name", ["coach_hours", "coach_hours_progress", "coach_hours_csv", "coach_hours_xlsx"]
)
def test_a_closed_key_is_asked_for_before_any_name_is_shown(world, browse, name):
    imported(world)
    browser = lock(browse("coach"))
    answer = browser.get(reverse(name))
    assert answer.status_code == 302
    assert reverse("unlock") in answer["Location"]
    assert COOKIE not in browser.cookies


def test_the_exports_hold_the_log_and_are_kept_by_nobody_on_the_way(world, coach):
    imported(world)
    table = coach.get(reverse("coach_hours_csv"))
    assert "Anne Roux" in b"".join(table.streaming_content).decode("utf-8-sig")
    book = coach.get(reverse("coach_hours_xlsx"))
    assert zipfile.is_zipfile(io.BytesIO(book.content))
    for answer in (table, book):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("persona", ["colleague", "coachee", "sponsor", "administrator"])
def test_nobody_else_finds_a_file_a_letter_or_a_line(world, browse, persona):
    row, letter = imported(world), attested(world)
    for name, ref in (
        ("coach_hours_import", row.ref),
        ("coach_hours_import_end", row.ref),
        ("coach_hours_letter", letter.ref),
        ("coach_hours_letter_paper", letter.ref),
    ):
        assert browse(persona).get(reverse(name, args=[ref])).status_code == 404
    assert "Anne Roux" not in browse(persona).get(reverse("coach_hours")).content.decode()


def test_progress_towards_credentials_is_drawn_and_told(world, coach):
    imported(world)
    said = body(coach.get(reverse("coach_hours_progress")))
    assert "15 h sur 100 h" in said
    assert "7 sur 8" in said
    assert said.count("<svg") >= 17
    assert "Master Practitioner" in said


def test_the_administrator_sets_the_figures_and_coaches_meters_follow(world, browse):
    page = reverse("practice_hours")
    browser = browse("administrator")
    form = browser.get(page).context["form"]
    values = {name: form.initial[name] for name in form.fields}
    answer = browser.post(page, {**values, "icf_acc_hours": "120", "largest_group": "5"})
    assert answer.status_code == 302
    rules = HoursRules.unscoped.get()
    assert (rules.largest_group, rules.figures) == (5, {"icf_acc": {"hours": 120}})
    imported(world)
    assert "13,5 h" not in body(browse("coach").get(reverse("coach_hours_progress")))
    assert "10,5 h sur 120 h" in body(browse("coach").get(reverse("coach_hours_progress")))
    assert browser.post(page, {**values, "icf_acc_hours": "-1"}).status_code == 422
    assert browser.post(page, {}).status_code == 422


def test_a_coach_does_not_set_the_figures(world, browse):
    assert browse("colleague").get(reverse("practice_hours")).status_code == 404


# --- letters ---


def test_a_letter_is_prepared_printed_then_counts_once_it_is_signed(world, coach):
    new = reverse("coach_hours_letter_new")
    assert coach.post(new, {**VERIFIED, "issued_on": ""}).status_code == 302
    letter = VerificationLetter.unscoped.get()
    assert letter.paid_minutes == 1230
    assert access.log_of(world.coach).totals.paid == 0
    answer = coach.post(reverse("coach_hours_letter", args=[letter.ref]), {**VERIFIED, "based_on": "1"})
    assert answer.status_code == 302
    assert access.log_of(world.coach).totals.paid == 1230
    assert "Coaching & Cie" in body(coach.get(reverse("coach_hours_letters")))


def test_the_paper_says_what_is_attested_and_no_name(world, coach, transactional_db=None):
    letter = attested(world)
    paper = coach.get(reverse("coach_hours_letter_paper", args=[letter.ref]))
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    for word in ("Coaching & Cie", "Attestation", "20", world.users["coach"].name, letter.ref):
        assert word in said
    assert world.people["coachee"].name not in said


def test_a_letter_is_applied_to_missions_with_sessions_held_and_to_no_other(world, coach):
    mission, page = active(world), reverse("coach_hours_letter_new")
    assert mission.ref not in coach.get(page).content.decode()
    assert (
        coach.post(page, {**VERIFIED, "missions": mission.ref}).status_code == 302
    )  # there is no such field
    assert access.applied_to(world.coach) == {}
    held(world, mission)
    assert mission.ref in coach.get(page).content.decode()
    assert coach.post(page, {**VERIFIED, "missions": mission.ref}).status_code == 302
    assert [[one.ref for one in row] for row in access.applied_to(world.coach).values()] == [[mission.ref]]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": ""}, {"starts_on": "2025-01-01"}, {"ends_on": "2027-01-01"}, {"issued_on": "2027-01-01"},
        {"paid_hours": "0"}, {"paid_hours": "-1"}, {"paid_hours": "NaN"}, {"paid_hours": "1e99"}, {"clients": "0"}, {"clients": ""},
        {"starts_on": "hier"}, {"issuer": "x" * 300},
    ],
)  # fmt: skip
def test_a_letter_with_a_fault_is_refused_beside_its_field_and_kept(world, coach, changes):
    answer = coach.post(reverse("coach_hours_letter_new"), {**VERIFIED, **changes})
    said = body(answer, 422)
    assert "Dupond" in said
    assert not VerificationLetter.unscoped.exists()


def test_a_letter_changed_in_another_window_is_not_written_over(world, coach):
    letter = attested(world)
    page = reverse("coach_hours_letter", args=[letter.ref])
    assert coach.post(page, {**VERIFIED, "based_on": "1"}).status_code == 302
    assert coach.post(page, {**VERIFIED, "clients": "9", "based_on": "1"}).status_code == 422
    letter.refresh_from_db()
    assert letter.clients == 4


def test_a_letter_is_removed_after_a_word_on_what_that_means(world, coach):
    letter = attested(world)
    page = reverse("coach_hours_letter_remove", args=[letter.ref])
    assert "ne compte plus" in body(coach.get(page))
    assert coach.post(page).status_code == 302
    assert access.log_of(world.coach).totals.paid == 0


# --- being listed ---


def test_a_coachee_lets_their_coach_name_them_and_takes_it_back(world, browse):
    mission = active(world)
    held(world, mission)
    name, coachee = world.people["coachee"].name, browse("coachee")
    hours = reverse("coach_hours")
    assert name not in body(browse("coach").get(hours))
    consents = reverse("coachee_consents", args=[mission.ref])
    page = reverse("coachee_consent_listing", args=[mission.ref])
    assert page in body(coachee.get(consents))
    assert name in body(coachee.get(page))
    assert coachee.post(page, {"until": ""}).status_code == 302
    assert name in body(browse("coach").get(hours))
    said = body(coachee.get(consents))
    (seat,) = listed_by(world.coach)
    row = listed(world, mission)  # another choice takes the place of the one before
    assert len(listed_by(world.coach)) == 1
    assert "Retirer mon accord" in said or "Retirer" in said
    assert coachee.post(reverse("coachee_consent_withdraw", args=[row.ref])).status_code == 302
    assert name not in body(browse("coach").get(hours))
    assert seat.person.name == name


@pytest.mark.parametrize("until", ["2020-01-01", "hier", "2026-13-45"])
def test_a_listing_until_no_such_day_is_refused(world, browse, until):
    mission = active(world)
    page = reverse("coachee_consent_listing", args=[mission.ref])
    assert browse("coachee").post(page, {"until": until}).status_code == 422
    assert listed_by(world.coach) == []


def test_nobody_lists_a_coachee_in_their_place(world, browse):
    mission = active(world)
    page = reverse("coachee_consent_listing", args=[mission.ref])
    for persona in ("coach", "teammate", "sponsor", "administrator"):
        assert browse(persona).post(page, {"until": ""}).status_code == 404


def test_pages_ask_as_many_questions_with_one_line_as_with_many(world, coach):
    def asked(name) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert coach.get(reverse(name)).status_code == 200
        return len(queries)

    names = ("coach_hours", "coach_hours_progress", "coach_hours_letters", "coach_hours_import_new")
    imported(world)
    attested(world)
    for name in names:
        asked(name)
    first = [asked(name) for name in names]
    for turn in range(3):
        imported(world, f"{FRENCH}\nC{turn};;;;0{turn + 1}/01/2020;;1;\n")
        attested(world, active(world), issuer=f"O{turn}")
    assert [asked(name) for name in names] == first


def test_the_page_of_a_file_asks_as_many_questions_whatever_its_length(world, coach):
    def asked(row) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert coach.get(reverse("coach_hours_import", args=[row.ref])).status_code == 200
        return len(queries)

    few = sent(world)
    many = sent(world, f"{FRENCH}\n" + "".join(f"C{n};;;;01/01/2020;;{n};\n" for n in range(1, 700)))
    asked(few)
    assert asked(few) == asked(many)
