"""The ways of promising a result, and of refusing to, as data: each pattern with its reason.

They are written for text already folded (lower case, no accent, straight apostrophes); see ``promises``.
"""

# A pattern is read whole.

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pattern:
    """A way of promising a result.

    ``unless`` is looked for before the match and lifts it; ``negatable`` says whether a denial lifts it,
    and ``inside`` whether that denial may stand within the matched words.
    """

    code: str
    regex: re.Pattern
    reason: str | Promise
    unless: re.Pattern | None = None
    negatable: bool = True
    inside: bool = True


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_SEP = r"[\s,:'()\"/-]+"
# What may honestly be guaranteed: between the verb and a result, these words break the promise.
_SAFE = _any(
    "confidentialite secret secrets discretion anonymat securite respect protection integrite acces droits? exactitude"
    " conservation espace cadre environnement moyens? oeuvre permettre favoriser rechercher suivi mesure evaluation"
    " observation examen qualite restitution communication reflexion bilan presentation lecture partage analyse"
    " confidentiality secrecy privacy security anonymity protection access rights? space framework environment means"
    " efforts? care review reviews measurement attention quality support discussion sharing analysis pursuit help"
    " allow enable communication reporting presentation"
)
_FR = (
    r"(?:resultats?\b|reussites?\b|succes\b|obtention\b|atteinte\b|efficacite\b|promotion\b|transformation\b"
    r"|amelioration\b|progres\b|progression\b|accomplissement\b|realisation (?:de|des|du)\b|guerison\b|performances?\b|epanouissement\b)"
)
_FR_GOALS = r"(?:(?:l'ensemble des|la totalite des|tous les|toutes les|les|ses|vos|leurs|nos|ces|des) (?:\w+ )?(?:objectifs|buts))"
_EN = (
    r"(?:results?\b|outcomes?\b|success\b|achievements?\b|attainment\b|promotion\b|improvements?\b|progress\b"
    r"|transformation\b|effectiveness\b|performance\b(?! of (?:the|this) (?:contract|service|services|agreement|mission)))"
)
_EN_GOALS = r"(?:(?:all )?(?:the|his|her|their|your|its|these|all|agreed) (?:\w+ )?(?:objectives|goals|targets|aims)|les objectifs)"
_FR_VERB = (
    r"\b(?:garanti(?:r|ra|rai|rons|ront|rez|t|s|e|ssons|ssez|ssent|ssant|sse)?|promet(?:s|tre|tra|trai|trons|tront|tons|tent|tez|tant)?"
    r"|certifi(?:e|er|ent|ons|era))\b"
)
_FR_SURE = r"(?<!s')\bassur(?:e|er|ent|era|eront|ons|ant|erons|erai)\b"
_EN_VERB = (
    r"\b(?:guarantee(?:s|d|ing)?|warrant(?:s|ed|ing)?|promis(?:e|es|ed|ing)|assur(?:e|es|ed|ing)|vouch(?:es)? for"
    r"|certif(?:y|ies)|pledg(?:e|es|ed))\b"
)
_FR_SURELY = _any(
    r"necessairement certainement surement immanquablement infailliblement obligatoirement assurement forcement a\scoup\ssur"
)
_EN_SURELY = _any(r"definitely certainly surely necessarily inevitably undoubtedly unfailingly infallibly")
_FR_GET = (
    r"(?:obtien\w+|atteign\w+|reussiss\w+|soi(?:t|ent) (?:promu\w*|atteint\w*|recrute\w*|nomme\w*)|parvien\w+|progress\w+"
    r"|acced\w+|decroch\w+|devien\w+|retrouv\w+|chang\w+|surmont\w+)"
)
_EN_GET = r"(?:achiev\w+|obtains?|attains?|reach(?:es)?|succeeds?|(?:be|is|are|gets?|get) (?:promoted|met|reached|achieved)|secures?|progresses)"
_WHEN = re.compile(
    r"\b(?:lorsque?|lorsqu|quand|si|s'il|s'ils|des que|une fois que|jusqu'a ce que|when|if|once|whether|until|as soon as)\b"
)


