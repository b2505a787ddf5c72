"""What accounts hold about a person: themselves, how they sign in, where they belong, what invited them, what they were typing."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import ALL, Holding, fact, withhold, word
from coaching.kernel.viewer import Portal, Viewer

from . import drafts
from .models import Invitation, KeptForm, Membership, User

MEMBERS = frozenset({Portal.COACH, Portal.PRACTICE})


def _kept(viewer: Viewer) -> list[dict]:
    """Forms not sent yet, of this browser or none; opened with the person's own key."""
    user = User.objects.get(pk=viewer.user_id)
    rows = KeptForm.objects.filter(user=user, handed_over=False).order_by("-saved_at")
    found = [(row, drafts.find(user, row.page)) for row in rows]
    return [
        {
            "page": row.page,
            "saved_at": kept.at,
            "typed": {name: kept.data.getlist(name) for name in kept.data},
        }
        for row, kept in found
        if kept is not None
    ]


def _invited(viewer: Viewer):
    mine = User.objects.filter(pk=viewer.user_id).values("email")
    rows = Invitation.unscoped.filter(practice_id=viewer.practice_id)
    return rows.filter(Q(used_by_id=viewer.user_id) | Q(email__in=mine)).order_by("pk")


ACCOUNT = Holding(
    "account",
    _("My account"),
    ALL,
    lambda v: User.objects.filter(pk=v.user_id),
    (
        fact("ref", _("Reference")),
        word("name", _("Name"), "accounts.User.name"),
        word("email", _("E-mail address"), "accounts.User.email"),
        fact("language", _("Language")),
        fact("theme", _("Appearance")),
        fact("date_joined", _("Account made on")),
        fact("last_login", _("Last sign-in")),
    ),
    order=1,
)
ADDRESSES = Holding(
    "addresses",
    _("Addresses I sign in with"),
    ALL,
    lambda v: EmailAddress.objects.filter(user_id=v.user_id),
    (fact("email", _("E-mail address")), fact("verified", _("Verified"))),
    order=2,
)
FACTORS = Holding(
    "second_factors",
    _("Second factors"),
    ALL,
    lambda v: Authenticator.objects.filter(user_id=v.user_id).order_by("pk"),
    (fact("type", _("Kind")), fact("created_at", _("Set up on")), fact("last_used_at", _("Last used on"))),
    order=3,
)
SIGNED_IN = Holding(
    "signed_in",
    _("Where I am signed in"),
    ALL,
    lambda v: UserSession.objects.filter(user_id=v.user_id).order_by("pk"),
    (
        fact("created_at", _("Since")),
        fact("last_seen_at", _("Last seen")),
        fact("ip", _("Network address")),
        fact("user_agent", _("Browser")),
    ),
    order=4,
)
MEMBERSHIPS = Holding(
    "memberships",
    _("My place in the practice"),
    MEMBERS,
    lambda v: Membership.unscoped.filter(user_id=v.user_id, practice_id=v.practice_id),
    (
        fact("ref", _("Reference")),
        fact("is_coach", _("Coach")),
        fact("is_administrator", _("Administrator")),
        fact("joined_at", _("Since")),
        fact("left_at", _("Until")),
    ),
    order=5,
)
INVITATIONS = Holding(
    "invitations",
    _("Invitations I received"),
    ALL,
    _invited,
    (
        word("name", _("Name"), "accounts.Invitation.name"),
        word("email", _("E-mail address"), "accounts.Invitation.email"),
        fact("created_at", _("Sent on")),
        fact("used_at", _("Taken up on")),
    ),
    order=6,
)
KEPT = Holding(
    "unsent_forms",
    _("What I was typing and have not sent"),
    ALL,
    _kept,
    (
        fact("page", _("Page")),
        fact("saved_at", _("Kept on")),
        word("typed", _("Typed"), "accounts.KeptForm.sealed"),
    ),
    order=90,
)
ALL_HELD = (ACCOUNT, ADDRESSES, FACTORS, SIGNED_IN, MEMBERSHIPS, INVITATIONS, KEPT)

withhold(
    "accounts.Practice",
    "legal_form siret vat_number address city email phone insurance recourse_name recourse_contact mediator_name "
    "mediator_contact",
    _("About the practice as an undertaking; its pages and your contract say it."),
)
