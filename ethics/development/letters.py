"""Letters to a coach about their own file. What it is stays on the page: a letter says that there is something, and when."""

from django.urls import reverse

from coaching.accounts.models import Membership
from coaching.outbox.services import queue

from .enums import Step
from .models import Qualification


def expires(row: Qualification, step: Step) -> None:
    """One of their qualifications expires, or has expired."""
    queue(
        kind="development/expired" if step == Step.AFTER else "development/expires",
        to=row.coach.email,
        language=row.coach.language,
        practice_ref=row.practice.ref,
        context={
            "name": row.coach.name,
            "day": row.expires_on,
            "path": reverse("coach_qualification", args=[row.ref]),
        },
    )


def year_short(member: Membership, year: int, hours: float, step: Step) -> None:
    """Their year is ending, or has ended, below the practice's target."""
    queue(
        kind="development/year_ended" if step == Step.YEAR_ENDED else "development/year_ending",
        to=member.user.email,
        language=member.user.language,
        practice_ref=member.practice.ref,
        context={
            "name": member.user.name,
            "year": year,
            "hours": hours,
            "target": member.practice.development_hours,
            "path": f"{reverse('coach_activities')}?year={year}",
        },
    )
