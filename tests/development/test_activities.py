"""A coach's development: against the practice's target, with what they keep to themself, as a dossier for others."""

import csv
import html
import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from coaching.accounts.models import Practice
from coaching.journal.models import Event
from coaching.kernel.cells import harmless
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal
from coaching.vault.guard import looking
from coaching.vault.models import SealedText
from ethics.development.access import get_activity, learning_of, year_of
from ethics.development.dossier import dossier_csv, dossier_of
from ethics.development.models import DevelopmentActivity
from ethics.development.rendering import dossier_pdf
from ethics.development.services.activities import remove_activity, save_activity
from tests.development.helpers import activity, file, qualification
from tests.unlocking import lock

TYPED = {
    "kind": "peers",
    "title": "Une soirée",
    "body": "Entre pairs",
    "held_on": "2026-03-10",
    "hours": "2,5",
    "learning": "",
    "based_on": "",
}


@pytest.fixture(autouse=True)
def _database(world, db):
    """Every test here writes."""


def _sealed(world, row) -> list[SealedText]:
    """What lies in the vault of it, as its coach may look there."""
    with looking(world.coach.user_id):
        return list(SealedText.unscoped.filter(row=row.ref))


def _post(browser, **more):
    return browser.post(reverse("coach_activities"), {**TYPED, **more})


@pytest.mark.parametrize(
    ("typed", "quarters"), [("2,5", 10), ("2.5", 10), ("0,25", 1), ("300", 1200), ("1", 4)]
)
def test_hours_are_counted_in_quarters(browse, typed, quarters):
    assert _post(browse("coach"), hours=typed).status_code == 302
    assert DevelopmentActivity.unscoped.get().quarters == quarters


@pytest.mark.parametrize(
    "typed", ["", "0", "0,1", "2,3", "-1", "300,25", "1e3", "NaN", "deux", "1 000", "Infinity"]
)
def test_other_hours_are_refused_beside_the_field_and_kept(browse, typed):
    answer = _post(browse("coach"), hours=typed)
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'id="id_hours_error"' in body
    assert f'value="{typed}"' in body or not typed
    assert 'value="Une soirée"' in body
    assert not DevelopmentActivity.unscoped.exists()


@pytest.mark.parametrize("days", [1, 400])
def test_a_day_to_come_is_refused_beside_the_field(browse, days):
    day = timezone.localdate() + timedelta(days=days)
    answer = _post(browse("coach"), held_on=day.isoformat(), learning="Ce que j’en pense")
    body = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'id="id_held_on_error"' in body
    assert "Ce que j’en pense" in body


def test_today_is_no_day_to_come(browse):
    assert _post(browse("coach"), held_on=timezone.localdate().isoformat()).status_code == 302


def test_a_day_before_anybody_coached_is_refused(world):
    with pytest.raises(Invalid) as refusal:
        activity(world, held_on=date(1900, 1, 1))
    assert refusal.value.field == "held_on"


def test_the_year_adds_activities_and_qualifications_obtained(world):
    activity(world, held_on=date(2026, 1, 1), quarters=6)
    activity(
        world,
        held_on=date(2026, 12, 31) if timezone.localdate() > date(2026, 12, 31) else date(2026, 11, 1),
        quarters=3,
    )
    activity(world, held_on=date(2025, 12, 31), quarters=40)
    qualification(world, obtained_on=date(2026, 5, 1), hours=7)
    year = year_of(world.coach, 2026)
    assert (year.hours, year.target, year.short) == (9.25, 16, 6.75)
    assert year_of(world.coach, 2025).hours == 10


def test_the_practice_sets_the_target(world, browse):
    Practice.unscoped.filter(pk=world.practice.pk).update(development_hours=40)
    activity(world, held_on=timezone.localdate(), quarters=6)
    for page in ("coach_activities", "coach_home"):
        assert "1,5\u00a0h sur 40\u00a0h" in browse("coach").get(reverse(page)).content.decode()


