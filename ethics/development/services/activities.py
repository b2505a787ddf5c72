"""A coach's own development, activity by activity (article Maintien et développement des compétences)."""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Viewer
from coaching.vault.enums import Audience
from coaching.vault.services import erase_text, erase_version, reseal, seal

from ..enums import EARLIEST_YEAR
from ..models import DevelopmentActivity
from ..policy import LEARNING_PLACE
from .proofs import drop_proofs
from .qualifications import only_own


@act
def save_activity(
    viewer: Viewer,
    row: DevelopmentActivity | None,
    values: Mapping,
    *,
    learning: str = "",
    based_on: int = 0,
) -> DevelopmentActivity:
    """The coach adds or corrects one of their own. Records ``activity.save`` in the practice's chain: no word of it.

    ``learning`` is sealed to its author alone, as a point for supervision is: it may speak of their work with people.
    Raises :class:`Invalid` beside its field (a day to come, most of all), :class:`Stale` when another window has changed
    it since ``based_on``, :class:`coaching.vault.errors.Locked` where words are sealed and the key is closed.
    """
    new = row is None
    row = DevelopmentActivity(practice_id=viewer.practice_id, coach_id=viewer.user_id) if new else hold(row)
    only_own(viewer, row)
    if not new and (row.removed_at or row.number != based_on):
        raise Stale(
            _("Another window has changed this activity since. Yours is kept below: compare, then save.")
        )
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    _seal(viewer, row, learning.strip())
    row.number = 1 if new else row.number + 1
    row.full_clean()
    row.save()
    _record(viewer, "save", row)
    return row


@act
def remove_activity(viewer: Viewer, row: DevelopmentActivity) -> None:
    """The coach takes one away; what was noted of it is erased, and the file that proves it. Records ``activity.remove``."""
    only_own(viewer, row)
    rows = DevelopmentActivity.unscoped.filter(pk=row.pk, removed_at=None)
    if rows.update(removed_at=timezone.now(), learning_ref="", number=F("number") + 1) != 1:
        raise Stale(_("This activity is removed already."))
    erase_text(viewer, place=LEARNING_PLACE, row=row.ref)
    drop_proofs(viewer, activity=row)
    _record(viewer, "remove", row)


def _check(row: DevelopmentActivity) -> None:
    if row.held_on > timezone.localdate():
        raise Invalid(
            _("It is recorded once it has taken place: this day is still to come."), field="held_on"
        )
    if row.held_on.year < EARLIEST_YEAR:
        raise Invalid(_("This day is too long ago."), field="held_on")


def _seal(viewer: Viewer, row: DevelopmentActivity, learning: str) -> None:
    """New words erase those before: nothing is kept of what was thought better of."""
    before = row.learning_ref
    if not learning:
        if before:
            erase_text(viewer, place=LEARNING_PLACE, row=row.ref)
        row.learning_ref = ""
    elif before:
        row.learning_ref = reseal(viewer, before, learning, place=LEARNING_PLACE, row=row.ref)
        erase_version(viewer, before, place=LEARNING_PLACE, row=row.ref)
    else:
        row.learning_ref = seal(
            viewer,
            learning,
            place=LEARNING_PLACE,
            row=row.ref,
            mission_ref=viewer.practice_ref,
            audience=Audience.COACH,
            about=viewer.user_ref,
            members={viewer.user_id},
        )


def _record(viewer: Viewer, what: str, row: DevelopmentActivity) -> None:
    events.record(chain=viewer.practice_ref, kind=f"activity.{what}", actor=viewer.user_ref, subject=row.ref)
