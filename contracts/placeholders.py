"""The closed list of placeholders of a clause, written ``[[organisation.name]]``, and how they are filled.

The syntax is deliberately not a template language's: a clause is text, and nothing in it is ever evaluated.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.enums import PlaceholderKind, Section

TEXT, DATE, MONEY = PlaceholderKind.TEXT, PlaceholderKind.DATE, PlaceholderKind.MONEY
NUMBER, BLOCK = PlaceholderKind.NUMBER, PlaceholderKind.BLOCK

FIELD = re.compile(r"\[\[([^\[\]]*)\]\]")
_SPACES = re.compile(r"\s+")
# CommonMark lets any ASCII punctuation be escaped; these are the ones that can begin formatting,
# a link, an entity, a tag, a table cell, a list, a heading or another placeholder.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&=:@])")
_ORDERED_ITEM = re.compile(r"^(\d+)\.")
# Characters nobody sees: left in a name, they would hide or reorder what a party reads.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True)
class Placeholder:
    """One name a clause may use; ``sections`` is where it makes sense, empty meaning everywhere."""

    name: str
    kind: PlaceholderKind
    label: str | Promise
    sections: frozenset[Section] = frozenset()

    def fits(self, section: Section) -> bool:
        """Say whether the placeholder makes sense in this section."""
        return not self.sections or section in self.sections


class MissingValue(Exception):
    """A text asks for placeholders that have no value; ``names`` lists them in reading order."""

    def __init__(self, names: Iterable[str]):
        self.names = tuple(names)
        super().__init__(", ".join(self.names))


def _p(name, kind, label, *sections):
    return Placeholder(name, kind, label, frozenset(sections))


_S = Section
_TERMS = (_S.CONDITIONS, _S.FEES, _S.CANCELLATION, _S.OBJECTIVES, _S.SUSPENSION)

PLACEHOLDERS: Mapping[str, Placeholder] = {
    placeholder.name: placeholder
    for placeholder in (
        _p("contract.reference", TEXT, _("Reference of the contract")),
        _p("contract.date", DATE, _("Date on which the contract was drawn up")),
        _p("parties.list", BLOCK, _("List of the parties with their capacity"), _S.PARTIES, _S.SIGNATURES),
        _p("parties.signatories", BLOCK, _("List of the signatories with their capacity"), _S.SIGNATURES),
        _p("organisation.name", TEXT, _("Name of the organisation")),
        _p("organisation.legal_form", TEXT, _("Legal form of the organisation"), _S.PARTIES),
        _p("organisation.registration", TEXT, _("Registration of the organisation (SIREN, VAT)"), _S.PARTIES),
        _p("organisation.address", TEXT, _("Address of the organisation"), _S.PARTIES),
        _p("organisation.representative", TEXT, _("Person who represents the organisation")),
        _p("organisation.representative_role", TEXT, _("Function of that person"), _S.PARTIES, _S.SIGNATURES),
        _p("coachee.name", TEXT, _("Name of the coachee")),
        _p("coachee.role", TEXT, _("Function of the coachee"), _S.PARTIES, _S.PREAMBLE),
        _p("coachee.address", TEXT, _("Address of the coachee"), _S.PARTIES, _S.WITHDRAWAL),
        _p("coachee.email", TEXT, _("E-mail address of the coachee"), _S.PARTIES, _S.WITHDRAWAL),
        _p(
            "coachee.registration", TEXT, _("Registration of the coachee's activity (SIREN, VAT)"), _S.PARTIES
        ),
        _p("coachees.list", BLOCK, _("List of the coachees of the team"), _S.PARTIES, _S.SIGNATURES),
        _p("coachees.count", NUMBER, _("Number of coachees")),
        _p("coach.name", TEXT, _("Name of the coach")),
        _p("coach.email", TEXT, _("E-mail address of the coach")),
        _p("coach.phone", TEXT, _("Telephone number of the coach")),
        _p("coach.qualifications", BLOCK, _("List of the coach's qualifications"), _S.PARTIES, _S.ROLES),
        _p("practice.name", TEXT, _("Name of the practice")),
        _p("practice.legal_form", TEXT, _("Legal form of the practice"), _S.PARTIES),
        _p("practice.registration", TEXT, _("Registration of the practice (SIREN, VAT)"), _S.PARTIES),
        _p("practice.address", TEXT, _("Address of the practice")),
        _p("practice.email", TEXT, _("E-mail address of the practice")),
        _p("practice.phone", TEXT, _("Telephone number of the practice")),
        _p("practice.insurance", TEXT, _("Professional liability insurance"), _S.PARTIES, _S.ROLES),
        _p("practice.data_contact", TEXT, _("Where to write about personal data"), _S.PERSONAL_DATA),
        _p("requests.organisation", BLOCK, _("Request of the organisation, in its words"), _S.PREAMBLE),
        _p("requests.coachee_shared", BLOCK, _("Shared wording of the coachee's request"), _S.PREAMBLE),
        _p("requests.validated_on", DATE, _("Date on which the coach validated the request"), _S.PREAMBLE),
        _p(
            "requests.validation",
            BLOCK,
            _("The coach's validation of the request, in their words"),
            _S.PREAMBLE,
        ),
        _p("objectives.list", BLOCK, _("Objectives shared by the parties, with indicators"), _S.OBJECTIVES),
        _p("terms.sessions_count", NUMBER, _("Number of sessions"), *_TERMS),
        _p("terms.session_minutes", NUMBER, _("Length of a session in minutes"), *_TERMS),
        _p("terms.rhythm", TEXT, _("Rhythm of the sessions"), *_TERMS),
        _p("terms.starts_on", DATE, _("First day of the mission"), *_TERMS),
        _p("terms.ends_on", DATE, _("Last day of the mission"), *_TERMS),
        _p("terms.places", TEXT, _("Agreed places"), *_TERMS),
        _p("terms.media", TEXT, _("Agreed remote media"), *_TERMS),
        _p("terms.between_sessions", TEXT, _("What is agreed between sessions"), *_TERMS),
        _p("terms.notice_hours", NUMBER, _("Notice to postpone a session, in hours"), *_TERMS),
        _p("fees.total", MONEY, _("Fees before VAT"), _S.FEES, _S.CANCELLATION),
        _p("fees.vat_line", TEXT, _("VAT, or why none applies"), _S.FEES),
        _p("fees.total_payable", MONEY, _("Fees to pay, VAT included"), _S.FEES, _S.WITHDRAWAL),
        _p("fees.schedule", BLOCK, _("Payment schedule"), _S.FEES),
        _p("fees.payment_days", NUMBER, _("Days allowed to pay an invoice"), _S.FEES),
        _p("fees.late_rate", TEXT, _("Late-payment rate"), _S.FEES),
        _p("restitution.scope", BLOCK, _("Restitution scope, item by item"), _S.RESTITUTION),
        _p("restitution.addressees", TEXT, _("Addressees of the restitutions"), _S.RESTITUTION),
        _p("retention.contracts", TEXT, _("How long contracts are kept"), _S.PERSONAL_DATA),
        _p("retention.invoices", TEXT, _("How long invoices are kept"), _S.PERSONAL_DATA),
        _p("retention.notes", TEXT, _("How long notes are kept after the mission"), _S.PERSONAL_DATA),
        _p("recourse.name", TEXT, _("Name of the recourse person"), _S.RECOURSE, _S.CONFIDENTIALITY),
        _p("recourse.contact", TEXT, _("How to reach the recourse person"), _S.RECOURSE),
        _p("mediator.name", TEXT, _("Name of the consumer mediator"), _S.RECOURSE),
        _p("mediator.contact", TEXT, _("How to reach the mediator (address, web site)"), _S.RECOURSE),
        _p("withdrawal.location", TEXT, _("Where the withdrawal function is found"), _S.WITHDRAWAL),
        _p("charter.version", TEXT, _("Version of the charter")),
        _p("charter.sha256", TEXT, _("SHA-256 fingerprint of the charter")),
    )
}

# The forms of a document that leans on a contract know more; a practice does not write these.
FORM_PLACEHOLDERS: Mapping[str, Placeholder] = {
    **PLACEHOLDERS,
    **{
        placeholder.name: placeholder
        for placeholder in (
            _p("document.number", NUMBER, _("Number of the amendment")),
            _p("base.reference", TEXT, _("Reference of the contract it leans on")),
            _p("base.chain", BLOCK, _("That contract and its amendments, with their fingerprints")),
            _p("amendment.purpose", BLOCK, _("Why the amendment is made")),
            _p("charter.standing", BLOCK, _("Whether the charter stays or another version is adopted")),
            _p("coachee.named", TEXT, _("Name and function of the coachee")),
        )
    },
}


def find(markdown: str) -> list[str]:
    """List the names between double brackets, known or not, each once, in reading order."""
    return list(dict.fromkeys(name.strip() for name in FIELD.findall(markdown)))


def unknown(markdown: str) -> list[str]:
    """List the names that are not in the closed list (an empty pair of brackets gives an empty name)."""
    return [name for name in find(markdown) if name not in PLACEHOLDERS]


def escape(value: str) -> str:
    """Make a person's words inert in Markdown: one line, no formatting, no link, no placeholder."""
    line = _SPACES.sub(" ", _INVISIBLE.sub("", str(value))).strip()
    return _ORDERED_ITEM.sub(r"\1\\.", _SPECIAL.sub(r"\\\1", line))


