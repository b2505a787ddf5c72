"""Reading letters of parties, looks at objectives, and what coachees think of their coaching. Every function starts from a viewer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from coaching.documents.canonical import digest
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import SeatRole
from coaching.missions.judgement_access import endings_of
from coaching.missions.models import Mission, Objective, Seat
from coaching.missions.pace_access import stopped_seats
from coaching.missions.policy import ENDED
from coaching.progress.access import answers_of, measures
from coaching.vault.access import open_text, open_texts

from .models import Acknowledgement, Look, PartyLetter, Preparation, Satisfaction
from .policy import LETTER_RULES, LOOK_RULES, SATISFACTION_RULES
from .snapshots import FrozenLetter, thaw

WORDS = "missions.Termination.words_ref"
ANSWER = "closings.Satisfaction.answer_ref"


def letters_for(viewer: Viewer) -> QuerySet[PartyLetter]:
    """A party's own; a coach's all those of their missions. Each says when it was ``acknowledged``, and how."""
    rows = PartyLetter.objects.visible_to(viewer, LETTER_RULES)
    said = Acknowledgement.unscoped.filter(letter=OuterRef("pk"))
    rows = rows.annotate(
        acknowledged=Subquery(said.values("at")[:1]), through=Subquery(said.values("through")[:1])
    )
    return rows.select_related("seat__person", "mission", "document")


def letters_of(viewer: Viewer, mission: Mission) -> list[PartyLetter]:
    """Those of one mission, as the viewer may see them; their words are not even read."""
    return _letters_of(viewer, mission_id=mission.pk)


@prepared
def _letters_of(viewer: Viewer, mission_id: int) -> QuerySet[PartyLetter]:
    rows = letters_for(viewer).select_related(None).select_related("seat__person")
    return rows.filter(mission_id=mission_id).defer("content", "seat__person__address")


def get_letter(viewer: Viewer, ref: str) -> PartyLetter:
    """404 to anybody but its addressee, and the mission's coach."""
    return get_visible(letters_for(viewer), ref)


def acknowledged_at(letter: PartyLetter) -> datetime | None:
    """For a page that has just proved the letter's link."""
    return Acknowledgement.unscoped.filter(letter=letter).values_list("at", flat=True).first()


def said_in(letter: PartyLetter) -> FrozenLetter:
    """What it says, proved to be what was written; :class:`NotAllowedNow` where it no longer is."""
    if digest(letter.content) != letter.sha256:
        raise NotAllowedNow(
            _(
                "This letter is no longer what was written: it is not shown. The practice restores it from a backup."
            )
        )
    return thaw(letter.content)


def preparation_of(viewer: Viewer, mission: Mission) -> Preparation | None:
    """When the coach said that the coaching comes to its end; for a viewer who has just been shown the mission."""
    return Preparation.unscoped.filter(mission=mission).first()


def looks_of(viewer: Viewer, mission: Mission) -> QuerySet[Look]:
    """A coachee's own; the coach's all of them."""
    rows = Look.objects.visible_to(viewer, LOOK_RULES).filter(seat__mission=mission)
    return rows.select_related("seat__person")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the close of a mission asks of one objective, and of whom a look is still missing."""

    objective: Objective
    has_means: bool
    missing: tuple[str, ...]  # names

    @property
    def looked(self) -> bool:
        return not self.missing


def answered(mission: Mission) -> list[Answered]:
    """Objective by objective: means used, and looked at by every coachee it concerns (a measure at the end is a look).

    For the gates of the close and the coach's page, which has just shown the mission. No words are read.
    """
    seats = list(
        Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE, ended_at=None).select_related("person")
    )
    gone = stopped_seats([seat.pk for seat in seats])
    there = [seat for seat in seats if seat.pk not in gone]
    looked = set(Look.unscoped.filter(seat__mission=mission).values_list("objective_id", "seat_id"))
    return [
        Answered(
            one.objective,
            one.has_means,
            tuple(
                seat.person.name
                for seat in there
                if measures(seat, one.objective)
                and (one.objective.pk, seat.pk) not in looked
                and seat.pk not in one.measured_by
            ),
        )
        for one in answers_of(mission)
    ]


def may_answer(viewer: Viewer, mission: Mission, seat: Seat) -> bool:
    """Whether a coachee is asked what the coaching brought them: once it comes to its end, or has ended after it began."""
    if mission.activated_at is None:
        return False
    if mission.state in ENDED or stopped_seats([seat.pk]):
        return True
    return preparation_of(viewer, mission) is not None


def words_of_stop(viewer: Viewer, mission: Mission, ref: str) -> str:
    """What a coachee said to their coach when they stopped, to the two alone; 404 where nothing was said, or not to them.

    Raises :class:`coaching.vault.errors.Locked` while their key is closed.
    """
    found = next((one for one in endings_of(viewer, mission) if one.row.ref == ref and one.words_ref), None)
    if found is None:
        raise Http404
    return open_text(viewer, found.words_ref, place=WORDS, row=ref)


def satisfaction_of(viewer: Viewer, seat: Seat) -> Satisfaction | None:
    """The last answer of one coachee; to their coach, if that one is shared."""
    rows = Satisfaction.unscoped.filter(seat=seat)
    last = rows.order_by("-number").values("pk")[:1]
    return Satisfaction.objects.visible_to(viewer, SATISFACTION_RULES).filter(pk__in=last).first()


def shared_answers(viewer: Viewer, mission: Mission) -> list[tuple[Satisfaction, str | None]]:
    """What coachees of a mission let their coach read of how they found it; for the coach alone.

    Raises :class:`coaching.vault.errors.Locked` while the coach's key is closed and there is something to open.
    """
    if viewer.portal != Portal.COACH:
        return []
    newer = Satisfaction.unscoped.filter(seat=OuterRef("seat")).order_by("-number").values("pk")[:1]
    rows = Satisfaction.objects.visible_to(viewer, SATISFACTION_RULES).filter(seat__mission=mission)
    found = list(rows.filter(pk=Subquery(newer)).select_related("seat__person"))
    opened = open_texts(viewer, {row.ref: row.answer_ref for row in found}, place=ANSWER)
    return [(row, opened.get(row.ref)) for row in found]


def answer_in(viewer: Viewer, row: Satisfaction) -> str:
    """Its words, to whoever they open to; :class:`coaching.vault.errors.Locked` while their key is closed."""
    return open_texts(viewer, {row.ref: row.answer_ref}, place=ANSWER).get(row.ref, "")