@pytest.mark.parametrize("said", ["-1", "501", "x", "", "9" * 40])
def test_a_target_out_of_range_is_refused_beside_its_field(world, browse, said):
    blank = "legal_form siret vat_number address city email phone insurance recourse_name recourse_contact mediator_name mediator_contact"
    values = {
        **dict.fromkeys(blank.split(), ""),
        "name": "C",
        "vat_regime": "exempt",
        "vat_rate": "20",
        "smallest_group": "5",
    }
    answer = browse("administrator").post(reverse("practice_settings"), {**values, "development_hours": said})
    assert answer.status_code == 422
    assert 'id="id_development_hours_error"' in answer.content.decode()


def test_a_target_of_nothing_is_always_reached(world, browse):
    Practice.unscoped.filter(pk=world.practice.pk).update(development_hours=0)
    assert "atteint" in browse("coach").get(reverse("coach_activities")).content.decode()


@pytest.mark.parametrize("said", ["abc", "1949", "9999", "2027", "²", "-1", "20260", " ", "2026\x00"])
def test_a_year_that_cannot_be_is_not_found(browse, said):
    for page in ("coach_activities", "coach_dossier_csv"):
        expected = 404
        assert browse("coach").get(reverse(page), {"year": said}).status_code == expected


def test_what_is_learnt_is_sealed_to_its_coach_alone(world):
    row = activity(world, learning="Je coupe la parole à Zoé.")
    assert learning_of(world.coach, row) == "Je coupe la parole à Zoé."
    (sealed,) = _sealed(world, row)
    assert "Zoé".encode() not in bytes(sealed.ciphertext)
    assert row.learning_ref == sealed.ref


def test_other_words_erase_those_before_and_no_words_erase_all(world):
    row = activity(world, learning="Premier jet")
    said = {
        "kind": row.kind,
        "title": row.title,
        "body": "",
        "held_on": row.held_on,
        "quarters": row.quarters,
    }
    row = save_activity(world.coach, row, said, learning="Second jet", based_on=1)
    assert learning_of(world.coach, row) == "Second jet"
    assert len(_sealed(world, row)) == 1
    row = save_activity(world.coach, row, said, learning="", based_on=2)
    assert _sealed(world, row) == []


def test_a_closed_key_asks_for_the_password_before_it_shows_or_seals(world, browse):
    row = activity(world, learning="Scellé")
    browser = browse("coach")
    lock(browser)
    answer = browser.get(reverse("coach_activity", args=[row.ref]))
    assert answer.status_code == 302
    assert reverse("unlock") in answer["Location"]
    assert browser.get(reverse("coach_activities")).status_code == 200


def test_two_windows_do_not_overwrite_each_other(world, browse):
    row = activity(world)
    url = reverse("coach_activity", args=[row.ref])
    first = {**TYPED, "title": "Fenêtre un", "based_on": "1"}
    assert browse("coach").post(url, first).status_code == 302
    answer = browse("coach").post(url, {**TYPED, "title": "Fenêtre deux", "based_on": "1"})
    assert answer.status_code == 422
    assert 'value="Fenêtre deux"' in html.unescape(answer.content.decode())
    row.refresh_from_db()
    assert row.title == "Fenêtre un"


def test_removing_one_erases_what_was_noted(world, browse):
    row = activity(world, learning="À effacer")
    assert browse("coach").post(reverse("coach_activity_remove", args=[row.ref])).status_code == 302
    assert _sealed(world, row) == []
    assert browse("coach").get(reverse("coach_activity", args=[row.ref])).status_code == 404
    with pytest.raises(Stale):
        remove_activity(world.coach, row)


def test_nobody_else_reads_or_changes_it(world, browse):
    row = activity(world)
    for persona in ("colleague", "administrator", "coachee", "sponsor", "coach_elsewhere"):
        assert browse(persona).get(reverse("coach_activity", args=[row.ref])).status_code == 404
    with pytest.raises(NotAllowedNow):
        remove_activity(world.viewer("colleague", Portal.COACH), row)


