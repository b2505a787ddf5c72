"""Keeping a party's letter: its text by value, and its PDF once it is made."""

import logging

from coaching.documents.canonical import canonical
from coaching.documents.models import Document
from coaching.documents.rendering import Rendered
from coaching.documents.services import store
from coaching.jobs.services import Task, enqueue
from coaching.kernel.acts import act
from coaching.kernel.viewer import Viewer
from coaching.missions.models import Mission, Refusal

from ..access import said_in
from ..composing import Addressed, Ending
from ..models import PartyLetter
from ..rendering import letter_pdf
from ..snapshots import Written, sha256_of, text_of

log = logging.getLogger(__name__)
PDF_JOB = "closings.letter"


def keep(viewer: Viewer, mission: Mission, row: Ending, one: Addressed, made: Rendered | None) -> PartyLetter:
    """In the transaction of the act that ends the mission. A PDF that could not be made is made later, by the worker."""
    about = "refusal" if isinstance(row, Refusal) else "termination"
    letter = PartyLetter(
        ref=one.letter.reference,
        mission=mission,
        seat=one.seat,
        content=text_of(one.letter),
        sha256=sha256_of(one.letter),
        document=_stored(viewer.practice_ref, one.letter, made) if made else None,
        **{about: row},
    )
    letter.save(force_insert=True)
    if made is None:
        enqueue(PDF_JOB, letter.ref, practice_ref=viewer.practice_ref)
    return letter


def _stored(practice_ref: str, letter, made: Rendered) -> Document:
    return store(
        made,
        practice_ref=practice_ref,
        kind="party_letter",
        title=letter.reference,  # a title says nothing of anybody
        language=letter.language,
        snapshot=canonical(Written(letter.reference, sha256_of(letter))),
    )


def pdf_job(task: Task) -> None:
    """Make the PDF of a letter that has none. Done by the worker; again until it succeeds."""
    letter = PartyLetter.unscoped.get(ref=task.subject)
    if letter.document_id is None:
        said = said_in(letter)
        _attach(letter, task.practice_ref, said, letter_pdf(said))


@act
def _attach(letter: PartyLetter, practice_ref: str, said, made: Rendered) -> None:
    document = _stored(practice_ref, said, made)
    PartyLetter.unscoped.filter(pk=letter.pk, document=None).update(document=document)
