"""Amounts: Decimal and a currency code, rounded in one place."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import override

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """To the cent, halves away from zero, as invoices are."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def format_money(amount: Decimal, language: str, currency: str = "EUR") -> str:
    """ "1 200,00 €" in French, "€1,200.00" in English."""
    with override(language):
        figure = number_format(rounded(amount), 2, use_l10n=True, force_grouping=True)
    if currency != "EUR":
        return f"{figure} {currency}"
    return f"{figure} €" if language == "fr" else f"€{figure}"
