"""Small beginnings of the tests on competence."""

from datetime import date

from coaching.documents.files import Cleaned, cleaned
from coaching.kernel.viewer import Portal
from ethics.development.models import DevelopmentActivity, Qualification
from ethics.development.services import save_qualification
from ethics.development.services.activities import save_activity
from tests.development.hostile import image


def qualification(world, **values) -> Qualification:
    said = {
        "title": "Une école",
        "body": "Ici",
        "obtained_on": date(2020, 5, 4),
        "hours": None,
        "expires_on": None,
    }
    return save_qualification(world.coach, None, {**said, **values})


def activity(world, learning="", **values) -> DevelopmentActivity:
    said = {"kind": "reading", "title": "Un livre", "body": "", "held_on": date(2026, 2, 3), "quarters": 6}
    return save_activity(world.coach, None, {**said, **values}, learning=learning)


def file(kind="PNG") -> Cleaned:
    return cleaned(image(kind))


def coachee(world):
    return world.viewer("coachee", Portal.COACHEE)


def sponsor(world):
    return world.viewer("sponsor", Portal.ORGANISATION)
