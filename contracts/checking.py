"""The clause check applied to a real draft: its texts, its facts, and the values its placeholders still lack."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Viewer
from coaching.missions.enums import ObjectiveTag

from .access import clauses_of, terms_of
from .check import ClauseText, Finding, check
from .enums import ContractKind, Language, Section, Severity
from .models import Contract, ContractClause
from .placeholders import PLACEHOLDERS, find
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
    found = check(ContractKind(contract.kind), Language(contract.language), texts, _stated(facts))
    lacking = list(_missing_values(clauses, values(facts)))
    return sorted([*found, *lacking], key=lambda one: one.severity != Severity.ERROR)


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
