"""The files that prove a qualification or an activity: put, replaced, shared with clients or not, removed and erased."""

import hashlib

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.files import Cleaned, forget, keep
from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.transitions import hold
from coaching.kernel.viewer import Portal, Viewer

from ..models import Proof


@act
def put_proof(viewer: Viewer, file: Cleaned, *, shared: bool = False, **of) -> Proof:
    """A cleaned file, of ``qualification=`` or ``activity=``; the one before it is removed. Records ``proof.put``.

    Who may: the coach whose it is. Bytes first, then the row: a crash leaves bytes nobody points to and nobody can read,
    never a row without its bytes. Raises :class:`Stale` where another window has put one at the same instant.
    """
    (owner,) = of.values()
    _only_own(viewer, owner)
    if hold(owner).removed_at:  # held until the act ends: what removes it would leave this file behind
        raise Stale(_("What this proves is removed already."))
    row = Proof(
        practice_id=viewer.practice_id,
        coach_id=viewer.user_id,
        kind=file.kind,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        pages=file.pages,
        shared=shared and "qualification" in of,
        **of,
    )
    row.address = keep(file.content, bound_to=row.ref)
    _remove(Proof.unscoped.filter(removed_at=None, **of))
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("Another window has just put a file here: look at it first.")) from twin
    _record(viewer, "put", row)
    return row


@act
def remove_proof(viewer: Viewer, row: Proof) -> None:
    """The coach removes a file: nobody reads it any more, and the worker erases its bytes. Records ``proof.remove``."""
    _only_own(viewer, row)
    if not _remove(Proof.unscoped.filter(pk=row.pk, removed_at=None)):
        raise Stale(_("This file is removed already."))
    _record(viewer, "remove", row)


@act
def share_proof(viewer: Viewer, row: Proof, *, shared: bool) -> None:
    """Whether clients who read the sheet may open the file. Records ``proof.share`` or ``proof.unshare``. Who may: its coach."""
    _only_own(viewer, row)
    if row.qualification_id is None:
        raise NotAllowedNow(_("Only the proof of a qualification is shown to clients."))
    if Proof.unscoped.filter(pk=row.pk, removed_at=None).update(shared=shared) != 1:
        raise Stale(_("This file is removed already."))
    _record(viewer, "share" if shared else "unshare", row)


def drop_proofs(viewer: Viewer, **of) -> None:
    """With what they prove: for the service that removes it, and records that."""
    _remove(Proof.unscoped.filter(removed_at=None, **of))


def erase_removed(_task=None) -> int:
    """For the worker, every hour: the bytes of files that were removed or replaced. Backups made before still hold them.

    Bytes first, then the note of it: a worker that dies in between erases again, which changes nothing.
    """
    rows = Proof.unscoped.filter(removed_at__isnull=False, erased_at=None)
    erased = 0
    for row in rows.only("pk", "address"):
        forget(row.address)
        with one_act():
            erased += Proof.unscoped.filter(pk=row.pk, erased_at=None).update(erased_at=timezone.now())
    return erased


def _remove(rows) -> int:
    return rows.update(removed_at=timezone.now(), shared=False)


def _only_own(viewer: Viewer, row) -> None:
    if viewer.portal != Portal.COACH or row.coach_id != viewer.user_id:
        raise NotAllowedNow(_("Only a coach keeps their own file."))


def _record(viewer: Viewer, what: str, row: Proof) -> None:
    events.record(
        chain=viewer.practice_ref,
        kind=f"proof.{what}",
        actor=viewer.user_ref,
        subject=row.ref,
        data={"sha256": row.sha256, "kind": row.kind} if what == "put" else {},
    )
