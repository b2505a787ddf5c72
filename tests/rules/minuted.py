"""The world of the rules, further on: minutes of three-way meetings, being written, proposed, worded otherwise and agreed."""

from dataclasses import dataclass, replace

from coaching.minutes.models import Minutes
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from tests.minutes.helpers import approve, met, proposed, reword, written
from tests.sessions.helpers import SAID, coachee, in_days, sponsor
from tests.world import World

SIDES = ("coach", "coachee", "sponsor")


@dataclass
class Minuted:
    draft: Minutes
    open: Minutes  # the coachee approves and sees something otherwise; the organisation words it otherwise
    turned: Minutes  # the other way round
    agreed: Minutes


def extend(w: World) -> Minuted:
    mission = Mission.unscoped.select_related("practice", "coach").get(pk=w.signed.sealed.mission_id)
    draft = written(w, _met(w, mission, 1), w.plant("minutes.Minutes.draft_ref", "coach"))
    opened, turned = (_proposed(w, mission, turn) for turn in (2, 3))
    approve(coachee(w), opened, w.plant("minutes.CoacheeCopy.divergence", "coach", "coachee"))
    reword(sponsor(w), opened, w.plant("minutes.OrganisationCopy.wording", "coach", "sponsor"))
    approve(sponsor(w), turned, w.plant("minutes.OrganisationCopy.divergence", "coach", "sponsor"))
    reword(coachee(w), turned, w.plant("minutes.CoacheeCopy.wording_ref", "coach", "coachee"))
    return Minuted(draft, opened, turned, _agreed(w, mission))


def _met(w: World, mission: Mission, turn: int) -> CoachingSession:
    place = w.plant("coaching_sessions.CoachingSession.place", *SIDES)
    return met(w, mission, said=replace(SAID, at=in_days(40 + turn), place=place), ago=3 * turn)


def _proposed(w: World, mission: Mission, turn: int) -> Minutes:
    """The same text for both sides, kept for each in its own place."""
    words = [w.plant(f"minutes.{path}", *SIDES) for path in ("CoacheeCopy.text_ref", "OrganisationCopy.text")]
    return proposed(w, _met(w, mission, turn), "\n\n".join(words))


def _agreed(w: World, mission: Mission) -> Minutes:
    row = proposed(w, _met(w, mission, 4), w.plant("minutes.AgreedMinutes.text", *SIDES))
    for viewer in (coachee(w), sponsor(w)):
        approve(viewer, row, w.plant("minutes.AgreedSide.divergence", *SIDES))
    row.refresh_from_db()
    return row
