"""The clause check: what a contract must hold before it leaves, and what it may never say.

Pure: it reads what it is given and returns findings; nothing is stored, sent or decided here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contracts import placeholders
from contracts.enums import ContractKind, Language, PlaceholderKind, Section, Severity
from contracts.promises import fold, promises

MAX_CHARACTERS = 20_000

# The five elements of the charter's article « Contrat »; the charter itself is the fifth, checked as a fact.
ELEMENTS = (Section.CONDITIONS, Section.OBJECTIVES, Section.CONFIDENTIALITY, Section.FEES)

ARTICLES: Mapping[Section, str] = {
    Section.PREAMBLE: "demande-formulee",
    Section.ROLES: "obligation-moyens",
    Section.CONFIDENTIALITY: "confidentialite",
    Section.RESTITUTION: "restitution",
    Section.SUPERVISION: "supervision",
    Section.SUSPENSION: "arret-mission",
    Section.RECOURSE: "respect-personnes",
}

# Without this placeholder, the section no longer says what the parties agreed.
KEY_PLACEHOLDERS: Mapping[Section, tuple[str, ...]] = {
    Section.OBJECTIVES: ("objectives.list",),
    Section.CONDITIONS: ("terms.sessions_count",),
    Section.FEES: ("fees.total", "fees.total_payable"),
    Section.RESTITUTION: ("restitution.scope",),
    Section.RECOURSE: ("recourse.name",),
    Section.PREAMBLE: ("requests.coachee_shared",),
}
# A team's own requests stand in the adhesions; a coachee who pays has no sponsor to report to.
_KEYS_BY_KIND: Mapping[tuple[ContractKind, Section], tuple[str, ...]] = {
    (ContractKind.FRAMEWORK, Section.PREAMBLE): ("requests.organisation",),
    (ContractKind.INDIVIDUAL, Section.RESTITUTION): (),
}

_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMON_WORDS = {
    Language.FRENCH: {
        "le",
        "la",
        "les",
        "des",
        "une",
        "est",
        "dans",
        "pour",
        "par",
        "que",
        "qui",
        "du",
        "et",
    },
    Language.ENGLISH: {
        "the",
        "of",
        "and",
        "is",
        "to",
        "in",
        "for",
        "that",
        "by",
        "are",
        "or",
        "with",
        "their",
    },
}


@dataclass(frozen=True)
class ClauseText:
    """A clause as it stands in a draft, its placeholders not yet filled."""

    section: Section
    title: str
    markdown: str


@dataclass(frozen=True)
class Finding:
    """One remark: what is wrong, where, what to do about it, and the charter's article it comes from."""

    code: str
    severity: Severity
    section: Section | None
    message: str | Promise
    article: str = "contrat"


def required_sections(
    kind: ContractKind, *, consumer: bool = False, distance: bool = False
) -> tuple[Section, ...]:
    """List the sections a contract must have; withdrawal is for a consumer who concludes at a distance."""
    withdrawal = kind == ContractKind.INDIVIDUAL and consumer and distance
    return tuple(section for section in Section if section != Section.WITHDRAWAL or withdrawal)


def check(
    kind: ContractKind, language: Language, clauses: Iterable[ClauseText], facts: Mapping[str, Any]
) -> list[Finding]:
    """Check a draft and list what was found, errors first.

    ``facts`` is what the contract quotes and what it is: ``consumer``, ``distance`` (booleans),
    ``objectives_count``, ``common_objectives``, ``objectives_explained``, ``sessions_count``,
    ``session_minutes``, ``places``, ``media``, ``fees_total``, ``recourse_name``, ``mediator_name``,
    ``charter_sha256``. A fact that is absent is missing.
    """
    texts = tuple(clauses)
    found = [*_sections(ContractKind(kind), texts, facts), *_facts(ContractKind(kind), facts)]
    for clause in texts:
        found += [*check_words(clause, language), *_key(ContractKind(kind), clause)]
    return sorted(found, key=lambda finding: finding.severity != Severity.ERROR)


def check_words(clause: ClauseText, language: Language) -> list[Finding]:
    """What one clause may never say, whatever document it stands in."""
    return [
        *_length(clause),
        *_promises(clause),
        *_placeholders(clause),
        *_language(clause, Language(language)),
    ]


