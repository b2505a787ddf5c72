"""What a practice and its clients must say before a contract can leave."""

from coaching.accounts.services import update_practice
from coaching.clients.services import save_organisation, save_person
from coaching.kernel.viewer import Portal
from tests.world import World


def complete(w: World) -> None:
    practice = {
        "legal_form": "SARL",
        "siret": "90210765500018",
        "address": "1 rue X, Nancy",
        "city": "Nancy",
        "email": "c@race.test",
        "phone": "+33355000140",
        "recourse_name": "Anne",
        "recourse_contact": "anne@race.test",
    }
    update_practice(w.viewer("coach", Portal.PRACTICE), w.practice, practice)
    organisation = {
        "legal_form": "SAS",
        "siret": "81345670400010",
        "address": "2 rue Y, Toul",
        "represented_by": "Sofia",
        "representative_role": "DRH",
    }
    save_organisation(w.coach, w.organisation, organisation)
    save_person(w.coach, w.people["coachee"], {"job_title": "directrice", "email": w.people["coachee"].email})
