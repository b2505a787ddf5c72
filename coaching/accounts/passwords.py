"""What else happens when a password is chosen, proved or changed: rooms above tell here what they keep under it.

A password passes through the product at these three moments and never otherwise; nobody keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .models import User


@dataclass(frozen=True, slots=True)
class Follower:
    """A room that keeps something under people's passwords.

    ``chosen``: with a new account. ``proved``: at a sign-in, or where it is asked for once more. ``changed``: by the
    person, who has just given the old one. A password that was reset by mail is none of these: it proves nothing.
    """

    chosen: Callable[[User, str], None]
    proved: Callable[[User, str], None]
    changed: Callable[[User, str, str], None]


_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Called from ``AppConfig.ready()`` by the room that keeps something under passwords."""
    if follower not in _followers:
        _followers.append(follower)


def chosen(user: User, password: str) -> None:
    for follower in _followers:
        follower.chosen(user, password)


def proved(user: User, password: str) -> None:
    for follower in _followers:
        follower.proved(user, password)


def changed(user: User, old: str, new: str) -> None:
    for follower in _followers:
        follower.changed(user, old, new)
