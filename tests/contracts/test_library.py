"""The bundled texts: complete, equal in both languages, well formed, and read without surprise."""

import hashlib
import re

import pytest

from contracts import library, placeholders
from contracts.check import required_sections
from contracts.enums import Condition, ContractKind, Language, Section
from contracts.library import LibraryError
from contracts.wording import WORDING

CHARTER = library.TEXTS.parents[1] / "ethics" / "charter" / "texts" / "2026-11-24"
CHARTER_SHA256 = "e8e5ae7809c484c3b99c32cef7fb08113fc9ce04fad5e186cc749a8b5a7ec7fa"
ALL = [clause for language in Language for clause in library.clauses(language)]
SITUATIONS = [
    (ContractKind.TRIPARTITE, ()),
    (ContractKind.FRAMEWORK, ()),
    (ContractKind.INDIVIDUAL, (Condition.PROFESSIONAL,)),
    (ContractKind.INDIVIDUAL, (Condition.PROFESSIONAL, Condition.DISTANCE)),
    (ContractKind.INDIVIDUAL, (Condition.CONSUMER,)),
    (ContractKind.INDIVIDUAL, (Condition.CONSUMER, Condition.DISTANCE)),
]
# Known placeholders that no bundled text uses: a practice may write them into its own clauses.
OFFERED = {
    "coach.email",
    "coach.phone",
    "coach.qualifications",
    "coachee.email",
    "organisation.legal_form",
    "parties.list",
    "practice.insurance",
    "practice.legal_form",
}


def identify(clause):
    return f"{clause.language}-{clause.name}"


def twin(clause):
    return next(c for c in ALL if c.name == clause.name and c.language != clause.language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "conditions"), SITUATIONS)
def test_every_required_section_has_one_text_in_order(kind, conditions, language):
    required = required_sections(
        kind, consumer=Condition.CONSUMER in conditions, distance=Condition.DISTANCE in conditions
    )
    chosen = library.select(kind, language, conditions)
    assert tuple(clause.section for clause in chosen) == required


def test_a_consumer_text_is_chosen_before_the_general_one():
    chosen = library.select(ContractKind.INDIVIDUAL, Language.FRENCH, [Condition.CONSUMER])
    names = [clause.name for clause in chosen if clause.section in (Section.RECOURSE, Section.APPLICABLE_LAW)]
    assert names == ["recourse.consumer", "applicable_law.consumer"]


def test_consumers_says_for_whom_a_text_is_written():
    said = {c.name: c.consumers for c in library.clauses(Language.FRENCH) if c.section == Section.FEES}
    assert said == {"fees.organisation": None, "fees.professional": False, "fees.consumer": True}


def test_both_languages_hold_the_same_files():
    french, english = ({c.name for c in library.clauses(language)} for language in Language)
    assert french == english


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_a_text_and_its_twin_stand_in_the_same_place(clause):
    other = twin(clause)
    assert (clause.section, clause.kinds, clause.conditions) == (other.section, other.kinds, other.conditions)


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_a_text_and_its_twin_use_the_same_placeholders(clause):
    assert placeholders.find(clause.markdown) == placeholders.find(twin(clause).markdown)


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_every_placeholder_of_a_text_is_known_and_in_its_section(clause):
    names = placeholders.find(clause.title + clause.markdown)
    assert [n for n in names if n not in placeholders.PLACEHOLDERS] == []
    assert [n for n in names if not placeholders.PLACEHOLDERS[n].fits(clause.section)] == []


def test_every_known_placeholder_is_used_or_offered():
    used = {name for clause in ALL for name in placeholders.find(clause.markdown)}
    assert set(placeholders.PLACEHOLDERS) - used == OFFERED


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_a_text_keeps_to_the_allowed_markdown(clause):
    assert not re.search(r"<[a-zA-Z/!]|!\[|\]\(|```|^#{1,2} |^#{5,}|https?:", clause.markdown, re.MULTILINE)
    assert [line for line in clause.markdown.splitlines() if line.startswith("|  |") or line == "| | |"] == []


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_a_text_is_typed_with_care(clause):
    prose = re.sub(r"\[\[.*?\]\]", "", clause.title + "\n" + clause.markdown)
    assert "'" not in prose and '"' not in prose and "..." not in prose and "\u00a0" not in prose
    assert [
        word for a, word in re.findall(r"\b(\w+) (\w+)\b", prose) if a == word and a.lower() != "nous"
    ] == []
    if clause.language == Language.FRENCH:
        assert not re.search(r"(?<=\w)[;!?](?=\s)|«\S|\S»|(?<=[a-zé]):(?=\s)", prose)


@pytest.mark.parametrize(
    "name", ["confidentiality.tripartite", "confidentiality.framework", "restitution.tripartite"]
)
@pytest.mark.parametrize("language", Language)
def test_a_text_says_the_charter_s_own_words(name, language):
    text = next(c.markdown for c in library.clauses(language) if c.name == name)
    words = {
        ("confidentiality", "fr"): ("secret professionnel", "accord exprès"),
        ("confidentiality", "en"): ("professional secrecy", "express consent"),
        ("restitution", "fr"): ("que dans les limites établies", "seul le nombre de séances tenues"),
        ("restitution", "en"): ("only within the limits established", "number of sessions held is all"),
    }[name.split(".")[0], language]
    assert [word for word in words if word not in text] == []


