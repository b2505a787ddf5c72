"""From an enquiry to a contract that each party reads, as three people live it, in a real browser."""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.people import PHONE, WIDE

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "une phrase assez longue"


def _set_up(coach):
    coach.open("/")
    assert coach.page.url.endswith("/welcome/")
    coach.fill(practice="Cabinet Aubry", name="Hélène Aubry", email="coach@first.test", password=PASSWORD)
    coach.press("Create the practice")
    coach.fill(
        legal_form="SARL", siret="902 107 655 00018", address="14 rue des Tilleuls, Nancy", city="Nancy",
        email="bonjour@first.test", phone="03 55 00 01 40", recourse_name="Anne Roussel", recourse_contact="recours@first.test",
    )  # fmt: skip
    coach.press("Save")
    coach.open("/coach/qualifications/").fill(
        title="Certification", body="École de Nancy", obtained_on="2018-06-01"
    )
    coach.press("Add")


def _begin(coach, language):
    coach.open("/coach/").follow("New mission")
    coach.fill(
        kind="individual",
        coachee_name="Inès Carpentier",
        coachee_email="ines@first.test",
        title="Prise de poste",
    ).press("Continue")
    coach.fill(
        payer="organisation", organisation_name="Ateliers Verrier", sponsor_name="Sofia Lopez",
        sponsor_email="sofia@first.test",
    ).press("Continue")  # fmt: skip
    coach.fill(language=language).press("Continue")
    coach.press("Begin the mission")
    coach.page.wait_for_url(re.compile("/coach/missions/M-"))
    return re.search(r"/coach/missions/(M-\w+)/", coach.page.url)[1]


def _invitation(coach, address):
    """The link in the letter to ``address``, as read in the local mailbox."""
    coach.open("/mailbox/")
    row = coach.page.locator("li,tr", has_text=address)
    coach.act(coach.page.locator("a", has_text=address).or_(row.locator("a")).first)
    return re.search(r"/invitation/[\w-]+/", coach.page.content())[0]


def _take_seat(person, link, name):
    person.open(link).fill(name=name, password=PASSWORD).press("Create my account")
    assert "/invitation" not in person.page.url


def _complete_clients(coach):
    coach.open("/coach/clients/").follow_name("Ateliers Verrier")
    organisation = coach.page.url
    coach.fill(
        legal_form="SAS",
        siret="81345670400010",
        address="Pont-à-Mousson",
        represented_by="Sofia Lopez",
        representative_role="DRH",
    )
    coach.press("Save")
    coach.open(organisation + "context/")
    coach.fill(
        trade="Verre",
        usages="Tutoiement",
        culture="Geste",
        context="Four neuf",
        constraints="Équipes",
        no_interference="Salaires",
    )
    coach.press("Save")
    coach.open("/coach/clients/").follow_name("Inès Carpentier")
    coach.fill(job_title="directrice industrielle").press("Save")


def _word_requests(coachee, sponsor, mission):
    coachee.open(f"/coachee/missions/{mission}/").follow("Word my request")
    coachee.fill(text="Je veux apprendre à déléguer.").press("Record my request")
    coachee.open(f"/coachee/missions/{mission}/wording/").fill(text="Déléguer mieux.").press(
        "Share this wording"
    )
    coachee.open(f"/coachee/missions/{mission}/scope/sponsor/").fill(items="attendance").press(
        "This is my choice"
    )
    sponsor.open("/organisation/").follow_name("Prise de poste")
    sponsor.follow("Word our request")
    sponsor.fill(text="Qu’elle prenne son poste.").press("Record our request")


def _contract(coach, mission):
    page = f"/coach/missions/{mission}/"
    coach.open(page).follow("Validate")
    coach.fill(wording="Cette demande est la sienne.").press("Validate")
    coach.open(page + "declaration/").fill(has_conflict="no")
    coach.submit()
    coach.open(page + "objectives/new/").fill(
        tag="common", title="Déléguer", indicator="arbitrages remontés", target="cinq"
    )
    coach.submit()
    coach.open(page).follow("Open the contract")
    coach.press("Open the contract")
    coach.press("Make the draft")
    draft = coach.page.url
    coach.open(draft + "terms/").fill(
        sessions_count="8", session_minutes="90", rhythm="toutes les trois semaines", starts_on="2027-01-11", ends_on="2027-06-30",
        places="au cabinet", media="on_site", fee_total="2400", fee_schedule="à la fin",
    )  # fmt: skip
    coach.submit()
    coach.open(draft).follow("Send for review")
    coach.press("Send for review")
    return draft


def _read(person, path, expected):
    person.open(path).follow("Read the contract")
    assert person.fits()
    for text in expected:
        assert person.reads(text), text
    link = person.page.get_by_role("link", name=person.say("Download")).get_attribute("href")
    content = person.context.request.get(link).body()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    person.press("I have read this version")
    return pages


@pytest.mark.parametrize(
    ("language", "screen"), [("fr", WIDE), ("en", PHONE)], ids=["French, wide", "English, phone"]
)
def test_a_newcomer_goes_from_enquiry_to_a_contract_read_by_each_party(visitor, language, screen):
    coach = visitor(language=language, screen=screen)
    _set_up(coach)
    mission = _begin(coach, language)
    coachee, sponsor = visitor(language=language, screen=PHONE), visitor(language=language, screen=screen)
    _take_seat(coachee, _invitation(coach, "ines@first.test"), "Inès Carpentier")
    _take_seat(sponsor, _invitation(coach, "sofia@first.test"), "Sofia Lopez")
    _complete_clients(coach)
    _word_requests(coachee, sponsor, mission)
    assert not sponsor.open(f"/organisation/missions/{mission}/").reads("apprendre à déléguer")
    assert sponsor.reads("Déléguer mieux.")
    draft = _contract(coach, mission)
    seen = ["Déléguer mieux.", "Qu’elle prenne son poste.", "2"]
    for pages in (
        _read(coachee, f"/coachee/missions/{mission}/", seen),
        _read(sponsor, f"/organisation/missions/{mission}/", seen),
    ):
        assert len(pages) >= 12
        assert ("Page 1 sur" if language == "fr" else "Page 1 of") in pages[0].replace("\u00a0", " ")
        whole = " ".join("".join(pages).split())
        assert "Déléguer mieux." in whole
        assert "apprendre à déléguer" not in whole
        assert "Obligation de réserve" in whole
    coach.open(draft)
    assert coach.fits()
    assert coach.open(f"/coach/missions/{mission}/").reads(coach.say("Every party has read the contract"))
