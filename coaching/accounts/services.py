"""Making practices and members, inviting people, taking invitations up."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import DomainError, Invalid, Stale
from coaching.kernel.tokens import hash_token, new_token
from coaching.kernel.viewer import Viewer

from . import letters, passwords
from .enums import InvitationPurpose
from .models import Invitation, Membership, Practice, User

LIFE = timedelta(days=14)


class InvitationVoid(DomainError):
    """The link is used, expired, revoked, or was never made."""


# Rooms above say what happens when somebody takes up an invitation made for one of their rows.
Acceptor = Callable[[Invitation, User], None]
_acceptors: dict[str, Acceptor] = {}


def register_acceptor(purpose: InvitationPurpose, acceptor: Acceptor) -> None:
    """Called from ``AppConfig.ready()`` by the room that owns the invitation's target."""
    _acceptors[purpose.value] = acceptor


@act
def create_user(*, email: str, name: str, password: str, language: str = "fr") -> User:
    """An account whose address has been proved by the caller (an invitation, the first run, the demo).

    Raises :class:`Invalid` for an address that has an account, also when two were made at once.
    """
    user = User(email=email.strip().lower(), name=name.strip(), language=language)
    user.set_password(password)
    try:
        user.full_clean()
        with one_act():
            user.save()
    except ValidationError as wrong:
        raise Invalid(" ".join(wrong.messages)) from wrong
    except IntegrityError as twin:
        raise Invalid(_("This address has just got an account: sign in with it.")) from twin
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    passwords.chosen(user, password)
    return user


@act
def create_practice(*, name: str, founder: User, **details) -> Practice:
    """A practice with its first member, coach and administrator at once. Records ``practice.create``."""
    practice = Practice(name=name.strip(), **details)
    practice.full_clean()
    practice.save()
    Membership.unscoped.create(practice=practice, user=founder, is_coach=True, is_administrator=True)
    _record(practice, founder.ref, "practice.create", practice.ref)
    return practice


@act
def add_member(
    practice: Practice, user: User, *, as_coach: bool, as_administrator: bool, by: str
) -> Membership:
    """Make ``user`` a member, or give a former member their place again. Records ``membership.add``."""
    if not (as_coach or as_administrator):
        raise Invalid(_("Choose at least one role."), field="as_coach")
    member, _made = Membership.unscoped.update_or_create(
        practice=practice,
        user=user,
        defaults={"is_coach": as_coach, "is_administrator": as_administrator, "left_at": None},
    )
    data = {"coach": as_coach, "administrator": as_administrator, "user": user.ref}
    _record(practice, by, "membership.add", member.ref, data)
    return member


@act
def end_membership(viewer: Viewer, member: Membership) -> None:
    """The administrator ends a membership: the account loses both portals of the practice at once.

    Refused for the last administrator, without whom nobody could run the practice. Records ``membership.end``.
    """
    others = Membership.unscoped.filter(practice_id=member.practice_id, left_at=None, is_administrator=True)
    others.update(left_at=None)  # takes their rows: two administrators do not end one another at once
    if member.is_administrator and not others.exclude(pk=member.pk).exists():
        raise Invalid(_("This is the last administrator: name another one first."))
    if Membership.unscoped.filter(pk=member.pk, left_at=None).update(left_at=timezone.now()) != 1:
        raise Stale(_("This membership has already ended."))
    events.record(chain=viewer.practice_ref, kind="membership.end", actor=viewer.user_ref, subject=member.ref)


@act
def update_practice(viewer: Viewer, practice: Practice, changes: dict) -> Practice:
    """The administrator changes the practice's details. Records ``practice.change`` with the field names."""
    changed = sorted(name for name, value in changes.items() if getattr(practice, name) != value)
    for name in changed:
        setattr(practice, name, changes[name])
    practice.full_clean()
    practice.save(update_fields=changed or None)
    if changed:
        _record(practice, viewer.user_ref, "practice.change", practice.ref, {"fields": changed})
    return practice


@act
def invite(
    viewer: Viewer,
    *,
    purpose: InvitationPurpose,
    email: str,
    name: str,
    language: str,
    inviter: User,
    practice: Practice,
    target_ref: str = "",
    as_coach: bool = False,
    as_administrator: bool = False,
    context: dict | None = None,
) -> Invitation:
    """Write to somebody with a single-use link, valid 14 days; earlier links for the same target fall.

    The caller has checked that ``viewer`` may invite to ``target_ref``. Records ``invitation.send``. Refused for a
    member of the practice: taking the invitation up would replace the roles they have.
    """
    email = email.strip().lower()
    if purpose == InvitationPurpose.MEMBERSHIP and _is_member(practice, email):
        raise Invalid(_("This person is already a member of the practice."), field="email")
    token = new_token()
    earlier = Invitation.unscoped.filter(practice=practice, used_at=None, revoked_at=None)
    same = (
        earlier.filter(target_ref=target_ref) if target_ref else earlier.filter(email=email, purpose=purpose)
    )
    same.update(revoked_at=timezone.now())
    invitation = Invitation(
        practice=practice,
        purpose=purpose,
        target_ref=target_ref,
        email=email,
        name=name,
        language=language,
        as_coach=as_coach,
        as_administrator=as_administrator,
        token_hash=hash_token(token),
        invited_by=inviter,
        expires_at=timezone.now() + LIFE,
    )
    invitation.full_clean()
    invitation.save()
    letters.invitation(invitation, token, inviter, context or {})
    _record(practice, viewer.user_ref, "invitation.send", invitation.ref, {"purpose": str(purpose)})
    return invitation


