"""A person's private feed: made, replaced, revoked by themselves alone; and their wishes."""

from django.utils import timezone

from coaching.accounts.models import User
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.tokens import hash_token
from coaching.sessions.invitations import calendar, entry

from ..access import fed, feed_of, wishes_of
from ..links import token_of
from ..models import Feed, Wishes


@act
def make_feed(user: User) -> Feed:
    """Give a person an address for their calendar program; the one they had opens nothing any more.

    Who may: the person. Records ``feed.make`` in their own chain, after ``feed.revoke`` where there was one.
    """
    _hold(user)
    _revoke(user)
    feed = Feed(user=user)
    feed.token_hash = hash_token(token_of(feed.ref))
    feed.save(force_insert=True)
    _record(user, "feed.make", feed.ref)
    return feed


@act
def revoke_feed(user: User) -> None:
    """Close the person's feed: its address opens nothing any more. Who may: the person. Records ``feed.revoke``."""
    _hold(user)
    _revoke(user)


def _hold(user: User) -> None:
    """Two tabs that ask at the same moment come one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _revoke(user: User) -> None:
    feed = feed_of(user)
    if feed and Feed.unscoped.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
        _record(user, "feed.revoke", feed.ref)


@act
def set_wishes(user: User, *, zone: str, remind_hours: int, show_place: bool) -> None:
    """How a person wants their calendar. Who may: the person. Not journalled: a preference, like a language."""
    said = {"zone": zone, "remind_hours": remind_hours, "show_place": show_place}
    Wishes.unscoped.update_or_create(user=user, defaults=said)


def feed_text(feed: Feed) -> str:
    """What a calendar program reads at a feed's address: moments under one neutral word. Writes nothing."""
    user = feed.user
    place = wishes_of(user).show_place
    events = [
        entry(
            one,
            user.language,
            stamped=one.cancelled_at or one.created_at,
            place=(one.place or one.join_link) if place else "",
        )
        for one in fed(user)
    ]
    return calendar(events, "PUBLISH")


def _record(user: User, kind: str, subject: str) -> None:
    events.record(chain=user.ref, kind=kind, actor=user.ref, subject=subject)
