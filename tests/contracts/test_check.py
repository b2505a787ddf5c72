"""The clause check, on the bundled texts, on drafts that lack something, and on sentences that promise."""

import time

import pytest

from contracts import library
from contracts.check import MAX_CHARACTERS, ClauseText, check, holds_back, required_sections
from contracts.enums import ContractKind, Language, Section, Severity
from contracts.promise_patterns import PATTERNS
from contracts.promises import promises

FACTS = {
    "objectives_count": 2,
    "common_objectives": 1,
    "sessions_count": 8,
    "session_minutes": 90,
    "places": "Lyon",
    "fees_total": 3000,
    "recourse_name": "Odile Marchand",
    "mediator_name": "Médiation Conso",
    "charter_sha256": "e8" * 32,
}
SITUATIONS = [
    (ContractKind.TRIPARTITE, ()),
    (ContractKind.FRAMEWORK, ()),
    (ContractKind.INDIVIDUAL, ("professional",)),
    (ContractKind.INDIVIDUAL, ("professional", "distance")),
    (ContractKind.INDIVIDUAL, ("consumer",)),
    (ContractKind.INDIVIDUAL, ("consumer", "distance")),
]

REFUSED_FRENCH = """
Le coach garantit un résultat.
Le coach garantit les résultats attendus par l’organisation.
Le cabinet vous garantit, à vous et à votre équipe, la réussite.
Nous garantissons l’atteinte des objectifs.
Le coach garantit que le coaché obtiendra sa promotion.
Le coach assure la réussite du coaché.
Nous vous assurons un succès rapide.
La garantie d’un résultat est comprise dans le prix.
Garantie de résultat
Résultat garanti en trois mois.
Des résultats durables et mesurables sont garantis.
Le coach est soumis à une obligation de résultat.
Le coach n’est pas tenu à une simple obligation de moyens mais à une obligation de résultat.
Le coach n’est tenu qu’à une obligation de résultat.
Cette méthode donne 100 % de réussite.
Notre taux de réussite est de 95 %.
95 % de succès chez nos clients.
Le coach s’engage à ce que le coaché obtienne le poste visé.
Le cabinet s’engage à ce que les objectifs soient atteints avant l’été.
Le coach s’engage sur un résultat.
Le coach s’engage à atteindre les objectifs.
Le coach promet le succès de la prise de poste.
Il se porte garant de la réussite du coaché.
Le coach est garant de l’atteinte des objectifs.
À l’issue de la mission, le coaché atteindra ses objectifs.
Les objectifs seront atteints en six séances.
Le coaché réussira à coup sûr.
Satisfait ou remboursé.
Les honoraires sont remboursés si les objectifs ne sont pas atteints.
Le coach répond du résultat devant l’organisation.
Le coach ne se contente pas de proposer des moyens, il garantit un résultat.
Le coach n’hésite pas à garantir le résultat.
Sans aucun doute, le coach garantit la réussite.
Le coach n’est pas salarié et garantit un résultat.
Le coach garantit non seulement les moyens mais la réussite.
Le coach garantit [[objectives.list]].
Le coach a le devoir d’obtenir un résultat.
Vos objectifs sont garantis.
Nous nous engageons à vous faire réussir.
Le coach s’engage à obtenir la promotion du coaché.
Le coach s’oblige à un résultat.
Le coach s’engage formellement à ce que Mme Martin soit promue directrice.
Le coach garantit une amélioration notable du leadership.
Le coaching garantira à coup sûr une hausse de la performance.
Le succès de la mission est garanti par le cabinet.
Le coach donne sa garantie que les objectifs seront atteints.
La réussite du coaché est certaine.
L’atteinte des objectifs est assurée.
Le coach assurera l’atteinte des objectifs.
Le coach est tenu à un résultat.
Le coach est tenu d’un résultat précis.
Le coach certifie que le coaché obtiendra le poste.
Aucun échec n’est possible, le résultat est garanti.
Ce n’est pas une promesse en l’air : nous garantissons la réussite.
Le coach ne manquera pas d’assurer la réussite du coaché.
Nous garantissons, sans exception, le succès.
"""
ACCEPTED_FRENCH = """
Le coach n’est tenu d’aucune obligation de résultat.
Il est tenu d’une obligation de moyens ; il n’est tenu d’aucune obligation de résultat.
Aucune garantie de résultat n’est donnée.
Le coach ne garantit aucun résultat.
Le coach ne garantit ni la réussite ni l’atteinte des objectifs.
Le coach ne saurait garantir la réussite.
Le coach ne peut, en aucun cas, garantir un résultat.
Le résultat n’est pas garanti.
Aucun résultat n’est garanti.
Sans garantir de résultat, le coach met en œuvre tous les moyens.
Une garantie de résultat serait contraire à la charte.
L’obligation de résultat est exclue.
Le coach a une obligation de moyens et non de résultat.
Le coach garantit la confidentialité des échanges.
Le coach garantit la confidentialité des résultats du questionnaire.
Le coach s’engage à mettre en œuvre les moyens propres à permettre l’atteinte des objectifs.
L’organisation s’engage à ce que le coaché obtienne le temps nécessaire.
Le coach s’interdit de promettre un résultat.
Ces objectifs ne sont pas promis par le coach.
Lorsque les objectifs seront atteints, les parties mettront fin à la mission.
Le coach s’assure que le coaché dispose du temps nécessaire.
Le coach assure le suivi de la progression.
Le coaché est seul responsable des résultats de ses décisions.
Le montant des honoraires ne dépend pas de l’atteinte des objectifs.
L’assurance de responsabilité civile du coach couvre la mission.
Cela ne signifie pas que le résultat est garanti.
Le coach ne peut s’engager sur un résultat.
Le coach ne s’engage pas à ce que le coaché obtienne une promotion.
Nul ne peut garantir le succès d’un accompagnement.
Le succès dépend du coaché ; le coach ne le garantit pas.
Le coach n’a pas d’obligation de résultat, mais une obligation de moyens.
Le coaching ne garantit pas l’atteinte des objectifs.
Le coach garantit un cadre propice à la progression du coaché.
Le coach garantit à l’organisation le respect du calendrier.
Les résultats du bilan sont partagés avec le coaché.
Le coach rend compte de la progression avec l’accord du coaché.
Le coach s’engage à respecter le secret professionnel.
Le coaché s’engage à participer aux séances.
Les parties évaluent ensemble l’atteinte des objectifs à la fin de la mission.
Le coach n’est en aucun cas responsable de la réussite du coaché.
Un taux de réussite ne peut être annoncé.
Le coach s’engage à mettre tous les moyens en œuvre pour que le coaché progresse.
Le coach met tout en œuvre pour que le coaché atteigne ses objectifs.
Si le coaché obtient sa promotion, la mission continue.
Le coaché décide quand ses objectifs sont atteints.
En cas d’arrêt, les séances non tenues sont remboursées.
Le cabinet rembourse les séances non tenues, quel que soit l’avancement des objectifs.
La promotion du coaché relève de l’organisation seule.
"""
REFUSED_ENGLISH = """
The coach guarantees a result.
The coach guarantees results.
We guarantee the success of the coachee.
The practice guarantees, to the organisation and the coachee, a lasting improvement.
The coach guarantees that the coachee will be promoted.
The coach promises success.
The coach warrants the attainment of the objectives.
The coach ensures success.
The coach ensures the achievement of the objectives.
The coach ensures that the coachee succeeds.
Results guaranteed.
Success is guaranteed within three months.
A guarantee of results is included in the price.
Guaranteed results
The coach has an obligation of result.
The coach is bound by an obligation to achieve a specific result.
This method has a 100% success record.
Our success rate is 95 per cent.
The coach undertakes to achieve the objectives.
The coach commits to delivering measurable results.
The coach undertakes that the coachee will obtain the position.
The coachee will achieve their objectives.
The objectives will be met in six sessions.
The coachee will certainly succeed.
The coachee is bound to succeed.
The coaching cannot fail.
Money-back if you are not satisfied.
No result, no fee.
The fees are refunded if the objectives are missed.
The coach is answerable for the success of the mission.
The coach not only offers means but guarantees success.
Without any doubt, the coach guarantees success.
No matter what, results are guaranteed.
The coach is not an employee and guarantees a result.
The coach guarantees [[objectives.list]].
Réussite assurée !
Vous êtes certain de réussir.
The practice guarantees your promotion.
Guaranteed success for every coachee.
The coachee is certain to be promoted.
The coach will deliver the agreed results.
The coach will make the coachee succeed.
The coach is under a duty to obtain results.
The coach promises that the objectives will be reached.
Achievement of the objectives is guaranteed.
The coach shall ensure that the objectives are met.
We don’t just coach, we guarantee results.
Your success, guaranteed.
"""
ACCEPTED_ENGLISH = """
The coach is bound by an obligation of means and by no obligation of result.
The coach does not guarantee any result.
The coach guarantees no result.
No guarantee of results is given.
The coach gives no guarantee of success.
Success is not guaranteed.
No result is guaranteed.
The coach cannot promise success.
The coach never promises a result.
Neither the coach nor the practice guarantees success.
A guarantee of results would be contrary to the charter.
Without guaranteeing a result, the coach uses every means.
These objectives are not promised by the coach.
The coach ensures the confidentiality of the results of the questionnaire.
The coach ensures that progress is reviewed at mid-term.
The coach undertakes to use every means to help the coachee reach their objectives.
The coachee alone is responsible for the results of their decisions.
When the objectives will be met is for the parties to review.
The amount of the fees does not depend on the objectives being reached.
The parties agree to review the objectives together.
The coach guarantees the confidentiality of the sessions.
The coach commits to helping the coachee make progress.
The coach does not undertake that the coachee will be promoted.
The coach undertakes to respect the organisation’s objectives.
No one can guarantee success.
The coach can’t guarantee results.
There is no obligation of result.
The organisation agrees to review the objectives with the coachee.
The coach ensures proper performance of this contract.
The coach undertakes to use their best efforts so that the coachee may reach their objectives.
The organisation undertakes that the coachee obtains the necessary time.
Results depend on the coachee and are not guaranteed.
The coach is not responsible for the results.
Sessions not held are refunded, whatever the state of the objectives.
"""


