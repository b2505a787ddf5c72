"""Reading whom one may turn to, and what was confided. Every function starts from a viewer."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from coaching.accounts.access import chair_rows
from coaching.accounts.models import Membership, Practice, User
from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.access import missions_for
from coaching.missions.models import Seat
from coaching.vault.access import open_texts

from .enums import OPEN, Author, SignalState
from .models import Message, RecoursePerson, Signal
from .policy import PERSON_RULES, SIGNAL_RULES, free_people

PLACE = "recourse.Message.sealed_ref"


def recourse_chairs(user: User) -> list[QuerySet]:
    """The door of a recourse person; and that of a coachee who has written to one, whatever became of their seat."""
    under_way = Exists(Signal.unscoped.filter(recourse=OuterRef("pk"), state__in=OPEN))
    mine = free_people().filter(Q(ended_at=None) | under_way, user=user)
    wrote = Signal.unscoped.filter(seat__person__user=user)
    return [chair_rows(mine, Portal.RECOURSE, "practice"), chair_rows(wrote, Portal.COACHEE, "practice")]


def in_place(practice_id: int) -> RecoursePerson | None:
    """Whom coachees of a practice can write to now; None while nobody has accepted, or who has may not be it any more."""
    return free_people().filter(practice_id=practice_id, ended_at=None).select_related("user").first()


def people_for(viewer: Viewer) -> list[RecoursePerson]:
    """For the administrator: in place or invited, those now, never what reaches them."""
    rows = RecoursePerson.objects.visible_to(viewer, PERSON_RULES).filter(ended_at=None)
    return list(rows.order_by("accepted_at", "pk"))


def get_person(viewer: Viewer, ref: str) -> RecoursePerson:
    rows = RecoursePerson.objects.visible_to(viewer, PERSON_RULES)
    return get_visible(rows.filter(ended_at=None), ref)


def is_free(row: RecoursePerson) -> bool:
    """Whether somebody in place may still be it: for the administrator's page."""
    return free_people().filter(pk=row.pk).exists()


def conflict_of(practice_id: int, email: str, user_id: int | None = None) -> str:
    """Why this person cannot be the recourse person of a practice: "member", "seat", or nothing."""
    members = Membership.unscoped.filter(practice_id=practice_id, left_at=None)
    seats = Seat.unscoped.filter(mission__practice_id=practice_id, ended_at=None)
    if members.filter(Q(user__email__iexact=email) | Q(user_id=user_id)).exists():
        return "member"
    by_account = Q(person__user_id=user_id) if user_id else Q(person__user__email__iexact=email)
    return "seat" if seats.filter(Q(person__email__iexact=email) | by_account).exists() else ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whom a coachee of one practice may turn to: somebody with an account, or the one whom contracts name."""

    practice: Practice
    person: RecoursePerson | None
    missions: list


def turns_for(viewer: Viewer) -> list[Turn]:
    """One for each practice of the coachee's missions behind this chair."""
    missions = list(missions_for(viewer).select_related("practice", "coach")[:50])
    practices = {mission.practice_id: mission.practice for mission in missions}
    return [
        Turn(practice, in_place(pk), [one for one in missions if one.practice_id == pk])
        for pk, practice in practices.items()
    ]


def signals_for(viewer: Viewer) -> QuerySet[Signal]:
    """A coachee's own; for a recourse person those written to them: whose, the mission's reference, its coach."""
    rows = Signal.objects.visible_to(viewer, SIGNAL_RULES)
    return rows.select_related(
        "seat__person", "mission__coach", "mission__practice", "practice", "recourse__user"
    )


def get_signal(viewer: Viewer, ref: str) -> Signal:
    return get_visible(signals_for(viewer), ref)


@dataclass(frozen=True, slots=True)
class Said:
    """One text of an exchange; ``text`` is None where its key has not reached the reader yet."""

    row: Message
    text: str | None

    @property
    def by_coachee(self) -> bool:
        return self.row.by == Author.COACHEE


def exchange_of(viewer: Viewer, signal: Signal) -> list[Said]:
    """The whole exchange, in order, for one of the two. Raises :class:`coaching.vault.errors.Locked`.

    What a coachee has taken back opens to the recourse person no longer, and none of it is listed to them.
    """
    if viewer.portal == Portal.RECOURSE and signal.state == SignalState.WITHDRAWN:
        return []
    rows = list(Message.unscoped.filter(signal__in=signals_for(viewer).filter(pk=signal.pk)).order_by("pk"))
    texts = open_texts(viewer, {row.ref: row.sealed_ref for row in rows}, place=PLACE)
    return [Said(row, texts.get(row.ref)) for row in rows]
