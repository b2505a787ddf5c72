"""The registry of fields: the class of each, and who may read it.

Every field of every model of the house is declared once, in the ``policy`` of its room. A field that is not
declared fails the tests; the chips "who can see this" and the canary crawl are both computed from here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .viewer import Portal


class Confidence(StrEnum):
    """Classes of data, from the professional secret down to what is public."""

    SECRET = "C3"  # noqa: S105  a class of data
    SHARED = "C2"
    OPERATIONS = "C1"
    PUBLIC = "C0"


class Reader(StrEnum):
    """Who may read a field. Seats of the same mission, except where said."""

    COACH = "coach"
    COACHEE = "coachee"
    SPONSOR = "sponsor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    MEMBERS = "members"  # every member of the practice
    RECOURSE = "recourse"  # the person a coachee turns to, outside the mission
    OWN = "own"  # the person the row is about
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class FieldRule:
    confidence: Confidence
    readers: frozenset[Reader]
    when: str = ""  # the state in which the readers other than the author may read it


_rules: dict[str, FieldRule] = {}
_plumbing: set[str] = set()
_parts: dict[str, FieldRule] = {}


def declare(
    model: str, fields: str | Iterable[str], confidence: Confidence, *readers: Reader, when=""
) -> None:
    """Declare ``fields`` (names separated by spaces) of ``model`` (``app.Model``)."""
    names = fields.split() if isinstance(fields, str) else fields
    for name in names:
        _rules[f"{model}.{name}"] = FieldRule(confidence, frozenset(readers), when)


def plumbing(model: str, fields: str) -> None:
    """Declare keys, references, dates and codes that carry no text a person wrote."""
    _plumbing.update(f"{model}.{name}" for name in fields.split())


def narrow(path: str, case: str, *readers: Reader) -> None:
    """Some rows of a field have fewer readers: ``app.Model.field:case`` is then what their chip asks for."""
    whole = _rules[path]
    if not set(readers) <= whole.readers:
        raise ValueError(f"{path}:{case} has readers whom the field does not have")
    _parts[f"{path}:{case}"] = FieldRule(whole.confidence, frozenset(readers))


def declare_section(name: str, *readers: Reader) -> None:
    """A section of a page made of dates and codes alone, such as what happened: who is shown it."""
    _parts[name] = FieldRule(Confidence.OPERATIONS, frozenset(readers))


def rule_of(path: str) -> FieldRule:
    return _rules[path] if path in _rules else _parts[path]


def rules() -> dict[str, FieldRule]:
    return dict(_rules)


def sections() -> dict[str, FieldRule]:
    """Sections made of dates and codes alone; not the parts of a field that fewer read."""
    return {name: rule for name, rule in _parts.items() if ":" not in name}


def declared() -> frozenset[str]:
    return frozenset(_rules) | frozenset(_plumbing)


_NAMES = {
    Reader.COACH: _("the coach"),
    Reader.COACHEE: _("the coachee"),
    Reader.SPONSOR: _("the organisation"),
    Reader.MANAGER: _("the manager"),
    Reader.ADMINISTRATOR: _("the practice’s administrator"),
    Reader.MEMBERS: _("the members of the practice"),
    Reader.RECOURSE: _("the recourse person"),
    Reader.OWN: _("the person concerned"),
}
# Whoever reads a text of their own in a party's portal is the person concerned.
_SELF = {
    Portal.COACH: {Reader.COACH},
    Portal.COACHEE: {Reader.COACHEE, Reader.OWN},
    Portal.ORGANISATION: {Reader.SPONSOR, Reader.MANAGER, Reader.OWN},
    Portal.PRACTICE: {Reader.ADMINISTRATOR},
    Portal.RECOURSE: {Reader.RECOURSE, Reader.OWN},
}


def audience(path: str, portal: Portal | None):
    """A sentence such as "Visible to you and the coach", from the rule that guards the field."""
    return sentence(rule_of(path).readers, portal)


def sentence(readers: frozenset[Reader], portal: Portal | None):
    """The same for readers that a row's own author has chosen among those its field allows."""
    if Reader.ANYONE in readers:
        return _("Visible to everyone")
    mine = _SELF.get(portal, set()) & readers if portal else set()
    others = [_NAMES[reader] for reader in Reader if reader in readers - mine]
    names = ([_("you")] if mine else []) + others
    if mine and not others:
        return _("Visible to you alone")
    return format_lazy("{start} {names}", start=_("Visible to"), names=_listed(names))


def _listed(names):
    if len(names) == 1:
        return names[0]
    return format_lazy("{first} {and_} {last}", first=_commas(names[:-1]), and_=_("and"), last=names[-1])


def _commas(names):
    joined = names[0]
    for name in names[1:]:
        joined = format_lazy("{a}, {b}", a=joined, b=name)
    return joined