def lines(text):
    return [line for line in text.splitlines() if line]


def draft(kind=ContractKind.TRIPARTITE, language=Language.FRENCH, under=(), **changed):
    """The library's clauses; ``changed`` replaces a section's Markdown, or removes it with None."""
    chosen = library.select(kind, language, under)
    texts = [ClauseText(c.section, c.title, changed.get(c.section, c.markdown)) for c in chosen]
    return [text for text in texts if text.markdown is not None]


def findings(kind=ContractKind.TRIPARTITE, facts=FACTS, **changed):
    return [(f.code, f.section) for f in check(kind, Language.FRENCH, draft(kind, **changed), facts)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "conditions"), SITUATIONS)
def test_the_bundled_texts_pass_the_check_in_every_situation(kind, conditions, language):
    facts = FACTS | {name: name in conditions for name in ("consumer", "distance")}
    assert check(kind, language, draft(kind, language, conditions), facts) == []


def test_withdrawal_is_required_of_a_consumer_at_a_distance_only():
    individual = ContractKind.INDIVIDUAL
    assert Section.WITHDRAWAL in required_sections(individual, consumer=True, distance=True)
    assert Section.WITHDRAWAL not in required_sections(individual, consumer=True, distance=False)
    assert Section.WITHDRAWAL not in required_sections(individual, consumer=False, distance=True)
    assert Section.WITHDRAWAL not in required_sections(ContractKind.TRIPARTITE, consumer=True, distance=True)


