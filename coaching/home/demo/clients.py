"""Three organisations, each known well enough to work in, and the people of each."""

from coaching.clients.models import ContextSheet, Organisation, Person
from coaching.clients.services import save_context_sheet, save_organisation, save_person

from .cast import COACH, Player, account, as_coach

VERRIER = "Ateliers Verrier"
HOSPITAL = "Hôpital Saint-Aubin"
NORTHBRIDGE = "Northbridge Analytics"

ORGANISATIONS = {
    VERRIER: (
        {
            "legal_form": "SAS au capital de 450 000 €",
            "siret": "81345670400010",
            "address": "Zone des Grands Prés\n54700 Pont-à-Mousson",
            "represented_by": "Sofia Lopez",
            "representative_role": "directrice des ressources humaines",
        },
        {
            "trade": "Verrerie industrielle et d’art : deux fours, 240 personnes, trois équipes qui se relaient.",
            "usages": "On se tutoie dans l’atelier, on se vouvoie au siège. Les décisions se prennent le mardi matin.",
            "culture": "Fierté du geste, mémoire longue. On parle peu de soi ; on montre ce qu’on a fait.",
            "context": "Nouveau four en 2027. La direction industrielle vient d’être confiée à Inès Carpentier.",
            "constraints": "Pas de séance pendant les changements d’équipe (5 h, 13 h, 21 h).",
            "no_interference": "La négociation salariale en cours, et le choix du fournisseur du four.",
        },
    ),
    HOSPITAL: (
        {
            "legal_form": "établissement public de santé",
            "siret": "26540012700014",
            "address": "2 avenue du Parc\n54200 Toul",
            "represented_by": "Jeanne Vidal",
            "representative_role": "directrice des soins",
        },
        {
            "trade": "Soins de suite et gériatrie, 180 lits.",
            "usages": "Transmissions à heures fixes ; la salle de pause est un lieu neutre.",
            "culture": "Le soin d’abord. Le conflit est évité devant les familles.",
            "context": "Fusion de deux unités depuis septembre ; l’équipe d’encadrement est nouvelle.",
            "constraints": "Séances entre 14 h et 16 h 30, jamais deux cadres absents le même jour.",
            "no_interference": "Le projet médical, et les plannings.",
        },
    ),
    NORTHBRIDGE: (
        {
            "legal_form": "private limited company, registered in England and Wales",
            "vat_number": "FR07918765439",
            "address": "8 Canal Wharf\nLeeds LS11 5PS",
            "represented_by": "Grace Whitmore",
            "representative_role": "Head of People, Europe",
        },
        {
            "trade": "Software for energy networks; 90 people in four countries.",
            "usages": "Everything is written first; meetings are short and have an owner.",
            "culture": "Direct and friendly. Disagreement is welcome until the decision.",
            "context": "Daniel Osei moves from lead engineer to head of the Paris team in January.",
            "constraints": "Video calls outside 9 to 11 a.m., when the networks are busiest.",
            "no_interference": "The choice of who follows him as lead engineer.",
        },
    ),
}


def build() -> None:
    for name, (details, sheet) in ORGANISATIONS.items():
        row = organisation(name) or save_organisation(as_coach(COACH), None, {"name": name, **details})
        if not ContextSheet.unscoped.filter(organisation=row).exists():
            save_context_sheet(as_coach(COACH), row, sheet)


def organisation(name: str | None) -> Organisation | None:
    return (
        Organisation.unscoped.filter(name=name, keeper_id=as_coach(COACH).user_id).first() if name else None
    )


def person(coach: Player, player: Player, *, seated: bool = True, **details) -> Person:
    """The player as ``coach`` keeps them, linked to their account unless they have not come yet."""
    viewer = as_coach(coach)
    known = Person.unscoped.filter(keeper_id=viewer.user_id, email=player.email).first()
    if known:
        return known
    values = {"name": player.name, "email": player.email, "language": player.language, **details}
    row = save_person(viewer, None, values)
    if seated:
        Person.unscoped.filter(pk=row.pk).update(user=account(player))
        row.refresh_from_db()
    return row
