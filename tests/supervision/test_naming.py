"""Whom a text names: what is certainly a name, what may be a plain word, and what is left alone."""

import time

import pytest

from ethics.supervision.naming import Known, What, found_in

pytestmark = pytest.mark.one_engine


def _person(name: str) -> list[Known]:
    return [Known(What.PERSON, name)]


def _words(text: str, known: list[Known]) -> list[tuple[str, bool]]:
    return [(one.words, one.sure) for one in found_in(text, known)]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Zoé Lhermitte", "J’ai peur pour Zoé.", "Zoé"),
        ("Zoé Lhermitte", "j’ai peur pour zoe", "zoe"),
        ("Zoé Lhermitte", "ZOÉ LHERMITTE m’agace.", "ZOÉ LHERMITTE"),
        ("Zoé Lhermitte", "Zoe\u0301 m’agace.", "Zoé"),
        ("ZOE LHERMITTE", "Que dirait Lhermitte ?", "Lhermitte"),
        ("Zoé Lhermitte", "Chez les Lhermittes, on se tait.", "Lhermittes"),
        ("Zoé Lhermitte", "Lhermitte's silence troubles me.", "Lhermitte"),
        ("Zoé Lhermitte", "L’agacement d’**Zoé**, _Zoé_", "Zoé"),
        ("Jean-Luc Besnard", "Avec Jean-Luc je parle trop.", "Jean-Luc"),
        ("Jean-Luc Besnard", "avec jean luc je parle trop", "jean luc"),
        ("Jean-Luc Besnard", "Avec Jean\u2011Luc je parle trop.", "Jean\u2011Luc"),
        ("Jean-Luc Besnard", "Avec Jean je parle trop.", "Jean"),
        ("Awa N’Diaye", "Pourquoi N'Diaye ?", "N'Diaye"),
        ("Anne Le Goff", "Le Goff me rappelle mon père.", "Goff"),
        ("Charles de La Tour", "de la Tour m’impressionne", "Tour"),
        ("Li Wu", "Je pense à Li.", "Li"),
        ("Li Wu", "wu me fascine", "wu"),
        ("Bo Ek", "Avec Bo, tout va vite.", "Bo"),
        ("Sœur Cœuret", "Que fait coeuret ici ?", "coeuret"),
        ("Łukasz Ørsted", "Lukasz et orsted", "Lukasz"),
        ("Ольга Петрова", "Мысли о Петрова не уходят", "Петрова"),
        ("Mme Zoé Lhermitte", "Mme Lhermitte", "Lhermitte"),
        ("Rose Antoine", "Je protège Rose.", "Rose"),
        ("Rose Antoine", "rose antoine revient", "rose antoine"),
        ("Marc Delorme", "Marc me provoque.", "Marc"),
        ("Van Anh Do", "Hier, Do est venu.", "Do"),
    ],
)
def test_a_name_is_found_as_it_is_written(name, text, words):
    assert _words(text, _person(name))[0] == (words, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rose Antoine", "Une rose sur son bureau."),
        ("Marc Delorme", "Le marc de café."),
        ("Pierre Petit", "Une pierre dans mon jardin."),
        ("Marie-France Vidal", "Partout en france, on doute."),
    ],
)
def test_a_plain_word_that_is_somebodys_name_is_shown_and_nothing_more(name, text):
    assert [sure for _words_, sure in _words(text, _person(name))] == [False]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Zoé Lhermitte", "Le zoéciste et l’ermite parlent."),
        ("Li Wu", "Il y a un lien, une limite."),
        ("Jean-Luc Besnard", "Les jeans et la lucidité."),
        ("Charles de La Tour", "Je parle de la peur, et de la honte."),
        ("Van Anh Do", "What do I avoid? Do I listen?"),
        ("Minh Le", "Le silence dure. « Le silence », dit-on.\nLe reste aussi."),
        ("M. X", "M. le directeur, x et y"),
        ("", "Rien."),
        ("   ", "Rien."),
        ("Zoé Lhermitte", ""),
    ],
)
def test_nothing_is_found_where_nobody_is_named(name, text):
    assert _words(text, _person(name)) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Verrerie Lumen SAS", "La verrerie lumen licencie.", [("verrerie lumen", True)]),
        ("Verrerie Lumen SAS", "Chez Lumen, on se tait.", [("Lumen", True)]),
        ("Groupe Lumen", "Un groupe où l’on se tait, du lumen.", []),
        ("Orange", "J’ai mangé une orange.", [("orange", False)]),
        ("Orange", "Chez Orange on se tait.", [("Orange", True)]),
        ("Clinique des Lilas", "la CLINIQUE DES LILAS", [("CLINIQUE DES LILAS", True)]),
        ("SAS", "Le sas d’entrée.", []),
    ],
)
def test_an_organisation_is_found_by_its_name_without_its_legal_form(name, text, found):
    assert _words(text, [Known(What.ORGANISATION, name)]) == found


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Écrire à qui@ailleurs.test ?", What.EMAIL, "qui@ailleurs.test"),
        ("Zoe.Lhermitte@Exemple.test", What.EMAIL, "Zoe.Lhermitte@Exemple.test"),
        ("son adresse : zoe.lhermitte", What.EMAIL, "zoe.lhermitte"),
        ("Rappeler le 06 12 00 00 01.", What.PHONE, "06 12 00 00 01"),
        ("Rappeler le +33 (0)6.12.00.00.01", What.PHONE, "+33 (0)6.12.00.00.01"),
        ("Un autre : 04 99 99 99 99", What.PHONE, "04 99 99 99 99"),
        ("Il habite 3 place du Marché.", What.ADDRESS, "3 place du Marché"),
        ("Il habite Place du marché.", What.ADDRESS, "Place du marché"),
        ("Au 54700 Pont-à-Mousson", What.ADDRESS, "54700 Pont-à-Mousson"),
    ],
)
def test_how_to_reach_somebody_is_found(text, what, words):
    known = [
        Known(What.EMAIL, "zoe.lhermitte@exemple.test"),
        Known(What.PHONE, "+33612000001"),
        Known(What.ADDRESS, "3 place du Marché\n54700 Pont-à-Mousson"),
    ]
    first = found_in(text, known)[0]
    assert (first.words, first.what, first.sure) == (words, what, True)


def test_a_town_is_shown_and_holds_nothing_back():
    known = [Known(What.ADDRESS, "3 place du Marché, 54700 Nancy")]
    assert _words("Les gens de Nancy.", known) == [("Nancy", False)]


@pytest.mark.parametrize(
    "text", ["Le 24/11/2026 à 10 h 30.", "2026-11-24", "3 600 euros", "a @ b", "@moi", "12 000 000"]
)
def test_a_date_a_sum_and_a_sign_are_nobodys_address(text):
    assert found_in(text, [Known(What.EMAIL, ""), Known(What.PHONE, "")]) == ()


def test_each_word_is_shown_once_in_the_order_of_the_text():
    known = [*_person("Zoé Lhermitte"), *_person("Marc Delorme")]
    found = _words("Marc et Zoé. Zoé et Marc, et le marc de café.", known)
    assert found == [("Marc", True), ("Zoé", True), ("marc", False)]


@pytest.mark.parametrize(
    "text", ["é" * 20_000, "a.b" * 6_000, "1 " * 10_000, "Zoé " * 5_000, "-" * 20_000, "@" * 20_000]
)
def test_the_longest_text_is_read_in_a_moment(text):
    known = [Known(What.PERSON, f"Prénom{n} Nom{n}") for n in range(500)]
    began = time.process_time()
    found_in(text, known)
    assert time.process_time() - began < 2
