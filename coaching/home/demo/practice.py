"""The practice itself: two coaches, an administrator, what they have learnt, the charter acknowledged."""

from datetime import date

from coaching.accounts.models import Membership
from coaching.accounts.services import add_member, update_practice
from coaching.kernel.viewer import Portal
from ethics.charter.access import current_version
from ethics.charter.services import acknowledge
from ethics.development.models import Qualification
from ethics.development.services import save_qualification

from ..services import set_up
from .cast import (
    ADMIN,
    COACH,
    COLLEAGUE,
    PASSWORD,
    Player,
    account,
    as_coach,
    as_viewer,
    demo_practice,
    is_there,
)

DETAILS = {
    "legal_form": "SARL au capital de 8 000 €",
    "siret": "90210765500018",
    "vat_regime": "standard",
    "vat_number": "FR85902107655",
    "address": "14 rue des Tilleuls\n54000 Nancy",
    "city": "Nancy",
    "email": "bonjour@cabinet-aubry.test",
    "phone": "+33355000140",
    "insurance": "Responsabilité civile professionnelle, contrat n° 4471-208",
    "recourse_name": "Anne-Lise Roussel",
    "recourse_contact": "recours@cabinet-aubry.test, 03 55 00 01 41",
    "mediator_name": "Centre de médiation de la consommation Lorraine",
    "smallest_group": 3,  # so that three people coached are enough for the demo's sponsor to see totals
    "mediator_contact": "3 place Carnot, 54000 Nancy, mediation-lorraine.test",
}
QUALIFICATIONS = (
    (COACH, "Certification de coach professionnel", "École lorraine de coaching", date(2016, 6, 24), 320),
    (COACH, "Coaching d’équipe, cycle avancé", "Institut des pratiques collectives", date(2021, 3, 12), 96),
    (
        COLLEAGUE,
        "Diplôme universitaire « Coaching et accompagnement »",
        "Université de Nancy",
        date(2019, 9, 30),
        240,
    ),
)


def build() -> None:
    if not is_there():
        set_up(practice="Cabinet Aubry", name=COACH.name, email=COACH.email, password=PASSWORD)
    update_practice(as_viewer(COACH, Portal.PRACTICE), demo_practice(), DETAILS)
    _join(COLLEAGUE, as_coach_too=True)
    _join(ADMIN, as_coach_too=False)
    for player, title, body, day, hours in QUALIFICATIONS:
        _learnt(player, title=title, body=body, obtained_on=day, hours=hours)
    for player in (COACH, COLLEAGUE):
        acknowledge(as_coach(player), current_version(demo_practice().pk))


def _join(player: Player, *, as_coach_too: bool) -> None:
    practice, user = demo_practice(), account(player)
    if Membership.unscoped.filter(practice=practice, user=user).exists():
        return
    by = as_viewer(COACH, Portal.PRACTICE).user_ref
    add_member(practice, user, as_coach=as_coach_too, as_administrator=not as_coach_too, by=by)


def _learnt(player: Player, **values) -> None:
    viewer = as_coach(player)
    if not Qualification.unscoped.filter(coach_id=viewer.user_id, title=values["title"]).exists():
        save_qualification(viewer, None, values)
