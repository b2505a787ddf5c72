"""Find the sentences of a clause that promise a result (article « Obligation de moyens »).

A clause is read as a person would see it: markup, case, accents, invisible characters and look-alike letters
make no difference. French and English are both searched, because a contract may quote the other language.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from contracts import promise_patterns as patterns
from contracts.promise_patterns import Pattern

EXCERPT = 160
NEARBY = 400  # how far a negation may stand from what it denies, in characters

_PLACEHOLDER = re.compile(r"\[\[([^\[\]]*)\]\]")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_ITEM = re.compile(r"^\s*(?:[-+*•]|\d+[.)])\s+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁɡοαεικνρτυ’ʼ‘‛′`´", "aeopcyxijsdgoaeiknptu'''''''")


def promises(markdown: str) -> Iterator[tuple[Pattern, str]]:
    """Give each sentence that promises a result, once, with the pattern it matches and a readable excerpt."""
    seen = set()
    for sentence in sentences(markdown):
        pattern = _promise_in(fold(sentence))
        if pattern and sentence not in seen:
            seen.add(sentence)
            yield pattern, sentence[:EXCERPT].strip()


def sentences(markdown: str) -> Iterator[str]:
    """Split a clause into sentences as they are read; a list item comes with its introduction."""
    for text in dict.fromkeys((_visible(markdown, ""), _visible(markdown, " "))):
        for block in _blocks(text):
            yield from (part for part in _SENTENCE.split(block) if part.strip())


def fold(text: str) -> str:
    """Lower the case, take off accents, straighten apostrophes and look-alike letters."""
    lowered = text.casefold().translate(_LOOKALIKES).replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[«»“”\"]", " ", re.sub(r"\s+", " ", bare)).replace("  ", " ").strip()


def _visible(markdown: str, tags: str) -> str:
    """What is read when tags are taken out (``tags`` empty), or shown as the words they are (a space)."""
    text = _PLACEHOLDER.sub(lambda field: " les objectifs " if "objectives" in field[1] else " x ", markdown)
    text = html.unescape(text)
    text = re.sub(r"[<>]", " ", text) if tags else _TAG.sub("", text)
    text = re.sub(r"[^\S\n]", " ", text)
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc"))
    return _LINK.sub(r"\1", unicodedata.normalize("NFKC", text))


def _blocks(text: str) -> Iterator[str]:
    intro: str = ""
    current: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts = _ITEM.match(line) or _HEADING.match(line) or line.lstrip().startswith("|")
        if current and (starts or not line.strip()):
            block = _plain(" ".join(current))
            yield block
            intro = block if not _is_item(current) and block.endswith(":") else intro
            current = []
        if line.strip():
            current.append(_read(line, intro))
            intro = intro if _ITEM.match(line) or (intro and len(current) > 1) else ""


def _is_item(lines: list[str]) -> bool:
    return lines[0].startswith("\0")


def _read(line: str, intro: str) -> str:
    if _ITEM.match(line):
        return f"\0{intro.rstrip(': ')} {_ITEM.sub('', line)}"
    return _HEADING.sub("", line).replace("|", " ").lstrip("> ")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_~`\\\0]", "", text)).strip()


def _promise_in(sentence: str) -> Pattern | None:
    for regex, instead in patterns.FALSE_NEGATIONS:
        sentence = regex.sub(instead, sentence)
    sentence = re.sub(r"\s+", " ", sentence)
    return next((pattern for pattern in patterns.PATTERNS if _promised(pattern, sentence)), None)


def _promised(pattern: Pattern, sentence: str) -> bool:
    return any(_stands(pattern, sentence, match) for match in pattern.regex.finditer(sentence))


def _stands(pattern: Pattern, sentence: str, match: re.Match) -> bool:
    before = _before(sentence, match.start())
    if pattern.unless and pattern.unless.search(before):
        return False
    if not pattern.negatable:
        return True
    after = sentence[match.end() : match.end() + NEARBY]
    return not _denied(before, match[0], after) if pattern.inside else not _denied(before, "", "")


def _before(sentence: str, end: int) -> str:
    """The words that lead to ``end`` within their own proposition."""
    start = max(0, end - NEARBY)
    for cut in patterns.BOUNDARY.finditer(sentence, start):
        if cut.end() > end:
            break
        start = cut.end()
    return sentence[start:end]


def _denied(before: str, matched: str, after: str) -> bool:
    window = " ".join(before.split(" ")[-12:])
    after = patterns.AFTER_END.split(after)[0]
    return bool(
        patterns.NEGATED.search(window + matched)
        or patterns.NEAR.search(window)
        or patterns.INSIDE.search(matched)
        or patterns.AFTER.search(after)
    )
