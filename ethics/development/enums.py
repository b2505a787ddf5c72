"""Words and figures of a coach's competence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What keeps a coach learning (article Maintien et développement des compétences)."""

    TRAINING = "training", _("Training")
    READING = "reading", _("Reading")
    PEERS = "peers", _("Peer group")
    CONFERENCE = "conference", _("Conference")
    MENTORING = "mentoring", _("Mentoring")
    RESEARCH = "research", _("Research or writing")
    OTHER = "other", _("Something else")


class Step(models.TextChoices):
    """A letter that is written once: how long before a qualification expires, or how a year ends."""

    LONG_BEFORE = "long", _("60 days before")
    SHORTLY_BEFORE = "short", _("14 days before")
    AFTER = "after", _("once it has expired")
    YEAR_ENDING = "ending", _("before the year ends")
    YEAR_ENDED = "ended", _("once the year has ended")


LONG, SHORT = 60, 14  # days before a qualification expires
QUARTER = 4  # of an hour: hours are counted in quarters
MOST_QUARTERS = 1_200  # 300 hours in one entry; a longer training is a qualification
EARLIEST_YEAR = 1950


def in_hours(quarters: int) -> int | float:
    """A whole number where it is one: nobody writes "2,0 h"."""
    return quarters // QUARTER if quarters % QUARTER == 0 else quarters / QUARTER
