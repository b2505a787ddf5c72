"""The papers of a supervision: the attestation, made once by the worker; the yearly record, each time a coach asks for it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import user_by_id
from coaching.documents.canonical import canonical
from coaching.documents.rendering import Rendered
from coaching.documents.services import store
from coaching.jobs.services import Hopeless, Task
from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid
from coaching.kernel.viewer import Viewer

from .. import letters
from ..composing import attestation_of, record_of
from ..enums import SupervisionState
from ..models import SupervisionSession, YearRecord
from ..rendering import attestation_pdf, record_pdf
from ..snapshots import FrozenAttestation, FrozenYear


def attestation_job(task: Task) -> None:
    """The job ``supervision.attestation`` on one that is attested. Done already, it does nothing.

    The PDF is made outside any transaction; then the row points to it and a copy goes to the supervisor, at once.
    """
    rows = SupervisionSession.unscoped.select_related("practice", "coach", "supervisor")
    session = rows.get(ref=task.subject)
    if session.document_id:
        return
    if session.state != SupervisionState.ATTESTED:
        raise Hopeless(f"{session.ref} is {session.state}")
    make_attestation(session)


def make_attestation(session: SupervisionSession) -> None:
    """Its PDF, for the job above; never inside a transaction."""
    page = attestation_of(session)
    _keep_attestation(session, page, attestation_pdf(page))


@act
def _keep_attestation(session: SupervisionSession, page: FrozenAttestation, made: Rendered) -> None:
    """Also for stand-ins of the renderer."""
    document = store(
        made,
        practice_ref=session.practice.ref,
        kind="supervision_attestation",
        title=session.ref,
        language=page.language,
        snapshot=canonical(page),
    )
    if SupervisionSession.unscoped.filter(pk=session.pk, document=None).update(document=document):
        letters.copy(session, document)


def make_record(viewer: Viewer, year: int) -> YearRecord:
    """The coach's supervision of one year as a PDF, as it stands today. Records ``supervision.year``.

    Who may: a coach, about themself. Never inside a transaction. :class:`Invalid` for a year to come.
    """
    if not 1990 <= year <= timezone.localdate().year:
        raise Invalid(_("Choose a year that has begun."), field="year")
    page = record_of(viewer, user_by_id(viewer.user_id), year)
    return _keep_record(viewer, page, record_pdf(page))


@act
def _keep_record(viewer: Viewer, page: FrozenYear, made: Rendered) -> YearRecord:
    """Also for stand-ins of the renderer."""
    document = store(
        made,
        practice_ref=viewer.practice_ref,
        kind="supervision_year",
        title=f"{viewer.user_ref} {page.year}",
        language=page.language,
        snapshot=canonical(page),
    )
    row = YearRecord.unscoped.create(
        practice_id=viewer.practice_id, coach_id=viewer.user_id, year=page.year, document=document
    )
    data = {"year": page.year, "sha256": document.sha256}
    events.record(
        chain=viewer.practice_ref, kind="supervision.year", actor=viewer.user_ref, subject=row.ref, data=data
    )
    return row
