"""Writing letters and sending them, each at least once and by one worker at a time."""

import json
import logging
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from coaching.documents.services import attached
from coaching.kernel import crypto

from .layout import Message, compose
from .models import Letter, LetterState

log = logging.getLogger("coaching.outbox")
LEASE = timedelta(minutes=5)  # a worker that has died gives its letter back after this
DELAYS = (1, 5, 30, 120, 600)  # minutes before each further try; then the letter is failed
PURPOSE = "outbox"


def queue(
    *,
    kind: str,
    to: str,
    language: str,
    context: dict,
    practice_ref: str = "",
    attachments: Sequence[tuple[str, str]] = (),
    calendar: tuple[str, str] = ("", ""),
) -> Letter:
    """Write one letter, to be sent when the caller's transaction has committed.

    ``kind`` names the template ``emails/<kind>.txt``, rendered in ``language`` (see :mod:`coaching.outbox.layout`).
    ``attachments`` are pairs (reference of a stored document, file name): their bytes are read, and proved against
    their hash, when the letter is sent. ``calendar`` is a method of iCalendar and its text, sealed with the letter.
    """
    method, text = calendar
    message = replace(compose(kind, language, context), method=method, calendar=text)
    return keep(
        message, kind=kind, to=to, language=language, practice_ref=practice_ref, attachments=attachments
    )


def keep(
    message: Message,
    *,
    kind: str,
    to: str,
    language: str,
    practice_ref: str = "",
    attachments: Sequence[tuple[str, str]] = (),
) -> Letter:
    """Write a message that is already rendered, such as those of the sign-in library."""
    letter = Letter(
        kind=kind,
        to=to,
        language=language,
        practice_ref=practice_ref,
        due_at=timezone.now(),
        sealed=b"",
        attachments=[list(pair) for pair in attachments],
    )
    body = json.dumps(astuple(message)).encode()
    letter.sealed = crypto.encrypt(body, purpose=PURPOSE, bound_to=letter.ref.encode())
    letter.save(force_insert=True)
    return letter


def open_letter(letter: Letter) -> Message:
    """What the letter says. For the worker, and for the mailbox page of a development machine."""
    body = crypto.decrypt(letter.sealed, purpose=PURPOSE, bound_to=letter.ref.encode())
    return Message(*json.loads(body))


def send_due(limit: int = 50) -> int:
    """Send up to ``limit`` letters that are due; returns how many went. Called by the worker."""
    sent = 0
    for _turn in range(limit):
        letter = _claim()
        if letter is None:
            break
        sent += _deliver(letter)
    return sent


def _claim() -> Letter | None:
    """Take one due letter for this worker by a conditional update, so that two never take the same."""
    now = timezone.now()
    lost = Letter.unscoped.filter(state=LetterState.SENDING, claimed_at__lt=now - LEASE)
    lost.update(state=LetterState.QUEUED)
    for letter in Letter.unscoped.filter(state=LetterState.QUEUED, due_at__lte=now).order_by("due_at", "id")[
        :10
    ]:
        mine = Letter.unscoped.filter(pk=letter.pk, state=LetterState.QUEUED)
        if mine.update(state=LetterState.SENDING, claimed_at=now) == 1:
            letter.claimed_at = now
            return letter
    return None


def _deliver(letter: Letter) -> bool:
    try:
        _hand_over(letter, open_letter(letter))
    except Exception as failure:  # whatever the mail server or the network does, the letter stays
        log.warning("letter %s not sent: %s", letter.ref, type(failure).__name__)
        _postpone(letter, failure)
        return False
    _settle(letter, state=LetterState.SENT, sent_at=timezone.now(), last_error="")
    return True


def _hand_over(letter: Letter, message: Message) -> None:
    files = [(name, attached(ref), "application/pdf") for ref, name in letter.attachments]
    if settings.OUTBOX_DELIVERY == "mailbox":
        return  # development: the letter is read on the mailbox page
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers={
            "Message-ID": f"<{letter.ref.lower()}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(timeout=20),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        _invite(mail, message)
    for file in files:
        mail.attach(*file)
    mail.send()


def _invite(mail: EmailMultiAlternatives, message: Message) -> None:
    """Twice, as calendar programs want it: some look among the ways of reading the letter, some at its files alone."""
    mail.attach_alternative(message.calendar, f"text/calendar; method={message.method}")
    # A second text/calendar would be taken for a second invitation: the file has the other name of the kind.
    mail.attach("invite.ics", message.calendar.encode(), "application/ics")


def _postpone(letter: Letter, failure: Exception) -> None:
    attempts = letter.attempts + 1
    last = attempts > len(DELAYS)
    wait = timedelta(minutes=DELAYS[min(attempts, len(DELAYS)) - 1])
    _settle(
        letter,
        state=LetterState.FAILED if last else LetterState.QUEUED,
        attempts=attempts,
        due_at=timezone.now() + wait,
        last_error=type(failure).__name__,
    )


def _settle(letter: Letter, **changes) -> None:
    """Only the worker that holds the claim may say what became of the letter."""
    Letter.unscoped.filter(pk=letter.pk, state=LetterState.SENDING, claimed_at=letter.claimed_at).update(
        **changes
    )
