"""A page shown inside another one, for the eye alone: its words and its look, and nothing to follow, to press or to name.

What comes out holds elements and classes of short lists and no other attribute, so that whatever a template above says,
no link, form, button, script or id of somebody else's page can work in the page around it.
"""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

ELEMENTS = frozenset(
    [
        "p",
        "br",
        "hr",
        "strong",
        "em",
        "small",
        "span",
        "div",
        "section",
        "article",
        "header",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "time",
        "blockquote",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "code",
    ]
)
ACTS = frozenset({"a", "button"})  # kept until their words stand in a plain element
GONE = {"script", "style", "svg", "select", "textarea", "option", "iframe", "object", "template"}
TABLE = ("table", "thead", "tbody", "tr", "th", "td")  # drawn as cards on a telephone, they keep their roles
ATTRIBUTES = {
    "*": {"class", "lang"},
    "span": {"aria-hidden"},
    **{name: {"role", "scope", "data-label"} for name in TABLE},
}

_cleaner = nh3.Cleaner(
    tags=set(ELEMENTS | ACTS),
    clean_content_tags=GONE,
    attributes=ATTRIBUTES,
    link_rel=None,
    url_schemes=set(),
)
_acts = re.compile(r"<(/?)(?:a|button)(?: [^>]*)?>")
_headings = re.compile(r"<(/?)h([1-6])(>?)")
_gaps = re.compile(r'<(div|p) class="actions">\s*</\1>')


def still(markup: str, *, lowered: int) -> SafeString:
    """``markup`` of our own templates without anything that acts; its headings ``lowered`` by as many levels."""
    clean = _cleaner.clean(markup)
    clean = _acts.sub(lambda m: "</span>" if m[1] else '<span class="act-seen">', clean)
    clean = _headings.sub(lambda m: _lower(m, lowered), clean)
    return mark_safe(_gaps.sub("", clean))  # noqa: S308  what nh3 has let through, with two names of elements changed


def _lower(found: re.Match, by: int) -> str:
    """A heading further down in the outline, with the look of the one it was."""
    closing, level, end = found.groups()
    name = f"h{min(int(level) + by, 6)}"
    if closing or not end:
        return f"<{closing}{name}{end}"
    return f'<{name} class="h{level}">'
