"""Who is looking, from which seat, in which practice.

Every read in the house starts from a :class:`Viewer`; there is no other way to ask for data on
behalf of a person. It is frozen so that no code on the way can widen it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Portal(StrEnum):
    """The five doors of the product; the first segment of an address says which one."""

    COACH = "coach"
    COACHEE = "coachee"
    ORGANISATION = "organisation"
    PRACTICE = "practice"
    RECOURSE = "recourse"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person behind one portal of one practice."""

    user_id: int
    user_ref: str
    practice_id: int
    practice_ref: str
    portal: Portal


SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts without a portal: the product itself, or the holder of a one-purpose link.

    An actor moves things from one state to another and is named in the journal; it reads nothing, since every
    reading starts from a :class:`Viewer`.
    """

    user_ref: str
    practice_ref: str
    user_id: int | None = None


def system(practice_ref: str) -> Actor:
    """The product, acting by itself: the last signature, a date that has passed, the worker."""
    return Actor(SYSTEM, practice_ref)
