"""The one-purpose link to a supervisor: made, taken back, used once."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.errors import Stale
from coaching.kernel.tokens import hash_token, new_token

from ..models import AttestationLink, SupervisionSession

VALID = timedelta(days=60)  # a supervisor may be away


def make(session: SupervisionSession) -> str:
    """A new link in the place of the one there was; gives its token, which is kept nowhere."""
    revoke(session)
    token = new_token()
    AttestationLink.unscoped.create(
        session=session,
        token_hash=hash_token(token),
        expires_at=timezone.now() + VALID,
    )
    return token


def revoke(session: SupervisionSession) -> None:
    rows = AttestationLink.unscoped.filter(session=session, used_at=None, revoked_at=None)
    rows.update(revoked_at=timezone.now())


def use(link: AttestationLink) -> None:
    """It opens no more. :class:`Stale` for the second of two who press at once, and once it is over."""
    now = timezone.now()
    rows = AttestationLink.unscoped.filter(pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=now)
    if rows.update(used_at=now) != 1:
        raise Stale(_("This link has been used, or is no longer valid."))