@pytest.mark.parametrize("section", ["conditions", "objectives", "confidentiality", "fees"])
def test_an_element_of_the_charter_is_missed_when_absent(section):
    assert findings(**{section: None}) == [("missing_element", section)]


@pytest.mark.parametrize(
    "blank", ["", "  \n\n ", "### \n", "\u200b", "&nbsp;", "<!-- -->", "**\u00a0**", "[[ ]]"]
)
def test_an_element_of_the_charter_is_missed_when_blank(blank):
    assert ("blank_element", "confidentiality") in findings(confidentiality=blank)


def test_a_section_is_missed_when_absent():
    assert findings(supervision=None) == [("missing_section", "supervision")]


def test_a_section_is_refused_when_it_stands_twice():
    texts = [*draft(), ClauseText(Section.SUPERVISION, "Supervision", "Encore la supervision.")]
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, texts, FACTS)
    assert [(f.code, f.section) for f in found] == [("repeated_section", "supervision")]


def test_a_withdrawal_clause_is_refused_where_nobody_is_a_consumer():
    texts = [*draft(), ClauseText(Section.WITHDRAWAL, "Droit de rétractation", "Quatorze jours.")]
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, texts, FACTS)
    assert [(f.code, f.section) for f in found] == [("unexpected_section", "withdrawal")]


