"""What coachees of the demo decide, what their coaches suggest, where they see their objectives and by which means."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coaching.decisions.models import Decision
from coaching.decisions.services import decisions, suggestions
from coaching.kernel.acts import act
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import own_coachee_seat
from coaching.missions.models import Mission
from coaching.missions.requests_access import aims_of
from coaching.progress.services import means, measures
from coaching.sessions.access import sessions_of
from coaching.sessions.enums import SessionState

from . import cast
from .cast import Player, as_coach, as_viewer
from .missions import mission_of
from .stories import CONSUMER, ENGLISH, SUCCESSION, TEAM, Story


@dataclass(frozen=True, slots=True)
class Decided:
    text: str
    days_ago: int = 10
    shared: bool = False
    look_in: int | None = None  # days from now, with a letter on that day
    outcome: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    text: str
    adopted: str = ""  # in the coachee's own words
    declined: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """Of one coachee: what they decide, what is suggested to them, where they see the first objective they may measure."""

    story: Story
    player: Player
    decided: tuple[Decided, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    measured: tuple[tuple[str, int, str], ...] = ()
    used: tuple[str, str, str] | None = None  # kind, name and words, in a session that was held


TOLD = (
    Looked(
        SUCCESSION,
        cast.COACHEE,
        decided=(
            Decided("Je confie la réunion du lundi à mon adjoint, et je n’y vais pas.", 12, True, look_in=21),
            Decided("Je dis au directeur général que mars est trop tôt pour le four.", 5, look_in=9),
            Decided(
                "Je ne relis plus les comptes rendus des chefs d’équipe.",
                40,
                outcome="drop",
                closing="Trop tôt. Je recommencerai par un seul des trois.",
            ),
        ),
        suggested=(
            Suggested("Et si vous écriviez ce que vous craignez qu’il arrive lundi, pendant la réunion ?"),
        ),
        measured=(("start", 2, "Je confie les tâches, et je les reprends le soir."),),
    ),
    Looked(
        TEAM,
        cast.AWA,
        decided=(
            Decided("J’appelle Luc avant chaque arbitrage de planning, pas après.", 8, True, look_in=14),
        ),
        suggested=(
            Suggested(
                "Noter, une semaine durant, chaque décision prise sans les deux autres.",
                adopted="Pendant dix jours, je note ce que je décide seule, et je l’apporte à la prochaine séance.",
            ),
        ),
        measured=(("start", 1, "Nous nous croisons, nous ne décidons pas."),),
        used=("drawing", "Les trois chaises", "Chaque cadre a placé les deux autres dans la pièce."),
    ),
    Looked(
        TEAM,
        cast.LUC,
        decided=(Decided("Je demande un entretien à la direction des soins avant la fin du mois.", 6),),
        suggested=(Suggested("Dire à Awa ce que vous avez perdu dans la fusion."),),
        measured=(("start", 4, ""),),
    ),
    Looked(
        CONSUMER,
        cast.CLAIRE,
        decided=(
            Decided(
                "Je refuse le chantier de Pont-à-Mousson.",
                15,
                outcome="fulfil",
                closing="J’ai dit non en deux phrases. Personne ne s’est fâché.",
            ),
            Decided("Je garde mes jeudis soir pour moi.", 3, look_in=30),
        ),
        measured=(("start", 3, "Je demande encore l’avis de ma sœur pour tout."),),
        used=("questions", "", "Une question, toujours la même : « et vous, qu’en dites-vous ? »"),
    ),
    Looked(
        ENGLISH,
        cast.DANIEL,
        decided=(Decided("I stop reviewing changes under fifty lines.", 9, True, look_in=12),),
        suggested=(
            Suggested(
                "Ask the team which reviews they would miss.",
                declined="I would rather try first and ask later.",
            ),
        ),
        measured=(
            ("start", 2, "I review nearly everything."),
            ("middle", 6, "Two weeks without reviewing on a Friday."),
        ),
        used=("exercise", "The empty queue", "What would happen on a day when nothing came to him."),
    ),
)


def build() -> None:
    for told in TOLD:
        mission = mission_of(told.story)
        me = as_viewer(told.player, Portal.COACHEE)
        seat = own_coachee_seat(me, mission)
        if not Decision.unscoped.filter(seat=seat).exists():
            _tell(told, mission, me)


@act
def _tell(told: Looked, mission: Mission, me: Viewer) -> None:
    coach = as_coach(told.story.coach)
    for one in told.decided:
        _decide(one, mission, me)
    for one in told.suggested:
        _suggest(one, mission, coach, me)
    aims = aims_of(me, mission)
    for stage, value, words in told.measured:
        measures.measure(me, mission, aims[0], stage, value, words, based_on=0)
    held = [one for one in sessions_of(coach, mission) if one.state == SessionState.HELD]
    if told.used and held:
        kind, name, words = told.used
        means.say(coach, held[0], aims[0], kind=kind, name=name, words=words, based_on=0)


def _decide(one: Decided, mission: Mission, me: Viewer) -> None:
    today = timezone.localdate()
    row = decisions.decide(
        me,
        mission,
        one.text,
        taken_on=today - timedelta(days=one.days_ago),
        look_on=today + timedelta(days=one.look_in) if one.look_in else None,
        remind=one.look_in is not None,
    )
    if one.shared:
        row = decisions.share(me, row, based_on=row.number)
    if one.outcome:
        decisions.close(me, row, one.outcome, one.closing, based_on=row.number)


def _suggest(one: Suggested, mission: Mission, coach: Viewer, me: Viewer) -> None:
    row = suggestions.suggest(coach, mission, own_coachee_seat(me, mission), one.text)
    if one.adopted:
        suggestions.adopt(me, row, one.adopted, taken_on=timezone.localdate())
    elif one.declined:
        suggestions.decline(me, row, one.declined)
