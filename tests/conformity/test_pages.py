import pytest
from django.urls import reverse

from tests.rules import further

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def steps(steps):
    return (*steps, further.extend)


def test_open(world, browse):
    live = world.signed.sealed.mission.ref
    for who, name, args in [
        ("coach", "coach_conformity", []),
        ("coach", "coach_overrides", []),
        ("coach", "coach_mission_conformity", [live]),
        ("coach", "coach_dossier", []),
        ("coach", "coach_mission_dossier", [live]),
        ("coachee", "coachee_kept", [live]),
        ("sponsor", "organisation_kept", [live]),
        ("administrator", "practice_conformity", []),
        ("administrator", "practice_conformity_missions", []),
        ("administrator", "practice_overrides", []),
    ]:
        a = browse(who).get(reverse(name, args=args))
        print(name, a.status_code, a["Content-Type"], len(a.content))
        if "pdf" in a["Content-Type"]:
            open(f"/tmp/me/{name}.pdf", "wb").write(a.content)
    print(browse("coach").get("/coach/conformity/?article=contrat&state=to_do").status_code)
    print(browse("administrator").post(reverse("practice_conformity_count")).status_code)
    print(browse("coach").post(reverse("coach_conformity_count")).status_code)
    print(browse("administrator").get(reverse("practice_conformity")).status_code)
