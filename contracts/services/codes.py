"""Codes: who holds this address, or this account's second factor, at the moment of signing.

A code is one row. Its HMAC is bound to the document's fingerprint, to the signatory and to the browser that asked for
it. It lives ten minutes, allows five tries, and is used by a conditional update inside the signing transaction.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import has_authenticator
from coaching.accounts.services import check_authenticator
from coaching.kernel.acts import act, one_act
from coaching.kernel.crypto import derive
from coaching.kernel.errors import Invalid, Stale

from .. import letters
from ..enums import Channel
from ..models import Challenge
from ..signing_access import Signer

LIFE = timedelta(minutes=10)
TRIES = 5
PAUSE = timedelta(seconds=30)  # between two codes
HOURLY = 6

WRONG = _("This is not the code, or it was asked for in another browser. Check it, or ask for a new one.")
OVER = _("This code no longer holds: ten minutes have passed, or it was tried five times. Ask for a new one.")


@act
def ask(signer: Signer, browser: str, channel: str = Channel.EMAIL) -> Challenge:
    """Make a code for this signatory, in this browser; the one before no longer holds. Sent by mail, never shown.

    With the second factor of an account nothing is sent: the row counts the tries of the authenticator's code. Raises
    :class:`Invalid` when too many were asked for, or when the account has no authenticator.
    """
    _refuse_hurry(signer)
    if channel == Channel.TOTP and not (signer.user and has_authenticator(signer.user)):
        raise Invalid(_("Your account has no second factor: ask for a code by e-mail."))
    now = timezone.now()
    Challenge.unscoped.filter(signatory=signer.signatory, consumed_at=None, voided_at=None).update(
        voided_at=now
    )
    code = "" if channel == Channel.TOTP else f"{secrets.randbelow(10**6):06d}"
    row = Challenge(
        signatory=signer.signatory,
        channel=channel,
        sent_to=signer.signatory.email if code else "",
        created_at=now,
        expires_at=now + LIFE,
    )
    row.mac = _mac(row, signer, browser, code)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:  # two tabs at once: the other one's code has just left
        raise Invalid(_("A code has just been sent. Wait a moment before you ask for another.")) from twin
    if code:
        letters.code(signer.signatory, code)
    return row


def _refuse_hurry(signer: Signer) -> None:
    now = timezone.now()
    rows = Challenge.unscoped.filter(signatory=signer.signatory)
    if rows.filter(created_at__gt=now - PAUSE).exists():
        raise Invalid(_("A code has just been sent. Wait a moment before you ask for another."))
    if rows.filter(created_at__gt=now - timedelta(hours=1)).count() >= HOURLY:
        raise Invalid(_("Too many codes were asked for. Try again in an hour."))


def alive(signer: Signer) -> Challenge | None:
    """The code that can still be typed, or None."""
    rows = Challenge.unscoped.filter(signatory=signer.signatory, consumed_at=None, voided_at=None)
    return rows.filter(expires_at__gt=timezone.now(), tries__lt=TRIES).first()


def check(signer: Signer, browser: str, typed: str) -> Challenge:
    """The challenge that ``typed`` answers. The try is counted first, in a transaction of its own.

    Raises :class:`Invalid` beside the field for a wrong code, one that is over, or one of another browser or document.
    """
    row = alive(signer)
    if row is None or not _count(row):
        raise Invalid(OVER, field="code")
    typed = "".join(typed.split())
    if not _fits(row, signer, browser, typed):
        raise Invalid(WRONG, field="code")
    return row


def _count(row: Challenge) -> bool:
    """One try more; false when it was one too many. Two at once never share a try."""
    rows = Challenge.unscoped.filter(
        pk=row.pk, tries__lt=TRIES, consumed_at=None, voided_at=None, expires_at__gt=timezone.now()
    )
    return rows.update(tries=F("tries") + 1) == 1


def _fits(row: Challenge, signer: Signer, browser: str, typed: str) -> bool:
    code = "" if row.channel == Channel.TOTP else typed
    bound = bool(browser) and hmac.compare_digest(row.mac, _mac(row, signer, browser, code))
    if row.channel == Channel.TOTP:
        return bound and signer.user is not None and check_authenticator(signer.user, typed)
    return bound


def consume(row: Challenge) -> None:
    """Use a code up, inside the signing transaction; :class:`Stale` when it has been used or replaced meanwhile."""
    rows = Challenge.unscoped.filter(
        pk=row.pk, consumed_at=None, voided_at=None, expires_at__gt=timezone.now()
    )
    if rows.update(consumed_at=timezone.now()) != 1:
        raise Stale(_("This code has already been used."))


def _mac(row: Challenge, signer: Signer, browser: str, code: str) -> str:
    bound = [row.ref, row.channel, signer.signatory.ref, signer.version.document.sha256, browser, code]
    return hmac.new(derive("signing-code"), "|".join(bound).encode(), hashlib.sha256).hexdigest()