def test_the_journal_says_that_it_was_recorded_and_nothing_more(world):
    row = activity(world, title="Un mot rare")
    event = Event.unscoped.get(subject=row.ref)
    assert (event.kind, event.data) == ("activity.save", {})


@pytest.mark.parametrize("values", [{"quarters": 0}, {"quarters": 1201}, {"kind": "sleep"}])
def test_the_database_itself_refuses(world, values):
    row = activity(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        DevelopmentActivity.unscoped.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    "page", ["coach_activities", "coach_qualifications", "coach_sheet", "coach_dossier_csv"]
)
def test_a_page_asks_as_many_questions_of_three_as_of_one(world, browse, page):
    def questions() -> int:
        browser = browse("coach")
        browser.get(reverse(page))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(page))
        return len(asked)

    def one_more() -> None:
        qualification(world, expires_on=timezone.localdate())
        activity(world, held_on=timezone.localdate())

    one_more()
    first = questions()
    one_more()
    one_more()
    assert questions() == first


# The dossier.


def _cells(language: str, world) -> list[list[str]]:
    with translation.override(language):
        made = dossier_csv(dossier_of(world.coach, "Zoé", 2026))
    assert made.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";" if language == "fr" else ","))


def test_a_french_spreadsheet_opens_it_in_columns(world):
    activity(world, title="Éthique; et « nuance »", body='Dit "ici"', quarters=6)
    head, line = _cells("fr", world)
    assert (
        head == ["Date", "Nature", "Intitulé", "École ou organisme", "Heures", "Justificatif"]
        or len(head) == 6
    )
    assert line[0] == "2026-02-03"
    assert line[2:5] == ["Éthique; et « nuance »", 'Dit "ici"', "1,5"]


def test_an_english_one_too(world):
    activity(world, quarters=6)
    (_head, line) = _cells("en", world)
    assert (line[1], line[4], line[5]) == ("Reading", "1.5", "no")


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
        "  =1",
        "＝1",
        "\n=1",
        "\u00a0@x",
        '=HYPERLINK("x")',
    ],
)
def test_no_cell_begins_what_a_spreadsheet_computes(world, typed):
    assert harmless(typed).startswith("'")
    DevelopmentActivity.unscoped.filter(pk=activity(world).pk).update(title=typed, body=typed)
    (_head, line) = _cells("fr", world)
    assert line[2].startswith("'")
    assert line[3].startswith("'")


def test_plain_words_stay_as_they_are():
    for typed in ("Éthique", "3 = 2 + 1", "a@b.test", "", "1,5"):
        assert harmless(typed) == typed


def test_the_dossier_of_a_year_says_what_is_on_file_and_not_what_the_coach_notes(world):
    row = activity(world, learning="Cela reste à moi", title="Un livre sur le silence", quarters=6)
    from ethics.development.services.proofs import put_proof

    put_proof(world.coach, file(), activity=row)
    qualification(world, title="Une école du Nord", obtained_on=date(2026, 4, 1), hours=7)
    with translation.override("fr"):
        dossier = dossier_of(world.coach, "Zoé", 2026)
        assert dossier.hours == 8.5
        made = dossier_pdf(dossier)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)
    assert "Un livre sur le silence" in text
    assert "Une école du Nord" in text
    assert "Cela reste" not in text
    assert made.asked == ()


def test_an_empty_year_still_makes_a_dossier(world, browse):
    assert browse("coach").get(reverse("coach_dossier_pdf"), {"year": "2001"}).status_code == 200
    assert browse("coach").get(reverse("coach_dossier_csv"), {"year": "2001"}).content.count(b"\r\n") == 1


def test_a_dossier_is_its_coachs_own(world, browse):
    activity(world, title="À moi seul")
    answer = browse("colleague").get(reverse("coach_dossier_csv"), {"year": "2026"})
    assert "À moi seul" not in answer.content.decode()


def test_get_activity_hides_what_is_removed(world):
    row = activity(world)
    assert get_activity(world.coach, row.ref).pk == row.pk
