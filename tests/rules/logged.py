"""The world of the rules, further on: a coach's hours log, with earlier hours, a letter, and who lets themself be named."""

from dataclasses import dataclass

from coaching.consents.services import consents
from coaching.kernel.viewer import Portal
from coaching.missions.models import Mission
from ethics.hours.models import HoursImport, VerificationLetter
from ethics.hours.services import importing, letters, receiving
from tests.hours.helpers import LETTER
from tests.world import World

HEADINGS = "Nom du client;Contact;Date de début;Date de fin;Heures payées"


@dataclass
class Logged:
    kept: HoursImport
    read: HoursImport  # to be confirmed
    unnamed: HoursImport  # its columns are to be named
    letter: VerificationLetter


def extend(w: World) -> Logged:
    mission = Mission.unscoped.get(pk=w.signed.sealed.mission_id)
    consents.be_listed(w.viewer("coachee", Portal.COACHEE), mission)
    past = w.plant("hours.LogPart.sealed_ref", "coach")
    kept = _read(w, f"{HEADINGS}\n{past};c@x.test;12/01/2024;30/06/2024;10,5\n")
    good, bad, unknown = (w.plant("hours.ImportPart.sealed", "coach") for _turn in range(3))
    read = _read(w, f"{HEADINGS}\n{good};d@x.test;12/01/2023;30/06/2023;12\nZ;;{bad};;1\n")
    unnamed = _read(w, f"Qui;Quand;Combien\n{unknown};12/01/2022;3\n")
    words = {name: w.plant(f"hours.VerificationLetter.{name}", "coach") for name in ("issuer", "contact")}
    letter = letters.save_letter(w.coach, None, {**LETTER, **words}, [w.mission.ref])
    return Logged(importing.keep(w.coach, kept), read, unnamed, letter)


def _read(w: World, table: str) -> HoursImport:
    return receiving.read_if_short(w.coach, receiving.receive(w.coach, table.encode()))
