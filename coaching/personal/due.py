"""What has been kept for as long as the practice keeps it: what the next purge takes, asked of the tables as they are."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from coaching.accounts.models import Invitation, Practice
from coaching.clients.models import Person
from coaching.handover.models import HandOverRecord
from coaching.missions.models import Mission, Seat
from coaching.outbox.models import Letter, LetterState
from coaching.recourse.enums import OPEN as OPEN_SIGNALS
from coaching.recourse.models import Signal

from .ended import over_before
from .enums import OF_MISSIONS, Kind
from .models import Hold, Purged
from .retention import RULES, Rule, all_months, cutoff

SHOWN = 50
LETTERS_AND_PEOPLE = {Kind.LETTERS: Letter, Kind.INVITATIONS: Invitation, Kind.PEOPLE: Person}


def due_missions(practice_id: int, kind: Kind, months: int | None = None) -> QuerySet[Mission]:
    """Missions of which this class is due, those that ended first before the others; none that is held in a dispute."""
    months = all_months(practice_id)[kind] if months is None else months
    rows = over_before(practice_id, cutoff(months))
    rows = rows.filter(~Exists(Hold.unscoped.filter(mission=OuterRef("pk"), lifted_at=None)))
    if kind != Kind.MISSIONS:
        rows = rows.filter(~Exists(Purged.unscoped.filter(mission=OuterRef("pk"), kind=kind)))
    open_signals = Signal.unscoped.filter(mission=OuterRef("pk"), state__in=OPEN_SIGNALS)
    if kind in (Kind.SIGNALS, Kind.MISSIONS):
        rows = rows.filter(~Exists(open_signals))
    if kind == Kind.MISSIONS:
        rows = rows.filter(~Exists(_followed(practice_id, cutoff(months))))
    return rows.select_related("practice").order_by("over_at", "pk")


def _followed(practice_id: int, before) -> QuerySet[HandOverRecord]:
    """That the mission was handed over is evidence of the one that follows it: both go together, when the second may."""
    held = Hold.unscoped.filter(lifted_at=None).values("mission")
    due = over_before(practice_id, before).exclude(pk__in=held).order_by().values("pk")
    return HandOverRecord.unscoped.filter(former=OuterRef("pk")).exclude(mission__in=due)


def due_rows(practice: Practice, kind: Kind, months: int | None = None) -> QuerySet:
    """Letters that went, invitations that are over, people without a seat."""
    months = all_months(practice.pk)[kind] if months is None else months
    before = cutoff(months)
    if kind == Kind.LETTERS:
        rows = Letter.unscoped.filter(practice_ref=practice.ref, created_at__lt=before)
        return rows.filter(state__in=[LetterState.SENT, LetterState.FAILED]).order_by("pk")
    if kind == Kind.INVITATIONS:
        over = Q(used_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
        return Invitation.unscoped.filter(over, practice=practice).order_by("pk")
    seated = Exists(Seat.unscoped.filter(person=OuterRef("pk")))
    return Person.unscoped.filter(~seated, practice=practice, created_at__lt=before).order_by("pk")


@dataclass(frozen=True, slots=True)
class Line:
    """One class: how long it is kept, how much of it is due, by reference alone; ``more`` are not listed."""

    kind: Kind
    months: int
    rule: Rule
    count: int
    refs: list[str]

    @property
    def label(self):
        return self.kind.label

    @property
    def more(self) -> int:
        return self.count - len(self.refs)


def preview(practice: Practice) -> list[Line]:
    """Class by class what the next purge would take if it came now. Two queries each, however much there is."""
    months, lines = all_months(practice.pk), []
    for kind in Kind:
        rows = (
            due_missions(practice.pk, kind, months[kind])
            if kind in OF_MISSIONS
            else due_rows(practice, kind, months[kind])
        )
        refs = list(rows.values_list("ref", flat=True)[:SHOWN])
        count = len(refs) if len(refs) < SHOWN else rows.count()
        lines.append(Line(kind, months[kind], RULES[kind], count, refs))
    return lines


def held_count(practice: Practice) -> int:
    """How many missions a dispute keeps; for the administrator, who learns no reason."""
    return Hold.unscoped.filter(mission__practice=practice, lifted_at=None).count()
