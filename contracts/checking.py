"""The clause check applied to a real draft: its texts, its facts, and the values its placeholders still lack."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import ObjectiveTag

from .access import clauses_of, terms_of
from .amended import alters, moved
from .check import ClauseText, Finding, check, check_words
from .enums import ContractKind, Instrument, Language, Section, Severity
from .leaning import lacking
from .models import Contract, ContractClause
from .placeholders import PLACEHOLDERS, find
from .standing import standing_of
from .values import Facts, gather, values

# Where the missing value of a placeholder is given: the first part of its name decides.
WHERE = {
    "practice": _("in the practice’s settings"),
    "recourse": _("in the practice’s settings"),
    "mediator": _("in the practice’s settings"),
    "organisation": _("on the organisation’s page"),
    "coachee": _("on the person’s page"),
    "coachees": _("at the mission’s table"),
    "requests": _("on the mission’s page"),
    "objectives": _("on the mission’s page"),
    "terms": _("in the conditions and fees"),
    "fees": _("in the conditions and fees"),
    "restitution": _("at the mission’s table"),
}


def findings(viewer: Viewer, contract: Contract) -> list[Finding]:
    """Everything the check has to say of a draft, errors first. Who may: the mission's coach."""
    facts = gather(viewer, contract, terms_of(viewer, contract))
    clauses = list(clauses_of(viewer, contract))
    texts = [ClauseText(Section(c.section), c.title, c.body) for c in clauses]
    if contract.base_id:
        found = [*_frame(viewer, facts, clauses), *_words(texts, contract)]
    else:
        found = check(ContractKind(contract.kind), Language(contract.language), texts, _stated(facts))
    lacking = list(_missing_values(clauses, values(facts)))
    return sorted([*found, *lacking], key=lambda one: one.severity != Severity.ERROR)


def _words(texts: list[ClauseText], contract: Contract):
    """A document that leans on a contract has the clauses it needs, and says in them what any clause may."""
    for text in texts:
        yield from check_words(text, Language(contract.language))


def _frame(viewer: Viewer, facts: Facts, clauses: list[ContractClause]):
    """What the document says round its clauses is there; an amendment changes something, and all that its figures do."""
    for name in lacking(facts, viewer):
        yield Finding("frame_missing", Severity.ERROR, None, FRAME[name])
    if facts.contract.instrument != Instrument.AMENDMENT:
        return
    standing = standing_of(viewer, facts.contract.base)
    adopted = facts.contract.charter.sha256 != standing.charter.sha256
    if not clauses and not adopted:
        yield Finding(
            "nothing_changed", Severity.ERROR, None, _("This amendment changes nothing yet: pick a clause.")
        )
    known = values(facts)
    for clause in clauses:
        if not alters(clause, standing, known):
            message = _("“{section}” says what it already says: reword it, or leave it out.")
            yield Finding(
                "clause_unchanged", Severity.ERROR, Section(clause.section), _named(message, clause)
            )
    for held in moved(viewer, facts, standing, {clause.section for clause in clauses}):
        message = _("“{section}” quotes figures that you have changed: it must change too.")
        yield Finding("clause_left_behind", Severity.ERROR, Section(held.section), _named(message, held))


FRAME = {
    "amendment.purpose": _("Say why this amendment is made."),
    "base.chain": _("The contract it leans on is not sealed."),
    "coachee.named": _("The coachee has no name."),
}


def _named(message, clause):
    return format_lazy(message, section=Section(clause.section).label)


def errors(viewer: Viewer, contract: Contract) -> list[Finding]:
    """What holds the contract back."""
    return [one for one in findings(viewer, contract) if one.severity == Severity.ERROR]


def refuse_unready(viewer: Viewer, contract: Contract) -> None:
    """Raise :class:`Invalid` with the first thing that holds the contract back."""
    found = errors(viewer, contract)
    if found:
        raise Invalid(found[0].message)


def _stated(facts: Facts) -> dict:
    terms = facts.terms
    return {
        "consumer": terms.is_consumer,
        "distance": terms.at_distance,
        "objectives_count": len(facts.objectives),
        "common_objectives": sum(o.tag == ObjectiveTag.COMMON for o in facts.objectives),
        "objectives_explained": facts.explanation,
        "sessions_count": terms.sessions_count,
        "session_minutes": terms.session_minutes,
        "places": terms.places,
        "media": ", ".join(terms.media),
        "fees_total": terms.fee_total,
        "recourse_name": facts.practice.recourse_name,
        "mediator_name": facts.practice.mediator_name,
        "charter_sha256": facts.contract.charter.sha256,
    }


def _missing_values(clauses: list[ContractClause], known):
    """A placeholder without a value would leave a gap in the contract: say which, and where to fill it."""
    seen = set()
    for clause in clauses:
        for name in find(clause.body):
            if name in PLACEHOLDERS and name not in known and name not in seen:
                seen.add(name)
                yield _lacking(clause, name)


def _lacking(clause: ContractClause, name: str) -> Finding:
    message = format_lazy(
        _("“{label}” is not known yet: give it {where}."),
        label=PLACEHOLDERS[name].label,
        where=WHERE.get(name.partition(".")[0], _("on the mission’s page")),
    )
    return Finding("value_missing", Severity.ERROR, Section(clause.section), message)