def holds_back(findings: Iterable[Finding]) -> bool:
    """Say whether the contract may not leave."""
    return any(finding.severity == Severity.ERROR for finding in findings)


# --- sections --------------------------------------------------------------------------------------------


def _sections(
    kind: ContractKind, texts: tuple[ClauseText, ...], facts: Mapping[str, Any]
) -> Iterator[Finding]:
    consumer, distance = bool(facts.get("consumer")), bool(facts.get("distance"))
    required = required_sections(kind, consumer=consumer, distance=distance)
    for section in required:
        yield from _presence(section, [clause for clause in texts if clause.section == section])
    for clause in texts:
        if clause.section not in required:
            yield _finding(
                "unexpected_section",
                clause.section,
                _("“{section}” has no place in this contract: remove it."),
            )


def _presence(section: Section, held: list[ClauseText]) -> Iterator[Finding]:
    if not held:
        code = "missing_element" if section in ELEMENTS else "missing_section"
        yield _finding(
            code, section, _("The section “{section}” is missing: add it from the clause library.")
        )
    elif not any(fold(_without_marks(clause.markdown)) for clause in held):
        code = "blank_element" if section in ELEMENTS else "blank_section"
        yield _finding(
            code, section, _("The section “{section}” is blank: write it, or take the library’s text again.")
        )
    elif len(held) > 1:
        yield _finding(
            "repeated_section", section, _("The section “{section}” appears more than once: keep one.")
        )
    if any(not clause.title.strip() for clause in held):
        yield _finding("blank_title", section, _("The section “{section}” has no title: give it one."))


def _without_marks(markdown: str) -> str:
    visible = re.sub(
        r"<!--.*?-->|&nbsp;|[#*_\->|`\\~\u00ad\u200b-\u200f\u2060\ufeff]", "", markdown, flags=re.DOTALL
    )
    return re.sub(r"\[\[\s*\]\]", "", visible)


# --- facts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FactRule:
    """A fact the contract cannot do without: ``concerns`` says in which contracts."""

    code: str
    section: Section | None
    held: Callable[[Mapping[str, Any]], bool]
    message: str | Promise
    article: str
    concerns: Callable[[ContractKind, Mapping[str, Any]], bool] = lambda kind, facts: True


