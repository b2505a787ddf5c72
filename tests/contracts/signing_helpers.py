"""A contract brought to its signatures in a few calls, and signatories who sign as people do: with the code they were sent."""

import re

from coaching.clients.models import Person
from coaching.clients.services import save_person
from coaching.missions.models import Seat
from coaching.missions.services.seats import add_seat
from coaching.outbox.models import Letter
from coaching.outbox.services import open_letter
from contracts.consent import consent
from contracts.models import Contract, Signatory, SigningRound
from contracts.services import codes, rounds, sharing, signing
from contracts.signing_access import RELATED, Signer
from tests.contracts.helpers import contracting, send
from tests.world import World

BROWSER = "a browser of one's own"


def in_review(world: World, *, manager: bool = False, rendered: bool = False) -> Contract:
    """An individual contract in review; with ``manager``, one signatory who has no account.

    Unless it is ``rendered``, its PDF is a stand-in: it can be signed, not sealed.
    """
    mission, contract = contracting(world)
    if manager:
        seat_without_account(world, mission)
    if rendered:
        sharing.share(world.coach, contract)
    else:
        send(world, contract)
    contract.refresh_from_db()
    return contract


def seat_without_account(world: World, mission) -> Seat:
    values = {
        "name": "Zoé L’Hérault",
        "email": "zoe@canary.test",
        "language": "en",
        "organisation": world.organisation,
    }
    person = Person.unscoped.filter(email=values["email"]).first() or save_person(world.coach, None, values)
    return add_seat(world.coach, mission, person, "manager")


def out(world: World, **options) -> SigningRound:
    """The same contract, out for signature."""
    made = {name: options.pop(name) for name in ("manager", "rendered") if name in options}
    return rounds.open_round(world.coach, in_review(world, **made), **options)


def signer_of(signing_round: SigningRound, role: str, *, by_link: bool = False) -> Signer:
    row = Signatory.unscoped.select_related(*RELATED, "user").get(round=signing_round, role=role)
    return Signer(row, None if by_link else row.user)


def code_sent(signer: Signer) -> str:
    """What the last letter with a code says."""
    letter = Letter.unscoped.filter(kind="contracts/code", to=signer.signatory.email).order_by("-pk").first()
    return re.search(r"\b(\d{6})\b", open_letter(letter).text).group(1)


def given(signer: Signer, code: str, **changes) -> signing.Given:
    said = {
        "typed_name": signer.signatory.name,
        "consent_sha256": consent(signer.signatory.language).sha256,
        "code": code,
        "browser": BROWSER,
        "ip": "192.0.2.7",
        "user_agent": "a test",
        **changes,
    }
    return signing.Given(**said)


def ready(signing_round: SigningRound, role: str, **options) -> tuple[Signer, str]:
    """A signatory with the document before them and a code in hand."""
    signer = signer_of(signing_round, role, **options)
    signing.display(signer)
    codes.ask(signer, BROWSER)
    return signer, code_sent(signer)


def sign_as(signing_round: SigningRound, role: str, **options):
    signer, code = ready(signing_round, role, **options)
    return signing.sign(signer, given(signer, code))


def sign_all(signing_round: SigningRound) -> Contract:
    roles = Signatory.unscoped.filter(round=signing_round).order_by("position").values_list("role", flat=True)
    for role in roles:
        sign_as(signing_round, role)
    return Contract.unscoped.get(pk=signing_round.contract_id)
