"""The practice's clause library: the bundled texts to begin with, edited as the practice likes."""

from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Practice
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.markup import check as check_markup
from coaching.kernel.viewer import Viewer

from ..enums import Condition, ContractKind, Language
from ..library import LibraryError, clauses
from ..models import Clause
from ..placeholders import find, unknown


@act
def install_library(practice: Practice) -> None:
    """Give a new practice its own copy of every bundled clause, in both languages."""
    Clause.unscoped.bulk_create(
        Clause(
            practice=practice,
            name=clause.name,
            section=clause.section,
            language=language,
            kinds=sorted(clause.kinds),
            conditions=sorted(clause.conditions),
            title=clause.title,
            body=clause.markdown,
        )
        for language in Language
        for clause in clauses(language)
    )


@act
def save_clause(viewer: Viewer, clause: Clause, *, title: str, body: str) -> Clause:
    """A coach or the administrator rewords a clause of the library. Records ``clause.save``.

    Contracts already drafted keep their own copies. Refused: unknown placeholders, a text too long or too deep.
    """
    refuse_unfit_placeholders(title, body)
    check_markup(body)
    clause.title, clause.body, clause.edited = title.strip(), body.strip() + "\n", True
    clause.full_clean()
    clause.save()
    events.record(chain=viewer.practice_ref, kind="clause.save", actor=viewer.user_ref, subject=clause.ref)
    return clause


@act
def restore_clause(viewer: Viewer, clause: Clause) -> Clause:
    """Take the bundled text again. Records ``clause.restore``."""
    bundled = next((c for c in clauses(Language(clause.language)) if c.name == clause.name), None)
    if bundled is None:
        raise Invalid(_("The product no longer carries this clause."))
    clause.title, clause.body, clause.edited = bundled.title, bundled.markdown, False
    clause.save()
    events.record(chain=viewer.practice_ref, kind="clause.restore", actor=viewer.user_ref, subject=clause.ref)
    return clause


def select(
    practice_id: int, kind: ContractKind, language: Language, conditions: set[Condition]
) -> list[Clause]:
    """The practice's clauses for a contract: one per section, the one written for the most conditions."""
    chosen: dict[str, Clause] = {}
    for clause in Clause.unscoped.filter(practice_id=practice_id, language=language):
        if kind in clause.kinds and set(clause.conditions) <= conditions:
            known = chosen.get(clause.section)
            if known is None or len(clause.conditions) > len(known.conditions):
                chosen[clause.section] = clause
    if not chosen:
        raise LibraryError(f"no clause for {kind} in {language}")
    return list(chosen.values())


def refuse_unfit_placeholders(title: str, body: str) -> None:
    """Names outside the closed list; and any name in a title, which is printed as it stands."""
    if find(title):
        raise Invalid(_("A title takes no placeholder: write the words themselves."), field="title")
    names = unknown(body)
    if names:
        raise Invalid(
            _("There is no placeholder named %(names)s. Choose from the list beside the text.")
            % {"names": ", ".join(f"[[{name}]]" for name in names)},
            field="body",
        )
