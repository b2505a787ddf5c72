"""The pre-contract information of one version: what it says, or what it still lacks."""

from dataclasses import dataclass

from django.utils.translation import override

from coaching.missions.access import coach_viewer

from ..placeholders import PLACEHOLDERS, MissingValue
from ..values import gather, values
from .access import Consumer
from .wording import document

LANGUAGES = {"fr": "français", "en": "English"}


@dataclass(frozen=True, slots=True)
class Said:
    title: str
    markdown: str


def said_by(found: Consumer) -> Said:
    """The information as the facts now give it, in the contract's language. Raises :class:`MissingValue`."""
    contract = found.contract
    facts = gather(coach_viewer(contract.mission), contract, found.terms)
    known = dict(values(facts))
    with override(contract.language):
        schedule = known.get("fees.schedule", "").replace("\n- ", " ; ").removeprefix("- ")
    known |= {
        "information.schedule": schedule,
        "information.language": LANGUAGES[contract.language],
        "contract.version": str(found.version.number) if found.version else "1",
    }
    name = "information_distance" if found.at_distance else "information_premises"
    return Said(*document(name, contract.language, known))


def lacking(found: Consumer) -> list:
    """What is not known yet, in the words of the list of placeholders."""
    try:
        said_by(found)
    except MissingValue as missing:
        return [PLACEHOLDERS[name].label if name in PLACEHOLDERS else name for name in _shown(missing.names)]
    return []


def _shown(names: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys("fees.schedule" if name == "information.schedule" else name for name in names))
