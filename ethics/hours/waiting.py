"""What of a file waits for its coach, sealed and opened: the file under the deployment's key, its lines under their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from coaching.accounts.models import User
from coaching.kernel import crypto
from coaching.vault import own_texts

from .enums import PartKind
from .models import HoursImport, ImportPart
from .packing import Entry, Wrong, in_parts, pack, pack_wrong, unpack, unpack_wrong

PURPOSE = "hours-imports"


@dataclass(slots=True)
class Preview:
    """A file as it was read: the lines that can be kept, and those that cannot."""

    entries: list[Entry] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def keep_file(source: HoursImport, content: bytes) -> None:
    """The worker reads it, without its coach: so it lies under the deployment's key, until it is read."""
    sealed = crypto.encrypt(content, purpose=PURPOSE, bound_to=_bound(source, PartKind.FILE, 0))
    ImportPart.unscoped.create(source=source, kind=PartKind.FILE, number=0, sealed=sealed)


def file_of(source: HoursImport) -> bytes | None:
    """The bytes that were sent; None once they were read."""
    part = ImportPart.unscoped.filter(source=source, kind=PartKind.FILE).first()
    if part is None:
        return None
    return crypto.decrypt(part.sealed, purpose=PURPOSE, bound_to=_bound(source, PartKind.FILE, 0))


def keep_preview(source: HoursImport, preview: Preview) -> None:
    """The lines, sealed to the coach's own key, which need not be open; the file itself goes."""
    parts = [(PartKind.LINES, pack(rows)) for rows in in_parts(preview.entries)]
    parts += [(PartKind.WRONG, pack_wrong(rows)) for rows in in_parts(preview.wrong)]
    ImportPart.unscoped.filter(source=source).delete()
    ImportPart.unscoped.bulk_create(
        ImportPart(source=source, kind=kind, number=number, sealed=_seal(source, kind, number, text))
        for number, (kind, text) in enumerate(parts)
    )


def _seal(source: HoursImport, kind: PartKind, number: int, text: str) -> bytes:
    bound = _bound(source, kind, number)
    own = own_texts.seal(source.coach, text.encode(), bound)
    return crypto.encrypt(own, purpose=PURPOSE, bound_to=bound)


def preview_of(source: HoursImport) -> Preview | None:
    """To its coach, with their key open (:class:`coaching.vault.errors.Locked`); None where their key was replaced since."""
    preview = Preview()
    try:
        for kind, text in _opened(source, source.coach):
            if kind == PartKind.LINES:
                preview.entries += unpack(text)
            else:
                preview.wrong += unpack_wrong(text)
    except crypto.Undecipherable:
        return None
    return preview


def _opened(source: HoursImport, coach: User) -> Iterator[tuple[str, str]]:
    for part in ImportPart.unscoped.filter(source=source).exclude(kind=PartKind.FILE):
        bound = _bound(source, part.kind, part.number)
        own = crypto.decrypt(part.sealed, purpose=PURPOSE, bound_to=bound)
        yield part.kind, own_texts.open_(coach, own, bound).decode()


def forget(source: HoursImport) -> None:
    ImportPart.unscoped.filter(source=source).delete()


def _bound(source: HoursImport, kind: str, number: int) -> bytes:
    return f"{source.ref}\x1f{kind!s}\x1f{number}".encode()
