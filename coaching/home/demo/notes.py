"""What a coach wrote down after a first meeting, and what they shared of it."""

from coaching.missions.enums import MissionState
from coaching.notes.access import note_of, summaries_of
from coaching.notes.services import notes, summaries
from coaching.sessions.enums import SessionState
from coaching.sessions.models import CoachingSession

from .cast import as_coach
from .missions import mission_of
from .stories import STORIES

NOTES = {
    "fr": """Arrive en avance, carnet ouvert. Parle vite au début, puis de plus en plus posément.

- Ce qui revient : « je n’ai pas le droit de me tromper ».
- Ce que je remarque en moi : l’envie de rassurer. À porter en supervision.
- Hypothèse, à vérifier sans la souffler : la charge vient moins des dossiers que des arbitrages.

**Pour la prochaine fois :** demander ce qui, cette semaine, dépendait de quelqu’un d’autre.""",
    "en": """Arrives early, notebook open. Speaks fast at first, then more and more calmly.

- What comes back: “I am not allowed to be wrong”.
- What I notice in myself: the wish to reassure. To bring to supervision.
- A hypothesis, to be tested without whispering it: the load comes less from the files than from the choices.

**Next time:** ask what, this week, depended on somebody else.""",
}
SUMMARIES = {
    "fr": """Merci pour ce premier échange. Nous avons convenu de trois choses :

1. vous notez, une semaine durant, les décisions que vous prenez sans en parler ;
2. nous en choisirons deux pour commencer ;
3. rien de cela ne sort d’ici sans votre accord.""",
    "en": """Thank you for this first conversation. We agreed on three things:

1. for a week, you note the decisions you take without talking about them;
2. we choose two of them to begin with;
3. nothing of this leaves here without your consent.""",
}


def build() -> None:
    """On the first meeting of each mission that has begun."""
    for story in STORIES:
        mission = mission_of(story)
        if mission.state == MissionState.ACTIVE:
            _write(as_coach(story.coach), mission)


def _write(coach, mission) -> None:
    met = CoachingSession.unscoped.filter(mission=mission, state=SessionState.HELD).select_related(
        "mission__practice", "mission__coach"
    )
    session = met.order_by("starts_at").first()
    if session is None or note_of(coach, session):
        return
    note = notes.begin(coach, mission, session)
    notes.write(coach, note, NOTES[mission.language], based_on=0, tab="demonstration")
    if not summaries_of(coach, session):
        summaries.share(coach, session, SUMMARIES[mission.language], based_on=0)
