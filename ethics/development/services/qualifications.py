"""Keeping one's qualifications."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.files import Cleaned
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Portal, Viewer

from ..models import Qualification
from .proofs import drop_proofs, put_proof


@act
def save_qualification(
    viewer: Viewer,
    row: Qualification | None,
    values: Mapping,
    *,
    proof: Cleaned | None = None,
    shared: bool = False,
) -> Qualification:
    """The coach adds or corrects one of their own, with the file that proves it. Records ``qualification.save``.

    Raises :class:`Invalid` beside its field, and :class:`Stale` where another window has removed it.
    """
    row = hold(row) if row else Qualification(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    only_own(viewer, row)
    if row.removed_at:
        raise Stale(_("This qualification has already been removed."))
    for name, value in values.items():
        setattr(row, name, value)
    if row.obtained_on and row.obtained_on > timezone.localdate():
        raise Invalid(_("This date is in the future."), field="obtained_on")
    if row.expires_on and row.expires_on < row.obtained_on:
        raise Invalid(_("It cannot expire before it was obtained."), field="expires_on")
    row.full_clean()
    row.save()
    if proof:
        put_proof(viewer, proof, shared=shared, qualification=row)
    _record(viewer, "qualification.save", row)
    return row


@act
def remove_qualification(viewer: Viewer, row: Qualification) -> None:
    """The coach takes one off their sheet; the file that proves it is erased. Records ``qualification.remove``."""
    only_own(viewer, row)
    if Qualification.unscoped.filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now()) != 1:
        raise Stale(_("This qualification has already been removed."))
    drop_proofs(viewer, qualification=row)
    _record(viewer, "qualification.remove", row)


def only_own(viewer: Viewer, row) -> None:
    if viewer.portal != Portal.COACH or row.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only a coach keeps their own file."))


def _record(viewer: Viewer, kind: str, row: Qualification) -> None:
    events.record(chain=viewer.practice_ref, kind=kind, actor=viewer.user_ref, subject=row.ref)
