"""Signatures as people give them: a coach at a desk, a coachee on a phone, somebody abroad with a link and no account."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from coaching.jobs.services import run_due
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.links import token_of
from contracts.models import Contract, SealedContract, Signatory
from ethics.development.services import save_qualification
from tests.browser.people import PHONE, WIDE
from tests.contracts.signing_helpers import in_review
from tests.races.conftest import small  # noqa: F401  a practice written for good
from tests.races.settings import complete
from tests.world import PASSWORD

INTACT = "This document is intact"
CHANGED = "This file is not the document that was sealed"
pytestmark = pytest.mark.django_db(transaction=True)


def _worker_turn():
    """The worker is a process of its own; here a thread, since the browser keeps a loop in this one."""

    def turn():
        run_due()
        connection.close()

    with ThreadPoolExecutor(1) as worker:
        worker.submit(turn).result()


def _verify(person, pdf: bytes) -> None:
    """The public page, handed a file as a person would."""
    person.open("/verify/").page.locator("[name=file]").set_input_files(
        {"name": "contrat.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    person.press("Verify")
    assert person.fits()


def _altered(pdf: bytes) -> bytes:
    """One bit of one byte, in the middle of the file."""
    middle = len(pdf) // 2
    return pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]


def _sign_in(person, address):
    person.open("/accounts/login/").fill(login=address, password=PASSWORD)
    person.page.locator("main form button.btn-primary").first.click()
    person.page.wait_for_url(re.compile("/(coach|coachee|organisation)/"))


def _code(address) -> str:
    letter = Letter.unscoped.filter(kind="contracts/code", to=address).order_by("-pk").first()
    return re.search(r"\b(\d{6})\b", open_letter(letter).text)[1]


def _sign(person, name, address):
    assert person.fits()
    person.page.locator("main [name=consent]").check()
    person.fill(typed_name=name).press("Send me the code")
    person.fill(code="12").press("Sign the contract")
    assert person.reads(
        person.say(
            "This is not the code, or it was asked for in another browser. Check it, or ask for a new one."
        )
    )
    assert person.fits()
    person.fill(code=_code(address)).press("Sign the contract")


@pytest.mark.usefixtures("small")
def test_three_people_sign_on_three_screens_and_the_contract_stands(small, visitor):  # noqa: F811

    complete(small)
    save_qualification(small.coach, None, {"title": "T", "body": "B", "obtained_on": timezone.localdate()})
    contract = in_review(small, manager=True, rendered=True)
    coach, coachee, sponsor = visitor(screen=WIDE), visitor(screen=PHONE), visitor(screen=PHONE)
    abroad = visitor(language="en", screen=PHONE, java_script_enabled=False)

    _sign_in(coach, "coach@race.test")
    coach.open(f"/coach/contracts/{contract.ref}/").follow("Send for signature")
    coach.fill(order="any", days="20", message="À bientôt.").press("Send for signature")
    assert coach.reads("0 signature sur 4")
    coach.press("I have the document before me: sign")
    _sign(coach, "COACH", "coach@race.test")

    _sign_in(coachee, "coachee@race.test")
    coachee.open("/coachee/").follow("Read and sign the contract")
    assert coachee.fits()
    coachee.press("I have the document before me: go on to sign")
    _sign(coachee, "coachee", "coachee@race.test")
    assert coachee.reads("Vous avez signé le")

    holder = Signatory.unscoped.get(role="manager")
    abroad.open(f"/sign/{token_of(holder)}/")
    assert abroad.page.url.endswith("/sign/")
    assert abroad.reads("À bientôt.")
    assert abroad.fits()
    abroad.press("I have the document before me: go on to sign")
    _sign(abroad, "zoe l'herault", "zoe@canary.test")
    assert abroad.reads("You signed on")

    _sign_in(sponsor, "sponsor@race.test")
    sponsor.open("/organisation/").follow_name("Une autre mission")
    sponsor.follow("Read and sign the contract").press("I have the document before me: go on to sign")
    _sign(sponsor, "Sponsor", "sponsor@race.test")

    coach.open(f"/coach/contracts/{contract.ref}/signing/")
    assert coach.reads("Vous pouvez quitter cette page")
    _worker_turn()
    coach.page.get_by_role("link", name=coach.say("See it")).wait_for()  # the page asks by itself
    assert Contract.unscoped.get(pk=contract.pk).state == "sealed"
    coach.open(f"/coach/contracts/{contract.ref}/signing/")
    link = coach.page.get_by_role("link", name=coach.say("Download")).get_attribute("href")
    sealed = SealedContract.unscoped.select_related("document").get()
    copy = coach.context.request.get(link).body()
    assert len(copy) == sealed.document.size

    # A stranger holds the file: genuine as it is, refused once a byte is changed. Nobody's name is shown to them.
    stranger = visitor(language="en", screen=PHONE)
    _verify(stranger, copy)
    assert stranger.reads(stranger.say(INTACT))
    assert not stranger.reads(holder.name)
    _verify(stranger, _altered(copy))
    assert not stranger.reads(stranger.say(INTACT))
    assert stranger.reads(stranger.say(CHANGED))
    assert coachee.open("/coachee/").reads("Le contrat est conclu")
    assert abroad.page.goto("/sign/").status == 410
    # The browser complains of what was meant: a wrong code each, and a link that has served its purpose.
    for one in (coach, coachee, sponsor, abroad):
        one.complaints[:] = [said for said in one.complaints if "422" not in said and "410" not in said]
