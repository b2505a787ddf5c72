from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The three moments at which a coachee looks at their objectives."""

    START = "start", _("At the start")
    MIDDLE = "middle", _("Half-way")
    END = "end", _("At the end")


STAGES = tuple(Stage)

LOWEST, HIGHEST = 0, 10
WORDS = (
    _("not at all there"),
    _("the first signs"),
    _("the first signs"),
    _("a little"),
    _("a little"),
    _("half way"),
    _("more than half way"),
    _("well on the way"),
    _("well on the way"),
    _("almost there"),
    _("entirely there"),
)


class MeansKind(models.TextChoices):
    """What was worked with in a session, where one of these says it."""

    QUESTIONS = "questions", _("Questioning, rewording")
    EXERCISE = "exercise", _("Exercise, role play")
    OBSERVATION = "observation", _("Observation, feedback on the moment")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire, inventory")
    DRAWING = "drawing", _("Drawing, cards, objects")
    BODY = "body", _("Body, breath, voice")
    READING = "reading", _("Text or model brought by the coach")
    BETWEEN = "between", _("Something to try between sessions")
    OTHER = "other", _("Something else")
