"""What each party's letter says when a mission ends: the facts they may know, and the words meant for them. No query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from coaching.kernel.dates import long_date
from coaching.missions.enums import Hand, MissionKind, SeatRole, TerminationKind
from coaching.missions.models import Mission, Refusal, Seat, Termination

from .snapshots import FrozenLetter, Passage

Ending = Refusal | Termination
REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter that is about to be kept: to whom, and what it says."""

    seat: Seat
    letter: FrozenLetter


def kind_of(row: Ending) -> str:
    """``refusal``, ``stop`` or ``close``."""
    return REFUSAL if isinstance(row, Refusal) else str(row.kind)


def compose(mission: Mission, row: Ending, seat: Seat, reference: str) -> FrozenLetter:
    """The letter to one seat, in the mission's language. The organisation's never tells who stopped, nor why (I6)."""
    day = timezone.localdate()
    with override(mission.language):
        said = _Facts(mission.title, mission.coach.name, long_date(day, mission.language))
        coachee = seat.role == SeatRole.COACHEE
        passages = _to_coachee(said, row) if coachee else _to_organisation(said, row)
        title = _title(kind_of(row))
    return FrozenLetter(
        reference=reference,
        kind=kind_of(row),
        language=mission.language,
        practice=mission.practice.name,
        coach=mission.coach.name,
        to=seat.person.name,
        role=str(seat.role),
        organisation=mission.organisation.name if mission.organisation else "",
        mission=mission.title,
        written_on=day,
        title=title,
        passages=tuple(one for one in passages if one.text.strip()),
    )


def addressees(row: Ending, table: Iterable[Seat]) -> list[Seat]:
    """Who is written to: everybody at the table; of a coachee of a team who leaves, that coachee and the organisation."""
    alone = getattr(row, "seat_id", None)
    return [seat for seat in table if not (alone and seat.role == SeatRole.COACHEE and seat.pk != alone)]


@dataclass(frozen=True, slots=True)
class _Facts:
    title: str
    coach: str
    day: str

    def say(self, sentence: str) -> str:
        return sentence % {"title": self.title, "coach": self.coach, "day": self.day}


def _title(kind: str) -> str:
    return {
        REFUSAL: _("A coaching that is not taken on"),
        TerminationKind.STOP: _("The stop of a coaching"),
        TerminationKind.CLOSE: _("The close of a coaching"),
    }[kind]


def _to_coachee(said: _Facts, row: Ending) -> list[Passage]:
    if isinstance(row, Refusal):
        return [
            Passage("", said.say(_("%(coach)s is not taking on the coaching “%(title)s”."))),
            Passage(_("Why"), row.explanation, own=True),
            Passage(_("Another way"), row.orientation, own=True),
        ]
    return [Passage("", _fact_to_coachee(said, row)), *_words_to_coachee(said, row), *_after(row)]


def _fact_to_coachee(said: _Facts, row: Termination) -> str:
    if row.kind == TerminationKind.CLOSE:
        return said.say(_("Your coaching “%(title)s” with %(coach)s came to its end on %(day)s."))
    return said.say(
        {
            Hand.COACH: _("%(coach)s stopped your coaching “%(title)s” on %(day)s."),
            Hand.COACHEE: _("You stopped your coaching “%(title)s” on %(day)s. No reason was asked of you."),
            Hand.ORGANISATION: _("The organisation stopped your coaching “%(title)s” on %(day)s."),
        }[Hand(row.by)]
    )


def _words_to_coachee(said: _Facts, row: Termination) -> list[Passage]:
    why = _("Why") if row.kind == TerminationKind.STOP else said.say(_("What %(coach)s tells you"))
    return [
        Passage(why, row.explanation, own=True),
        Passage(_("Other options"), row.alternatives, own=True),
        Passage(_("What the organisation tells you"), row.told_coachee, own=True),
    ]


def _after(row: Termination) -> list[Passage]:
    """What becomes of things, for a coachee."""
    text = _(
        "Sessions that were still planned are cancelled and do not count. Your consents have ended: nothing more is given "
        "back about you. What you wrote and were given to read stays readable for you: your decisions, your objectives, "
        "shared summaries, the contract."
    )
    return [Passage(_("What happens now"), text)]


def _to_organisation(said: _Facts, row: Ending) -> list[Passage]:
    told = Passage(said.say(_("What %(coach)s tells you")), row.told_organisation, own=True)
    if isinstance(row, Refusal):
        return [Passage("", said.say(_("%(coach)s is not taking on the coaching “%(title)s”."))), told]
    return [Passage("", _fact_to_organisation(said, row)), told, _after_for_organisation(row)]


def _fact_to_organisation(said: _Facts, row: Termination) -> str:
    if row.kind == TerminationKind.CLOSE:
        return said.say(_("The coaching “%(title)s” with %(coach)s came to its end on %(day)s."))
    if row.seat_id:
        return said.say(_("The coaching of one person in “%(title)s” stopped on %(day)s."))
    return said.say(_("The coaching “%(title)s” with %(coach)s stopped on %(day)s."))


def _after_for_organisation(row: Termination) -> Passage:
    goes_on = row.seat_id and row.mission.kind == MissionKind.TEAM
    text = _("Sessions that were still planned are cancelled and do not count.")
    if goes_on:
        text = _("The team’s coaching goes on with the others.")
    rest = _(
        "What was released to you stays readable; nothing else of the coaching is told, as the charter has it (articles "
        "Confidentialité, Arrêt d’une mission)."
    )
    return Passage(_("What happens now"), f"{text} {rest}")
