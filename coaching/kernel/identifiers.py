"""Identifiers of French companies, checked with their own digits; telephone numbers, as people read them."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as NotAnIdentifier
from stdnum.fr import siren, siret


def check_siret(typed: str) -> str:
    """A SIREN (9 digits) or SIRET (14), compact; "" stays "". Raises a form error that says what is wrong."""
    if not typed.strip():
        return ""
    compact = siret.compact(typed)
    kind = siren if len(compact) == 9 else siret
    try:
        return kind.validate(compact)
    except NotAnIdentifier as wrong:
        raise ValidationError(
            _("This is not a SIREN (9 digits) or SIRET (14 digits): its check digit does not fit.")
        ) from wrong


def check_vat(typed: str) -> str:
    """A VAT number of the European Union, compact, with its country; "" stays ""."""
    if not typed.strip():
        return ""
    try:
        return vat.validate(typed)
    except NotAnIdentifier as wrong:
        raise ValidationError(
            _("This is not a VAT number of the European Union, such as FR 40 303265045.")
        ) from wrong


def readable_phone(number: str) -> str:
    """A telephone number in groups, with its country; what cannot be read as one stays as it was typed."""
    try:
        parsed = phonenumbers.parse(number, "FR")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
