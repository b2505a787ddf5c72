"""Erasing a person from what one coach keeps: said item by item beforehand, then done, the law's part left alone.

What goes: the texts sealed between the person and others on missions that have ended (their keys are destroyed), the words
they wrote that lie in clear, their name and the ways to reach them, and their account where nothing is left of them. What
stays, and until when, is said by :func:`items_of`, which is also what decides.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.accounts.access import chairs_of
from coaching.accounts.models import Invitation, KeptForm, User
from coaching.clients.models import Person
from coaching.consents.enums import ConsentKind, Ending
from coaching.consents.services.consents import end_of
from coaching.decisions.models import Decision
from coaching.handover.models import HandOver
from coaching.kernel import events
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.enums import MissionKind, SeatRole
from coaching.missions.models import Mission, Objective, Pause, Seat, SharedWording
from coaching.progress.models import Measure
from coaching.recourse.enums import OPEN as OPEN_SIGNALS
from coaching.recourse.models import Signal
from coaching.vault.enums import Audience
from coaching.vault.services import destroy_of_mission, forget_pair
from contracts.models import Comment, SealedContract

from ..access import held_missions
from ..ended import over
from ..enums import Kind
from ..models import Correction
from ..retention import months_after, months_of

GONE_NAME = "Personne effacée"  # in the practice's tables, whatever the language of whoever reads
GONE_ACCOUNT = "Compte fermé"
OWN_COMPARTMENTS = (
    Audience.COACHEE,
    Audience.COACH_AND_COACHEE,
)
# Words of a coachee in clear, on missions that have ended: (table, way to their seat, fields).
BLANKED = (
    (SharedWording, "request__seat", ("text",)),
    (Objective, "seat", ("title", "indicator", "baseline", "target")),
    (Measure, "seat", ("words",)),
    (Pause, "seat", ("reason",)),
    (Comment, "seat", ("text", "answer")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing kept of a person: whether it goes now, or by which text it stays and until when."""

    what: Any
    erased: bool
    why: Any = ""
    until: date | None = None
    count: int | None = None


@dataclass(slots=True)
class _Of:
    """What a coach has of a person, sorted once."""

    person: Person
    open: list[Mission] = field(default_factory=list)
    held: list[Mission] = field(default_factory=list)
    over: list[Mission] = field(default_factory=list)  # and free to be erased

    @property
    def alone(self) -> list[Mission]:
        """Ended missions of this one coachee: the coach's notes of them are about nobody else."""
        return [mission for mission in self.over if mission.kind == MissionKind.INDIVIDUAL]

    @property
    def teams(self) -> list[Mission]:
        return [mission for mission in self.over if mission.kind == MissionKind.TEAM]

    def seats(self, missions: list[Mission]) -> QuerySet[Seat]:
        return Seat.unscoped.filter(person=self.person, mission__in=missions)


def _sorted(person: Person) -> _Of:
    found = _Of(person)
    seats = Seat.unscoped.filter(person=person).values("mission_id")
    missions = list(Mission.unscoped.filter(pk__in=seats).order_by("pk"))
    ended = {mission.pk: mission for mission in over(Mission.unscoped.filter(pk__in=seats))}
    held = held_missions(mission.pk for mission in missions)
    for mission in missions:
        if mission.pk in held:
            found.held.append(mission)
        elif mission.pk in ended:
            found.over.append(ended[mission.pk])
        else:
            found.open.append(mission)
    return found


def items_of(person: Person) -> list[Item]:
    """What would go and what stays, item by item, for the person and for the coach who carries it out."""
    of = _sorted(person)
    return [item for item in (*_sealed(of), *_clear(of), *_kept(of), *_self(of), *_elsewhere()) if item]


def _sealed(of: _Of) -> list[Item | None]:
    seats = of.seats(of.over).filter(role=SeatRole.COACHEE)
    decided = Decision.unscoped.filter(seat__in=seats).count()
    signals = _signals(of).count()
    return [
        _maybe(seats.count(), _("Requests, decisions, summaries and suggestions of ended missions")),
        _maybe(decided, _("of which decisions")),
        _maybe(signals, _("What was confided to the recourse person, once handled")),
        _maybe(len(_alone_as_coachee(of)), _("The coach’s private notes of missions with this person alone")),
    ]


