"""Small marks of the look: icons, who-can-see chips, and what a form's error summary needs to point at.

Nothing here reads the database or decides who may see what; the chip repeats the registry's own rule.
"""

from functools import cache

from django import template
from django.forms import BoundField
from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from coaching.kernel.diff import Parts, compare
from coaching.kernel.registry import audience as sentence_of
from coaching.kernel.viewer import Portal

register = template.Library()


@cache
def _drawing(name: str) -> str:
    return get_template(f"components/icons/{name}.svg").render().strip()


@register.simple_tag
def icon(name: str) -> str:
    """One drawing of ``templates/components/icons``, always beside a word and silent to a screen reader."""
    return mark_safe(_drawing(name))  # noqa: S308  our own files, nothing of a person's in them


@register.simple_tag(takes_context=True)
def fragments(context) -> str:
    """Said by a part of a page that asks for fragments: the page then loads htmx once, at its end."""
    context["request"].fragments = True
    return ""


@register.simple_tag(takes_context=True)
def audience(context, path: str) -> str:
    """The who-can-see chip of a field of the registry, such as ``missions.RequestVersion.text``."""
    viewer, form = context.get("viewer"), context.get("form")
    portal = (
        viewer.portal if viewer else getattr(form, "portal", None)
    )  # crispy draws a form without its page
    return _chip(path, portal, get_language())


@cache
def _chip(path: str, portal: Portal | None, language: str) -> str:
    """The rules do not change while the product runs: each chip is drawn once in each language."""
    return mark_safe(get_template("components/audience.html").render({"text": sentence_of(path, portal)}))  # noqa: S308  our own template


@register.filter
def anchor(field: BoundField) -> str:
    """The id an error summary links to: the input, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the help and the error of a group of choices, for its ``fieldset``."""
    return field.aria_describedby or ""


@register.filter
def short_hash(digest: str) -> str:
    """The first sixteen signs of a SHA-256, in groups of four that two people can compare aloud."""
    return " ".join(digest[start : start + 4] for start in range(0, min(len(digest), 16), 4))


@register.simple_tag
def changes(history, place: int) -> Parts:
    """What version number ``place`` of a history (pairs version, words; newest first) changed of the one before."""
    if place + 1 >= len(history):
        return ()
    return compare(history[place + 1][1], history[place][1])


@register.filter
def share_of(value, rows) -> int:
    """``value`` in per cent of the largest figure of a chart's rows."""
    return share(value, max((row[1] for row in rows), default=0))


@register.filter
def share(value, whole) -> int:
    """``value`` in per cent of ``whole``, between 0 and 100, whole, so that no language puts a comma in it."""
    return max(0, min(100, round(100 * float(value) / float(whole)))) if whole else 0
