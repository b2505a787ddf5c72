"""The sheet of a coach's training: shown to a client who asks, frozen as it was; open to everyone where its coach says so."""

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.models import Practice, User
from coaching.documents.canonical import canonical
from coaching.documents.rendering import Rendered
from coaching.documents.services import store
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Portal, Viewer

from ..access import coaches_here, sheet_of_coach
from ..models import PublicSheet, ShownSheet
from ..rendering import sheet_pdf
from ..snapshots import FrozenSheet, Kept, Learnt, sha256_of, text_of

CLIENTS = (Portal.COACHEE, Portal.ORGANISATION)


def freeze(practice: Practice, coach: User, language: str) -> FrozenSheet:
    """The sheet as it is now, by value."""
    learnt = tuple(
        Learnt(one.title, one.body, one.obtained_on, one.hours, one.expires_on, one.proof_sha256 or "")
        for one in sheet_of_coach(practice.pk, coach.pk)
    )
    return FrozenSheet(language, practice.name, coach.name, timezone.localdate(), learnt)


@dataclass(frozen=True, slots=True)
class Table:
    """Where the sheet is asked for: a mission that the caller's access function has just shown, and who asks there."""

    practice: Practice
    coach: User
    mission_ref: str
    name: str


def ask(viewer: Viewer, table: Table, language: str) -> ShownSheet:
    """A client asks for the sheet: it is shown, and what was shown is kept with its date. Records ``sheet.show``.

    Who may: a coachee or somebody of the organisation, whom the caller's access function has just shown a mission of
    this coach (article Formation et transparence). The same sheet asked for twice in a day is one. Never inside a
    transaction. Raises :class:`coaching.documents.rendering.RenderFailed`; nothing is kept then.
    """
    sheet = freeze(table.practice, table.coach, language)
    return _known(viewer, table, sheet) or show(viewer, table, sheet, sheet_pdf(sheet))


@act
def show(viewer: Viewer, table: Table, sheet: FrozenSheet, made: Rendered) -> ShownSheet:
    """The second half of :func:`ask`; also for stand-ins of the renderer."""
    if viewer.portal not in CLIENTS:
        raise NotAllowedNow(_("The sheet is shown to a client who asks for it."))
    row = ShownSheet(
        practice_id=viewer.practice_id,
        coach=table.coach,
        shown_to_id=viewer.user_id,
        portal=viewer.portal.value,
        mission_ref=table.mission_ref,
        shown_as=table.name,
        content=text_of(sheet),
        sha256=sha256_of(sheet),
        shown_at=timezone.now(),
    )
    row.document = store(
        made,
        practice_ref=viewer.practice_ref,
        kind="sheet",
        title=row.ref,
        language=sheet.language,
        snapshot=canonical(Kept(row.ref, row.sha256)),
    )
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError:  # asked for twice at once: it was shown, once
        return _known(viewer, table, sheet)
    events.record(
        chain=viewer.practice_ref,
        kind="sheet.show",
        actor=viewer.user_ref,
        subject=row.ref,
        mission=table.mission_ref,
        data={"sha256": row.sha256},
    )
    return row


def _known(viewer: Viewer, table: Table, sheet: FrozenSheet) -> ShownSheet | None:
    return ShownSheet.unscoped.filter(
        coach=table.coach,
        shown_to_id=viewer.user_id,
        portal=viewer.portal.value,
        mission_ref=table.mission_ref,
        sha256=sha256_of(sheet),
    ).first()


@act
def publish(viewer: Viewer) -> PublicSheet:
    """The coach opens their sheet to everyone, under a new address. Records ``sheet.publish``. Who may: a coach, their own."""
    if viewer.portal != Portal.COACH or not coaches_here(viewer.practice_id, viewer.user_id):
        raise NotAllowedNow(_("Only a coach publishes their own sheet."))
    row = PublicSheet(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("Your sheet is published already.")) from twin
    _record(viewer, "publish", row)
    return row


@act
def unpublish(viewer: Viewer, row: PublicSheet) -> None:
    """Its address answers nobody any more, for good. Records ``sheet.unpublish``. Who may: its coach."""
    if viewer.portal != Portal.COACH or row.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only a coach publishes their own sheet."))
    if PublicSheet.unscoped.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now()) != 1:
        raise Stale(_("Your sheet is not published any more."))
    _record(viewer, "unpublish", row)


def _record(viewer: Viewer, what: str, row: PublicSheet) -> None:
    events.record(chain=viewer.practice_ref, kind=f"sheet.{what}", actor=viewer.user_ref, subject=row.ref)