def _clear(of: _Of) -> list[Item | None]:
    return [_maybe(_words(of, count=True), _("Wordings, own objectives, measures and comments, in words"))]


def _kept(of: _Of) -> list[Item | None]:
    practice_id = of.person.practice_id
    contracts = SealedContract.unscoped.filter(contract__mission__in=of.over).count()
    last = max((mission.over_at for mission in of.over), default=None)
    until = _until(last, months_of(practice_id, Kind.MISSIONS)) if last else None
    notes = [mission for mission in of.teams if of.seats([mission]).filter(role=SeatRole.COACHEE).exists()]
    notes_last = max((mission.over_at for mission in notes), default=None)
    notes_until = _until(notes_last, months_of(practice_id, Kind.NOTES)) if notes_last else None
    running = _(
        "They are needed to perform the contract: article 6(1)(b) of the GDPR. Ask again once they have ended."
    )
    disputed = _("Legal claims are being established or defended: article 17(3)(e) of the GDPR.")
    proof = _(
        "Proof of what was agreed, for as long as a claim may be brought: articles 17(3)(e) of the GDPR and 2224 of the "
        "Code civil (five years)."
    )
    secret = _("They are about other people too; they go with the time the practice keeps notes.")
    return [
        _stays(len(of.open), _("Missions under way"), running),
        _stays(len(of.held), _("Missions about which a dispute runs"), disputed),
        _stays(
            contracts,
            _("Sealed contracts, with the names they bear and the proof of signature"),
            proof,
            until,
        ),
        _stays(
            len(of.over),
            _(
                "The file of ended missions: dates of sessions, restitutions that were released, consents, who opened what, the "
                "letters about its end, what was said of objectives then, sheets that were shown"
            ),
            proof,
            until,
        ),
        _stays(len(notes), _("The coach’s private notes of teams"), secret, notes_until),
    ]


def _self(of: _Of) -> list[Item | None]:
    if of.open or of.held:
        why = _("The people at the table of a mission under way, or in dispute, need to know who you are.")
        return [Item(_("Name, address, phone, position"), False, why)]
    return [Item(_("Name, address, phone, position"), True), _account(of.person)]


def _account(person: Person) -> Item | None:
    if person.user_id is None:
        return None
    if closes(person):
        return Item(_("The account: address, password, second factors, key"), True)
    why = _("You still have a place elsewhere: in the practice, in another one, or with another coach.")
    return Item(_("The account: address, password, second factors, key"), False, why)


def _elsewhere() -> list[Item]:
    return [
        Item(
            _("The journal: references, codes and dates, no word and no name"),
            False,
            _("It proves what was done and erased: article 5(2) of the GDPR."),
        ),
        Item(
            _("Invoices, where the practice made any: outside this product"),
            False,
            _("Ten years from the end of the financial year: article L. 123-22 of the Code de commerce."),
        ),
        Item(
            _("Backups"),
            False,
            _("What is erased goes from them as they are replaced; nobody restores it to use it."),
        ),
    ]


def _maybe(count: int, what) -> Item | None:
    return Item(what, True, count=count) if count else None


def _stays(count: int, what, why, until: date | None = None) -> Item | None:
    return Item(what, False, why, until, count) if count else None


def _until(moment, months: int) -> date:
    return months_after(timezone.localtime(moment).date(), months)


def closes(person: Person) -> bool:
    """Whether nothing else is left of this person's account: no place but at this coach's missions that have ended."""
    user = person.user
    if user is None:
        return False
    of = _sorted(person)
    if of.open or of.held:
        return False
    # Ended ones too: another coach keeps them for their own time, and may be asked in their turn.
    elsewhere_seated = Seat.unscoped.filter(person__user=user).exclude(person=person)
    elsewhere = [
        chair for chair in chairs_of(user) if chair.portal not in (Portal.COACHEE, Portal.ORGANISATION)
    ]
    return not elsewhere and not elsewhere_seated.exists() and not _open_signals(user.pk)


def _open_signals(user_id: int) -> bool:
    return Signal.unscoped.filter(seat__person__user_id=user_id, state__in=OPEN_SIGNALS).exists()


