"""Missions that have ended: one closed after its coachee’s last look, one stopped by its coach; some letters read, some not."""

from coaching.closings.access import letters_of
from coaching.closings.services import acknowledging, ending, looking, satisfaction
from coaching.closings.services.parting import part
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionState
from coaching.missions.models import Mission
from coaching.missions.requests_access import aims_of
from coaching.progress.services import means
from coaching.sessions.access import sessions_of
from coaching.sessions.enums import SessionState

from .cast import as_coach, as_viewer
from .missions import mission_of
from .stories import CLOSED, STOPPED, Story

LOOKS = (
    "Je réunis l’atelier en vingt minutes, et je m’y tiens. Les silences ne me font plus peur.",
    "C’est venu plus vite que je ne pensais, une fois que j’ai cessé de tout préparer.",
)
BROUGHT = "Une place d’où parler. J’aurais aimé deux séances de plus au moment du déménagement de l’atelier."


def build() -> None:
    _close()
    _stop()


def _coachee(story: Story) -> Viewer:
    return as_viewer(story.coachees[0].player, Portal.COACHEE)


def _close() -> None:
    coach, me, mission = as_coach(CLOSED.coach), _coachee(CLOSED), mission_of(CLOSED)
    if mission.state != MissionState.ACTIVE:
        return
    looking.prepare(coach, mission)
    held = next(one for one in sessions_of(coach, mission) if one.state == SessionState.HELD)
    for aim, words in zip(aims_of(me, mission), LOOKS, strict=True):
        means.say(coach, held, aim, kind="exercise", name="Dire en trois phrases", words="", based_on=0)
        looking.look(me, mission, aim, words)
    part(
        ending.close(
            coach,
            mission,
            explanation="Merci de ce chemin. Vous savez maintenant ce qui vous aide : un silence avant de répondre.",
            told_organisation="Merci de votre confiance, et d’avoir laissé du temps.",
        )
    )
    satisfaction.answer(me, _again(mission), BROUGHT, shared=True, based_on=0)
    _read(as_viewer(CLOSED.sponsor, Portal.ORGANISATION), mission)


def _stop() -> None:
    mission = mission_of(STOPPED)
    if mission.state != MissionState.ACTIVE:
        return
    part(
        ending.stop(
            as_coach(STOPPED.coach),
            mission,
            explanation=(
                "Je connais maintenant trop bien le conflit qui vous oppose à votre collègue, que j’ai croisé dans une "
                "autre mission. Je ne suis plus à la bonne distance pour vous accompagner."
            ),
            alternatives="Yann Le Goff ou Claire Vasseur peuvent vous recevoir ; je ne leur ai rien dit.",
            told_organisation="Un autre coach peut reprendre, si Pauline le souhaite, aux mêmes conditions.",
        )
    )
    _read(_coachee(STOPPED), mission)


def _read(viewer: Viewer, mission: Mission) -> None:
    acknowledging.acknowledge(viewer, letters_of(viewer, mission)[0])


def _again(mission: Mission) -> Mission:
    return Mission.unscoped.select_related("practice", "coach").get(pk=mission.pk)
