"""The world of every test with contracts further on in their life: out for signature, sealed, a consumer's, a team's."""

from tests.rules import (
    asked,
    competence,
    consumers,
    decided,
    disclosed,
    ended,
    given_back,
    handed_over,
    leaning,
    logged,
    meetings,
    minuted,
    notes,
    protecting,
    signed,
    supervised,
)
from tests.world import World


def extend(w: World) -> World:
    w.signed = signed.extend(w)
    w.consumers = consumers.extend(w)
    w.leaning = leaning.extend(w)
    w.meetings = meetings.extend(w)
    w.notes = notes.extend(w)
    w.decided = decided.extend(w)
    w.protected = protecting.extend(w)
    w.minuted = minuted.extend(w)
    w.given_back = given_back.extend(w)
    w.ended = ended.extend(w)
    w.supervised = supervised.extend(w)
    w.handed = handed_over.extend(w)
    w.disclosed = disclosed.extend(w)
    w.competence = competence.extend(w)
    w.logged = logged.extend(w)
    w.asked = asked.extend(w)
    return w
