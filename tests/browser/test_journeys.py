"""From three sign-ins to a contract sent for review, by people who use a browser each in their own way.

Links are followed by where they lead and forms sent by what they do, so that words and looks may change.
"""

import pytest

from coaching.missions.models import Validation
from contracts.enums import ContractState
from contracts.models import Contract
from tests.browser import enquiry as enquiries
from tests.browser.firefox import Firefox, FirefoxVisitor, firefox_path
from tests.browser.people import PHONE, WIDE, KeyboardVisitor, PlainVisitor, ZoomedVisitor
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = {
    "the keyboard alone, in French": ("fr", KeyboardVisitor, WIDE, WIDE),
    "at 400 %, in English": ("en", ZoomedVisitor, WIDE, WIDE),
    "on a phone without scripts, in French": ("fr", PlainVisitor, PHONE, PHONE),
}


def _sign_in(person, email: str) -> None:
    person.open("/accounts/login/").fill(login=email, password=PASSWORD).submit()


def _prove(coach, enquiry) -> None:
    """The second factor; whoever types as the code changes types the next one."""
    for _code in range(2):
        assert coach.url.endswith("/accounts/2fa/authenticate/")
        coach.fill(code=enquiry.code()).submit()
        if not coach.url.endswith("/accounts/2fa/authenticate/"):
            return
    raise AssertionError("the second factor is refused twice")


def _coachee_words_her_request(coachee) -> None:
    coachee.go("coachee_request").fill(text="Je veux apprendre à déléguer.").submit()
    coachee.go("coachee_mission").go("coachee_wording").fill(text="Déléguer mieux.").submit()
    coachee.go("coachee_mission").go("coachee_scope").fill(items="attendance").submit()


def _sponsor_confirms(sponsor) -> None:
    sponsor.go("organisation_mission")
    assert not sponsor.reads("apprendre à déléguer")
    sponsor.go("organisation_request").do("organisation_request_confirm")


def _coach_contracts(coach) -> None:
    coach.go("coach_mission").go("coach_request_validate").fill(
        wording="Cette demande est la sienne."
    ).submit()
    coach.go("coach_declaration").fill(has_conflict="no").submit()
    coach.go("coach_objective_new")
    coach.fill(tag="common", title="Déléguer", indicator="arbitrages remontés", target="cinq").submit()
    coach.go("coach_open_contracting").submit()
    coach.do("coach_contract_draft")
    coach.go("coach_terms")
    coach.fill(
        sessions_count="8", session_minutes="90", rhythm="toutes les trois semaines", starts_on="2027-01-11", ends_on="2027-06-30",
        places="au cabinet", media="on_site", fee_total="2400", fee_schedule="à la fin",
    ).submit()  # fmt: skip
    coach.go("coach_contract_share").submit()


@pytest.mark.parametrize("way", WAYS)
def test_three_people_come_to_a_contract_sent_for_review(visitor, way, record_property):
    language, kind, wide, small = WAYS[way]
    enquiry = enquiries.make(language)
    people = {
        "coachee": visitor(kind=kind, language=language, screen=small),
        "sponsor": visitor(kind=kind, language=language, screen=wide),
        "coach": visitor(kind=kind, language=language, screen=wide),
    }
    for persona, person in people.items():
        _sign_in(person, enquiry.email(persona))
    _prove(people["coach"], enquiry)
    _coachee_words_her_request(people["coachee"])
    _sponsor_confirms(people["sponsor"])
    _coach_contracts(people["coach"])
    assert Contract.unscoped.get(mission=enquiry.mission).state == ContractState.REVIEW
    for persona, portal in (("coachee", "coachee"), ("sponsor", "organisation")):
        people[persona].open(f"/{portal}/missions/{enquiry.mission.ref}/").go(f"{portal}_contract")
        assert people[persona].reads("Déléguer mieux.")
        people[persona].do(f"{portal}_contract_read")
    effort = ", ".join(f"{persona} {one.clicks} clicks {one.keys} keys" for persona, one in people.items())
    record_property("effort", f"from sign-in to a contract sent and read, {way}: {effort}")


def test_the_same_people_go_as_far_as_the_validation_in_firefox(live_server):
    enquiry = enquiries.make("fr")
    with Firefox() as firefox:
        coachee = FirefoxVisitor(firefox, live_server, "coachee", PHONE)
        sponsor, coach = (FirefoxVisitor(firefox, live_server, name) for name in ("sponsor", "coach"))
        for person in (coachee, sponsor, coach):
            _sign_in(person, enquiry.email(person.name))
            assert person.fits()
        _prove(coach, enquiry)
        _coachee_words_her_request(coachee)
        _sponsor_confirms(sponsor)
        coach.go("coach_mission").go("coach_request_validate")
        assert coach.reads("Je veux apprendre à déléguer.")
        coach.fill(wording="Cette demande est la sienne.").submit()
        for person in (coachee, sponsor, coach):
            assert person.fits()
        assert firefox.ask("complaints") == []
    assert (
        Validation.unscoped.get(version__request__mission=enquiry.mission).wording
        == "Cette demande est la sienne."
    )


def test_a_machine_without_firefox_is_told_so_and_does_not_pass(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssertionError, match="did NOT run"):
        firefox_path()
