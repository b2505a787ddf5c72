"""Keeping one's supervisors, and what was agreed with each."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import user_by_id
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Portal, Viewer

from ..enums import SupervisionState
from ..models import SupervisionSession, Supervisor
from .links import revoke


@act
def save_supervisor(viewer: Viewer, row: Supervisor | None, values: Mapping) -> Supervisor:
    """A coach adds or corrects one of theirs. Records ``supervisor.save``. Who may: the coach they are kept by.

    Another address takes back the links that went to the one of before. Raises :class:`Invalid` beside the field: nobody is their own supervisor, an agreement ends after it begins.
    """
    row = row or Supervisor(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    _own(viewer, row)
    sent_to = row.email
    for name, value in values.items():
        setattr(row, name, value)
    if row.email and row.email.lower() == user_by_id(viewer.user_id).email:
        raise Invalid(_("This is your own address: nobody supervises themself."), field="email")
    if row.agreed_from and row.agreed_until and row.agreed_until < row.agreed_from:
        raise Invalid(_("The agreement cannot end before it begins."), field="agreed_until")
    row.full_clean(validate_constraints=False)
    row.save()
    if row.email != sent_to:  # what went to the address of before opens nothing more
        for session in SupervisionSession.unscoped.filter(supervisor=row, state=SupervisionState.ASKED):
            revoke(session)
    _record(viewer, row, "save")
    return row


@act
def end_supervisor(viewer: Viewer, row: Supervisor) -> None:
    """The coach no longer works with them; what took place stays. Records ``supervisor.end``."""
    _own(viewer, row)
    if Supervisor.unscoped.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now()) != 1:
        raise Stale(_("You have already said that you no longer work together."))
    _record(viewer, row, "end")


def _own(viewer: Viewer, row: Supervisor) -> None:
    if viewer.portal != Portal.COACH or row.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only a coach keeps their own supervisors."))


def _record(viewer: Viewer, row: Supervisor, what: str) -> None:
    events.record(
        chain=viewer.practice_ref, kind=f"supervisor.{what}", actor=viewer.user_ref, subject=row.ref
    )
