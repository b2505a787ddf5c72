"""Letters of verification: an organisation attests hours where clients are not named. Recorded and removed by their coach."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for

from ..models import LetterMission, VerificationLetter

MOST_MINUTES = 6_000_000


@act
def save_letter(
    viewer: Viewer,
    letter: VerificationLetter | None,
    values: Mapping,
    missions: Collection[str],
    *,
    based_on: int = 0,
) -> VerificationLetter:
    """A coach records what an organisation attests, or prepares what it is to sign. Records ``hours_letter.save``.

    Who may: a coach, for themself; ``missions`` are references of missions of theirs. A letter without the day it was
    signed counts nothing yet. Raises :class:`Invalid` beside the field, :class:`Stale` when another window changed it.
    """
    if viewer.portal != Portal.COACH:
        raise NotAllowedNow(_("Only a coach keeps an hours log."))
    _check(values)
    row = _current(viewer, letter, based_on)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    _apply(viewer, row, missions)
    _tell(viewer, row, "save")
    return row


def _check(values: Mapping) -> None:
    today = timezone.localdate()
    if values["ends_on"] < values["starts_on"]:
        raise Invalid(_("The end date is before the start date."), field="ends_on")
    if values["ends_on"] > today and values["issued_on"]:
        raise Invalid(_("A signed letter attests hours that have been held."), field="ends_on")
    if values["issued_on"] and values["issued_on"] > today:
        raise Invalid(_("This day has not come yet."), field="issued_on")
    minutes = values["paid_minutes"] + values["pro_bono_minutes"]
    if minutes == 0:
        raise Invalid(_("Say how many hours it attests."), field="paid_hours")
    if minutes > MOST_MINUTES:
        raise Invalid(_("This is more than a life of coaching."), field="paid_hours")


def _current(viewer: Viewer, letter: VerificationLetter | None, based_on: int) -> VerificationLetter:
    if letter is None:
        return VerificationLetter(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    row = _own(viewer, letter)
    if row.number != based_on:
        raise Stale(
            _("Another window has changed this letter since. Yours is kept below: compare, then save.")
        )
    row.number += 1
    return row


def _own(viewer: Viewer, letter: VerificationLetter) -> VerificationLetter:
    if viewer.portal != Portal.COACH or letter.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only the coach whose hours it attests changes a letter."))
    try:
        return hold(letter)
    except VerificationLetter.DoesNotExist as gone:
        raise Stale(_("This letter is removed already.")) from gone


def _apply(viewer: Viewer, letter: VerificationLetter, missions: Collection[str]) -> None:
    found = list(missions_for(viewer).filter(ref__in=set(missions)).order_by("pk"))
    if len(found) != len(set(missions)):
        raise Invalid(_("One of these missions is not yours."), field="missions")
    LetterMission.unscoped.filter(letter=letter).delete()
    LetterMission.unscoped.bulk_create(LetterMission(letter=letter, mission=one) for one in found)


@act
def remove_letter(viewer: Viewer, letter: VerificationLetter) -> None:
    """A letter no longer counts. Records ``hours_letter.remove``. Who may: its coach."""
    row = _own(viewer, letter)
    LetterMission.unscoped.filter(letter=row).delete()
    VerificationLetter.unscoped.filter(pk=row.pk).delete()
    _tell(viewer, row, "remove")


def _tell(viewer: Viewer, row: VerificationLetter, what: str) -> None:
    told = row.told_in(viewer)
    events.record(chain=told.chain, kind=f"hours_letter.{what}", actor=told.actor, subject=row.ref)
