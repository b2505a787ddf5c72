"""The hours of a coach's career: an earlier log brought in, a letter of verification, a coachee who lets themself be named."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from coaching.consents.access import LISTED_IN, listed_by
from coaching.consents.services import consents
from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal
from ethics.hours.access import imports_for, letters_for
from ethics.hours.services import importing, letters, receiving

from .cast import COACH, COACHEE, as_coach, as_viewer
from .missions import mission_of
from .stories import STORIES

HEADINGS = "Nom du client;Contact;Individuel/Groupe;Nombre dans le groupe;Date de début;Date de fin;Heures payées;Heures pro bono"
NAMES = (
    "Adèle Fournier", "Baptiste Marin", "Camille Roussel", "Damien Weber", "Élodie Lambert", "Fabrice Noël", "Gaëlle Perrot",
    "Hugo Schmitt", "Irène Caron", "Jérôme Blin", "Karine Adam", "Loïc Prévost", "Maud Guérin", "Nadia Belkacem",
)  # fmt: skip
APART = 5  # months from one of them to the next
ODD = "Olivier Petit;;individuel;;31/02/2025;30/06/2025;9;\nPaula Diaz;;groupe;;10/01/2025;10/01/2025;3;\nQuentin Ravel;;individuel;;05/02/2025;20/05/2025;=6*1,5;\nRose Martel;rose@exemple.test;individuel;;03/03/2025;27/06/2025;7,5;\n"


def build() -> None:
    _name()
    coach = as_coach(COACH)
    if not imports_for(coach).exists():
        _bring_in(coach)
    if not letters_for(coach).exists():
        _attest(coach)


def _name() -> None:
    """The coachee lets their coach name them, in the first of their missions that has begun."""
    mine = (mission_of(story) for story in STORIES if any(one.player == COACHEE for one in story.coachees))
    begun = [mission for mission in mine if mission.state in LISTED_IN]
    if begun and not any(seat.mission_id == begun[0].pk for seat in listed_by(as_coach(COACH))):
        consents.be_listed(as_viewer(COACHEE, Portal.COACHEE), begun[0])


@act
def _bring_in(coach) -> None:
    """One file that is in the log, and another that waits, with faults."""
    kept = receiving.receive(coach, f"{HEADINGS}\n{''.join(_lines())}".encode())
    importing.keep(coach, receiving.read(coach, kept))
    receiving.read(coach, receiving.receive(coach, f"{HEADINGS}\n{ODD}".encode()))


def _lines() -> Iterator[str]:
    today = timezone.localdate()
    for turn, name in enumerate(NAMES):
        last = today - timedelta(days=20 + 30 * APART * turn)
        first, spent = last - timedelta(days=150), 9 + turn % 4 * 1.5
        email = f"{name.split()[0].lower()}@exemple.test"
        yield f"{name};{email};individuel;;{first:%d/%m/%Y};{last:%d/%m/%Y};{spent:g};\n".replace(
            ".5;", ",5;"
        )
    day = today - timedelta(days=200)
    yield f"Comité de direction;dg@exemple.test;groupe;7;{day:%d/%m/%Y};{day + timedelta(days=60):%d/%m/%Y};12;\n"
    yield f"Association Tremplin;contact@exemple.test;individuel;;{day:%d/%m/%Y};{day + timedelta(days=90):%d/%m/%Y};;6\n"


def _attest(coach) -> None:
    """One that is signed, and one that is still to be printed."""
    last = timezone.localdate().year - 1
    said = {
        "issuer": "Agence Cap Talents", "contact": "Mme Renaud, directrice", "starts_on": date(last - 1, 1, 1),
        "ends_on": date(last, 12, 31), "clients": 9, "paid_minutes": 64 * 60, "pro_bono_minutes": 0,
    }  # fmt: skip
    letters.save_letter(coach, None, {**said, "issued_on": date(last + 1, 1, 12)}, [])
    later = {
        "issuer": "Groupe Verrier",
        "contact": "",
        "clients": 2,
        "issued_on": None,
        "paid_minutes": 18 * 60,
    }
    letters.save_letter(coach, None, {**said, **later}, [])
