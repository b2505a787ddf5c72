"""The clause library the product comes with: dated files, one clause each, read once and never changed.

A practice starts from these texts and edits its own copies; the files themselves are the reference.
A file is named ``<section>.md`` or ``<section>.<variant>.md`` and opens with a front matter.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contracts.enums import PLACES, Condition, ContractKind, Language, Part, Section

TEXTS = Path(__file__).resolve().parent / "texts"
CURRENT = "2026-11-24"
_FENCE = "---"


class LibraryError(Exception):
    """A bundled file is malformed, or the library does not give exactly one text for a section."""


@dataclass(frozen=True)
class LibraryClause:
    """One bundled clause: where it belongs, when it applies, its title and its Markdown."""

    name: str
    language: Language
    section: Section
    kinds: frozenset[ContractKind]
    conditions: frozenset[Condition]
    title: str
    markdown: str

    @property
    def consumers(self) -> bool | None:
        """True for consumers only, False for professionals only, None for everyone."""
        return {
            Condition.CONSUMER in self.conditions: True,
            Condition.PROFESSIONAL in self.conditions: False,
        }.get(True)

    def applies(self, kind: ContractKind, conditions: Collection[Condition]) -> bool:
        """Say whether the clause may stand in a contract of this kind under these conditions."""
        return kind in self.kinds and self.conditions <= set(conditions)


@dataclass(frozen=True)
class Form:
    """A bundled part of a document that leans on a contract: of an amendment, of a coachee's adhesion to a framework."""

    name: str
    language: Language
    section: Part | Section
    title: str
    markdown: str


@cache
def clauses(language: Language, version: str = CURRENT) -> tuple[LibraryClause, ...]:
    """Read every clause of a language, in the order of the sections."""
    read = [_clause(path, Language(language)) for path in _files(language, version)]
    order = list(Section)
    return tuple(sorted(read, key=lambda clause: (order.index(clause.section), clause.name)))


def select(
    kind: ContractKind, language: Language, conditions: Collection[Condition] = (), version: str = CURRENT
) -> tuple[LibraryClause, ...]:
    """Choose the clauses of a contract, one per section at most: the one written for the most conditions.

    Raises ``LibraryError`` when two texts claim the same section equally.
    """
    chosen: dict[Section, LibraryClause] = {}
    for clause in clauses(language, version):
        if clause.applies(kind, conditions):
            chosen[clause.section] = _closer(chosen.get(clause.section), clause)
    return tuple(chosen.values())


@cache
def forms(name: str, language: Language, version: str = CURRENT) -> tuple[Form, ...]:
    """Read the parts of a form, such as ``adhesion``, in reading order. Raises ``LibraryError`` when it does not exist."""
    folder = TEXTS / version / Language(language) / "forms"
    paths = folder.glob(f"{name}.*.md") if name.isidentifier() else ()
    read = [_form(name, Language(language), path) for path in paths]
    if not read:
        raise LibraryError(f"no form {name!r} in {language}")
    return tuple(sorted(read, key=lambda one: PLACES.index(one.section)))


def _form(name: str, language: Language, path: Path) -> Form:
    header, markdown = parse(path.read_text(encoding="utf-8"))
    section = header["section"]
    place = Part(section) if section in Part.values else Section(section)
    return Form(name, language, place, header["title"], markdown)


def parse(text: str) -> tuple[Mapping[str, str], str]:
    """Split a file into its front matter and its Markdown. Raises ``LibraryError`` on a malformed one."""
    opening, *lines = text.splitlines()
    if opening != _FENCE or _FENCE not in lines:
        raise LibraryError("front matter missing")
    end = lines.index(_FENCE)
    pairs = [line.partition(":") for line in lines[:end] if line.strip()]
    if not all(colon for _key, colon, _value in pairs):
        raise LibraryError("front matter line without a colon")
    return {key.strip(): value.strip() for key, _, value in pairs}, "\n".join(lines[end + 1 :]).strip() + "\n"


def _files(language: str, version: str) -> list[Path]:
    return sorted((TEXTS / version / Language(language)).glob("*.md"))


def _clause(path: Path, language: Language) -> LibraryClause:
    header, markdown = parse(path.read_text(encoding="utf-8"))
    try:
        return LibraryClause(
            name=path.stem,
            language=language,
            section=Section(header["section"]),
            kinds=frozenset(ContractKind(kind) for kind in _words(header["kinds"])),
            conditions=frozenset(Condition(word) for word in _words(header.get("conditions", ""))),
            title=header["title"],
            markdown=markdown,
        )
    except (KeyError, ValueError) as error:
        raise LibraryError(f"{path.name}: {error}") from error


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _closer(current: LibraryClause | None, candidate: LibraryClause) -> LibraryClause:
    if current is None or len(candidate.conditions) > len(current.conditions):
        return candidate
    if len(candidate.conditions) == len(current.conditions):
        raise LibraryError(f"{current.name} and {candidate.name} both claim {candidate.section}")
    return current
