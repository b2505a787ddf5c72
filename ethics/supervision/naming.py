"""Whom a text names, among those a practice knows. Pure.

A point for supervision names nobody. What is known of people and organisations is looked for in it, whatever its case,
its accents and its plural; what is found is shown to the author, who changes it or means it. Nothing is refused for good:
Rose is somebody, and a flower.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from coaching.notes import matching

from .everyday import ALSO_WORDS, ALWAYS_THERE, LEGAL_FORMS, OF_ANY_HOUSE, PARTICLES, TITLES


class What(StrEnum):
    """What a text would give away."""

    PERSON = "person"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


class Doubt(StrEnum):
    """When the words of a phrase may be no name at all."""

    NEVER = ""
    IN_LOWER_CASE = "lower"
    ALWAYS = "always"


def fold(word: str) -> str:
    return matching.fold(word).replace("œ", "oe").replace("æ", "ae").replace("ø", "o").replace("ł", "l")


@dataclass(frozen=True, slots=True)
class Known:
    what: What
    said: str


@dataclass(frozen=True, slots=True)
class Found:
    """``words`` as the text has them; ``sure`` unless it may well be a plain word."""

    words: str
    what: What
    sure: bool = True

    @property
    def folded(self) -> str:
        return fold(self.words)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    capital: bool
    opens: bool  # the first of its sentence: a capital says nothing there


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    what: What
    capital: bool = False  # counts only where it is written with a capital
    doubt: Doubt = Doubt.NEVER


_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,.'’\-‐‑–_*]{0,6}\Z")
_SENTENCE = re.compile(r"(?:\A|[.!?…:\n])[\s*_#>«“\"'’()\-–—•\d]*\Z")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)\+?\d(?:[\s.\-()/]{0,3}\d){5,}")
_POSTCODE = re.compile(r"\A\s*\d{4,6}\s+")
PHONE_DIGITS = 9  # of a telephone number; what is shorter is one only where the practice knows it
SENTENCE_LOOK = 40  # signs before a word in which its sentence may have begun


def found_in(text: str, known: Iterable[Known]) -> tuple[Found, ...]:
    """What ``text`` gives away, in its own order, each word once."""
    text = unicodedata.normalize("NFC", text)
    rows = list(known)
    places = [*_contacts(text, rows)]
    taken = [(start, end) for start, end, _one in places]
    places += [one for one in _phrases_in(text, _index(rows)) if not _inside(one, taken)]
    once: dict[tuple[str, bool], Found] = {}
    for _start, _end, one in sorted(places, key=lambda place: place[0]):
        once.setdefault((one.folded, one.sure), one)
    return tuple(once.values())


def _inside(place, taken: list[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in taken)


# What has a form of its own: it tells somebody apart, whether the practice knows it or not.


def _contacts(text: str, known: list[Known]) -> Iterator[tuple[int, int, Found]]:
    for match in _EMAIL.finditer(text):
        yield match.start(), match.end(), Found(match[0], What.EMAIL)
    numbers = {_digits(one.said) for one in known if one.what == What.PHONE} - {""}
    for match in _PHONE.finditer(text):
        digits = _digits(match[0])
        if len(digits) == PHONE_DIGITS or digits in numbers:
            yield match.start(), match.end(), Found(match[0], What.PHONE)


def _digits(said: str) -> str:
    """The last nine, which a number has with its country's prefix and without."""
    return "".join(sign for sign in said if sign.isdigit())[-PHONE_DIGITS:]


# What is made of words.


def _phrases_in(text: str, index: dict[str, list[_Phrase]]) -> Iterator[tuple[int, int, Found]]:
    tokens, at = list(_tokens(text)), 0
    while at < len(tokens):
        length, phrase = _longest(text, tokens, at, index)
        if phrase is not None:
            first, last = tokens[at], tokens[at + length - 1]
            words = text[first.start : last.end]
            yield first.start, last.end, Found(words, phrase.what, _is_sure(first, phrase))
        at += length


def _is_sure(first: _Token, phrase: _Phrase) -> bool:
    return phrase.doubt == Doubt.NEVER or (phrase.doubt == Doubt.IN_LOWER_CASE and first.capital)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _WORD.finditer(text):
        before = text[max(0, match.start() - SENTENCE_LOOK) : match.start()]
        opens = bool(_SENTENCE.search(before))
        yield _Token(match.start(), match.end(), fold(match[0]), match[0][0].isupper(), opens)


