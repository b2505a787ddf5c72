"""Dates as a contract writes them, in the contract's own language."""

from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, override


def long_date(day: date, language: str) -> str:
    """ "24 novembre 2026", "24 November 2026"; the first of a French month is "1er"."""
    return _first(day, language, "j F Y")


def weekday_date(day: date, language: str) -> str:
    """ "mardi 1er décembre 2026", "Tuesday 1 December 2026"."""
    return _first(day, language, "l j F Y")


def _first(day: date, language: str, pattern: str) -> str:
    """In French the first of a month is "1er"; other days, and other languages, are as Django writes them."""
    if language == "fr" and day.day == 1:
        pattern = pattern.replace("j", "1\\e\\r")
    if language == get_language():
        return date_format(day, pattern)
    with override(language):
        return date_format(day, pattern)
