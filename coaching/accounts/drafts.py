"""Nothing typed is lost: what a person types in a long form is kept, sealed, for that person and that page alone.

Two ways in, both a POST. *Typed*: the page of a signed-in person sends the form as they type. *Handed over*: a form sent
after the session has expired is kept across the sign-in, under a key that only a cookie of that browser completes. Both
are sealed under the deployment's key and bound to the account that was shown the form and to its address; they are
opened for that account only, forgotten once the form is taken, and never older than seven days. Inside, the words are
sealed to the person's own key by the room that keeps keys (:func:`install_sealer`): neither the database nor the
deployment's key opens them.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from coaching.kernel import crypto
from coaching.kernel.acts import act

from .models import KeptForm, User

LIFE = timedelta(days=7)
FIELD = "_kept"
COOKIE = "kept"
LIMIT = 1_000_000  # bytes of one form; what is longer is not kept, and the form itself refuses it
PURPOSE = "kept-forms"
LEFT_OUT = frozenset({FIELD, "csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals to a person's own key without needing it open; opens with it, or says that it is closed."""

    seal: Callable[[User, bytes, bytes], bytes]
    open: Callable[[User, bytes, bytes], bytes]


_sealers: list[Sealer] = []


def install_sealer(sealer: Sealer) -> None:
    """Called once, from ``AppConfig.ready()`` by the room that keeps people's keys."""
    _sealers[:] = [sealer]


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who was shown a form, and where: signed into the form itself."""

    user_ref: str
    address: str

    def sign(self) -> str:
        return signing.dumps([self.user_ref, self.address], salt=PURPOSE)


def read_ticket(text: str) -> Ticket | None:
    """The ticket a form brought back, or nothing when it was not ours or is older than a draft may be."""
    try:
        return Ticket(*signing.loads(text, salt=PURPOSE, max_age=LIFE))
    except (signing.BadSignature, ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """A form found again: its fields as they were typed, and when."""

    data: MultiValueDict
    at: datetime


def new_secret() -> str:
    """What a browser's cookie holds; without it nothing handed over by that browser opens."""
    return secrets.token_urlsafe(32)


def keep(ticket: Ticket, data: Mapping) -> bool:
    """What a signed-in person has typed so far. The caller has checked that the ticket is theirs. No event."""
    return _store(ticket, data, secret="")


def hand_over(ticket: Ticket, data: Mapping, secret: str) -> bool:
    """What was sent after the session had expired, for the account that was shown the form. No event."""
    return _store(ticket, data, secret=secret)


@act
def _store(ticket: Ticket, data: Mapping, secret: str) -> bool:
    purge()
    body = json.dumps([(name, data.getlist(name)) for name in data if name not in LEFT_OUT]).encode()
    user = User.objects.filter(ref=ticket.user_ref, is_active=True).first()
    if user is None or len(body) > LIMIT:
        return False
    for sealer in _sealers:
        body = sealer.seal(user, body, _binding(ticket, secret))
    sealed = crypto.encrypt(body, purpose=PURPOSE, bound_to=_binding(ticket, secret), key=_key(secret))
    KeptForm.objects.update_or_create(
        user=user,
        page=ticket.address,
        handed_over=bool(secret),
        defaults={"sealed": sealed, "browser": _mark(secret), "saved_at": timezone.now()},
    )
    return True


def find(user: User, address: str, secret: str = "") -> Kept | None:
    """What this person left in the form at this address, the latest first; nothing of anybody else's, ever."""
    rows = KeptForm.objects.filter(user=user, page=address, saved_at__gt=timezone.now() - LIFE)
    ticket = Ticket(user.ref, address)
    for row in rows.order_by("-saved_at"):
        with_secret = secret if row.handed_over else ""
        if hmac.compare_digest(row.browser, _mark(with_secret)):
            return _open(user, row, ticket, with_secret)
    return None


def _open(user: User, row: KeptForm, ticket: Ticket, secret: str) -> Kept | None:
    try:
        body = crypto.decrypt(
            row.sealed, purpose=PURPOSE, bound_to=_binding(ticket, secret), key=_key(secret)
        )
        for sealer in _sealers:
            body = sealer.open(user, body, _binding(ticket, secret))
    except crypto.Undecipherable:
        return None
    return Kept(MultiValueDict(dict(json.loads(body))), row.saved_at)


def left(user: User, page: str, secret: str = "") -> list[tuple[str, datetime]]:
    """What this person left in the windows of one page, each an address of its own that begins with ``page``; the latest first."""
    rows = KeptForm.objects.filter(user=user, page__startswith=page, saved_at__gt=timezone.now() - LIFE)
    return [
        (row.page, row.saved_at)
        for row in rows.order_by("-saved_at")
        if hmac.compare_digest(row.browser, _mark(secret if row.handed_over else ""))
    ]


def forget_page(user_ref: str, page: str) -> None:
    """Whatever was kept of a page, in any of its windows: what it was for is gone."""
    KeptForm.objects.filter(user__ref=user_ref, page__startswith=page).delete()


def forget(ticket: Ticket) -> None:
    """The form was taken: what was kept of it goes."""
    KeptForm.objects.filter(user__ref=ticket.user_ref, page=ticket.address).delete()


def purge() -> int:
    """Delete what is older than seven days; done at every write, and by the worker."""
    return KeptForm.objects.filter(saved_at__lte=timezone.now() - LIFE).delete()[0]


def _binding(ticket: Ticket, secret: str) -> bytes:
    return "\x1f".join([ticket.user_ref, ticket.address, _mark(secret)]).encode()


def _key(secret: str) -> bytes | None:
    """The deployment's key, completed by the browser's secret where there is one."""
    if not secret:
        return None
    return hmac.new(crypto.derive(PURPOSE), secret.encode(), hashlib.sha256).digest()


def _mark(secret: str) -> str:
    """Tells one browser's hand-over from another's; the secret cannot be found from it."""
    return hashlib.sha256(b"mark:" + secret.encode()).hexdigest() if secret else ""
