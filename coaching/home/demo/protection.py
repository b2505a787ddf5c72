"""Somebody outside the practice is there for coachees; one has written to her. A coachee of a team pauses."""

from coaching.accounts.models import Invitation
from coaching.accounts.services import accept_invitation
from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal
from coaching.missions.enums import MissionKind, MissionState, SeatRole
from coaching.missions.models import Mission, Pause, Seat
from coaching.missions.services import pace
from coaching.recourse.access import in_place
from coaching.recourse.models import Signal
from coaching.recourse.services import appointing, confiding

from .cast import ADMIN, COACHEE, RECOURSE, account, as_coach, as_viewer, demo_practice
from .missions import mission_of
from .stories import STORIES

SAID = """Bonjour. Rien de grave, mais quelque chose me gêne et je ne sais pas à qui le dire.

Ma responsable m’a demandé deux fois « où on en est » avec ma coach, devant l’équipe. Je n’ose pas en parler en séance : j’ai peur que cela lui revienne."""
ANSWERED = """Bonjour, merci de votre confiance. Vous n’avez rien à répondre à cette question : ce que vous dites en séance est à vous, et votre contrat le dit.

Souhaitez-vous que je rappelle cette règle à l’organisation, sans vous nommer ? Sans votre accord je n’en parle à personne."""


def build() -> None:
    if in_place(demo_practice().pk) is None:
        _ask()
    _confide()
    _pause()


@act
def _ask() -> None:
    row = appointing.appoint(
        as_viewer(ADMIN, Portal.PRACTICE),
        name=RECOURSE.name,
        email=RECOURSE.email,
        language="fr",
        acknowledge_days=3,
        handle_days=30,
    )
    accept_invitation(
        Invitation.unscoped.select_related("practice").get(target_ref=row.ref), account(RECOURSE)
    )


@act
def _confide() -> None:
    me, them = as_viewer(COACHEE, Portal.COACHEE), as_viewer(RECOURSE, Portal.RECOURSE)
    mine = Seat.unscoped.filter(person__user_id=me.user_id, role=SeatRole.COACHEE, ended_at=None)
    if Signal.unscoped.filter(seat__in=mine).exists():
        return
    mission = Mission.unscoped.filter(pk__in=mine.values("mission_id")).order_by("pk").first()
    signal = confiding.send(me, mission, SAID)
    confiding.acknowledge(them, signal)
    confiding.write(them, signal, ANSWERED)


def _pause() -> None:
    for story in STORIES:
        mission = mission_of(story)
        if mission.kind != MissionKind.TEAM or mission.state != MissionState.ACTIVE:
            continue
        seats = Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE, ended_at=None)
        last = seats.select_related("person", "mission").order_by("pk").last()
        if not Pause.unscoped.filter(mission=mission).exists():
            reason = "Vous me disiez vouloir souffler avant la clôture des comptes : reprenons après, quand vous le direz."
            pace.pause(as_coach(story.coach), mission, last, reason=reason)
