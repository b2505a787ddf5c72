"""What a coach takes to supervision: a point flagged from their first note, another brought already."""

from datetime import timedelta

from django.utils import timezone

from coaching.notes.access import notes_for
from ethics.supervision.access import points_for
from ethics.supervision.services import points

from .cast import COACH, COLLEAGUE, Player, as_coach

FLAGGED = "D’où me vient l’envie de rassurer, dès que l’on hésite devant moi ? Qu’est-ce que j’évite alors ?"
BROUGHT = "Je prends parti dans un conflit dont je n’entends qu’un côté. Comment revenir à ma place ?"
AGO = timedelta(days=12)


def build() -> None:
    """For each coach of the practice who has written a note."""
    for player in (COACH, COLLEAGUE):
        _write(player)


def _write(player: Player) -> None:
    coach = as_coach(player)
    note = notes_for(coach).filter(number__gt=0).first()
    if note is None or points_for(coach).exists():
        return
    points.write(coach, FLAGGED, note=note)
    earlier = points.write(coach, BROUGHT).point
    points.treat(coach, earlier, timezone.localdate() - AGO)
