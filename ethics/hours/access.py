"""Reading a coach's hours log. Theirs alone: behind any other portal there is no line."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from coaching.consents.access import listed_by
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for, missions_listed
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission
from coaching.sessions.access import sessions_for
from coaching.sessions.enums import COUNTED_KINDS, SessionState
from coaching.sessions.models import Participant
from coaching.vault.access import open_texts
from contracts.in_force import paid_missions

from .credentials import Credential, set_by
from .enums import ImportState
from .held import Attended, Attested, Held, Left, Named, lines_of
from .models import LARGEST_GROUP, HoursImport, HoursRules, LetterMission, LogPart, VerificationLetter
from .packing import Entry, unpack
from .policy import OWN_APPLIED_RULES, OWN_PART_RULES, OWN_RULES, PART_PLACE, SETTING_RULES
from .reckoning import Line, Month, Progress, Totals, by_month, progress, total


@dataclass(frozen=True, slots=True)
class Rules:
    """What the practice has set, or the presets."""

    largest_group: int
    credentials: tuple[Credential, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The whole log: its lines, the earliest first, and what is left out of it."""

    lines: tuple[Line, ...]
    left: tuple[tuple[Mission, Left], ...]
    totals: Totals
    months: tuple[Month, ...]
    progress: tuple[Progress, ...]
    rules: Rules


def rules_row(viewer: Viewer) -> HoursRules | None:
    """What the administrator has changed; None where the presets hold."""
    return HoursRules.objects.visible_to(viewer, SETTING_RULES).first()


def rules_for(viewer: Viewer) -> Rules:
    """The figures that hold in the practice, for its coaches and its administrator."""
    row = rules_row(viewer)
    return Rules(row.largest_group if row else LARGEST_GROUP, set_by(row.figures if row else {}))


def log_of(viewer: Viewer) -> Log:
    """The coach's whole log, in as many queries whatever its length.

    Raises :class:`coaching.vault.errors.Locked` while the coach's key is closed and there are imported lines.
    """
    rules, today = rules_for(viewer), timezone.localdate()
    held = _held(viewer, rules.largest_group)
    lines = [*held.lines, *imported_lines(viewer, rules.largest_group)]
    lines.sort(key=lambda line: (line.starts_on, line.client))
    totals = total(lines, today)
    return Log(
        lines=tuple(lines),
        left=_left(viewer, held.left),
        totals=totals,
        months=by_month(lines, today),
        progress=progress(totals, rules.credentials),
        rules=rules,
    )


def _held(viewer: Viewer, largest: int) -> Held:
    named = {seat.pk: Named(seat.person.name, seat.person.reached_at[0]) for seat in listed_by(viewer)}
    return lines_of(
        attended(viewer), paid=paid_missions(viewer), named=named, letters=_attested(viewer), largest=largest
    )


def attended(viewer: Viewer) -> Iterator[Attended]:
    """Who was in which session that the coach held and that counts, without a name; in one query."""
    if viewer.portal != Portal.COACH:
        return
    held = sessions_for(viewer).filter(
        coach_id=viewer.user_id, kind__in=COUNTED_KINDS, state=SessionState.HELD
    )
    rows = Participant.unscoped.filter(
        session__in=held.order_by().values("pk"), seat__role=SeatRole.COACHEE
    ).exclude(present=False)
    rows = rows.order_by("session__starts_at", "pk").values_list(
        "session_id", "session__mission_id", "session__kind", "session__starts_at", "session__zone",
        "session__held_minutes", "seat_id",
    )  # fmt: skip
    zones: dict[str, ZoneInfo] = {}
    for session, mission, kind, at, zone, minutes, seat in rows:
        wall = zones.get(zone) or zones.setdefault(zone, ZoneInfo(zone))
        yield Attended(session, mission, kind, at.astimezone(wall).date(), minutes, seat)


def _left(viewer: Viewer, left: tuple[Left, ...]) -> tuple[tuple[Mission, Left], ...]:
    missions = {row.pk: row for row in missions_for(viewer).filter(pk__in=[one.mission for one in left])}
    return tuple((missions[one.mission], one) for one in left if one.mission in missions)


# --- letters ---


def letters_for(viewer: Viewer) -> QuerySet[VerificationLetter]:
    """The coach's own letters of verification, the earliest period first."""
    return VerificationLetter.objects.visible_to(viewer, OWN_RULES)


def get_letter(viewer: Viewer, ref: str) -> VerificationLetter:
    return get_visible(letters_for(viewer), ref)


def applied_to(viewer: Viewer) -> dict[int, list[Mission]]:
    """The missions each of the coach's letters is applied to, in one query."""
    rows = LetterMission.objects.visible_to(viewer, OWN_APPLIED_RULES).select_related("mission")
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.letter_id].append(row.mission)
    return found


def attestable(viewer: Viewer, letter: VerificationLetter | None) -> list[Mission]:
    """The missions a letter may be applied to: those with a session held that counts, and those it is applied to already."""
    held = sessions_for(viewer).filter(
        coach_id=viewer.user_id, kind__in=COUNTED_KINDS, state=SessionState.HELD
    )
    applied = LetterMission.objects.visible_to(viewer, OWN_APPLIED_RULES).filter(letter=letter)
    either = Q(pk__in=held.order_by().values("mission_id")) | Q(pk__in=applied.values("mission_id"))
    return list(missions_listed(viewer).filter(either))


def _attested(viewer: Viewer) -> list[Attested]:
    """Those that are signed: a letter still to be signed attests nothing."""
    applied = applied_to(viewer)
    return [
        Attested(
            row.ref, row.issuer, row.contact, row.starts_on, row.ends_on, row.paid_minutes, row.pro_bono_minutes,
            row.clients, frozenset(mission.pk for mission in applied.get(row.pk, ())),
        )
        for row in letters_for(viewer).filter(issued_on__isnull=False)
    ]  # fmt: skip


# --- imports ---


def imports_for(viewer: Viewer) -> QuerySet[HoursImport]:
    """The coach's own files, the last first; those not kept are no longer said."""
    rows = HoursImport.objects.visible_to(viewer, OWN_RULES)
    return rows.select_related("coach")


def imports_listed(viewer: Viewer) -> QuerySet[HoursImport]:
    return imports_for(viewer).exclude(state=ImportState.DISCARDED)


def get_import(viewer: Viewer, ref: str) -> HoursImport:
    """The file with this reference; 404 to everybody but who sent it."""
    return get_visible(imports_for(viewer), ref)


def entries_there(viewer: Viewer) -> Iterator[tuple[str, Entry]]:
    """Every line that was imported and is in the log, with the import it came by; two queries, whatever their number.

    Raises :class:`coaching.vault.errors.Locked`.
    """
    parts = LogPart.objects.visible_to(viewer, OWN_PART_RULES).select_related("source")
    parts = list(parts.filter(source__state=ImportState.KEPT))
    texts = open_texts(viewer, {part.ref: part.sealed_ref for part in parts}, place=PART_PLACE)
    for part in parts:
        for entry in unpack(texts[part.ref]) if part.ref in texts else ():
            yield part.source.ref, entry


def imported_lines(viewer: Viewer, largest: int) -> Iterator[Line]:
    for ref, entry in entries_there(viewer):
        yield entry.line(ref, largest)


def days_of(entries: list[Entry]) -> tuple[date, date] | None:
    """From the first day to the last."""
    if not entries:
        return None
    return min(one.starts_on for one in entries), max(one.ends_on for one in entries)