def fill(markdown: str, values: Mapping[str, str], known: Mapping[str, Placeholder] = PLACEHOLDERS) -> str:
    """Replace every placeholder in one pass; a value is never read again for placeholders.

    Values are escaped, except those of a block, whose Markdown our own code composed (see ``bullets``). ``known`` is
    the closed list, which the bundled forms have a longer one of. Raises ``MissingValue`` with every name that has no
    value, unknown ones included.
    """
    missing = [name for name in find(markdown) if name not in known or _blank(values.get(name))]
    if missing:
        raise MissingValue(missing)
    return FIELD.sub(lambda field: _rendered(known[field[1].strip()], values), markdown)


def unfill(markdown: str, filled: str, live: Callable[[str], bool]) -> str:
    """``filled`` with the placeholders that are ``live`` put back where ``markdown`` has them, every other value kept.

    What a contract says stands by value; the figures that are being changed are worked out again. Where the two texts
    cannot be laid one upon the other, ``filled`` as it is.
    """
    words = FIELD.split(markdown)  # words, name, words, name, …, words
    place, said = len(words[0]), [words[0]]
    if not filled.startswith(words[0]) or len(words) == 1:
        return filled
    for name, after in zip(words[1::2], words[2::2], strict=True):
        last = after is words[-1]
        end = len(filled) - len(after) if last else filled.find(after or "\n", place)
        if end < place or (last and not filled.endswith(after)):
            return filled
        said += [f"[[{name.strip()}]]" if live(name.strip()) else filled[place:end], after]
        place = end + len(after)
    return "".join(said)


def bullets(items: Iterable[str]) -> str:
    """Compose a block: a bullet list whose items are people's words, escaped."""
    return "\n".join(f"- {escape(item)}" for item in items)


def paragraphs(text: str) -> str:
    """Compose a block from a person's words: their paragraphs and lines kept, everything else inert."""
    parts = (_lines(part) for part in re.split(r"(?:\r?\n\s*){2,}", str(text)))
    return "\n\n".join(part for part in parts if part)


def _lines(part: str) -> str:
    """A line a person ended stays ended: a list typed with dashes is read as it was typed."""
    return "\\\n".join(line for line in map(escape, part.splitlines()) if line)


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Compose a block: a table whose cells are escaped."""
    head = [escape(header) for header in headers]
    lines = [head, ["---"] * len(head), *([escape(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _blank(value: str | None) -> bool:
    return value is None or not _INVISIBLE.sub("", str(value)).strip()


def _rendered(placeholder: Placeholder, values: Mapping[str, str]) -> str:
    value = str(values[placeholder.name])
    return value if placeholder.kind == BLOCK else escape(value)
