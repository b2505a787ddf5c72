"""Taking one's own data away: gathered in one's own session, packed by a worker, sealed to oneself, gone after a week.

The worker holds nobody's key (decision 0033). So what only the person's key opens is opened in their session, and given to
the worker under the deployment's key, in the row; the worker prints and packs it, seals the whole to the person's public
key, and empties the row.
"""

import gzip
import io
import json
import zipfile
from datetime import timedelta

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.accounts.access import user_by_id
from coaching.documents.services import attached
from coaching.jobs.services import Task, enqueue
from coaching.kernel import crypto, events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.vault import own_texts

from .. import letters, store
from ..enums import ExportState
from ..gathering import dumps, gather
from ..models import Export
from ..rendering import export_pdfs, volumes_of

JOB = "personal.export"
PURPOSE = "personal-export"
LIFE = timedelta(days=7)
AGAIN = timedelta(minutes=10)  # one that is being prepared is not begun again before


def ask(viewer: Viewer, language: str) -> Export:
    """Gather the viewer's own data now, and have it packed. Records ``export.ask`` in the viewer's own chain.

    Who may: anybody, of themselves, behind their own portal. What was ready before goes. Raises
    :class:`coaching.vault.errors.Locked` while their key is closed, :class:`NotAllowedNow` while one is being prepared
    (RGPD article 12(5): no more often than is reasonable). Articles 15 and 20.
    """
    told = gather(viewer, language)
    return _keep(viewer, language, gzip.compress(json.dumps(told).encode(), 6, mtime=0))


@act
def _keep(viewer: Viewer, language: str, material: bytes) -> Export:
    _make_way(viewer)
    row = Export(
        practice_id=viewer.practice_id,
        user_id=viewer.user_id,
        portal=viewer.portal,
        language=language,
        expires_at=timezone.now() + LIFE,
    )
    row.material = crypto.encrypt(material, purpose=PURPOSE, bound_to=_bound(row))
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise Stale(_("You have just asked for it: it is being prepared.")) from twin
    enqueue(JOB, row.ref, practice_ref=viewer.practice_ref)
    _tell(row, viewer.user_ref, "ask")
    return row


def _make_way(viewer: Viewer) -> None:
    """What was there before goes, file first: a row without its file says that it is gone, a file without its row nothing."""
    rows = Export.unscoped.filter(
        practice_id=viewer.practice_id, user_id=viewer.user_id, portal=viewer.portal
    )
    for row in rows:
        if row.state == ExportState.PREPARING and row.asked_at > timezone.now() - AGAIN:
            raise NotAllowedNow(_("It is being prepared already."))
        store.remove(row.ref)
    rows.delete()


def pack(task: Task) -> None:
    """The worker's part: print, pack, seal, write; then the row. Run twice, it does the same once."""
    row = Export.unscoped.filter(ref=task.subject, state=ExportState.PREPARING).first()
    if row is None or row.material is None:
        return
    user = user_by_id(row.user_id)
    told = json.loads(gzip.decompress(crypto.decrypt(row.material, purpose=PURPOSE, bound_to=_bound(row))))
    task.progress(10)
    content = _zip(told, _printed(task, told))
    task.progress(90)
    sealed = own_texts.seal(user, content, _bound(row))
    store.write(row.ref, crypto.encrypt(sealed, purpose=PURPOSE, bound_to=_bound(row)))
    _ready(row, len(content))


@act
def _ready(row: Export, size: int) -> None:
    mine = Export.unscoped.filter(pk=row.pk, state=ExportState.PREPARING)
    now = timezone.now()
    changes = {"ready_at": now, "expires_at": now + LIFE, "size": size, "material": None}
    if mine.update(state=ExportState.READY, **changes) == 1:
        _tell(row, "", "ready")
        letters.export_ready(row)


def _printed(task: Task, told: dict) -> list[bytes]:
    volumes, expected = [], volumes_of(told)
    for pdf in export_pdfs(told):
        volumes.append(pdf)
        task.progress(10 + 75 * min(len(volumes), expected) // expected)
    return volumes


def _zip(told: dict, pdfs: list[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("donnees.json", dumps(told))
        for number, pdf in enumerate(pdfs, start=1):
            archive.writestr("donnees.pdf" if len(pdfs) == 1 else f"donnees-{number}.pdf", pdf)
        for name, document in told["papers"]:
            archive.writestr(f"documents/{name}", attached(document))
    return out.getvalue()


def content_of(viewer: Viewer, row: Export) -> bytes:
    """The archive, to its own person with their key open (:class:`coaching.vault.errors.Locked` otherwise)."""
    blob = store.read(row.ref)
    if row.state != ExportState.READY or row.expires_at <= timezone.now() or blob is None:
        raise NotAllowedNow(_("This archive is no longer there: ask for another."))
    sealed = crypto.decrypt(blob, purpose=PURPOSE, bound_to=_bound(row))
    return own_texts.open_(user_by_id(viewer.user_id), sealed, _bound(row))


def purge_exports(_task: Task | None = None) -> int:
    """Take away what is a week old: the file, then its row; and whatever file has no row. Begun again, it goes on."""
    gone = 0
    for row in Export.unscoped.filter(expires_at__lte=timezone.now()):
        store.remove(row.ref)
        with one_act():
            gone += Export.unscoped.filter(pk=row.pk).delete()[0]
    known = set(Export.unscoped.values_list("ref", flat=True))
    for name in store.files():
        if name not in known:
            store.remove(name)
    return gone


def _bound(row: Export) -> bytes:
    return f"{PURPOSE}\x1f{row.ref}\x1f{row.user_id}".encode()


def _tell(row: Export, actor: str, what: str) -> None:
    """In a chain of the person's own: that somebody takes their data away is their own affair."""
    events.record(chain=user_by_id(row.user_id).ref, kind=f"export.{what}", actor=actor, subject=row.ref)
