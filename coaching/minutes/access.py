"""Reading minutes. Before all agree: the coach everything, each side its own copies alone. Afterwards: all of them the same text."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from coaching.kernel.diff import Parts, compare, is_changed
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import could_be_a_ref, get_visible, the_one
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.models import Mission, Seat
from coaching.missions.policy import AT_TABLE
from coaching.sessions.access import sessions_with
from coaching.sessions.enums import SessionKind, SessionState
from coaching.sessions.models import CoachingSession, Participant
from coaching.vault.access import open_texts
from contracts.readable import readable

from .enums import Answer, MinutesState
from .models import AgreedMinutes, AgreedSide, CoacheeCopy, Minutes, OrganisationCopy
from .policy import (
    AGREED_RULES,
    COACHEE_COPY_RULES,
    DRAFT_PLACE,
    MINUTES_RULES,
    ORGANISATION_COPY_RULES,
    TEXT_PLACE,
    WORDING_PLACE,
)
from .sealing import opened

AnyCopy = CoacheeCopy | OrganisationCopy
THROUGH = ("minutes__session__mission__practice", "minutes__session__mission__coach")


def has_minutes(session: CoachingSession) -> bool:
    """Minutes are of a three-way meeting that took place."""
    return session.kind == SessionKind.THREE_WAY and session.state == SessionState.HELD


def minutes_for(viewer: Viewer) -> QuerySet[Minutes]:
    """Those the coach writes, on their missions. Nobody else has a rule: a side starts from its own copy."""
    rows = Minutes.objects.visible_to(viewer, MINUTES_RULES)
    return rows.select_related("session__mission__practice", "session__mission__coach")


def get_minutes(viewer: Viewer, ref: str) -> Minutes:
    """The minutes with this reference; 404 to anybody but the mission's coach."""
    return get_visible(minutes_for(viewer), ref)


def minutes_of(viewer: Viewer, session: CoachingSession) -> Minutes | None:
    """The coach's minutes of one meeting, those set aside left out."""
    return minutes_for(viewer).filter(session=session).exclude(state=MinutesState.SET_ASIDE).first()


def draft_of(viewer: Viewer, minutes: Minutes) -> str:
    """The coach's text as they last wrote it. Raises ``vault.errors.Locked`` while their key is closed."""
    found = open_texts(viewer, {minutes.ref: minutes.draft_ref}, place=DRAFT_PLACE)
    return found.get(minutes.ref, "")


@dataclass(frozen=True, slots=True)
class Sides:
    """Whom the minutes of a meeting are proposed to: each coachee who was there, and the organisation as one."""

    coachees: list[Seat]
    organisation: list[Seat]  # those who speak for it: its sponsors, or else its managers

    @property
    def any(self) -> bool:
        return bool(self.coachees)


def sides_of(session: CoachingSession) -> Sides:
    """As the table is now, for a service that proposes and for the page before it. The caller has shown the session."""
    there = Participant.unscoped.filter(session=session, present=True, seat__role=SeatRole.COACHEE)
    seats = Seat.unscoped.filter(mission_id=session.mission_id, ended_at=None).select_related("person__user")
    coachees = list(seats.filter(pk__in=there.values("seat_id")))
    return Sides(coachees, speakers(list(seats.filter(role__in=AT_TABLE))))


def speakers(seats: list[Seat]) -> list[Seat]:
    """Of those who sit for the organisation: any sponsor answers for it; a manager where no sponsor has an account."""
    sponsors = [seat for seat in seats if seat.role == SeatRole.SPONSOR]
    managers = [seat for seat in seats if seat.role == SeatRole.MANAGER]
    if any(seat.person.user_id for seat in sponsors):
        return sponsors
    return [seat for seat in managers if seat.person.user_id] or sponsors or managers


def speaker_seat(viewer: Viewer, mission: Mission) -> Seat | None:
    """The seat from which this viewer may answer for the organisation; None for whoever only reads."""
    if viewer.portal != Portal.ORGANISATION:
        return None
    rows = Seat.unscoped.filter(mission=mission, ended_at=None, role__in=AT_TABLE).select_related("person")
    mine = [seat for seat in speakers(list(rows)) if seat.person.user_id == viewer.user_id]
    return mine[0] if mine else None


def coachee_copies(viewer: Viewer) -> QuerySet[CoacheeCopy]:
    """A coachee's own; the coach's of all. Nobody of an organisation has any."""
    return CoacheeCopy.objects.visible_to(viewer, COACHEE_COPY_RULES).select_related("seat__person", *THROUGH)


def organisation_copies(viewer: Viewer) -> QuerySet[OrganisationCopy]:
    """Those addressed to the organisation; no coachee has any."""
    rows = OrganisationCopy.objects.visible_to(viewer, ORGANISATION_COPY_RULES)
    return rows.select_related("answered_by__person", *THROUGH)


def _own_copies(viewer: Viewer) -> QuerySet:
    return organisation_copies(viewer) if viewer.portal == Portal.ORGANISATION else coachee_copies(viewer)


