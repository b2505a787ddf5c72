"""The world of the rules, further on: what the coach takes to supervision, from a note and of its own."""

from dataclasses import dataclass

from django.utils import timezone

from ethics.supervision.models import SupervisionPoint
from ethics.supervision.services import points
from tests.world import World

PATH = "supervision.SupervisionPoint.sealed_ref"


@dataclass
class Supervised:
    open: SupervisionPoint  # from the note of the rules
    brought: SupervisionPoint


def extend(w: World) -> Supervised:
    first = points.write(w.coach, w.plant(PATH, "coach"), note=w.notes.note).point
    second = points.write(w.coach, w.plant(PATH, "coach")).point
    return Supervised(first, points.treat(w.coach, second, timezone.localdate()))
