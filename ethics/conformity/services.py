"""Counting how the charter is held, month by month: the one thing conformity writes, and counts alone."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import practices
from coaching.accounts.models import Practice
from coaching.jobs.services import Task
from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.evidence import About
from coaching.kernel.viewer import Portal, Viewer

from .access import figures_of_coaches, figures_of_missions
from .judging import Count
from .models import Tally

FIGURES = ("held", "overridden", "to_do", "not_applicable")


def count_all(task: Task) -> None:
    """The worker's: every practice, one after the other. Twice in a month is the same as once, later."""
    for practice in practices():
        count_practice(practice)


@act
def count_practice(practice: Practice) -> None:
    """The figures of this month for each of its coaches: what an administrator may be told, and no more. Records nothing."""
    seen = Viewer(0, "", practice.pk, practice.ref, Portal.PRACTICE)
    _keep(seen)


@act
def count_own(viewer: Viewer) -> None:
    """A coach asks for their figures to be counted again now. Records nothing: no state has moved.

    Who may: a coach, their own missions.
    """
    if viewer.portal != Portal.COACH:
        raise NotAllowedNow(_("Only a coach has missions to count."))
    _keep(viewer)


def _keep(viewer: Viewer) -> None:
    month = timezone.localdate().replace(day=1)
    found = {
        About.MISSION: figures_of_missions(viewer, Portal.PRACTICE),
        About.COACH: figures_of_coaches(viewer, Portal.PRACTICE),
    }
    rows = [
        _row(viewer.practice_id, coach_id, month, about, slug, count)
        for about, by_coach in found.items()
        for coach_id, figures in by_coach.items()
        for slug, count in figures.counts().items()
    ]
    Tally.unscoped.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["practice", "coach", "month", "about", "article"],
        update_fields=[*FIGURES, "counted_at"],
    )


def _row(practice_id: int, coach_id: int, month: date, about: About, slug: str, count: Count) -> Tally:
    return Tally(
        practice_id=practice_id,
        coach_id=coach_id,
        month=month,
        about=about.value,
        article=slug,
        counted_at=timezone.now(),
        **{name: getattr(count, name) for name in FIGURES},
    )
