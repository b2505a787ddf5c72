"""Decisions in a few calls, on a mission whose contract stands."""

from django.utils import timezone

from coaching.decisions.models import Decision, Suggestion
from coaching.decisions.services import decisions, suggestions
from coaching.missions.models import Mission
from tests.sessions.helpers import coachee, seat_of
from tests.world import World

WORDS = "Je confie la réunion du lundi à mon adjoint."


def decide(world: World, mission: Mission, text: str = WORDS, **options) -> Decision:
    options.setdefault("taken_on", timezone.localdate())
    return fresh(decisions.decide(coachee(world), mission, text, **options))


def shared(world: World, mission: Mission, text: str = WORDS, **options) -> Decision:
    row = decide(world, mission, text, **options)
    return fresh(decisions.share(coachee(world), row, based_on=row.number))


def suggest(world: World, mission: Mission, text: str = "Et si vous en parliez d’abord ?", **options):
    return again(suggestions.suggest(world.coach, mission, seat_of(mission), text, **options))


def fresh(decision: Decision) -> Decision:
    return Decision.unscoped.select_related("seat__mission", "seat__person").get(pk=decision.pk)


def again(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.unscoped.select_related("seat__mission", "seat__person")
    return rows.get(pk=suggestion.pk)