def test_the_withdrawal_text_carries_the_words_the_law_gives():
    text = next(c.markdown for c in library.clauses(Language.FRENCH) if c.section == Section.WITHDRAWAL)
    expected = (
        "renoncer au contrat ici",
        "confirmer la rétractation",
        "quatorze jours",
        "L. 221-25",
        "D. 221-5",
    )
    assert [words for words in expected if words not in text] == []


@pytest.mark.parametrize("language", Language)
def test_only_a_professional_owes_the_late_payment_indemnity(language):
    said = {c.name: "40" in c.markdown for c in library.clauses(language) if c.section == Section.FEES}
    assert said == {"fees.organisation": True, "fees.professional": True, "fees.consumer": False}


@pytest.mark.parametrize("clause", ALL, ids=identify)
def test_no_text_calls_the_signature_advanced(clause):
    assert not re.search(
        r"signature (?:électronique )?avancée|advanced (?:electronic )?signature", clause.markdown
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["adhesion", "amendment"])
def test_a_form_uses_known_placeholders(name, language):
    for form in library.forms(name, language):
        asked = placeholders.find(form.markdown)
        assert set(asked) <= set(placeholders.FORM_PLACEHOLDERS)
        own = form.section in Section.values  # a clause of its own, which the coach may reword
        assert not own or [n for n in asked if not placeholders.PLACEHOLDERS[n].fits(form.section)] == []


def test_the_forms_of_both_languages_are_the_same_and_ask_for_the_same():
    for name in ("adhesion", "amendment"):
        french, english = (library.forms(name, language) for language in Language)
        assert [one.section for one in french] == [one.section for one in english]
        for one, other in zip(french, english, strict=True):
            assert placeholders.find(one.markdown) == placeholders.find(other.markdown)


def test_an_adhesion_carries_the_request_the_objectives_and_the_scope_of_its_coachee():
    asked = {
        name for one in library.forms("adhesion", Language.FRENCH) for name in placeholders.find(one.markdown)
    }
    assert {"requests.coachee_shared", "requests.validation", "objectives.list", "restitution.scope"} <= asked


@pytest.mark.parametrize("name", ["nothing", "../fees.md", "", "forms/adhesion"])
def test_a_form_is_refused_when_it_does_not_exist(name):
    with pytest.raises(LibraryError):
        library.forms(name, Language.FRENCH)


def test_a_language_is_refused_when_the_library_does_not_have_it():
    with pytest.raises(ValueError):
        library.clauses("de")


@pytest.mark.parametrize("text", ["No fence", "---\nsection: fees\n", "---\nsection fees\n---\nText"])
def test_a_file_is_refused_when_its_front_matter_is_malformed(text):
    with pytest.raises(LibraryError):
        library.parse(text)


@pytest.mark.parametrize(
    "header",
    [
        "section: fees\nkinds: tripartite",
        "section: nowhere\nkinds: tripartite\ntitle: T",
        "section: fees\nkinds: quadripartite\ntitle: T",
        "section: fees\nkinds: tripartite\nconditions: monday\ntitle: T",
    ],
)
def test_a_file_is_refused_when_it_names_what_does_not_exist(tmp_path, monkeypatch, header):
    folder = tmp_path / "2000-01-01" / "fr"
    folder.mkdir(parents=True)
    (folder / "fees.md").write_text(f"---\n{header}\n---\nText\n", encoding="utf-8")
    monkeypatch.setattr(library, "TEXTS", tmp_path)
    with pytest.raises(LibraryError):
        library.clauses(Language.FRENCH, "2000-01-01")


def test_two_texts_are_refused_when_they_claim_the_same_section(tmp_path, monkeypatch):
    folder = tmp_path / "2000-01-02" / "fr"
    folder.mkdir(parents=True)
    for name in ("fees", "fees.again"):
        text = "---\nsection: fees\nkinds: tripartite\ntitle: T\n---\nText\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(library, "TEXTS", tmp_path)
    with pytest.raises(LibraryError):
        library.select(ContractKind.TRIPARTITE, Language.FRENCH, (), "2000-01-02")


def test_the_charter_is_the_text_the_product_was_built_on():
    assert hashlib.sha256((CHARTER / "fr.md").read_bytes()).hexdigest() == CHARTER_SHA256


def test_the_english_charter_has_the_french_one_s_headings():
    french, english = (
        re.findall(r"^(#+) ", (CHARTER / f"{language}.md").read_text(encoding="utf-8"), re.MULTILINE)
        for language in Language
    )
    assert english == french


def test_the_english_charter_says_that_the_french_text_is_authoritative():
    assert "French text above, which alone is authoritative" in WORDING["en"].translation
    assert (CHARTER / "en.md").read_text("utf-8").count("\n### ") == 17
