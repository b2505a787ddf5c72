"""Markdown written by people, made into HTML that can only be text: a short list of elements and no attribute."""

import re

import nh3
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from .errors import Invalid

MAX_LENGTH = 20_000
MAX_NESTING = 8
ELEMENTS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "h5", "blockquote", "hr",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
NARROW, WIDE = "\u202f", "\u00a0"

_parser = (
    MarkdownIt("zero", {"html": False, "maxNesting": MAX_NESTING * 3})
    .enable(["heading", "list", "blockquote", "hr", "emphasis", "newline", "escape", "table", "backticks"])
    .disable(["backticks"])
)


class MarkupTooLong(Invalid):
    """More text than one clause or request may hold."""


class MarkupTooDeep(Invalid):
    """Quotes within lists within quotes, without end."""


def to_html(markdown: str, *, headings_from: int = 3) -> str:
    """Safe HTML of ``markdown``: no link, image, script, style, attribute or raw HTML can come out.

    ``headings_from`` is the level the author's first heading becomes, so that a page keeps its outline.
    Raises :class:`MarkupTooLong` and :class:`MarkupTooDeep`.
    """
    check(markdown)
    html = _parser.render(markdown.replace("\x00", ""))
    html = _shift_headings(html, headings_from)
    return nh3.clean(html, tags=ELEMENTS, attributes={}, link_rel=None)


def check(markdown: str, limit: int = MAX_LENGTH) -> None:
    """Refuse what would be too much for a reader, and for the renderer."""
    if len(markdown) > limit:
        raise MarkupTooLong(_("This text is too long."))
    if any(_depth(line) > MAX_NESTING for line in markdown.splitlines()):
        raise MarkupTooDeep(_("Lists and quotations are nested too deeply."))


def _depth(line: str) -> int:
    lead = re.match(r"[\s>*+\-]*", line).group()
    return max(lead.count(">") + lead.count("*") + lead.count("+"), len(lead.replace(" ", "").replace("-", "")), len(lead) // 4)


def _shift_headings(html: str, first: int) -> str:
    """Headings of a text start below those of its page, whatever level their author typed."""
    levels = sorted({int(level) for level in re.findall(r"<h([1-6])>", html)})
    new = {level: min(first + index, 5) for index, level in enumerate(levels)}
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{new[int(m[2])]}>", html)


def plain_text(markdown: str) -> str:
    """The words of ``markdown`` without its marks, for e-mails and comparisons."""
    return re.sub(r"\s+", " ", nh3.clean(to_html(markdown), tags=set())).strip()


def typographic(html: str, language: str) -> str:
    """French spacing: no-break before ; : ! ? % € », after «. Outside tags only; never for verbatim texts."""
    if language != "fr":
        return html
    return "".join(part if part.startswith("<") else _french(part) for part in re.split(r"(<[^>]*>)", html))


def _french(text: str) -> str:
    text = re.sub(r"[ \u00a0\u202f]+([;!?])", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0\u202f]+([:»%€])", WIDE + r"\1", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + WIDE, text)
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}\b)", NARROW, text)
    text = re.sub(r"\b(art|n°)\. (?=\d|L)", r"\1." + WIDE, text)
    return text.replace("'", "’")
