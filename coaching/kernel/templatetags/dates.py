"""The filter ``date`` of every template, which also knows that a French month begins on "1er"."""

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

from coaching.kernel.dates import as_said

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value, form=None):
    return as_said(django_date(value, form), get_language())
