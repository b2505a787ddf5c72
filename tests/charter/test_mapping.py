"""Which article of a new text rests on which evidence: the same whatever the order, and honest where nothing resembles."""

import pytest

from ethics.charter.articles import SLUGS, NotACharter, parse
from ethics.charter.mapping import of_the_house, propose
from ethics.charter.texts import COMPANIONS, CharterAltered, bundled, companion, companion_of

pytestmark = pytest.mark.one_engine
TEXT = bundled().markdown
ARTICLES = parse(TEXT)


def test_the_bundled_text_rests_on_its_own_evidence_and_nothing_is_to_be_decided():
    proposal = propose(ARTICLES, of_the_house())
    assert proposal.slugs == SLUGS
    assert proposal.certain
    assert proposal.added == proposal.dropped == ()


def test_articles_in_another_order_keep_their_evidence():
    proposal = propose(ARTICLES[::-1], of_the_house())
    assert proposal.slugs == SLUGS[::-1]
    assert proposal.certain


def test_an_article_reworded_keeps_its_evidence_but_is_to_be_confirmed():
    text = TEXT.replace("### Obligation de moyens", "### Moyens mis en œuvre").replace(
        "Le coach prend tous les moyens propres", "Le coach met en œuvre tous les moyens propres"
    )
    proposal = propose(parse(text), of_the_house())
    assert proposal.slugs == SLUGS
    assert not proposal.certain


def test_an_article_added_rests_on_nothing():
    text = TEXT + "\n\n### Sobriété numérique\n\nOn préfère un appel à trois visioconférences.\n"
    proposal = propose(parse(text), of_the_house())
    assert proposal.slugs == (*SLUGS, "")
    assert proposal.added == (18,)
    assert not proposal.certain


def test_an_article_dropped_is_named():
    proposal = propose([one for one in ARTICLES if one.title != "Supervision"], of_the_house())
    assert [one.slug for one in proposal.dropped] == ["supervision"]
    assert not proposal.certain


def test_an_article_that_comes_back_finds_its_evidence_again():
    before = [one for one in of_the_house() if one.slug != "supervision"]
    assert propose(ARTICLES, before).slugs == SLUGS


def test_an_article_cut_in_two_leaves_one_half_without_evidence():
    halves = [*ARTICLES, ARTICLES[2]]
    assert propose(halves, of_the_house()).slugs.count("supervision") == 1


def test_a_text_of_sixty_long_articles_is_paired_at_once():
    body = "mot " * 900
    many = parse("\n".join(f"### Article {n}\n\n{body}" for n in range(60)))
    assert set(propose(many, of_the_house()).slugs) == {""}


def test_a_text_without_an_article_is_no_charter():
    with pytest.raises(NotACharter):
        parse("# Un titre\n\nDes mots.\n")


def test_each_translation_has_the_articles_of_its_french_under_as_many_headings():
    for day, language in COMPANIONS:
        french, other = parse(bundled(day).markdown), parse(companion(day, language))
        assert len(french) == len(other) == len(SLUGS)
        assert len({one.duty for one in french}) == len({one.duty for one in other})
        assert all(one.body for one in other)


def test_a_translation_is_that_of_the_very_text():
    assert companion_of(bundled().sha256, "en")
    assert companion_of("0" * 64, "en") is None
    assert companion_of(bundled().sha256, "de") is None


def test_a_translation_that_was_touched_is_not_shown(monkeypatch):
    monkeypatch.setitem(COMPANIONS, next(iter(COMPANIONS)), "0" * 64)
    with pytest.raises(CharterAltered):
        companion_of(bundled().sha256, "en")