@pytest.mark.parametrize(
    ("name", "code", "article"),
    [
        ("sessions_count", "sessions_missing", "contrat"),
        ("session_minutes", "length_missing", "contrat"),
        ("places", "place_missing", "tele-coaching-lieu"),
        ("objectives_count", "objectives_missing", "contrat"),
        ("common_objectives", "balance_missing", "equilibre"),
        ("fees_total", "fees_missing", "contrat"),
        ("charter_sha256", "charter_missing", "contrat"),
        ("recourse_name", "recourse_missing", "respect-personnes"),
    ],
)
def test_a_fact_holds_the_contract_back_when_missing(name, code, article):
    facts = {key: value for key, value in FACTS.items() if key != name}
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, draft(), facts)
    assert [(f.code, f.severity, f.article) for f in found] == [(code, Severity.ERROR, article)]
    assert holds_back(found)


def test_a_mediator_is_missed_for_a_consumer_only():
    facts = FACTS | {"mediator_name": "", "consumer": True}
    found = check(ContractKind.INDIVIDUAL, "fr", draft(ContractKind.INDIVIDUAL, under=("consumer",)), facts)
    assert [f.code for f in found] == ["mediator_missing"]


def test_a_mission_without_fees_passes_when_the_amount_is_zero():
    assert findings(facts=FACTS | {"fees_total": 0}) == []


def test_no_common_objective_passes_when_explained_in_writing():
    assert findings(facts=FACTS | {"common_objectives": 0, "objectives_explained": True}) == []


@pytest.mark.parametrize("digest", ["", "e8e5", "Z" * 64, "e8" * 32 + "0", None])
def test_the_charter_is_missing_when_its_digest_is_not_one(digest):
    assert findings(facts=FACTS | {"charter_sha256": digest}) == [("charter_missing", None)]


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("Avec [[coach.nom]], au calme.", "unknown_placeholder"),
        ("Avec [[ ]], au calme.", "empty_placeholder"),
        ("Avec [[]], au calme.", "empty_placeholder"),
        ("Avec [[coach.name], au calme.", "broken_placeholder"),
        ("Avec coach.name]], au calme.", "broken_placeholder"),
        ("Les points [[restitution.scope]] au calme.", "misplaced_placeholder"),
    ],
)
def test_a_placeholder_is_refused_when_it_is_not_one_of_the_list(markdown, code):
    assert findings(supervision=markdown) == [(code, "supervision")]


@pytest.mark.parametrize("name", ["nope", "coachee.name"])
def test_a_placeholder_in_a_title_is_refused_known_or_not(name):
    texts = [ClauseText(t.section, f"{t.title} [[{name}]]", t.markdown) for t in draft()][:1] + draft()[1:]
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, texts, FACTS)
    assert [f.code for f in found] == ["placeholder_in_title"]


def test_a_block_is_refused_inside_a_sentence():
    assert findings(objectives="Voici : [[objectives.list]] et voilà.") == [("block_in_line", "objectives")]


def test_a_warning_is_given_when_the_objectives_are_no_longer_shown():
    found = check(
        ContractKind.TRIPARTITE, "fr", draft(objectives="Des objectifs convenus de vive voix."), FACTS
    )
    assert [(f.code, f.severity) for f in found] == [("key_placeholder_gone", Severity.WARNING)]
    assert not holds_back(found)


def test_a_clause_is_refused_when_too_long():
    assert findings(supervision="a" * MAX_CHARACTERS) == []
    assert findings(supervision="a" * (MAX_CHARACTERS + 1)) == [("too_long", "supervision")]


