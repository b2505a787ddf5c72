"""Writing to the journal and proving it whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from coaching.kernel.acts import act

from .chain import GENESIS, link
from .models import Event, Head, Lifting


@act
def record(*, chain, kind, actor, subject, mission="", data=None) -> Event:
    """Append one event to ``chain``. In the caller's transaction: it stands or falls with the act.

    ``data`` holds codes, references, dates and digests, never words a person wrote.
    """
    head = _take_head(chain)
    said = {
        "chain": chain,
        "number": head.number + 1,
        "at": timezone.now(),
        "kind": kind,
        "actor": actor,
        "subject": subject,
        "mission": mission,
        "data": data or {},
        "previous": head.digest,
    }
    event = Event.unscoped.create(**said, digest=link(**said))
    Head.unscoped.filter(pk=head.pk).update(number=event.number, digest=event.digest)
    return event


def _take_head(chain: str) -> Head:
    """The head of the chain, locked until the end of the transaction: two events never share a number."""
    Head.unscoped.bulk_create([Head(chain=chain, digest=GENESIS)], ignore_conflicts=True)
    heads = Head.unscoped.filter(chain=chain)
    if connection.features.has_select_for_update:
        heads = heads.select_for_update(no_key=True)
    return heads.get()


@contextmanager
def lifting(purpose: str) -> Iterator[None]:
    """Inside the caller's transaction, rows whose time is over may be deleted where the room that purges was let in.

    For :mod:`coaching.personal.services.purging` alone, a test holds; never for changing a row, and never for the journal.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("guards are lifted inside an act, and fall back with it")
    row = Lifting.unscoped.create(purpose=purpose)
    yield
    Lifting.unscoped.filter(pk=row.pk).delete()


def sealed_under(kind: str, subject: str, sha256: str) -> int | None:
    """The number of the event of this kind that says this digest of ``subject``, as it was linked; None without one.

    For rooms that ask the journal to bear out one of their rows; the event's own digest is computed again.
    """
    for event in Event.unscoped.filter(subject=subject, kind=kind):
        if event.data.get("sha256") == sha256 and event.digest == _digest(event):
            return event.number
    return None


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the journal does not say what was written."""

    chain: str
    number: int
    what: str


def verify(chain: str | None = None) -> Iterator[Fault]:
    """Walk every chain, or one, and yield each fault: changed, missing, added, reordered, cut."""
    heads = Head.unscoped.filter(chain=chain) if chain else Head.unscoped.all()
    known = set()
    for head in heads:
        known.add(head.chain)
        yield from _verify_chain(head)
    if chain is None:
        for lost in Event.unscoped.exclude(chain__in=known).values_list("chain", flat=True).distinct():
            yield Fault(lost, 0, "events without a head")
    yield from _missing_triggers()


def _verify_chain(head: Head) -> Iterator[Fault]:
    number, previous = 0, GENESIS
    for event in Event.unscoped.filter(chain=head.chain).order_by("number").iterator(2000):
        number += 1
        if event.number != number:
            yield Fault(head.chain, number, "missing")
            number = event.number
        if event.previous != previous:
            yield Fault(head.chain, event.number, "not tied to the one before")
        if event.digest != _digest(event):
            yield Fault(head.chain, event.number, "changed")
        previous = event.digest
    if (number, previous) != (head.number, head.digest):
        yield Fault(head.chain, head.number, "cut or prolonged")


def _digest(event: Event) -> str:
    return link(
        chain=event.chain,
        number=event.number,
        at=event.at,
        kind=event.kind,
        actor=event.actor,
        subject=event.subject,
        mission=event.mission,
        data=event.data,
        previous=event.previous,
    )


def _missing_triggers() -> Iterator[Fault]:
    """The guards themselves: without them, or with them asleep, a rewrite would leave no trace here."""
    from .triggers import missing

    for name in missing(connection):
        yield Fault("", 0, f"guard missing: {name}")