def _is_member(practice: Practice, email: str) -> bool:
    return Membership.unscoped.filter(practice=practice, user__email=email, left_at=None).exists()


@act
def revoke_invitations_of(viewer: Viewer, target_ref: str) -> None:
    """Every link still under way to a row the caller keeps stops working. Records ``invitation.revoke`` for each."""
    for found in Invitation.unscoped.filter(target_ref=target_ref, used_at=None, revoked_at=None):
        revoke_invitation(viewer, found)


@act
def revoke_invitation(viewer: Viewer, invitation: Invitation) -> None:
    """The link stops working. Records ``invitation.revoke``."""
    rows = Invitation.unscoped.filter(pk=invitation.pk, used_at=None, revoked_at=None)
    if rows.update(revoked_at=timezone.now()) != 1:
        raise Stale(_("This invitation has already been used or withdrawn."))
    events.record(
        chain=viewer.practice_ref, kind="invitation.revoke", actor=viewer.user_ref, subject=invitation.ref
    )


def open_invitation(token_hash: str) -> Invitation:
    """The live invitation behind a link, or :class:`InvitationVoid` with the reason in words."""
    found = Invitation.unscoped.select_related("practice", "invited_by").filter(token_hash=token_hash).first()
    if found is None:
        raise InvitationVoid(_("This link is not one of ours, or it was copied incompletely."))
    if found.used_at:
        raise InvitationVoid(_("This invitation has already been used. Sign in with the account it made."))
    if found.revoked_at:
        raise InvitationVoid(
            _("This invitation was replaced by a newer one, or withdrawn. Ask for a new link.")
        )
    if found.expires_at <= timezone.now():
        raise InvitationVoid(_("This invitation has expired. Ask the person who sent it for a new one."))
    return found


@act
def accept_invitation(invitation: Invitation, user: User) -> None:
    """Give ``user`` what the invitation promised, once. Records ``invitation.accept``.

    Who may: whoever holds the link *and* the account of the invited address; the link alone of somebody
    signed in under another address is refused, so that a forwarded mail seats nobody else.
    """
    if user.email != invitation.email:
        raise Invalid(_("This invitation was sent to another address than the one of your account."))
    rows = Invitation.unscoped.filter(
        pk=invitation.pk, used_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    if rows.update(used_at=timezone.now(), used_by=user) != 1:
        raise InvitationVoid(_("This invitation has already been used. Sign in with the account it made."))
    if invitation.purpose == InvitationPurpose.MEMBERSHIP:
        _join(invitation, user)
    else:
        _acceptors[invitation.purpose](invitation, user)
    _record(invitation.practice, user.ref, "invitation.accept", invitation.ref)


@act
def join_by_invitation(invitation: Invitation, *, name: str, password: str) -> User:
    """Make the account of an invited person and seat them, both or neither."""
    user = create_user(email=invitation.email, name=name, password=password, language=invitation.language)
    accept_invitation(invitation, user)
    return user


def _join(invitation: Invitation, user: User) -> None:
    add_member(
        invitation.practice,
        user,
        as_coach=invitation.as_coach,
        as_administrator=invitation.as_administrator,
        by=user.ref,
    )


@act
def set_preferences(user: User, *, language: str | None = None, theme: str | None = None) -> None:
    """A person's own language and look; nothing else of theirs changes."""
    changes = {k: v for k, v in {"language": language, "theme": theme}.items() if v is not None}
    User.objects.filter(pk=user.pk).update(**changes)


def _record(practice: Practice, actor: str, kind: str, subject: str, data: dict | None = None) -> None:
    events.record(chain=practice.ref, kind=kind, actor=actor, subject=subject, data=data)


def check_authenticator(user: User, code: str) -> bool:
    """Whether ``code`` is the one the account's authenticator shows now; each is taken once. The caller counts tries."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return found is not None and found.wrap().validate_code(code)


@act
def rename(user: User, name: str) -> None:
    """A person corrects the name of their own account (article 16 of the GDPR). Records ``account.rename``, not the name.

    Raises :class:`Invalid` where it is empty or too long. What coaches keep of them is theirs to correct, when asked.
    """
    said = " ".join(name.split())
    longest = User._meta.get_field("name").max_length
    if not said or len(said) > longest:
        raise Invalid(_("A name, of at most %(n)d characters.") % {"n": longest}, field="name")
    User.objects.filter(pk=user.pk).update(name=said)
    events.record(chain=user.ref, kind="account.rename", actor=user.ref, subject=user.ref)
