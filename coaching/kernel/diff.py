"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\S+\s*|\s+")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
MANY = 3000  # words; longer texts are compared line by line, which costs little whatever they are


def word_diff(before: str, after: str) -> list[tuple[str, str]]:
    """Pairs (kind, text), kind one of "same", "added", "removed"; joined without the removed ones they make ``after``."""
    pattern = WORD if max(len(before), len(after)) < MANY * 6 else LINE
    old, new = pattern.findall(before), pattern.findall(after)
    parts: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(new[c:d])))
            continue
        if b > a:
            parts.append(("removed", "".join(old[a:b])))
        if d > c:
            parts.append(("added", "".join(new[c:d])))
    return parts
