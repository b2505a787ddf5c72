"""Keeping one's qualifications."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, Stale
from coaching.kernel.viewer import Viewer

from .models import Qualification


@act
def save_qualification(viewer: Viewer, row: Qualification | None, values: Mapping) -> Qualification:
    """The coach adds or corrects one of their own. Records ``qualification.save``."""
    row = row or Qualification(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    for name, value in values.items():
        setattr(row, name, value)
    if row.obtained_on and row.obtained_on > timezone.localdate():
        raise Invalid(_("This date is in the future."), field="obtained_on")
    if row.expires_on and row.expires_on < row.obtained_on:
        raise Invalid(_("It cannot expire before it was obtained."), field="expires_on")
    row.full_clean()
    row.save()
    _record(viewer, "qualification.save", row)
    return row


@act
def remove_qualification(viewer: Viewer, row: Qualification) -> None:
    """The coach takes one off their sheet. Records ``qualification.remove``."""
    if Qualification.unscoped.filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now()) != 1:
        raise Stale(_("This qualification has already been removed."))
    _record(viewer, "qualification.remove", row)


def _record(viewer: Viewer, kind: str, row: Qualification) -> None:
    events.record(chain=viewer.practice_ref, kind=kind, actor=viewer.user_ref, subject=row.ref)