def get_copy(viewer: Viewer, ref: str) -> AnyCopy:
    """What one side was last proposed of the minutes with this reference; 404 to whoever is no side of them."""
    rows = _own_copies(viewer).filter(minutes__ref=ref).order_by("-number")
    return the_one(rows[:1] if could_be_a_ref(ref) and viewer.portal != Portal.COACH else [])


def copies_of(viewer: Viewer, mission: Mission, beside: Seat | None = None) -> list[AnyCopy]:
    """The last of each minutes that one side was proposed on a mission, the last meeting first; no words are opened.

    With ``beside`` those of meetings that this coachee of a team took part in: shown to them, they learn of no other.
    """
    rows = _of_coachee if viewer.portal == Portal.COACHEE else _of_organisation
    found: dict[int, AnyCopy] = {}
    for row in rows(viewer, mission_id=mission.pk):
        found.setdefault(row.minutes_id, row)
    met = set(sessions_with(beside).values_list("session_id", flat=True)) if beside else None
    return [row for row in found.values() if met is None or row.minutes.session_id in met]


@prepared
def _of_coachee(viewer: Viewer, mission_id: int) -> QuerySet:
    return _on(CoacheeCopy.objects.visible_to(viewer, COACHEE_COPY_RULES), mission_id)


@prepared
def _of_organisation(viewer: Viewer, mission_id: int) -> QuerySet:
    return _on(OrganisationCopy.objects.visible_to(viewer, ORGANISATION_COPY_RULES), mission_id)


def _on(rows: QuerySet, mission_id: int) -> QuerySet:
    rows = rows.filter(minutes__session__mission_id=mission_id).select_related("minutes__session")
    return rows.order_by("-minutes__session__starts_at", "-minutes_id", "-number")


def minutes_on(viewer: Viewer, mission: Mission) -> list[Minutes]:
    """Every minutes of a mission, for its coach's page; no words are opened."""
    return _minutes_on(viewer, mission_id=mission.pk)


@prepared
def _minutes_on(viewer: Viewer, mission_id: int) -> QuerySet:
    rows = Minutes.objects.visible_to(viewer, MINUTES_RULES).filter(session__mission_id=mission_id)
    return rows.select_related("session").order_by("-session__starts_at", "-id")


def reworded_on(viewer: Viewer, mission: Mission) -> set[int]:
    """Which minutes of a mission a side words otherwise, of the text last proposed; for its coach's page. No words are opened."""
    if viewer.portal != Portal.COACH:
        return set()
    last = {
        "minutes__session__mission": mission,
        "minutes__state": MinutesState.PROPOSED,
        "minutes__number": F("number"),
        "answer": Answer.REWORDED,
    }
    mine = CoacheeCopy.objects.visible_to(viewer, COACHEE_COPY_RULES).filter(**last).order_by()
    theirs = OrganisationCopy.objects.visible_to(viewer, ORGANISATION_COPY_RULES).filter(**last).order_by()
    return set(mine.values_list("minutes_id", flat=True).union(theirs.values_list("minutes_id", flat=True)))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one side reads of minutes that are not agreed yet: the coach's text, its own answer, and nothing of anybody else."""

    copy: AnyCopy
    text: str | None  # None while no key of it has reached the reader
    wording: str
    divergence: str
    changed: Parts  # what this text changes of the one proposed before; nothing at the first
    proposed: Parts  # what the side's own wording changes of the text

    @property
    def reworded(self) -> bool:
        return self.copy.answer == Answer.REWORDED

    @property
    def layout_alone(self) -> bool:
        return self.reworded and not is_changed(self.proposed)


def reading_of(viewer: Viewer, copy: AnyCopy) -> Reading:
    """The words of a copy the viewer has just been shown. Raises ``vault.errors.Locked`` for a coachee whose key is closed."""
    before = _own_copies(viewer).filter(minutes=copy.minutes, number__lt=copy.number).order_by("-number")[:1]
    rows = [copy, *before]
    texts, wordings = _texts(viewer, rows), _wordings(viewer, rows)
    language = copy.minutes.session.mission.language
    text, earlier = texts.get(copy.ref), texts.get(before[0].ref) if len(rows) > 1 else None
    wording = wordings.get(copy.ref, "") if copy.answer == Answer.REWORDED else ""
    return Reading(
        copy,
        text,
        wording,
        divergence_of(copy),
        _difference(earlier, text, language),
        _difference(text, wording, language) if wording else (),
    )


def text_of(viewer: Viewer, copy: AnyCopy) -> str | None:
    """The text of one copy, as its own side reads it."""
    return _texts(viewer, [copy]).get(copy.ref)


def divergence_of(copy: AnyCopy) -> str:
    """What was said beside an approval, of a copy the caller has just shown to its reader."""
    return opened(copy) if isinstance(copy, CoacheeCopy) else copy.divergence


