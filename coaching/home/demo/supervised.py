"""A coach's supervision: with whom, what took place and was attested, a point flagged from their first note, another brought."""

from datetime import timedelta

from django.utils import timezone

from coaching.kernel.tokens import hash_token
from coaching.kernel.viewer import Viewer
from coaching.notes.access import notes_for
from ethics.supervision.access import link_by_hash, points_for, supervisions_for
from ethics.supervision.models import Supervisor
from ethics.supervision.services import attesting, points, sessions, supervisors
from ethics.supervision.services.links import make

from .cast import COACH, COLLEAGUE, Player, as_coach

FLAGGED = "D’où me vient l’envie de rassurer, dès que l’on hésite devant moi ? Qu’est-ce que j’évite alors ?"
BROUGHT = "Je prends parti dans un conflit dont je n’entends qu’un côté. Comment revenir à ma place ?"
LEARNT = "Nommer à voix haute que je n’ai qu’un côté de l’histoire suffit souvent à me remettre à ma place."
SUPERVISOR = {
    "name": "Mathilde Rosset",
    "email": "mathilde.rosset@demo.test",
    "relation": "third",
    "form": "individual",
    "credentials": "Superviseure accréditée",
    "language": "fr",
}
AGO = timedelta(days=12)
EARLIER = timedelta(days=75)


def build() -> None:
    """For each coach of the practice who has written a note."""
    for player in (COACH, COLLEAGUE):
        _write(player)


def _write(player: Player) -> None:
    coach = as_coach(player)
    note = notes_for(coach).filter(number__gt=0).first()
    if note is None or points_for(coach).exists() or supervisions_for(coach).exists():
        return
    points.write(coach, FLAGGED, note=note)
    earlier = points.write(coach, BROUGHT).point
    with_whom = supervisors.save_supervisor(coach, None, SUPERVISOR)
    _attested(coach, with_whom)
    said = {"held_on": timezone.localdate() - AGO, "minutes": 60, "form": "individual"}
    sessions.record(coach, with_whom, said, treated=[earlier.ref], text=LEARNT)


def _attested(coach: Viewer, with_whom: Supervisor) -> None:
    """The attestation's PDF is made by the worker, as anywhere."""
    said = {"held_on": timezone.localdate() - EARLIER, "minutes": 90, "form": "individual"}
    row, _doubts = sessions.record(coach, with_whom, said)
    token = make(attesting.ask(coach, row))
    attesting.attest(link_by_hash(hash_token(token)), with_whom.name)
