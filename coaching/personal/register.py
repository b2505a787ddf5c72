"""The register of processing activities (RGPD article 30): computed from the registry of fields, the holdings and the settings.

Purposes are the product's own, a line for each room; what each processes, of which class, who receives it and for how long
is read from what the rooms declare, so that a field added tomorrow is in the register tomorrow.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coaching.accounts.models import Practice
from coaching.kernel.registry import Confidence, Reader, rules, sections, sentence

from .enums import Kind
from .retention import RULES, all_months

CONTRACT = gettext_lazy("Performance of the contract: article 6(1)(b)")
INTEREST = gettext_lazy("Legitimate interest: article 6(1)(f)")
CONSENT = gettext_lazy("Consent: article 6(1)(a)")
OBLIGATION = gettext_lazy("Legal obligation: article 6(1)(c)")

COACHED = gettext_lazy("coachees")
PARTY = gettext_lazy("coachees, sponsors, managers, coaches")
TEAM = gettext_lazy("members of the practice")


@dataclass(frozen=True, slots=True)
class Activity:
    """One purpose: the rooms whose fields serve it, whom it is about, on which basis, and the class it is kept as."""

    purpose: Any
    rooms: tuple[str, ...]
    people: Any
    basis: Any
    kind: Kind | None = None
    kept: Any = ""  # where no class says how long
    to: Any = ""  # who receives it, where no field says so


ACTIVITIES = (
    Activity(
        gettext_lazy("Accounts and sign-in"),
        ("accounts",),
        gettext_lazy("everybody with an account"),
        CONTRACT,
        kept=gettext_lazy("as long as the account is used; invitations as set below"),
    ),
    Activity(gettext_lazy("Clients and contacts"), ("clients",), PARTY, CONTRACT, Kind.PEOPLE),
    Activity(
        gettext_lazy("Preparing and carrying out a coaching"),
        ("missions", "coaching_sessions", "progress", "calendar"),
        PARTY,
        CONTRACT,
        Kind.MISSIONS,
    ),
    Activity(
        gettext_lazy("Contracts, signatures and their proof"),
        ("contracts", "documents"),
        PARTY,
        CONTRACT,
        Kind.MISSIONS,
    ),
    Activity(
        gettext_lazy("Exchanges between coach and coachee"),
        ("decisions", "handover"),
        COACHED,
        CONTRACT,
        Kind.EXCHANGES,
    ),
    Activity(
        gettext_lazy("The coach’s private notes, and summaries they share"),
        ("notes",),
        COACHED,
        INTEREST,
        Kind.NOTES,
    ),
    Activity(gettext_lazy("Minutes of three-way meetings"), ("minutes",), PARTY, CONTRACT, Kind.MISSIONS),
    Activity(
        gettext_lazy("Restitutions to the organisation, and the consents they rest on"),
        ("restitutions", "consents"),
        COACHED,
        CONSENT,
        Kind.MISSIONS,
    ),
    Activity(
        gettext_lazy("How a coaching ended, and what it brought"),
        ("closings",),
        PARTY,
        CONTRACT,
        Kind.MISSIONS,
    ),
    Activity(
        gettext_lazy("The coach’s hours log"),
        ("hours",),
        COACHED,
        CONSENT,
        kept=gettext_lazy("as long as the coach is a member; a client’s name as long as they consent"),
    ),
    Activity(gettext_lazy("Confidential recourse"), ("recourse",), COACHED, INTEREST, Kind.SIGNALS),
    Activity(
        gettext_lazy("Supervision of the coach"),
        ("supervision",),
        TEAM,
        INTEREST,
        kept=gettext_lazy("as long as the coach keeps a point; it names nobody"),
    ),
    Activity(
        gettext_lazy("Qualifications shown to clients"),
        ("development",),
        PARTY,
        INTEREST,
        kept=gettext_lazy(
            "as long as the coach is a member; what a client was shown, with the file of their mission"
        ),
    ),
    Activity(
        gettext_lazy("What the law obliges to tell"), ("disclosures",), COACHED, OBLIGATION, Kind.EXCHANGES
    ),
    Activity(gettext_lazy("Who opened what"), ("openings",), PARTY, OBLIGATION, Kind.MISSIONS),
    Activity(
        gettext_lazy("Letters"),
        ("outbox",),
        gettext_lazy("everybody who is written to"),
        CONTRACT,
        Kind.LETTERS,
        to=gettext_lazy("the person who is written to"),
    ),
    Activity(
        gettext_lazy("Rights of people over their data"),
        ("personal",),
        PARTY,
        OBLIGATION,
        Kind.PEOPLE,
    ),
    Activity(
        gettext_lazy("Journal of acts"),
        ("journal",),
        gettext_lazy("everybody who acts"),
        INTEREST,
        kept=gettext_lazy("with the installation: references, codes, dates and digests, no word and no name"),
        to=gettext_lazy("the practice’s administrator; coach and coachee, of their missions"),
    ),
    Activity(
        gettext_lazy("Charter of the practice"),
        ("charter",),
        gettext_lazy("whoever acknowledges it"),
        INTEREST,
        kept=gettext_lazy("with the installation: versions are public, acknowledgements are dates"),
    ),
)
# Rooms of machinery: keys, queues. They hold no word of a person that another room does not declare.
MACHINERY = ("vault", "jobs", "overview")

CLASSES = {
    Confidence.SECRET: gettext_lazy("professional secret (C3): sealed, each text to those who read it"),
    Confidence.SHARED: gettext_lazy("shared by agreement (C2)"),
    Confidence.OPERATIONS: gettext_lazy("operations of the practice (C1)"),
    Confidence.PUBLIC: gettext_lazy("public (C0)"),
}


def register_of(practice: Practice) -> dict:
    """The whole register, in words, for a page and for its print."""
    months = all_months(practice.pk)
    return {
        "practice": practice.name,
        "controller": _controller(practice),
        "activities": [_activity(one, months) for one in ACTIVITIES],
        "classes": [
            {
                "label": str(kind.label),
                "months": months[kind],
                "since": str(RULES[kind].since),
                "basis": str(RULES[kind].basis),
            }
            for kind in Kind
        ],
        "measures": _measures(),
    }


def _controller(practice: Practice) -> list[tuple[str, str]]:
    said = (
        (_("Name"), practice.name),
        (_("Legal form"), practice.legal_form),
        (_("SIRET"), practice.siret),
        (_("Address"), practice.address),
        (_("E-mail address"), practice.email),
        (_("Phone"), practice.phone),
    )
    return [(label, value) for label, value in said if value]


def _activity(one: Activity, months: dict[Kind, int]) -> dict:
    fields = {path: rule for path, rule in rules().items() if path.split(".")[0] in one.rooms}
    readers = _readers(one, fields)
    found = sorted({rule.confidence for rule in fields.values()}, reverse=True)
    kept = (
        _("%(n)d months from %(since)s") % {"n": months[one.kind], "since": RULES[one.kind].since}
        if one.kind
        else str(one.kept)
    )
    return {
        "purpose": str(one.purpose),
        "people": str(one.people),
        "basis": str(one.basis),
        "classes": [str(CLASSES[confidence]) for confidence in found],
        "fields": len(fields),
        "readers": str(sentence(readers, None)) if readers else str(one.to),
        "kept": kept,
    }


def _readers(one: Activity, fields: dict) -> frozenset[Reader]:
    """Who reads what is not public anyway; of rooms of dates and codes, who is shown them."""
    rows = [rule for rule in fields.values() if rule.confidence != Confidence.PUBLIC]
    shown = [rule for name, rule in sections().items() if name.split(".")[0] in one.rooms]
    return frozenset(reader for rule in rows or list(fields.values()) or shown for reader in rule.readers)


def _measures() -> list[str]:
    return [
        _(
            "Professional secrets are sealed to the keys of those who read them; the administrator holds none."
        ),
        _("Every address, for every role, is tested against what it may show."),
        _("A second factor may be asked of every account; what was opened for an organisation is noted."),
        _("Acts are written in a journal that is chained by digests, and that nobody rewrites."),
        _(
            "Data stays on the practice’s own installation: no transfer outside the European Union by the product itself."
        ),
    ]


def uncovered() -> set[str]:
    """Rooms whose fields are in no activity; none, a test holds."""
    rooms = {path.split(".")[0] for path in rules()}
    return rooms - {room for one in ACTIVITIES for room in one.rooms} - set(MACHINERY)