def _gap(words: int, *also: str) -> str:
    barred = "|".join((_SAFE, *also))
    return rf"(?:{_SEP}(?!(?:{barred})\b)[\w%]+){{0,{words}}}?{_SEP}"


def _pattern(code, regex, reason, **options):
    return Pattern(code, re.compile(regex), reason, **options)


_GUARANTEE = _("It guarantees a result, which a coach cannot do: the coach owes means.")
_DUTY = _("It turns the coach’s obligation of means into an obligation of result.")
_CERTAIN = _("It announces a success as certain, though it depends on the coachee’s own decisions.")
_RATE = _("It states a rate of success, which reads as a promise.")
_REFUND = _("It ties the price to a result, which amounts to promising it.")

PATTERNS: tuple[Pattern, ...] = (
    _pattern("guarantee_verb", rf"{_FR_VERB}{_gap(8)}(?:{_FR}|{_FR_GOALS})", _GUARANTEE),
    _pattern("guarantee_goals", rf"(?:{_FR_VERB}|{_FR_SURE})\s(?:que\s)?{_FR_GOALS}", _GUARANTEE),
    _pattern(
        "guarantee_that",
        rf"(?:{_FR_VERB}|{_FR_SURE}){_gap(4)}qu(?:e|'){_gap(8)}(?:{_FR_GET}|obtiendr\w+|atteindr\w+|reussir\w+|sera\w* atteint\w*)",
        _GUARANTEE,
    ),
    _pattern("ensure_result", rf"{_FR_SURE}{_gap(4)}{_FR}", _GUARANTEE),
    _pattern("guaranteed_result", rf"\b{_FR}{_gap(5)}(?:garanti|assure|promis)e?s?\b", _GUARANTEE),
    _pattern(
        "guaranteed_goals", r"\b(?:objectifs|buts)\s(?:\w+\s){0,2}(?:garanti|assure|promi)s?\b", _GUARANTEE
    ),
    _pattern(
        "guarantee_noun",
        rf"\b(?:garanties?|promesses?|assurance|certitude)\s(?:de|du|des|d'|quant|sur|relative){_gap(3)}?{_FR}",
        _GUARANTEE,
    ),
    _pattern(
        "guarantor",
        rf"\b(?:port\w+|est|sont|etre|sera|suis|sommes) (?:\w+ )?(?:garante?s?|fort) (?:de|du|des|d'|que)(?:{_gap(5)}|\s?)(?:{_FR}|objectifs|{_FR_GET})",
        _GUARANTEE,
    ),
    _pattern(
        "duty_of_result",
        rf"\bobligations?(?:{_SEP}\w+){{0,5}}?{_SEP}(?:de|d'une?|du|des)\s?(?:\w+ )?resultats?\b",
        _DUTY,
    ),
    _pattern(
        "bound_to_result",
        r"\b(?:oblige\w*|tenue?s?|soumise?s?|astreinte?s?) (?:a|d'|de)\s?(?:une?|des|ce|certains)? ?(?:\w+ )?resultats?\b"
        rf"|\bdevoir d(?:e |')(?:obtenir|atteindre|produire|livrer){_gap(2)}(?:{_FR}|objectifs)",
        _DUTY,
    ),
    _pattern(
        "certain_result",
        rf"\b{_FR}(?: \w+){{0,3}} (?:est|sont|sera|seront) (?:\w+ )?(?:certaine?s?|acquise?s?|inevitables?)\b"
        r"|\b(?:certaine?s?|assuree?s?|surs?|sures?) (?:de |d')(?:reussir|obtenir|atteindre|progresser)"
        r"|\b(?:fera|feront|ferons|ferai) (?:\w+ ){0,3}(?:reussir|obtenir|atteindre)"
        r"|\bcertain to be \w+ed\b|\b(?:will|shall) make (?:\w+ ){1,3}(?:succeed|achieve|obtain)",
        _CERTAIN,
    ),
    _pattern(
        "answers_for_result",
        rf"\bcoach(?: \w+){{0,3}} (?:repond|repondra|(?:est|sera) (?:\w+ )?responsable) (?:de la|de l'|du|des|de|d')\s?(?:\w+ )?(?:{_FR}|objectifs)",
        _DUTY,
    ),
    _pattern(
        "rate_of_success",
        rf"\b(?:\d+(?:[.,]\d+)?|cent) ?(?:%|pour ?cent)(?: d\w+ | d'| |, )(?:\w+ ){{0,2}}(?:{_FR}|reussi\w*|results?\b|success\w*|outcomes?\b)",
        _RATE,
    ),
    _pattern(
        "success_rate", r"\btaux (?:de|d')\s?(?:reussite|succes)|\bsuccess rate|\brate of success", _RATE
    ),
    _pattern(
        "undertakes_that",
        rf"(?<!l'organisation s')(?<!l'entreprise s')\bengag\w+{_gap(2)}(?:a|pour) ce qu(?:e|'){_gap(10)}{_FR_GET}",
        _DUTY,
    ),
    _pattern(
        "undertakes_result",
        rf"\bengag\w+{_gap(1)}?\s?(?:sur|a|au|pour){_gap(3)}(?:{_FR}|{_FR_GOALS}|(?:obtenir|atteindre|faire (?:atteindre|obtenir|reussir|progresser|changer|evoluer)|resoudre)\b)",
        _DUTY,
    ),
    _pattern(
        "undertakes_bare_result",
        rf"\bengag\w+ (?:a|sur|au|pour) (?:{_FR}|{_FR_GOALS}|(?:obtenir|atteindre|faire (?:atteindre|obtenir|reussir|progresser|changer|evoluer)|resoudre)\b)",
        _DUTY,
    ),
    _pattern(
        "will_reach",
        rf"\b(?:atteindra|atteindront|atteindrez|obtiendra|obtiendront|obtiendrez|parviendra|parviendront|parviendrez)(?: a)?(?: {_FR_SURELY})? (?:{_FR_GOALS}|(?:son|sa|leur|votre|le|la|un|une|des) {_FR})",
        _CERTAIN,
        unless=_WHEN,
    ),
    _pattern(
        "goals_will_be_met",
        r"\bobjectifs (?:\w+ ){0,3}seront (?:\w+ ){0,2}(?:atteints|realises|remplis)",
        _CERTAIN,
        unless=_WHEN,
    ),
    _pattern(
        "will_surely",
        rf"\b(?:atteindr\w+|obtiendr\w+|reussir(?:a|ont|ez)|parviendr\w+|aboutir(?:a|ont)|progressera|changera) (?:\w+ ){{0,2}}{_FR_SURELY}|\b{_FR_SURELY} (?:\w+ ){{0,3}}(?:reussir|atteindr|obtiendr)\w*",
        _CERTAIN,
    ),
    _pattern(
        "means_and_result",
        rf"{_FR_VERB} .{{0,80}}\bmais (?:aussi |encore |egalement )?(?:le |la |les |l'|un |une |des |son |sa )?{_FR}"
        rf"|{_EN_VERB} .{{0,80}}\bbut (?:also )?(?:the |a |their )?{_EN}",
        _GUARANTEE,
        inside=False,
    ),
    _pattern(
        "satisfied_or_refunded",
        r"\bsatisfait\w* ou rembourse\w*|\bmoney.?back\b|\bno (?:result|win|success|outcome)s?,? no (?:fee|pay)",
        _REFUND,
        negatable=False,
    ),
    _pattern(
        "refund_on_result",
        r"\brembours\w+ (?!pas\b|rien\b|aucun|jamais)(?:(?!quel|independ).){0,60}\b(?:resultats?|objectifs?|reussite|succes)\b|\brefund\w* (?:(?!whatever|regardless).){0,60}\b(?:results?|objectives?|goals?|success)\b|\b(?:honoraires?|fees?) .{0,30}\b(?:qu'en cas de (?:succes|reussite|resultat)|only (?:in case of|upon|on) (?:success|results?))",
        _REFUND,
        inside=False,
    ),
    _pattern("guarantee_verb_en", rf"{_EN_VERB}{_gap(8)}(?:{_EN}|{_EN_GOALS})", _GUARANTEE),
    _pattern(
        "ensure_result_en",
        rf"\b(?:ensur|secur)(?:e|es|ing){_gap(3, 'that')}(?:{_EN}|{_EN_GOALS})",
        _GUARANTEE,
    ),
    _pattern(
        "guarantee_that_en",
        rf"(?:{_EN_VERB}|\bensur(?:e|es|ing)|\bundertak(?:e|es)|\bcommits?|\bagrees?)(?: that)?{_gap(6)}(?:will |shall |must |can )?{_EN_GET}\b",
        _GUARANTEE,
        unless=re.compile(r"\b(?:coachees?|organi[sz]ation|company|employer) $"),
    ),
    _pattern(
        "guaranteed_result_en",
        rf"\b(?:{_EN}|objectives|goals){_gap(4)}(?:guaranteed|assured|promised|warranted)\b",
        _GUARANTEE,
    ),
    _pattern(
        "guarantee_noun_en",
        rf"\b(?:guarantees?|warrant(?:y|ies)|promises?|assurance|certainty) (?:of|as to|regarding|for|about|on){_gap(4)}{_EN}",
        _GUARANTEE,
    ),
    _pattern("guaranteed_adjective_en", rf"\b(?:guaranteed|assured|certain) {_EN}", _GUARANTEE),
    _pattern(
        "duty_of_result_en",
        r"\b(?:obligations?|duty|duties)(?: \w+){0,4}? (?:of|as to|achieve|produce|deliver|reach|obtain)(?: \w+){0,2}? (?:results?|outcomes?|success)\b",
        _DUTY,
    ),
    _pattern(
        "answers_for_result_en",
        rf"\bcoach (?:\w+ ){{0,3}}(?:responsible|answerable|liable|accountable) for (?:\w+ ){{0,2}}(?:{_EN}|{_EN_GOALS})",
        _DUTY,
    ),
    _pattern(
        "undertakes_result_en",
        rf"\b(?:undertakes?|commits?|committed|pledges?|agrees?|promises?|binds?)(?: \w+self)?(?: to)? (?:\w+ ){{0,2}}?(?:achiev\w+|obtain\w*|attain\w*|deliver\w*|reach\w*|secur\w+|produc\w+|bring\w* about) (?:\w+ ){{0,4}}?(?:{_EN}|objectives|goals|targets)",
        _DUTY,
    ),
    _pattern(
        "will_reach_en",
        rf"\b(?:will|shall) (?:achieve|obtain|attain|reach|meet|deliver|produce|secure) (?:{_EN_GOALS}|(?:a |the |their |your |his |her )?(?:\w+ )?{_EN})",
        _CERTAIN,
        unless=_WHEN,
    ),
    _pattern(
        "goals_will_be_met_en",
        r"\b(?:objectives|goals|targets) (?:\w+ ){0,3}(?:will|shall) be (?:\w+ ){0,2}(?:achieved|met|reached|attained)",
        _CERTAIN,
        unless=_WHEN,
    ),
    _pattern(
        "will_surely_en",
        rf"\b(?:will|shall) {_EN_SURELY} (?:achieve|obtain|attain|reach|succeed|be promoted|get|progress|improve)|\b(?:bound|sure|certain) to (?:succeed|achieve|obtain|reach)",
        _CERTAIN,
    ),
    _pattern(
        "cannot_fail",
        r"\b(?:cannot|can't|can not|will not|won't) fail\b|\bne (?:peut|pourra) (?:pas )?(?:qu'?(?:e )?)?(?:echouer|reussir)\b(?! sans)",
        _CERTAIN,
        negatable=False,
    ),
)

