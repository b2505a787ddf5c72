"""Dates as a contract writes them, in the contract's own language."""

import re
from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import override

_FIRST = re.compile(r"\b1(?=[ \u00a0][a-zéû])")


def long_date(day: date, language: str) -> str:
    """ "24 novembre 2026", "24 November 2026"; the first of a French month is "1er"."""
    with override(language):
        return as_said(date_format(day, "j F Y"), language)


def as_said(text: str, language: str | None) -> str:
    """A date as Django writes it, with the "1er" on which a French month begins."""
    return _FIRST.sub("1er", text) if language == "fr" else text
