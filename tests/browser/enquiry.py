"""An enquiry on the day its three people come to it: all have an account, nothing is worded but what the coach took down."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)

from coaching.accounts.services import create_practice, create_user
from coaching.clients.models import Person
from coaching.clients.services import save_context_sheet, save_organisation, save_person
from coaching.documents.seal import make_seal
from coaching.missions.services import life, requests, seats
from contracts.services.library import install_library
from ethics.charter.services import publish_bundled
from ethics.development.services import save_qualification
from tests.races.settings import complete
from tests.unlocking import print_code
from tests.world import PASSWORD, World

NAMES = {"coach": "Hélène Aubry", "coachee": "Inès Carpentier", "sponsor": "Sofia Lopez"}
HEADINGS = ("trade", "usages", "culture", "context", "constraints", "no_interference")


@dataclass
class Enquiry:
    mission: object
    secret: str  # of the coach's second factor

    def email(self, persona: str) -> str:
        return f"{persona}@journey.test"

    def code(self) -> str:
        return format_hotp_value(hotp_value(self.secret, next(iter(yield_hotp_counters_from_time()))))


def make(language: str) -> Enquiry:
    w = World()
    for persona, name in NAMES.items():
        w.users[persona] = create_user(
            email=f"{persona}@journey.test", name=name, password=PASSWORD, language=language
        )
        print_code(w.users[persona])
    w.practice = create_practice(name="Cabinet Aubry", founder=w.users["coach"])
    publish_bundled(w.practice, w.users["coach"])
    install_library(w.practice)
    make_seal(w.practice.ref, w.practice.name)
    w.organisation = save_organisation(w.coach, None, {"name": "Ateliers Verrier"})
    save_context_sheet(w.coach, w.organisation, dict.fromkeys(HEADINGS, "Ce qu’il faut savoir."))
    for persona in ("coachee", "sponsor"):
        w.people[persona] = _person(w, persona)
    complete(w)
    save_qualification(
        w.coach, None, {"title": "Certification", "body": "École de Nancy", "obtained_on": date(2018, 6, 1)}
    )
    mission = life.begin(w.coach, title="Prise de poste", organisation=w.organisation, language=language)
    for persona in ("coachee", "sponsor"):
        seats.add_seat(w.coach, mission, w.people[persona], persona)
    requests.write_organisation_request(w.coach, mission, "Qu’elle prenne son poste.", based_on=0)
    secret = generate_totp_secret()
    TOTP.activate(w.users["coach"], secret)
    return Enquiry(mission, secret)


def _person(w: World, persona: str) -> Person:
    user = w.users[persona]
    row = save_person(w.coach, None, {"name": user.name, "email": user.email, "organisation": w.organisation})
    Person.unscoped.filter(pk=row.pk).update(user=user)
    row.refresh_from_db()
    return row
