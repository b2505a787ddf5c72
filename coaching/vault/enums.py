from django.db import models


class Audience(models.TextChoices):
    """Who shares a compartment. One mission has at most one compartment per audience and coachee."""

    COACH = "coach"
    COACHEE = "coachee"
    COACH_AND_COACHEE = "coach_coachee"
    COACHEE_AND_COLLEAGUE = "coachee_colleague"  # about one hand-over, agreed to by the coachee
    COACHEE_AND_RECOURSE = "coachee_recourse"