def _texts(viewer: Viewer, rows: list[AnyCopy]) -> dict[str, str]:
    """The organisation's stand in its row; a coachee's are asked of the vault, in one query."""
    plain = {row.ref: row.text for row in rows if isinstance(row, OrganisationCopy)}
    refs = {row.ref: row.text_ref for row in rows if isinstance(row, CoacheeCopy)}
    return {**plain, **open_texts(viewer, refs, place=TEXT_PLACE)}


def _wordings(viewer: Viewer, rows: list[AnyCopy]) -> dict[str, str]:
    plain = {row.ref: row.wording for row in rows if isinstance(row, OrganisationCopy)}
    refs = {row.ref: row.wording_ref for row in rows if isinstance(row, CoacheeCopy) and row.wording_ref}
    return {**plain, **open_texts(viewer, refs, place=WORDING_PLACE)}


def _difference(old: str | None, new: str | None, language: str) -> Parts:
    """Word by word, of what a page shows: a mark of layout is never taken for a word."""
    if old is None or new is None:
        return ()
    return compare(readable(old, language), readable(new, language))


@dataclass(frozen=True, slots=True)
class Said:
    """What one side said of one text proposed, as the coach alone reads it."""

    name: str
    role: object
    copy: AnyCopy
    wording: str
    divergence: str
    parts: Parts
    gone: bool = False  # the seat has ended: this side answers no more

    @property
    def layout_alone(self) -> bool:
        return bool(self.wording) and not is_changed(self.parts)


@dataclass(frozen=True, slots=True)
class Round:
    """One text as it was proposed to all, with what each side said of it."""

    number: int
    sent_at: datetime
    text: str | None
    sides: list[Said] = field(default_factory=list)

    @property
    def waiting(self) -> list[str]:
        return [one.name for one in self.sides if one.copy.answer == Answer.NONE and not one.gone]

    @property
    def reworded(self) -> bool:
        return any(one.copy.answer == Answer.REWORDED for one in self.sides)

    @property
    def left(self) -> list[str]:
        """Sides that can answer no more: all agree only once the text is proposed to those who are still there."""
        return [one.name for one in self.sides if one.gone and one.copy.answer != Answer.APPROVED]


def rounds_of(viewer: Viewer, minutes: Minutes) -> list[Round]:
    """Every text proposed of these minutes, the last first, with every answer: to the coach alone."""
    if viewer.portal != Portal.COACH:
        return []
    rows: list[AnyCopy] = [
        *coachee_copies(viewer).filter(minutes=minutes),
        *organisation_copies(viewer).filter(minutes=minutes),
    ]
    texts, wordings = _texts(viewer, rows), _wordings(viewer, rows)
    numbers = sorted({row.number for row in rows}, reverse=True)
    return [_round([row for row in rows if row.number == number], texts, wordings) for number in numbers]


def _round(rows: list[AnyCopy], texts: dict[str, str], wordings: dict[str, str]) -> Round:
    text = next((texts[row.ref] for row in rows if row.ref in texts), None)
    sides = [_said(row, text, wordings.get(row.ref, "")) for row in rows]
    return Round(rows[0].number, rows[0].sent_at, text, sides)


def _said(row: AnyCopy, text: str | None, wording: str) -> Said:
    mission = row.minutes.session.mission
    wording = wording if row.answer == Answer.REWORDED else ""
    parts = _difference(text, wording, mission.language) if wording else ()
    if isinstance(row, CoacheeCopy):
        gone = row.seat.ended_at is not None
        return Said(row.seat.person.name, row.seat.get_role_display(), row, wording, opened(row), parts, gone)
    by = row.answered_by
    name = by.person.name if by else _("The organisation")
    return Said(name, by.get_role_display() if by else "", row, wording, row.divergence, parts)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What all agreed on: the text, and who approved it, with what each holds beside it."""

    row: AgreedMinutes
    sides: list[AgreedSide]

    @property
    def diverging(self) -> list[AgreedSide]:
        return [side for side in self.sides if side.divergence]


def agreed_for(viewer: Viewer) -> QuerySet[AgreedMinutes]:
    """Agreed minutes of the missions the viewer coaches, was a side of, or sits at for the organisation."""
    return AgreedMinutes.objects.visible_to(viewer, AGREED_RULES).select_related("minutes__session")


def agreed_of(viewer: Viewer, minutes: Minutes) -> Agreed | None:
    """What was agreed of these minutes, to all who agreed; None before that."""
    return next(iter(_with_sides(agreed_for(viewer).filter(minutes=minutes))), None)


def agreed_on(viewer: Viewer, mission: Mission) -> list[Agreed]:
    """Every agreed minutes of a mission that the viewer may read, the last meeting first."""
    rows = agreed_for(viewer).filter(minutes__session__mission=mission)
    return _with_sides(rows.order_by("-minutes__session__starts_at", "-id"))


def _with_sides(rows: QuerySet[AgreedMinutes]) -> list[Agreed]:
    found = list(rows)
    sides = AgreedSide.unscoped.filter(agreed__in=found).select_related("seat__person") if found else []
    return [Agreed(row, [side for side in sides if side.agreed_id == row.pk]) for row in found]