def _longest(text: str, tokens: list[_Token], at: int, index) -> tuple[int, _Phrase | None]:
    """How many words the longest phrase takes that stands here; one, and none, where there is none."""
    token = tokens[at]
    candidates = [phrase for word in _singular(token) for phrase in index.get(word, ())]
    for phrase in sorted(
        candidates, key=lambda one: (-len(one.words), one.doubt != Doubt.NEVER, one.capital)
    ):
        if _stands(text, tokens, at, phrase):
            return len(phrase.words), phrase
    return 1, None


def _stands(text: str, tokens: list[_Token], at: int, phrase: _Phrase) -> bool:
    here = tokens[at : at + len(phrase.words)]
    if len(here) < len(phrase.words):
        return False
    if phrase.capital and not _is_told_apart(here[0]):
        return False
    gaps = (text[one.end : two.start] for one, two in pairwise(here))
    return all(_GAP.match(gap) for gap in gaps) and all(
        word in _singular(token) for token, word in zip(here, phrase.words, strict=True)
    )


def _is_told_apart(token: _Token) -> bool:
    """By its capital; at the head of a sentence every word has one."""
    return token.capital and not (token.opens and token.word in ALWAYS_THERE)


def _singular(token: _Token) -> tuple[str, ...]:
    """The word, and what it is the plural of: the Duponts are the Dupont family, and keep their capital."""
    word = token.word
    return (word, word[:-1]) if token.capital and len(word) > 4 and word[-1] in "sx" else (word,)


# What the practice knows, as phrases by their first word.


def _index(known: list[Known]) -> dict[str, list[_Phrase]]:
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for one in known:
        for phrase in _MAKE[one.what](one.said):
            if phrase.words:
                index[phrase.words[0]].append(phrase)
    return {word: list(dict.fromkeys(phrases)) for word, phrases in index.items()}


def _words(said: str) -> tuple[str, ...]:
    said = unicodedata.normalize("NFC", said)
    return tuple(fold(word) for word in _WORD.findall(said))


def _of_person(name: str) -> Iterator[_Phrase]:
    """The whole name, each part of it, and each half of a compound one."""
    parts = [words for words in map(_words, name.split()) if words and not set(words) <= TITLES]
    whole = tuple(word for words in parts for word in words)
    if len(whole) > 1:
        yield _Phrase(whole, What.PERSON)
    for place, words in enumerate(parts):
        inside = 0 < place < len(parts) - 1
        if inside and set(words) <= PARTICLES:
            continue
        if len(words) > 1:
            yield _Phrase(words, What.PERSON)
        for word in words:
            yield from _single(word, whole_part=len(words) == 1)


def _single(word: str, *, whole_part: bool) -> Iterator[_Phrase]:
    if len(word) < 2 or word.isdigit() or (not whole_part and (len(word) < 3 or word in PARTICLES)):
        return
    doubt = Doubt.IN_LOWER_CASE if word in ALSO_WORDS else Doubt.NEVER
    yield _Phrase((word,), What.PERSON, capital=word in ALWAYS_THERE, doubt=doubt)


def _of_organisation(name: str) -> Iterator[_Phrase]:
    """The whole name without its legal form; each word that is not any organisation's, where it has a capital."""
    words = tuple(word for word in _words(name) if word not in LEGAL_FORMS)
    if len(words) == 1:
        yield _Phrase(words, What.ORGANISATION, doubt=Doubt.IN_LOWER_CASE)
    elif words:
        yield _Phrase(words, What.ORGANISATION)
    for word in words if len(words) > 1 else ():
        if len(word) > 2 and word not in OF_ANY_HOUSE | ALWAYS_THERE | PARTICLES:
            yield _Phrase((word,), What.ORGANISATION, capital=True)


def _of_email(address: str) -> Iterator[_Phrase]:
    """What stands before the sign, where it is made of several words: an address is caught by its form anyway."""
    words = _words(address.partition("@")[0])
    if len(words) > 1:
        yield _Phrase(words, What.EMAIL)


def _of_address(address: str) -> Iterator[_Phrase]:
    """Each line, with the number of the house and without; the town, which may be no secret."""
    for line in re.split(r"[\n,]", address):
        words = _words(line)
        town = _words(_POSTCODE.sub("", line)) if _POSTCODE.match(line) else ()
        if town:
            yield _Phrase(town, What.ADDRESS, capital=True, doubt=Doubt.ALWAYS)
        if len(words) > 2:
            yield _Phrase(words, What.ADDRESS)
            yield _Phrase(words[1:] if words[0].isdigit() and not town else words, What.ADDRESS)


_MAKE = {
    What.PERSON: _of_person,
    What.ORGANISATION: _of_organisation,
    What.EMAIL: _of_email,
    What.PHONE: lambda said: iter(()),
    What.ADDRESS: _of_address,
}
