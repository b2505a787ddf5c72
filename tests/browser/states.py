"""What the world has not: an empty practice, an English mission, a contract under review, people half-way through a door."""

import time
from datetime import date
from decimal import Decimal

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from coaching.accounts.enums import InvitationPurpose
from coaching.accounts.services import create_practice, create_user, invite
from coaching.clients.models import Person
from coaching.clients.services import save_organisation, save_person
from coaching.documents.seal import make_seal
from coaching.kernel.viewer import Portal
from coaching.missions.models import Seat
from coaching.missions.services import life, objectives, requests, seats
from coaching.outbox.access import local_letters
from coaching.outbox.services import open_letter
from contracts.access import terms_of
from contracts.links import token_of
from contracts.services import drafting, library
from ethics.charter.services import publish_bundled
from tests.browser.readable import ReadableWorld
from tests.overview import helpers as totals
from tests.unlocking import print_code, unlock
from tests.world import PASSWORD

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def add_states(w: ReadableWorld) -> None:
    _people(w)
    _empty_practice(w)
    _english_missions(w)
    _totals(w)
    _second_factor(w)
    _keys(w)


def _people(w) -> None:
    for persona, name, language in (
        ("reader", "Grace Whitmore", "en"),
        ("buyer", "Daniel Osei", "en"),
        ("overseer", "Ruth Adler", "fr"),
        ("newcomer", "Nadia Ferrand", "fr"),
        ("guarded", "Paul Maréchal", "fr"),
        ("keyholder", "Lise Marchand", "fr"),
        ("seatless", "Rose Antoine", "fr"),
    ):
        w.users[persona] = create_user(
            email=f"{persona}@exemple.test", name=name, password=PASSWORD, language=language
        )
        print_code(w.users[persona])


def _empty_practice(w) -> None:
    founder = w.users["newcomer"]
    practice = create_practice(name="Cabinet Ferrand", founder=founder)
    publish_bundled(practice, founder)
    library.install_library(practice)
    make_seal(practice.ref, practice.name)


def _english_missions(w) -> None:
    buyer = save_organisation(
        w.coach,
        None,
        {
            "name": "Northgate Instruments", "legal_form": "Ltd", "address": "4 Canal Row, Leeds", "siret": "81345670400010",
            "represented_by": "Daniel Osei", "representative_role": "HR director",
        },
    )  # fmt: skip
    people = {persona: _person(w, persona, buyer) for persona in ("reader", "buyer")}
    w.extra["english"] = life.begin(
        w.coach, title="First months in a new country", organisation=buyer, language="en"
    )
    w.extra["agreed"] = life.begin(w.coach, title="Leading a larger team", organisation=buyer, language="en")
    for mission in (w.extra["english"], w.extra["agreed"]):
        seats.add_seat(w.coach, mission, people["reader"], "coachee")
        seats.add_seat(w.coach, mission, people["buyer"], "sponsor")
    taken = "We would like Grace to settle in quickly and to know whom to ask."
    requests.write_organisation_request(w.coach, w.extra["english"], taken, based_on=0)
    _agree(w, w.extra["agreed"], people)


def _totals(w) -> None:
    """An organisation with enough people for its totals to be told."""
    organisation = save_organisation(w.coach, None, {"name": "Groupe Adler"})
    person = _person(w, "overseer", organisation)
    for number, state in enumerate(["active"] * 7 + ["closed"] * 5 + ["paused"] * 2):
        row = totals.mission(w, organisation, state=state, title=f"Prendre ses marques, {number + 1}")
        seat = totals.coached(w, row)
        totals.held(row, number % 4)
        totals.measured(seat, 2 + number % 3, 6 + number % 3)
        if state != "closed":
            totals.consented(seat)
        if number < 2:
            totals.sit(row, person)


def _person(w, persona: str, organisation) -> Person:
    user = w.users[persona]
    values = {
        "name": user.name, "email": user.email, "language": "en", "organisation": organisation,
        "job_title": "programme director" if persona == "reader" else "HR director", "address": "4 Canal Row, Leeds",
    }  # fmt: skip
    row = save_person(w.coach, None, values)
    Person.unscoped.filter(pk=row.pk).update(user=user)
    row.refresh_from_db()
    return row


