"""What changed between two versions of a contract: every word the parties read, clause by clause."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.kernel.diff import new_text, old_text
from contracts.changes import changes
from contracts.readable import readable
from contracts.snapshots import ContractSnapshot, FrozenCharter, FrozenClause, Signatory

PARTIES = FrozenClause("parties", "Parties", "Entre la coach et la coachée.")
CONDITIONS = FrozenClause("conditions", "Conditions", "Huit séances.\n\n- au cabinet\n- par vidéo\n")
FEES = FrozenClause("fees", "Honoraires", "| poste | montant |\n|---|---|\n| forfait | 3 600 € |\n")
CHARTER = FrozenCharter("Charte", 1, date(2026, 1, 5), "ab" * 32, "# Charte\n\nArticle premier.\n")
FIRST = ContractSnapshot(
    reference="C-2222222222",
    version=1,
    kind="tripartite",
    language="fr",
    title="Contrat de coaching",
    subtitle="Inès Carpentier",
    practice="Cabinet Aubry",
    issued_on=date(2026, 11, 24),
    place="Nancy",
    clauses=(PARTIES, CONDITIONS, FEES),
    signatories=(
        Signatory("Hélène Aubry", "coach", "Cabinet Aubry"),
        Signatory("Inès Carpentier", "coachée"),
    ),
    charter=CHARTER,
)


def _next(**values) -> ContractSnapshot:
    return replace(FIRST, version=2, **values)


def _facts(newer) -> dict:
    return {str(one.label): (old_text(one.parts), new_text(one.parts)) for one in changes(FIRST, newer).facts}


def test_nothing_changed_when_every_word_is_the_same():
    found = changes(FIRST, _next())
    assert (found.any, found.unchanged, found.older, found.newer) == (False, 3, 1, 2)


def test_a_clause_reworded_is_shown_with_its_words_and_the_others_are_counted():
    reworded = replace(CONDITIONS, markdown=CONDITIONS.markdown.replace("Huit", "Dix"))
    found = changes(FIRST, _next(clauses=(PARTIES, reworded, FEES)))
    (one,) = found.clauses
    assert (one.section, one.kind, one.anchor, one.was, found.unchanged) == ("conditions", "changed", "clause-2", None, 2)  # fmt: skip
    assert [(part.kind, part.text) for part in one.body] == [
        ("removed", "Huit"),
        ("added", "Dix"),
        ("same", " séances.\n• au cabinet\n• par vidéo\n"),
    ]


def test_a_figure_in_a_table_is_seen_in_its_row():
    dearer = replace(FEES, markdown=FEES.markdown.replace("3 600", "4 000"))
    (one,) = changes(FIRST, _next(clauses=(PARTIES, CONDITIONS, dearer))).clauses
    assert old_text(one.body) == "poste · montant\nforfait · 3\u202f600\u00a0€\n"
    assert new_text(one.body) == "poste · montant\nforfait · 4\u202f000\u00a0€\n"


def test_a_title_alone_is_a_change():
    (one,) = changes(FIRST, _next(clauses=(PARTIES, replace(CONDITIONS, title="Modalités"), FEES))).clauses
    assert (old_text(one.title), new_text(one.title)) == ("Conditions", "Modalités")


def test_a_clause_added_and_one_taken_out_are_shown_whole():
    recourse = FrozenClause("recourse", "Recours", "Anne Roussel.")
    added, removed = changes(FIRST, _next(clauses=(PARTIES, recourse, FEES))).clauses
    assert (added.kind, added.number, new_text(added.body), old_text(added.body)) == ("added", 2, "Anne Roussel.\n", "")  # fmt: skip
    assert (removed.kind, removed.number, removed.section, new_text(removed.body)) == ("removed", None, "conditions", "")  # fmt: skip


def test_a_clause_moved_says_where_it_was_and_the_others_stay():
    found = changes(FIRST, _next(clauses=(CONDITIONS, FEES, PARTIES)))
    (one,) = found.clauses
    assert (one.section, one.number, one.was, found.unchanged) == ("parties", 3, 1, 2)


def test_a_clause_that_only_follows_one_taken_out_has_not_moved():
    assert [one.kind for one in changes(FIRST, _next(clauses=(CONDITIONS, FEES))).clauses] == ["removed"]


def test_emphasis_alone_is_said_to_be_layout():
    strong = replace(PARTIES, markdown="Entre la **coach** et la coachée.")
    (one,) = changes(FIRST, _next(clauses=(strong, CONDITIONS, FEES))).clauses
    assert one.layout


def test_whoever_signs_the_charter_and_the_day_are_compared_too():
    manager = (*FIRST.signatories, Signatory("Bruno Keller", "manager", "Verrier"))
    charter = replace(CHARTER, number=2, sha256="cd" * 32, markdown="# Charte\n\nArticle second.\n")
    found = _facts(_next(signatories=manager, charter=charter, issued_on=date(2026, 12, 1)))
    assert len(found) == 4
    assert ("24 novembre 2026", "1er décembre 2026") in found.values()
    assert any("Bruno Keller, manager, Verrier" in new and "Bruno" not in old for old, new in found.values())
    assert ("# Charte\n\nArticle premier.\n", "# Charte\n\nArticle second.\n") in found.values()


@given(st.lists(st.sampled_from([PARTIES, CONDITIONS, FEES]), unique=True))
def test_each_clause_of_both_versions_is_shown_or_counted(clauses):
    found = changes(FIRST, _next(clauses=tuple(clauses)))
    gone = [one for one in found.clauses if one.kind == "removed"]
    assert len(gone) == 3 - len(clauses)
    assert found.unchanged + len(found.clauses) - len(gone) == len(clauses)


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("", ""),
        ("# Titre\n\nDeux\nlignes.", "Titre\nDeux lignes.\n"),
        ("- a\n\n  suite\n- b", "• a\nsuite\n• b\n"),
        ("1. un\n2. deux\n   - trois", "1. un\n2. deux\n• trois\n"),
        ("> cité « ici »", "cité «\u00a0ici\u00a0»\n"),
        ("a < b & c", "a < b & c\n"),
        ("<b>brut</b>", "<b>brut</b>\n"),
    ],
)
def test_a_clause_is_read_line_by_line_as_it_is_shown(markdown, lines):
    assert readable(markdown, "fr") == lines
