"""The filter ``date`` of every template, which also knows that a French month begins on "1er"."""

import re

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

register = template.Library()
_FIRST = re.compile(r"\b1(?=[ \u00a0][a-zéû])")


@register.filter(expects_localtime=True, is_safe=False)
def date(value, form=None):
    text = django_date(value, form)
    return _FIRST.sub("1er", text) if get_language() == "fr" else text