def _given(*names: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda facts: any(str(facts.get(name) or "").strip() for name in names)


def _is_sha256(facts: Mapping[str, Any]) -> bool:
    return bool(_SHA256.fullmatch(str(facts.get("charter_sha256") or "")))


FACT_RULES: tuple[FactRule, ...] = (
    FactRule("sessions_missing", Section.CONDITIONS, _given("sessions_count"),
             _("The number of sessions is missing: enter it in the terms."), "contrat"),
    FactRule("length_missing", Section.CONDITIONS, _given("session_minutes"),
             _("The length of a session is missing: enter it in the terms."), "contrat"),
    FactRule("place_missing", Section.CONDITIONS, _given("places", "media"),
             _("Neither a place nor a remote medium is agreed: enter at least one in the terms."),
             "tele-coaching-lieu"),
    FactRule("objectives_missing", Section.OBJECTIVES, _given("objectives_count"),
             _("No objective is shared by the parties: agree on one at least."), "contrat"),
    FactRule("balance_missing", Section.OBJECTIVES, _given("common_objectives", "objectives_explained"),
             _("No objective is common to the organisation and the coachee:"
               " agree on one, or explain why in writing."),
             "equilibre", lambda kind, facts: kind != ContractKind.INDIVIDUAL),
    FactRule("fees_missing", Section.FEES, lambda facts: facts.get("fees_total") not in (None, ""),
             _("The fees are missing: enter their amount in the terms, zero for a mission without fees."),
             "contrat"),
    FactRule("charter_missing", None, _is_sha256,
             _("The charter is not annexed: choose the version that this contract carries."), "contrat"),
    FactRule("recourse_missing", Section.RECOURSE, _given("recourse_name"),
             _("No recourse person is named: enter one in the practice’s settings."), "respect-personnes"),
    FactRule("mediator_missing", Section.RECOURSE, _given("mediator_name"),
             _("No consumer mediator is named, and the coachee is a consumer:"
               " enter one in the practice’s settings."),
             "respect-personnes", lambda kind, facts: bool(facts.get("consumer"))),
)  # fmt: skip


def _facts(kind: ContractKind, facts: Mapping[str, Any]) -> Iterator[Finding]:
    for rule in FACT_RULES:
        if rule.concerns(kind, facts) and not rule.held(facts):
            yield Finding(rule.code, Severity.ERROR, rule.section, rule.message, rule.article)


# --- words -----------------------------------------------------------------------------------------------


def _length(clause: ClauseText) -> Iterator[Finding]:
    if len(clause.markdown) > MAX_CHARACTERS:
        message = _("“{section}” has {count} characters: shorten it to {most} at most.")
        yield _finding("too_long", clause.section, message, count=len(clause.markdown), most=MAX_CHARACTERS)


def _promises(clause: ClauseText) -> Iterator[Finding]:
    message = _(
        "“{excerpt}” promises a result. {reason} Say what the coach will do, not what will come of it."
    )
    for pattern, excerpt in promises(f"{clause.title}\n\n{clause.markdown[:MAX_CHARACTERS]}"):
        yield _finding(
            "promised_result",
            clause.section,
            message,
            "obligation-moyens",
            excerpt=excerpt,
            reason=pattern.reason,
        )


def _placeholders(clause: ClauseText) -> Iterator[Finding]:
    yield from _names(clause)
    rest = placeholders.FIELD.sub("", clause.title + "\n" + clause.markdown)
    if "[[" in rest or "]]" in rest:
        message = _("In “{section}”, a placeholder is not closed: write it between [[ and ]].")
        yield _finding("broken_placeholder", clause.section, message)


def _key(kind: ContractKind, clause: ClauseText) -> Iterator[Finding]:
    keys = _KEYS_BY_KIND.get((kind, clause.section), KEY_PLACEHOLDERS.get(clause.section, ()))
    if keys and not set(keys) & set(placeholders.find(clause.markdown)):
        message = _(
            "“{section}” no longer shows [[{name}]]: put it back, or make sure the text says the same."
        )
        yield _finding(
            "key_placeholder_gone", clause.section, message, severity=Severity.WARNING, name=keys[0]
        )


def _names(clause: ClauseText) -> Iterator[Finding]:
    if placeholders.find(clause.title):
        message = _("The title of “{section}” holds a placeholder: a title is printed as it stands.")
        yield _finding("placeholder_in_title", clause.section, message)
    for name in placeholders.find(clause.markdown):
        known = placeholders.PLACEHOLDERS.get(name)
        if not name:
            message = _("In “{section}”, an empty [[ ]] is left over: choose a placeholder or remove it.")
            yield _finding("empty_placeholder", clause.section, message)
        elif known is None:
            message = _("In “{section}”, [[{name}]] is not a known placeholder: choose one from the list.")
            yield _finding("unknown_placeholder", clause.section, message, name=name[:80])
        elif not known.fits(clause.section):
            message = _("[[{name}]] is not meant for “{section}”: check that it says what you want there.")
            yield _finding(
                "misplaced_placeholder", clause.section, message, severity=Severity.WARNING, name=name
            )
        elif known.kind == PlaceholderKind.BLOCK and not _alone(name, clause.markdown):
            message = _("In “{section}”, [[{name}]] is a whole block: leave it alone on its line.")
            yield _finding("block_in_line", clause.section, message, name=name)


def _alone(name: str, markdown: str) -> bool:
    uses = re.findall(rf"^.*\[\[\s*{re.escape(name)}\s*\]\].*$", markdown, flags=re.MULTILINE)
    return bool(uses) and all(re.fullmatch(r"\[\[[^\[\]]*\]\]", line.strip()) for line in uses)


def _language(clause: ClauseText, language: Language) -> Iterator[Finding]:
    words = re.findall(r"[a-z]+", fold(placeholders.FIELD.sub(" ", clause.markdown)))
    own = sum(word in _COMMON_WORDS[language] for word in words)
    other = max(
        sum(word in common for word in words) for key, common in _COMMON_WORDS.items() if key != language
    )
    if other >= 8 and other > 2 * own:
        message = _("“{section}” does not seem to be in the contract’s language: check it.")
        yield _finding("other_language", clause.section, message, severity=Severity.WARNING)


def _finding(code, section, message, article=None, severity=Severity.ERROR, **values) -> Finding:
    label = Section(section).label
    article = article or ARTICLES.get(section, "contrat")
    return Finding(code, severity, section, format_lazy(message, section=label, **values), article)
