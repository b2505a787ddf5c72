"""People's Markdown in a page: safe by the same door as everywhere (:mod:`coaching.kernel.markup`)."""

from django import template
from django.utils.safestring import SafeString

from coaching.kernel.markup import to_html

register = template.Library()


@register.filter
def markdown(text):
    """Safe HTML of ``text``."""
    return SafeString(to_html(text))
