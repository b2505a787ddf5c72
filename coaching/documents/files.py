"""Files people send, such as a diploma: cleaned before anything of them is kept, sealed on disk, given back as what they are.

Cleaning is done by :mod:`.cleaner` in a process of its own. What came in is thrown away: only what was written anew is
kept, each file under the deployment's key and bound to its row, so that no two rows ever share bytes and one can be erased.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from coaching.kernel import crypto
from coaching.kernel.errors import Invalid, NotAllowedNow

from . import pool, store

CLEANER = "coaching.documents.cleaner"
LARGEST = 20 << 20
LIMITS = {"cpu": 15, "seconds": 18, "memory": 1 << 30}
PURPOSE, SHELF = "files", "files"
# Said by us, of what we have written ourselves: never what a browser declared.
TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "png": ("image/png", "png"),
    "jpeg": ("image/jpeg", "jpg"),
}
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
WORDS = {
    "empty": _("This file is empty."),
    "large": _("This file is too large: at most 20 MB."),
    "kind": _("This is not a PDF, a PNG or a JPEG. What counts is what is in the file, not its name."),
    "encrypted": _("This PDF is locked. Print it to a new PDF, without a password, and send that one."),
    "pages": _("This PDF has too many pages: at most 60. Send those that prove it."),
    "pixels": _("This picture has too many points. Send a smaller one, of 50 million points at most."),
    "heavy": _("This file unfolds into far more than it looks. Print it to a new PDF and send that one."),
    "unreadable": _("This file is damaged, or cut short: it cannot be read to its end."),
    "busy": _("The file could not be checked. Nothing was kept of it: try again in a moment."),
}
# Of the child: out of time or memory, or ended by the system, which is the file's doing.
TOO_MUCH = {"timeout", "killed", "too large", "failed"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What may be kept: ``kind`` is one of :data:`TYPES`."""

    kind: str
    content: bytes
    pages: int


def cleaned(content: bytes) -> Cleaned:
    """The file written anew, without anything that acts or hides. :class:`Invalid`, beside ``file``, says why it is not taken."""
    if not content:
        raise _refusal("empty")
    if len(content) > LARGEST:
        raise _refusal("large")
    head, made = pool.ask({**LIMITS, "files": [{}]}, [content], kind=CLEANER)
    if "error" in head:
        raise _refusal("heavy" if head["error"] in TOO_MUCH else "busy")
    if "refused" in head:
        raise _refusal(head["refused"])
    if len(made) > LARGEST:
        raise _refusal("large")
    return Cleaned(head["kind"], made, head["pages"])


def _refusal(code: str) -> Invalid:
    return Invalid(WORDS[code], field="file")


def keep(content: bytes, *, bound_to: str) -> str:
    """Seal cleaned bytes to their row, write them once; returns where they are: the hash of what lies on the disk."""
    sealed = crypto.encrypt(content, purpose=PURPOSE, bound_to=bound_to.encode())
    return store.write_once(sealed, SHELF)


def kept(address: str, *, bound_to: str) -> bytes:
    """The bytes of a row. :class:`NotAllowedNow` where they are no longer what was kept."""
    try:
        sealed = store.read(address, SHELF)
        return crypto.decrypt(sealed, purpose=PURPOSE, bound_to=bound_to.encode())
    except (store.Damaged, crypto.Undecipherable) as lost:
        raise NotAllowedNow(
            _(
                "This file is no longer what was kept: it is not shown. The practice restores it from a backup."
            )
        ) from lost


def forget(address: str) -> None:
    """Erase the bytes of a row; erased already is as good."""
    store.path_of(address, SHELF).unlink(missing_ok=True)


def file_response(kind: str, content: bytes, name: str) -> HttpResponse:
    """Cleaned bytes to a browser: always saved, never opened as a page of ours; ``name`` is made by us."""
    media_type, ending = TYPES[kind]
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
