"""Three-way meetings of the demo that were held lately: minutes all agreed on, and others that a coachee words otherwise."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal, Viewer
from coaching.minutes.access import get_copy
from coaching.minutes.models import Minutes
from coaching.minutes.services import answering, drafting
from coaching.missions.access import own_coachee_seat
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.sessions.enums import SessionKind, ThreeWayStage
from coaching.sessions.models import CoachingSession
from coaching.sessions.services import life, planning
from contracts.in_force import agreed_on

from . import cast
from .cast import Player, as_coach, as_viewer
from .meetings import said_in
from .missions import mission_of
from .stories import ENGLISH, TEAM, Story

BEGUN, MET = (
    timedelta(days=20),
    -6,
)  # a contract of the demo is sealed as it is made: its mission began before that


@dataclass(frozen=True, slots=True)
class Told:
    """``wording`` leaves the minutes open; without it all approve, each with what they see otherwise."""

    story: Story
    coachee: Player
    sponsor: Player
    hour: int
    text: str
    seen: tuple[str, str] = ("", "")  # otherwise: by the coachee, by the organisation
    wording: str = ""


TEAM_TEXT = """## Ce que nous avons regardé

Les règles de décision de l’équipe : deux sont écrites, une est tenue depuis trois semaines.

## Ce qui est convenu

- Les arbitrages de planning se prennent à trois, le lundi.
- La direction des soins ne tranche plus à la place de l’équipe.
- Un point d’étape aura lieu en mars."""
TOLD = (
    Told(
        ENGLISH,
        cast.DANIEL,
        cast.GRACE,
        8,
        """## What we looked at

Daniel leads the Paris team since January. Half of the changes are reviewed by somebody else than him.

## What is agreed

- Grace no longer asks Daniel about single changes.
- The share of reviews is looked at again at the end, not before.""",
        seen=("I would have liked to name the two people who take over the reviews.", ""),
    ),
    Told(
        TEAM,
        cast.AWA,
        cast.JEANNE,
        13,
        TEAM_TEXT,
        wording=TEAM_TEXT.replace(
            "se prennent à trois, le lundi", "se prennent à trois, quand ils se posent"
        ),
    ),
)


def build() -> None:
    for told in TOLD:
        mission = mission_of(told.story)
        if not Minutes.unscoped.filter(session__mission=mission).exists():
            _tell(told, mission)


@act
def _tell(told: Told, mission: Mission) -> None:
    coach = as_coach(told.story.coach)
    row = drafting.write(coach, _met(told, coach, mission), told.text, based_on=0)
    row = drafting.propose(coach, row, based_on=row.revision)
    me, theirs = as_viewer(told.coachee, Portal.COACHEE), as_viewer(told.sponsor, Portal.ORGANISATION)
    if told.wording:
        copy = get_copy(me, row.ref)
        answering.reword(me, copy, told.wording, sha256=copy.sha256, based_on=copy.revision)
        return
    for viewer, seen in zip((me, theirs), told.seen, strict=True):
        copy = get_copy(viewer, row.ref)
        answering.approve(viewer, copy, sha256=copy.sha256, based_on=copy.revision, divergence=seen)


def _met(told: Told, coach: Viewer, mission: Mission) -> CoachingSession:
    Mission.unscoped.filter(pk=mission.pk).update(activated_at=timezone.now() - BEGUN)
    mission.refresh_from_db()
    me = own_coachee_seat(as_viewer(told.coachee, Portal.COACHEE), mission)
    sponsor = Seat.unscoped.select_related("person").get(
        mission=mission, role=SeatRole.SPONSOR, ended_at=None
    )
    said = said_in(MET, told.hour, 60, agreed_on(mission).media[0])
    stage, kind = ThreeWayStage.START, SessionKind.THREE_WAY
    row = planning.plan(coach, mission, [me, sponsor], said, kind=kind, stage=stage)[0]
    return life.record_held(coach, row, minutes=55, present=[me.ref, sponsor.ref])
