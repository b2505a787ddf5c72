"""Keeps of Bootstrap what the templates use: reads static/vendor/bootstrap/bootstrap.min.css, writes bootstrap.subset.css.

Run it when a template uses a class of Bootstrap's for the first time; a test says so. A rule stays when every class it
names is a word of some template, script or form; what names no class stays. The whole file beside it is the pinned one.
"""

import re
from pathlib import Path

import tinycss2

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "static" / "vendor" / "bootstrap"
WHOLE, SUBSET = VENDOR / "bootstrap.min.css", VENDOR / "bootstrap.subset.css"
READ = ("templates/**/*.html", "static/js/**/*.js", "coaching/**/*.py", "contracts/**/*.py", "ethics/**/*.py")
WORD = re.compile(r"[a-zA-Z][\w-]*")
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
# The colour scheme of the product is its own sheet; Bootstrap's is never asked for.
UNUSED = re.compile(r"\[data-bs-theme=|:host")


def words() -> frozenset[str]:
    """Every word of the product, and so every class it can ask for."""
    libraries = ROOT / ".venv" / "lib"
    crispy = list(libraries.glob("python*/site-packages/crispy_bootstrap5/**/*.html"))
    ours = [path for pattern in READ for path in ROOT.glob(pattern)]
    return frozenset(
        word for path in [*ours, *crispy] for word in WORD.findall(path.read_text(errors="ignore"))
    )


def classes(selector: str) -> list[str]:
    return [name.replace("\\", "") for name in CLASS.findall(selector)]


def trim(rules, known: frozenset[str]) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            kept.append(_rule(rule, known))
        elif rule.type == "at-rule" and rule.at_keyword in ("media", "supports") and rule.content is not None:
            inner = trim(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), known
            )
            if inner:
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        elif rule.type == "at-rule":
            kept.append(tinycss2.serialize([rule]))
    return "".join(kept)


def _rule(rule, known: frozenset[str]) -> str:
    selectors = split(tinycss2.serialize(rule.prelude))
    used = [
        one for one in selectors if not UNUSED.search(one) and all(name in known for name in classes(one))
    ]
    return f"{','.join(used)}{{{tinycss2.serialize(rule.content)}}}" if used else ""


def split(prelude: str) -> list[str]:
    """The selectors of a rule; a comma inside ``:not(…)`` divides nothing."""
    parts, depth, here = [], 0, ""
    for sign in prelude:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            parts.append(here.strip())
            here = ""
        else:
            here += sign
    return [*parts, here.strip()]


def subset() -> str:
    text = WHOLE.read_text()
    head = text[: text.index("*/") + 2]
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return f"{head}\n/* Only what this product uses: scripts/bootstrap.py */\n{trim(rules, words())}\n"


if __name__ == "__main__":
    SUBSET.write_text(subset())
    print(f"{WHOLE.stat().st_size:,} → {SUBSET.stat().st_size:,} bytes")
