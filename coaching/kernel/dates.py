"""Dates as a contract writes them, in the contract's own language."""

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import override


def long_date(day: date, language: str) -> str:
    """ "24 novembre 2026", "24 November 2026"; the first of a French month is "1er"."""
    with override(language):
        text = date_format(day, "j F Y")
    if language == "fr" and day.day == 1:
        return "1er" + text[1:]
    return text