def carry(viewer: Viewer, person: Person) -> dict[str, int]:
    """Do it, in the caller's transaction; gives what was done, in codes and numbers. Events: ``key.destroy``, ``person.erase``.

    For :func:`.asking.carry_out`, which has checked who may.
    """
    of = _sorted(person)
    done = {"compartments": _destroy(viewer, of), "texts": _words(of), "person": 0, "account": 0}
    for seat in of.seats(of.over).filter(role=SeatRole.COACHEE):
        end_of(viewer, seat, ConsentKind.LISTING, "", Ending.WITHDRAWN)  # no log names them any more
    if not (of.open or of.held):
        account = closes(person)
        _forget_asked(person)
        _rename(person)
        done["person"] = 1
        if account:
            _close(person.user)
            done["account"] = 1
    events.record(
        chain=viewer.practice_ref, kind="person.erase", actor=viewer.user_ref, subject=person.ref, data=done
    )
    return done


def _destroy(viewer: Viewer, of: _Of) -> int:
    gone = 0
    for seat in of.seats(of.over).filter(role=SeatRole.COACHEE).select_related("mission"):
        who = {seat.mission.coach_id, of.person.user_id} - {None}
        which = {"user_ids": who, "by": viewer.user_ref, "mission_ref": seat.mission.ref}
        gone += destroy_of_mission(**which, audiences=OWN_COMPARTMENTS, about=seat.ref)
        for handover in HandOver.unscoped.filter(seat=seat):  # what a colleague was given to read of them
            audiences = (Audience.COACHEE_AND_COLLEAGUE,)
            gone += destroy_of_mission(**which, audiences=audiences, about=handover.ref)
    for mission in _alone_as_coachee(of):
        who = {mission.coach_id}
        which = {"user_ids": who, "by": viewer.user_ref, "mission_ref": mission.ref}
        gone += destroy_of_mission(**which, audiences=(Audience.COACH,))
    for signal in _signals(of).select_related("mission", "recourse"):
        who = {of.person.user_id, signal.recourse.user_id} - {None}
        which = {"user_ids": who, "by": "", "mission_ref": signal.mission.ref, "about": signal.ref}
        gone += destroy_of_mission(**which, audiences=(Audience.COACHEE_AND_RECOURSE,))
    return gone


def _alone_as_coachee(of: _Of) -> list[Mission]:
    coached = of.seats(of.over).filter(role=SeatRole.COACHEE).values_list("mission_id", flat=True)
    return [mission for mission in of.alone if mission.pk in set(coached)]


def _signals(of: _Of) -> QuerySet[Signal]:
    return Signal.unscoped.filter(seat__in=of.seats(of.over)).exclude(state__in=OPEN_SIGNALS).order_by("pk")


def _words(of: _Of, *, count: bool = False) -> int:
    """Empty what lies in clear; or say how many rows that would be."""
    seats, changed = of.seats(of.over), 0
    for model, way, names in BLANKED:
        rows = model.unscoped.filter(**{f"{way}__in": seats.values("pk")})
        filled = rows.exclude(**dict.fromkeys(names, ""))
        changed += filled.count() if count else _blank(model, filled, names)
    return changed


def _blank(model, rows: QuerySet, names: tuple[str, ...]) -> int:
    mine = list(rows.values_list("pk", flat=True))
    return model.unscoped.filter(pk__in=mine).update(**dict.fromkeys(names, ""))


def _forget_asked(person: Person) -> None:
    """What they wanted put right, and the invitations that bore their name: their dates stay."""
    Correction.unscoped.filter(person=person).update(wanted="", answer="")
    rows = Invitation.unscoped.filter(practice_id=person.practice_id, email__iexact=person.email)
    rows.filter(used_at=None, revoked_at=None).update(revoked_at=timezone.now())
    rows.update(name="", email=f"{person.ref.lower()}@efface.invalid")


def _rename(person: Person) -> None:
    gone = dict.fromkeys(("phone", "job_title", "address", "registration"), "")
    address = f"{person.ref.lower()}@efface.invalid"
    Person.unscoped.filter(pk=person.pk).update(name=GONE_NAME, email=address, **gone)


def _close(user: User) -> None:
    """Nobody signs in to it any more, and nothing in it says whose it was; rows that carry evidence still point to it."""
    UserSession.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    KeptForm.objects.filter(user=user).delete()
    forget_pair(user.pk)
    closed = User(pk=user.pk)
    closed.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        name=GONE_ACCOUNT,
        email=f"{user.ref.lower()}@efface.invalid",
        is_active=False,
        password=closed.password,
    )
