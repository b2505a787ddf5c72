"""Markdown written by people, made into HTML that can only be text: a short list of elements and no attribute."""

import html
import re
from collections.abc import Sequence

import nh3
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .errors import Invalid

MAX_LENGTH = 20_000
MAX_NESTING = 8
MAX_COLUMNS = 8
ELEMENTS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "h5", "blockquote", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
NARROW, WIDE = "\u202f", "\u00a0"

_CONTAINERS = {"blockquote_open", "bullet_list_open", "ordered_list_open"}
# Controls mean nothing in a text; those of direction would let it read otherwise than it is written.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
# The parser drops what lies deeper than this; check() refuses well before, so that nothing is ever dropped.
_PARSER_NESTING = 4 * MAX_NESTING

_parser = MarkdownIt("zero", {"html": False, "maxNesting": _PARSER_NESTING}).enable(
    ["heading", "list", "blockquote", "hr", "emphasis", "newline", "escape", "table"]
)


class MarkupTooLong(Invalid):
    """More text than one clause or request may hold."""


class MarkupTooDeep(Invalid):
    """Quotes within lists within quotes, without end."""


class MarkupTooWide(Invalid):
    """A table that no page can hold."""


def to_html(markdown: str, *, headings_from: int = 3) -> str:
    """Safe HTML of ``markdown``: no link, image, script, style, attribute or raw HTML can come out.

    ``headings_from`` is the level the author's first heading becomes, so that a page keeps its outline.
    Raises :class:`MarkupTooLong`, :class:`MarkupTooDeep` and :class:`MarkupTooWide`.
    """
    made = _parser.renderer.render(_parse(markdown, MAX_LENGTH), _parser.options, {})
    made = _shift_headings(made, headings_from)
    return nh3.clean(made, tags=ELEMENTS | {f"h{headings_from}"}, attributes={}, link_rel=None)


def check(markdown: str, limit: int = MAX_LENGTH) -> None:
    """Refuse what would be too much for a reader, and for the renderer; same errors as :func:`to_html`."""
    _parse(markdown, limit)


def plain_text(markdown: str) -> str:
    """The words of ``markdown`` without its marks, for e-mails and comparisons. Not safe as HTML."""
    words = html.unescape(nh3.clean(to_html(markdown), tags=set()))
    return re.sub(r"\s+", " ", words).strip()


def typographic(markup: str, language: str) -> str:
    """French spacing: no-break before ; : ! ? % € », after «. Outside tags only; never for verbatim texts."""
    if language != "fr":
        return markup
    markup = markup.replace("&nbsp;", WIDE)
    return "".join(part if part.startswith("<") else _french(part) for part in re.split(r"(<[^>]*>)", markup))


def _parse(markdown: str, limit: int) -> list[Token]:
    if len(markdown) > limit:
        raise MarkupTooLong(_("This text is too long."))
    tokens = _parser.parse(_CONTROLS.sub("", markdown))
    _refuse_deep(tokens)
    _refuse_wide(tokens)
    return tokens


def _refuse_deep(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        if token.type in _CONTAINERS or token.type.replace("_close", "_open") in _CONTAINERS:
            depth += token.nesting
        deepest = max((child.level for child in token.children or ()), default=0)
        if max(depth, deepest) > MAX_NESTING:
            raise MarkupTooDeep(_("Lists, quotations or emphasis are nested too deeply."))


def _refuse_wide(tokens: Sequence[Token]) -> None:
    columns = 0
    for token in tokens:
        columns = 0 if token.type == "tr_open" else columns + (token.type in ("th_open", "td_open"))
        if columns > MAX_COLUMNS:
            raise MarkupTooWide(_("A table has too many columns for a page."))


def _shift_headings(markup: str, first: int) -> str:
    """Headings of a text start below those of its page, whatever level their author typed."""
    levels = sorted({int(level) for level in re.findall(r"<h([1-6])>", markup)})
    new = {level: min(first + index, 5) for index, level in enumerate(levels)}
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{new[int(m[2])]}>", markup)


def _french(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]+([;!?])", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0\u202f]+([:»%€])", WIDE + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + WIDE, text)
    text = re.sub(r"(?<=[^\s\u00a0\u202f«])»", WIDE + "»", text)
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}\b)", NARROW, text)
    text = re.sub(r"\b(n°|[Aa]rt\.|[Aa]rticles?|[LRDA]\.) (?=[\dLRDA])", r"\1" + WIDE, text)
    text = re.sub(r"(?<=\d) (?=(?:jours?|heures?|minutes?|h)\b)", WIDE, text)
    return text.replace("'", "’")