# --- what turns a promise into its refusal ---------------------------------------------------------------

# These look like negations and are not: they are taken away before anything is judged.
FALSE_NEGATIONS = (
    (
        re.compile(
            r"\bsans (?:aucun |le moindre )?doute\b|\bwithout (?:a |any )?doubt\b|\bno doubt\b|\bwithout fail\b"
        ),
        "certainement",
    ),
    (re.compile(r"\bn'?e? ?(?:se )?(?:content|born|limit|hesit|manqu)\w* pas (?:de|a|d')"), " "),
    (
        re.compile(
            r"\bnon (?:seulement|content de)|\bpas (?:seulement|uniquement|simplement)|\bnot (?:only|just|merely|simply)"
        ),
        " ",
    ),
    (
        re.compile(
            r"\bn(?:e |')(?=\w+ (?:(?!pas|jamais|aucun|rien)\w+ )?qu(?:e |'))(?!\w+ (?:\w+ )?qu(?:e |')(?:a )?(?:une |d'une )?obligation de moyens)"
        ),
        " ",
    ),
    (
        re.compile(
            r"\b(?:does not|do not|never) (?:hesitates?|fails?) to\b|\bno (?:matter|less than)\b|\bnothing (?:less|short) (?:than|of)\b"
        ),
        " ",
    ),
    (
        re.compile(
            r"\b(?:sans|without|at no|no|aucune?)(?: aucune?| any| extra| additional| further)? (?:reserve|exception|condition|limite|faute|restriction|risque|delai|surcout|supplement|frais|effort|attendre|reservations?|exceptions?|conditions?|limits?|delay|risk|cost|charge|effort)s?\b(?: supplementaires?)?"
        ),
        " ",
    ),
)
BOUNDARY = re.compile(
    r"\b(?:mais|toutefois|cependant|neanmoins|pourtant|en revanche|but|however|yet|whereas|instead|car|donc|puis|ainsi|so|then|because)\b"
    r"|\bet(?! non\b)(?! (?:de |d')?\w+(?:er|ir|re)\b)|\band\b(?! not\b)"
    r"|[,:]\s(?=(?:il|elle|ils|elles|nous|vous|je|on|ce|c'|le coach|la coach|le cabinet|he|she|it|they|we|i|you|the coach|the practice)\b)"
    r"|[,:]\s(?=(?:le |la |les |l'|the |a |un |une )\w+ (?:est|sont|sera|seront|is|are|will)\b)"
)
AFTER_END = re.compile(r"[,:]|\b(?:et|and|qui|que|dont|which|that|mais|but|car|because|so)\b")
_PARTICLE = r"(?:pas|jamais|aucune?s?|nulle?s?|rien|ni|point|plus)"
NEGATED = re.compile(
    rf"\b(?:ne\b|n').*\b{_PARTICLE}\b|\b(?:aucune?|rien|nulle?|personne|jamais|ni)\b.*\b(?:ne\b|n')"
    rf"|\b(?:ne |n')(?:saurai\w+|peut|peuvent|pourrai\w+|doit|entend)\b(?! qu)"
    r"|\b(?:interdit|interdisent|refuse\w*|exclu\w*|exclusion|ecart\w+|contraire|plutot qu\w*|loin d\w*|impossible|prohibe\w*)\b"
    r"|\b(?:not|never|neither|nor|none|nothing|cannot|nobody|refus\w+|exclud\w+|disclaim\w*|refrains?|rather than|instead of|contrary)\b|n't\b"
)
NEAR = re.compile(
    r"\b(?:aucune?s?|nulle?s?|non|ni|jamais|pas|sans|without|no|not|never|nor|rather than)\W+(?:\w+\W+){0,3}$"
)
INSIDE = re.compile(r"\b(?:aucune?s?|nulle?s?|non|ni|jamais|pas|no|not|never|neither|nor|none|cannot)\b")
AFTER = re.compile(
    rf"^\W*(?:\w+\W+){{0,3}}?(?:ne |n')\w*.{{0,20}}\b{_PARTICLE}\b"
    r"|^\W*(?:\w+\W+){0,3}(?:exclu\w*|ecarte\w*|contraire|interdite?s?|impossibles?|illusoires?|prohibe\w*)\b"
    r"|^\W*(?:\w+\W+){0,3}(?:not|never|cannot|excluded|contrary|impossible|forbidden|prohibited)\b"
    r"|^\W*(?:\w+\W+){0,3}?(?:ne |n')(?:saurai\w+|peut|peuvent|pourrai\w+|doit|doivent)\b(?! qu)"
)