def _agree(w, mission, people) -> None:
    """From two requests to a contract that both parties are reading."""
    reader, buyer = w.viewer("reader", Portal.COACHEE), w.viewer("buyer", Portal.ORGANISATION)
    asked = "We ask that Grace leads her enlarged team with confidence by the summer."
    requests.write_organisation_request(buyer, mission, asked, based_on=0)
    seat = _seat_of(mission, people["reader"])
    words = "I would like to learn to delegate without feeling that I let people down."
    version = requests.write_coachee_request(reader, mission, seat, words, based_on=0)
    requests.share_wording(reader, mission, seat, "Delegate better.")
    drafting.set_scope(reader, mission, "sponsor", ["attendance", "common_objectives"])
    requests.validate_request(w.coach, mission, version, "This request is hers, clear, and within my reach.")
    goal = {"tag": "common", "title": "Delegate three decisions a month", "indicator": "decisions escalated", "target": "five"}  # fmt: skip
    objectives.save_objective(w.coach, mission, None, goal)
    life.declare_conflict(w.coach, mission, has_conflict=False, statement="")
    life.open_contracting(
        w.coach, mission, {"missions.context": "All was said at our meeting of 3 November."}
    )
    mission.refresh_from_db()
    contract = drafting.draft(w.coach, mission)
    terms = {
        "rhythm": "every third week", "places": "at the practice", "between_sessions": "one message a week",
        "fee_schedule": "in two parts", "sessions_count": 8, "session_minutes": 90, "starts_on": date(2027, 1, 11),
        "ends_on": date(2027, 6, 30), "media": ["on_site"], "fee_total": Decimal("3600"),
    }  # fmt: skip
    drafting.save_terms(w.coach, contract, terms_of(w.coach, contract), terms)
    contract.refresh_from_db()
    w.extra["sent_version"] = w.share(contract)
    contract.refresh_from_db()
    w.extra["sent"] = contract


def _seat_of(mission, person):
    return Seat.unscoped.get(mission=mission, person=person)


def _second_factor(w) -> None:
    user = w.users["guarded"]
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    passkey = Authenticator.objects.create(
        user=w.users["keyholder"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Téléphone", "credential": {}},
    )
    w.extra["passkey"] = passkey.pk


def _keys(w) -> None:
    """Links of letters that are on their way."""
    user = w.users["seatless"]
    unproved = EmailAddress.objects.create(
        user=user, email="rose.antoine@exemple.test", verified=False, primary=False
    )
    w.extra["email_key"] = EmailConfirmationHMAC.create(unproved).key
    w.extra["reset_key"] = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    w.extra["new_link"] = _invited(w, "theo@exemple.test")
    w.extra["known_link"] = _invited(w, user.email)


def _invited(w, email: str) -> str:
    invite(
        w.viewer("administrator", Portal.PRACTICE),
        purpose=InvitationPurpose.MEMBERSHIP,
        email=email,
        name="Théo Marchal",
        language="fr",
        inviter=w.users["administrator"],
        practice=w.practice,
        as_coach=True,
    )
    text = open_letter(local_letters(1)[0]).text
    return "/invitation/" + text.split("/invitation/", 1)[1].split("/", 1)[0] + "/"


def cookies(w, personas: set[str]) -> dict[str, list[dict]]:
    """By persona, what their browser holds when they arrive."""
    made = {"anonymous": [], "first": []}
    for persona in personas - set(made):
        if persona in w.users:
            made[persona] = sign_in(w.users[persona])
            continue
        browser = Client(HTTP_HOST="localhost")
        if persona == "invited_anew":
            browser.get(w.extra["new_link"])
        elif persona == "holder":  # of a link to sign, without an account
            browser.get(reverse("signing_link", args=[token_of(w.signed.holder)]))
        elif persona == "supervisor":
            browser.get(reverse("attestation_link", args=[w.supervised.token]))
        elif persona == "invited_again":
            browser.get(w.extra["known_link"])
        else:  # "half_signed_in": the second factor is still to come
            browser.post(reverse("account_login"), {"login": w.users["guarded"].email, "password": PASSWORD})
        made[persona] = _held(browser)
    return made


def sign_in(user) -> list[dict]:
    """The cookies of somebody who has just given their password."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(get_user_model().objects.get(pk=user.pk), backend=BACKEND)
    unlock(browser, user)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return _held(browser)


def _held(browser: Client) -> list[dict]:
    return [{"name": c.key, "value": c.value} for c in browser.cookies.values() if c.value]
