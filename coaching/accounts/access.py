"""Reading accounts, practices and invitations; and finding out where a signed-in person may sit."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import CharField, Q, QuerySet, Value

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer

from .models import Invitation, Membership, Practice, User
from .policy import INVITATION_RULES, MEMBER_RULES, PRACTICE_RULES


@dataclass(frozen=True, slots=True)
class Chair:
    """A place a person may take: one portal of one practice."""

    portal: Portal
    practice_id: int
    practice_ref: str
    practice_name: str


# Rooms above know of seats; each tells here, when it starts, which chairs it gives a person: rows of
# (portal, practice id, practice reference, practice name), so that all are asked for in one query.
ChairSource = Callable[[User], list[QuerySet]]
_sources: list[ChairSource] = []
ORDER = {
    portal: place
    for place, portal in enumerate(
        (Portal.COACH, Portal.PRACTICE, Portal.COACHEE, Portal.ORGANISATION, Portal.RECOURSE)
    )
}


def register_chairs(source: ChairSource) -> None:
    """Called from ``AppConfig.ready()`` by a room that gives people a place at a table."""
    if source not in _sources:
        _sources.append(source)


def chairs_of(user: User) -> list[Chair]:
    """Every place this person may take now, coach first; none for an inactive account."""
    if not user.is_active:
        return []
    first, *others = [rows for source in (_member_chairs, *_sources) for rows in source(user)]
    chairs = [Chair(Portal(portal), *place) for portal, *place in first.union(*others)]
    return sorted(chairs, key=lambda chair: (ORDER[chair.portal], chair.practice_id))


def chair_rows(rows: QuerySet, portal: Portal, practice: str) -> QuerySet:
    """``rows`` as chairs of one portal; ``practice`` is the way from a row to its practice."""
    said = Value(portal.value, output_field=CharField())
    return rows.order_by().values_list(said, f"{practice}__id", f"{practice}__ref", f"{practice}__name")


def _member_chairs(user: User) -> list[QuerySet]:
    rows = Membership.unscoped.filter(user=user, left_at=None)
    return [
        chair_rows(rows.filter(is_coach=True), Portal.COACH, "practice"),
        chair_rows(rows.filter(is_administrator=True), Portal.PRACTICE, "practice"),
    ]


def viewer_on(user: User, chair: Chair) -> Viewer:
    """The viewer for a chair that :func:`chairs_of` has just given for this very person."""
    return Viewer(user.pk, user.ref, chair.practice_id, chair.practice_ref, chair.portal)


def get_practice(viewer: Viewer) -> Practice:
    """The viewer's practice, for its members."""
    return own_practice(viewer).get()


def own_practice(viewer: Viewer) -> QuerySet[Practice]:
    """The same as rows, for a page that asks several things at once."""
    return Practice.objects.visible_to(viewer, PRACTICE_RULES)


def practice_by_ref(ref: str) -> Practice:
    """For services that act within a practice the caller has been shown to belong to."""
    return Practice.unscoped.get(ref=ref)


def practice_by_id(pk: int) -> Practice:
    return Practice.unscoped.get(pk=pk)


def practices() -> QuerySet[Practice]:
    """Every practice of the installation, for the worker."""
    return Practice.unscoped.order_by("pk")


def any_practice() -> bool:
    """Whether the installation has been set up; decides the first-run page."""
    return Practice.unscoped.exists()


def members_for(viewer: Viewer) -> QuerySet[Membership]:
    """Members of the practice, for its administrator."""
    rows = Membership.objects.visible_to(viewer, MEMBER_RULES)
    return rows.select_related("user").order_by("left_at", "user__name")


def colleagues_of(viewer: Viewer) -> QuerySet[Membership]:
    """The other coaches of the practice as they are now, for a coach who would hand something over to one of them."""
    rules = {Portal.COACH: lambda v: Q(practice_id=v.practice_id, is_coach=True, left_at=None)}
    rows = Membership.objects.visible_to(viewer, rules).exclude(user_id=viewer.user_id)
    return rows.filter(user__is_active=True).select_related("user").order_by("user__name")


def coaches_in(viewer: Viewer) -> QuerySet[Membership]:
    """The coaches of the practice as they are now, for its administrator."""
    rows = Membership.objects.visible_to(viewer, MEMBER_RULES).filter(is_coach=True, left_at=None)
    return rows.select_related("user").order_by("user__name", "pk")


def coaches_here(user_id: int, practice_id: int) -> bool:
    """Whether somebody is a coach of this practice today; for services that act on what was offered to them."""
    rows = Membership.unscoped.filter(user_id=user_id, practice_id=practice_id, left_at=None, is_coach=True)
    return rows.filter(user__is_active=True).exists()


def get_member(viewer: Viewer, ref: str) -> Membership:
    return get_visible(members_for(viewer), ref)


def invitations_for(viewer: Viewer) -> QuerySet[Invitation]:
    """Colleagues invited and not yet there, for the administrator."""
    rows = Invitation.objects.visible_to(viewer, INVITATION_RULES)
    return rows.filter(used_at=None, revoked_at=None).order_by("-created_at")


def get_invitation(viewer: Viewer, ref: str) -> Invitation:
    return get_visible(invitations_for(viewer), ref)


def invitation_of_target(target_ref: str) -> Invitation | None:
    """The last invitation sent to somebody the caller has been shown."""
    return Invitation.unscoped.filter(target_ref=target_ref).order_by("-pk").first()


def invitations_of_targets(refs) -> dict[str, Invitation]:
    """The last invitation of each of these people, in one query; none where nobody is asked for."""
    if not refs:
        return {}
    rows = Invitation.unscoped.filter(target_ref__in=list(refs)).order_by("pk")
    return {row.target_ref: row for row in rows}


def user_by_address(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_id(pk: int) -> User:
    return User.objects.get(pk=pk)


def has_authenticator(user: User) -> bool:
    """Whether the account has an authenticator application as its second factor."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def coaches_of_practices() -> dict[int, list[int]]:
    """The accounts that coach in each practice now. For the worker."""
    found: dict[int, list[int]] = {}
    rows = Membership.unscoped.filter(is_coach=True, left_at=None, user__is_active=True).order_by("pk")
    for practice_id, user_id in rows.values_list("practice_id", "user_id"):
        found.setdefault(practice_id, []).append(user_id)
    return found