def test_a_warning_is_given_when_a_clause_is_in_the_other_language():
    english = library.select(ContractKind.TRIPARTITE, Language.ENGLISH)
    text = next(clause.markdown for clause in english if clause.section == Section.SUPERVISION)
    assert findings(supervision=text) == [("other_language", "supervision")]


def test_a_finding_says_what_to_do_and_names_the_section():
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, draft(supervision="[[nope]]"), FACTS)
    message = str(found[0].message)
    assert (found[0].article, "[[nope]]" in message, str(Section.SUPERVISION.label) in message) == (
        "supervision",
        True,
        True,
    )


def test_errors_come_before_warnings():
    found = check(ContractKind.TRIPARTITE, "fr", draft(objectives="Oui.", supervision="[[nope]]"), FACTS)
    assert [f.severity for f in found] == [Severity.ERROR, Severity.WARNING]


@pytest.mark.parametrize("sentence", lines(REFUSED_FRENCH) + lines(REFUSED_ENGLISH))
def test_a_promised_result_is_refused(sentence):
    found = findings(supervision=sentence)
    assert ("promised_result", "supervision") in found


@pytest.mark.parametrize("sentence", lines(ACCEPTED_FRENCH) + lines(ACCEPTED_ENGLISH))
def test_an_honest_sentence_is_accepted(sentence):
    assert [pattern.code for pattern, _excerpt in promises(sentence)] == []


@pytest.mark.parametrize(
    "disguised",
    [
        "Le coach **ga**rantit un rés*ul*tat.",
        "Le coach GARANTIT UN RESULTAT.",
        "Le coach ga\u200brantit un ré\u00adsultat.",
        "Le coach garantit\u00a0un\u202frésultat.",
        "Le coach gara\\ntit".replace("\\n", "n") + " un re\u0301sultat.",
        "Le coach garantit\nun résultat.",
        "Le coach gаrаntit un résultаt.",
        "Le coach ｇarantit un résultat.",
        "Le coach gar<!-- -->antit un r&eacute;sultat.",
        "Le coach gar<b></b>antit un résultat.",
        "Le coach [garantit](https://exemple.test) un résultat.",
        "Le coach garantit `un résultat`.",
        "Le coach s'engage à ce que le coaché obtienne le poste.",
        "### Garantie de résultat\n\nVoir plus bas.",
        "Le coach garantit :\n\n- la confidentialité ;\n- un résultat.",
        "Le coach garantit :\n1. un résultat.",
        "| Ce que le coach garantit | un résultat |",
        "> Le coach garantit un résultat.",
        "Le coach\tgarantit\tun résultat.",
        "Le coach <garantit un résultat>",
        "Le coach garantit\u2028un résultat.",
    ],
)
def test_a_promised_result_is_refused_when_disguised(disguised):
    assert len(list(promises(disguised))) == 1


def test_a_promise_in_a_title_is_refused():
    texts = draft()
    texts[0] = ClauseText(texts[0].section, "Résultat garanti", texts[0].markdown)
    found = check(ContractKind.TRIPARTITE, Language.FRENCH, texts, FACTS)
    assert [(f.code, f.article) for f in found] == [("promised_result", "obligation-moyens")]


def test_a_denied_list_is_accepted_item_by_item():
    assert list(promises("Le coach ne garantit pas :\n\n- un résultat ;\n- la réussite.")) == []


def test_the_excerpt_is_the_sentence_as_it_is_read():
    text = "Tout va bien. Le coach **garantit** un résultat. Rien d’autre."
    assert [excerpt for _pattern, excerpt in promises(text)] == ["Le coach garantit un résultat."]


def test_every_pattern_has_its_own_code_and_a_reason():
    assert len({pattern.code for pattern in PATTERNS}) == len(PATTERNS)
    assert all(str(pattern.reason) for pattern in PATTERNS)


@pytest.mark.parametrize(
    "word", ["garantit ", "engage a ", "obligation de ", "[[", "** ", "ne pas ", "coach will ", "\n- a:"]
)
def test_the_search_stays_quick_on_a_text_made_to_be_slow(word):
    text = (word * MAX_CHARACTERS)[:MAX_CHARACTERS]
    started = time.process_time()
    list(promises(text))
    assert time.process_time() - started < 2
