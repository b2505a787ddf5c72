"""A contract discussed by three people in three browsers: a coachee on a phone, a sponsor in English, their coach."""

import pytest
from django.utils import timezone
from django.utils.text import capfirst

from contracts.models import Comment
from ethics.development.services import save_qualification
from tests.browser.people import PHONE
from tests.contracts.helpers import contracting
from tests.races.conftest import small  # noqa: F401  a coach, a coachee and a sponsor, written for good
from tests.races.settings import complete
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafted(small):  # noqa: F811
    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    sponsor = small.users["sponsor"]
    sponsor.language = "en"
    sponsor.save(update_fields=["language"])
    return contracting(small)


def _sign_in(person, name):
    person.open("/accounts/login/")
    person.fill(login=f"{name}@race.test", password=PASSWORD).submit()
    person.page.wait_for_url(
        "**/" + {"coach": "coach", "coachee": "coachee"}.get(name, "organisation") + "/**"
    )
    return person


def _say(person, section, text, kind, audience):
    talk = person.page.locator(f"#talk-{section}")
    talk.locator("summary").click()
    talk.locator("textarea").fill(text)
    talk.locator(f"[name=kind][value={kind}]").check()
    talk.locator(f"[name=audience][value={audience}]").check()
    talk.get_by_role("button").click()
    talk.get_by_text(text).wait_for()
    return talk


def test_a_contract_is_commented_answered_sent_anew_and_its_change_is_seen(visitor, drafted):
    mission, contract = drafted
    coach = _sign_in(visitor(), "coach")
    draft = f"/coach/contracts/{contract.ref}/"
    coach.open(draft + "share/").press("Send for review")
    assert coach.reads(coach.say("Where each stands"))

    # The coachee, on a phone: jumps to a clause, and says something to the coach alone. The page stays where it is.
    coachee = _sign_in(visitor(screen=PHONE), "coachee")
    coachee.open(f"/coachee/missions/{mission.ref}/").follow("Read the contract")
    assert coachee.fits()
    jump = coachee.page.locator("details.jump")
    jump.locator("summary").click()
    jump.get_by_role("link").nth(8).click()
    assert not jump.evaluate("menu => menu.open")
    talk = _say(coachee, "fees", "Est-ce que mon équipe le saura ?", "comment", "coach")
    assert coachee.say("It is with the coach, who is told.") in talk.inner_text()
    assert coachee.fits()

    # The sponsor, in English, asks everyone for a change. The coachee's words are not there.
    sponsor = _sign_in(visitor(language="en"), "sponsor")
    sponsor.open(f"/organisation/missions/{mission.ref}/").follow("Read the contract")
    assert sponsor.page.locator(".contents-aside").is_visible()
    assert not sponsor.reads("mon équipe le saura")
    _say(sponsor, "fees", "Please invoice at the end of each month.", "change", "table")
    assert Comment.unscoped.count() == 2

    # The coach answers both, the change first, writes it into the clause, and sees the difference before it leaves.
    coach.open(f"/coach/missions/{mission.ref}/").follow("Read and answer")
    answers = coach.page.get_by_role("link", name=coach.say("Answer"))
    coach.act(answers.first)
    assert coach.reads("Please invoice at the end")
    coach.fill(outcome="accepted", answer="Volontiers.").press("Send the answer")
    coach.act(answers.first)
    coach.fill(outcome="explained", answer="Non, personne d’autre ne le lit.").press("Send the answer")
    assert coach.reads(coach.say("Everything is answered."))
    coach.press("Take back to draft")
    coach.act(coach.page.locator("#comments").get_by_role("link", name=coach.say("Edit this clause")))
    assert coach.page.locator(".aside").get_by_text("Please invoice at the end").is_visible()
    body = coach.page.locator("[name=body]")
    body.fill(body.input_value() + "\n\nLes factures sont émises à la fin de chaque mois.")
    coach.press("Save")
    coach.open(draft + "changes/")
    assert "fin de chaque mois" in coach.page.locator(".diff ins").last.inner_text()
    coach.open(draft + "share/").press("Send for review")

    # Everyone sees what changed; the coachee reads the answer beside their comment, and is fine with it.
    sponsor.open(f"/organisation/missions/{mission.ref}/").follow("Read the contract")
    sponsor.follow("What changed since the version before")
    marked = sponsor.page.locator(".change .diff ins")
    assert "fin de chaque mois" in marked.last.inner_text()
    assert "added" in marked.last.inner_text()
    coachee.open(f"/coachee/missions/{mission.ref}/").follow("Read the contract")
    coachee.act(coachee.page.get_by_role("link", name="Version 1").last)
    assert coachee.reads("Non, personne d’autre ne le lit.")
    assert coachee.page.locator(".say").count() == 0
    coachee.follow("Read the last version")
    coachee.press("Everything is fine with me")
    assert coachee.reads(capfirst(coachee.say("everything is fine")))
    assert coach.open(f"/coach/missions/{mission.ref}/").reads("sponsor")


def test_a_comment_is_sent_without_any_script(visitor, drafted):
    _mission, contract = drafted
    coach = _sign_in(visitor(), "coach")
    coach.open(f"/coach/contracts/{contract.ref}/share/").press("Send for review")
    coachee = _sign_in(visitor(screen=PHONE, java_script_enabled=False), "coachee")
    coachee.open(f"/coachee/missions/{_mission.ref}/").follow("Read the contract")
    _say(coachee, "whole", "Merci, c’est clair.", "comment", "table")
    assert coachee.page.url.endswith("#talk-whole")
    assert Comment.unscoped.get().section == ""
