"""Makes the part of Bootstrap that the pages use: `static/vendor/bootstrap/bootstrap.min.css`, a third of the whole.

Run it after a page has taken up a class of Bootstrap's that no other one had; a test says when. A rule stays when every
class and attribute its selector names stands somewhere in a template, a form or a script of ours. The result is kept with
the sources: nobody needs a step to run the product.
"""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ROOT / "scripts" / "vendor" / "bootstrap" / "bootstrap.min.css"
PART = ROOT / "static" / "vendor" / "bootstrap" / "bootstrap.min.css"
OURS = (
    ("templates", "*.html"),
    ("coaching", "forms.py"),
    ("contracts", "forms.py"),
    ("ethics", "forms.py"),
    ("static/js", "*.js"),
)
LIBRARIES = ("crispy_forms", "crispy_bootstrap5")
CHARSET = '@charset "UTF-8";'
NAMED = re.compile(r"[.]((?:[\w-]|\\.)+)|\[([\w-]+)")


def words() -> set[str]:
    """Every word that could be a class: whatever stands in a template, a form or a script."""
    texts = [path.read_text() for folder, ending in OURS for path in (ROOT / folder).rglob(ending)]
    for library in LIBRARIES:
        home = Path(importlib.util.find_spec(library).origin).parent
        texts += [path.read_text() for path in home.rglob("bootstrap5/**/*.html")]
        texts += [path.read_text() for path in home.glob("*.py")]
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}


def reduced(whole: str, known: set[str]) -> str:
    """``whole`` without the rules whose selectors name what is not ``known``, and without unused animations."""
    rules = tinycss2.parse_stylesheet(whole, skip_comments=True, skip_whitespace=True)
    kept = "".join(_kept(rules, known))
    animations = {
        name
        for value in re.findall(r"animation(?:-name)?:([^;}]*)", kept)
        for name in re.findall(r"[\w-]+", value)
    }
    return re.sub(
        r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}", lambda m: m[0] if m[1] in animations else "", kept
    )


def _kept(rules, known: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _selectors(rule) if _names(one) <= known]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content).strip()}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(
                _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), known)
            )
            if inner:
                yield f"@{rule.at_keyword} {tinycss2.serialize(rule.prelude).strip()}{{{inner}}}"
        elif rule.type == "at-rule":
            yield rule.serialize()


def _selectors(rule) -> list[str]:
    """The selectors of a rule, cut at the commas that stand outside brackets."""
    found, current = [], []
    for token in rule.prelude:
        if token == ",":
            found.append(current)
            current = []
        else:
            current.append(token)
    return [tinycss2.serialize(one).strip() for one in [*found, current]]


def classes(style: str) -> set[str]:
    """The classes a style sheet speaks of."""
    return {name for name, _attribute in NAMED.findall(re.sub(r"\{[^{}]*\}", "{}", style)) if name}


def _names(selector: str) -> set[str]:
    return {
        (name or attribute).replace("\\", "")
        for name, attribute in NAMED.findall(re.sub(r":not\([^)]*\)", "", selector))
    }


def main() -> None:
    whole = WHOLE.read_text()
    licence = re.match(r".*?\*/", whole, re.DOTALL)[0]
    PART.write_text(
        f"{licence}\n/* The part the pages use, made by scripts/bootstrap.py. */\n{reduced(whole.removeprefix(CHARSET), words())}\n"
    )
    print(f"{len(whole):,} bytes became {PART.stat().st_size:,}: {PART.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
