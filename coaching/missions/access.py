"""Reading missions. Every function starts from a viewer; nothing else in the house reads these tables."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.http import Http404

from coaching.accounts.access import chair_rows
from coaching.accounts.models import User
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import could_be_a_ref, get_visible, the_one
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.access import open_texts

from .enums import MissionState, RequestLevel, SeatRole
from .models import (
    Balance,
    ConflictDeclaration,
    Mission,
    MissionDraft,
    Objective,
    Override,
    Refusal,
    Reminder,
    Request,
    RequestVersion,
    Seat,
    SharedWording,
    Validation,
)
from .policy import (
    BALANCE_RULES,
    COACH_ALONE,
    DRAFT_RULES,
    MISSION_RULES,
    OBJECTIVE_RULES,
    REQUEST_RULES,
    SEAT_RULES,
    SHARED_WORDING_RULES,
    seats_held,
)

SEALED_PLACE = "missions.RequestVersion.sealed_ref"
PORTAL_OF = {
    SeatRole.COACHEE: Portal.COACHEE,
    SeatRole.SPONSOR: Portal.ORGANISATION,
    SeatRole.MANAGER: Portal.ORGANISATION,
}


def seat_chairs(user: User) -> list[QuerySet]:
    """The portals that seats at missions' tables give a person, for the switcher in the header."""
    rows = Seat.unscoped.filter(person__user=user, ended_at=None)
    return [
        chair_rows(rows.filter(role=SeatRole.COACHEE), Portal.COACHEE, "mission__practice"),
        chair_rows(rows.exclude(role=SeatRole.COACHEE), Portal.ORGANISATION, "mission__practice"),
    ]


def missions_for(viewer: Viewer) -> QuerySet[Mission]:
    """Missions at whose table the viewer sits; for the administrator, every mission of the practice."""
    return Mission.objects.visible_to(viewer, MISSION_RULES).select_related("organisation", "coach")


def get_mission(viewer: Viewer, ref: str) -> Mission:
    """The mission with this reference at whose table the viewer sits; 404 otherwise."""
    return the_one(_mission(viewer, ref=ref) if could_be_a_ref(ref) else [])


@prepared
def _mission(viewer: Viewer, ref: str) -> QuerySet[Mission]:
    return missions_for(viewer).filter(ref=ref)


def roles_at(viewer: Viewer, mission: Mission) -> frozenset[str]:
    """The roles this viewer holds on this mission, from the portal they stand behind."""
    if viewer.portal == Portal.COACH:
        return frozenset({"coach"}) if mission.coach_id == viewer.user_id else frozenset()
    if viewer.portal == Portal.PRACTICE:
        return frozenset({"administrator"})
    return frozenset(seat.role for seat in own_seats(viewer, mission))


def seats_of(viewer: Viewer, mission: Mission) -> QuerySet[Seat]:
    """Who sits at the table now."""
    return _seats(viewer, mission.pk)


def table_of(viewer: Viewer, mission: Mission) -> list[Seat]:
    """Who sits at the table now, for a page that shows them all; for the coach, with the day each was last reminded."""
    return _table(viewer, mission_id=mission.pk)


def _seats(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    rows = Seat.objects.visible_to(viewer, SEAT_RULES).filter(mission_id=mission_id, ended_at=None)
    return rows.select_related("person", "person__organisation")


@prepared
def _table(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    rows = _seats(viewer, mission_id)
    return _with_last_reminder(rows) if viewer.portal == Portal.COACH else rows


def _with_last_reminder(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    reminders = Reminder.unscoped.filter(person=OuterRef("person")).order_by("-day")
    return rows.annotate(reminded=Subquery(reminders.values("day")[:1]))


@dataclass(frozen=True, slots=True)
class MissionLine:
    """A mission as a list names it."""

    pk: int
    ref: str
    title: str
    organisation: str
    state: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of whom something may be awaited, and the day its person was last reminded."""

    mission: MissionLine
    pk: int
    ref: str
    role: str
    name: str
    user_id: int | None
    created_at: datetime
    reminded: date | None

    @property
    def has_account(self) -> bool:
        return self.user_id is not None


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request of an open mission, and how far it is. ``seat`` is the coachee's; None at the organisation's level."""

    mission: MissionLine
    ref: str
    level: str
    seat: SeatLine | None
    written_at: datetime | None
    confirmed: bool
    validated: bool


LINE = ("pk", "ref", "title", "organisation__name", "state")
SEAT = ("pk", "ref", "role", "person__name", "person__user_id", "created_at")


def line_fields(through: str = "") -> list[str]:
    """The columns a :class:`MissionLine` is made of, reached through a foreign key."""
    return [f"{through}{name}" for name in LINE]


def awaitable_seats(viewer: Viewer) -> QuerySet[Seat]:
    """Seats of whom something may be awaited, with the day their person was last reminded (``reminded``).

    For a coach those of their missions; for anybody else their own, of the portal they stand behind.
    """
    if viewer.portal == Portal.COACH:
        rows = Seat.objects.visible_to(viewer, COACH_ALONE).filter(ended_at=None)
    else:
        rows = seats_held(viewer, *[role for role, portal in PORTAL_OF.items() if portal == viewer.portal])
        rows = rows.filter(mission__practice_id=viewer.practice_id)
    return _with_last_reminder(rows)


def seat_lines(viewer: Viewer, missions: Mapping[int, MissionLine], *conditions: Q) -> list[SeatLine]:
    """Seats at the tables of missions the viewer has just been shown: for a coach all, for anybody else their own."""
    rows = Seat.unscoped.filter(*conditions, mission_id__in=list(missions), ended_at=None)
    if viewer.portal != Portal.COACH:
        rows = rows.filter(person__user_id=viewer.user_id)
    rows = _with_last_reminder(rows).order_by("pk").values_list("mission_id", *SEAT, "reminded")
    return [SeatLine(missions[mission_id], *seat) for mission_id, *seat in rows]


def requests_open(viewer: Viewer, mission: Mission | None = None, limit: int = 600) -> list[OpenRequest]:
    """The requests of every mission still before its contract, oldest mission first; in three light queries.

    For a coach those of their missions (or of one); for anybody else the one that is theirs to word. No words are read.
    """
    rows = _own_requests(viewer).filter(mission__state__in=[MissionState.ENQUIRY, MissionState.CONTRACTING])
    rows = rows.filter(mission=mission) if mission else rows
    seat = [f"seat__{name}" for name in SEAT]
    reminders = Reminder.unscoped.filter(person=OuterRef("seat__person")).order_by("-day")
    rows = rows.filter(seat__ended_at=None).annotate(reminded=Subquery(reminders.values("day")[:1]))
    found = list(
        rows.order_by("mission_id", "pk").values_list(
            "pk", "ref", "level", *line_fields("mission__"), *seat, "reminded"
        )[:limit]
    )
    versions = _version_facts([row[0] for row in found])
    return [_open_request(row, versions.get(row[0])) for row in found]


def _own_requests(viewer: Viewer) -> QuerySet[Request]:
    if viewer.portal == Portal.COACH:
        return Request.objects.visible_to(viewer, REQUEST_RULES)
    if viewer.portal == Portal.COACHEE:
        return Request.unscoped.filter(seat__in=seats_held(viewer, SeatRole.COACHEE))
    sponsored = seats_held(viewer, SeatRole.SPONSOR).filter(mission__practice_id=viewer.practice_id)
    return Request.unscoped.filter(
        level=RequestLevel.ORGANISATION, mission_id__in=sponsored.values("mission_id")
    )


def _open_request(row: tuple, version: tuple | None) -> OpenRequest:
    _pk, ref, level, *rest = row
    mission, held = MissionLine(*rest[:5]), rest[5:]
    seat = SeatLine(mission, *held) if held[0] else None
    written_at, confirmed_at, validated = version or (None, None, False)
    return OpenRequest(mission, ref, level, seat, written_at, confirmed_at is not None, validated)


def _version_facts(request_ids: list[int]) -> dict[int, tuple]:
    """Of the last version of each request: when it was written, when confirmed, whether it is validated."""
    validated = Exists(Validation.unscoped.filter(version=OuterRef("pk")))
    rows = RequestVersion.unscoped.filter(request_id__in=request_ids).order_by("number")
    rows = rows.values_list("request_id", "written_at", "confirmed_at", validated)
    return {pk: facts for pk, *facts in rows}


def drafts_for(viewer: Viewer) -> QuerySet[MissionDraft]:
    """Missions the coach has begun to set up and not begun yet."""
    return MissionDraft.objects.visible_to(viewer, DRAFT_RULES)


def get_draft(viewer: Viewer, ref: str) -> MissionDraft:
    return get_visible(drafts_for(viewer), ref)


def get_seat(viewer: Viewer, mission: Mission, ref: str) -> Seat:
    return get_visible(seats_of(viewer, mission), ref)


def own_seats(viewer: Viewer, mission: Mission) -> list[Seat]:
    """The viewer's own seats on this mission, of the portal they stand behind."""
    return _own_seats(viewer, mission_id=mission.pk)


@prepared
def _own_seats(viewer: Viewer, mission_id: int) -> QuerySet[Seat]:
    wanted = [role for role, portal in PORTAL_OF.items() if portal == viewer.portal]
    return seats_held(viewer, *wanted).filter(mission_id=mission_id).select_related("person")


def own_coachee_seat(viewer: Viewer, mission: Mission) -> Seat:
    """The coachee's own seat; 404 for anyone who is not a coachee of this mission."""
    if viewer.portal != Portal.COACHEE:
        raise Http404
    return the_one(own_seats(viewer, mission))


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request as this viewer may read it."""

    request: Request
    seat: Seat | None
    version: RequestVersion | None  # the last one, whoever wrote it down
    text: str | None  # None: this viewer may not read it
    versions: int
    validation: Validation | None
    wording: SharedWording | None

    @property
    def confirmed(self) -> bool:
        return self.version is not None and self.version.confirmed_at is not None

    @property
    def level(self) -> str:
        return self.request.level

    @property
    def closed(self) -> bool:
        """Its words lie sealed and do not open to this viewer yet: nobody has sealed their key to them so far."""
        return self.version is not None and bool(self.version.sealed_ref) and self.text is None


def requests_of(viewer: Viewer, mission: Mission, *, sealed: bool = True) -> list[RequestView]:
    """The requests of a mission, the organisation's first, with exactly what the viewer may read of each.

    Without ``sealed`` the coachees' words are left where they lie: for documents, which quote the shared wording alone,
    and whose making may be asked for by somebody else than the coach. With it, :class:`coaching.vault.errors.Locked`
    while the viewer's key is not open.
    """
    rows = _requests(viewer, mission_id=mission.pk)
    shown = {row.pk for row in rows}
    last = _last_versions(viewer, mission_id=mission.pk)
    versions = {version.request_id: version for version in last if version.request_id in shown}
    texts = _texts(viewer, versions, sealed=sealed)
    return [_view(viewer, row, versions.get(row.pk), texts) for row in rows]


@prepared
def _requests(viewer: Viewer, mission_id: int) -> QuerySet[Request]:
    rows = Request.objects.visible_to(viewer, REQUEST_RULES).filter(mission_id=mission_id)
    rows = rows.exclude(seat__ended_at__isnull=False).select_related("seat", "seat__person")
    return rows.annotate(**_shared(viewer)).order_by("-level", "id")


def _view(viewer: Viewer, row: Request, version: RequestVersion | None, texts) -> RequestView:
    wording = (
        SharedWording(request=row, text=row.shared_text, shared_at=row.shared_at) if row.shared_text else None
    )
    return RequestView(
        request=row,
        seat=row.seat,
        version=version,
        text=texts.get(row.pk),
        versions=version.number if version else 0,
        validation=_validation_shown(viewer, version),
        wording=wording,
    )


def request_of(viewer: Viewer, mission: Mission, level: str, seat: Seat | None = None) -> RequestView | None:
    """One request as the viewer may read it, or None when there is none to see."""
    for view in requests_of(viewer, mission):
        if view.level == level and (seat is None or (view.seat and view.seat.pk == seat.pk)):
            return view
    return None


def history_of(viewer: Viewer, view: RequestView) -> list[tuple[RequestVersion, str]]:
    """Every version of a request with its words, newest first, for those who may read the last one."""
    if view.text is None:
        return []
    rows = list(RequestVersion.unscoped.filter(request=view.request).order_by("-number"))
    sealed = {row.ref: row.sealed_ref for row in rows if row.sealed_ref}
    opened = open_texts(viewer, sealed, place=SEALED_PLACE)
    return [(row, row.text or opened.get(row.ref, "")) for row in rows]


def _shared(viewer: Viewer) -> dict:
    """The wording shared of a request, beside the request itself: who may see this row may see it.

    Behind each portal the rule of a wording is the rule of its request; behind one without such a rule, nothing is.
    """
    rows = SharedWording.unscoped.filter(request=OuterRef("pk"), withdrawn_at=None).order_by("-id")
    if viewer.portal not in SHARED_WORDING_RULES:
        rows = rows.none()
    return {
        "shared_text": Subquery(rows.values("text")[:1]),
        "shared_at": Subquery(rows.values("shared_at")[:1]),
    }


@prepared
def _last_versions(viewer: Viewer, mission_id: int) -> QuerySet[RequestVersion]:
    """The last version of each request of a mission, with what the coach said when they validated it.

    Only for :func:`requests_of`, which keeps those of the requests that the viewer may see.
    """
    newer = RequestVersion.unscoped.filter(request=OuterRef("request"), number__gt=OuterRef("number"))
    validation = Validation.unscoped.filter(version=OuterRef("pk"))
    return RequestVersion.unscoped.filter(~Exists(newer), request__mission_id=mission_id).annotate(
        validation_wording=Subquery(validation.values("wording")[:1]),
        validated_at=Subquery(validation.values("validated_at")[:1]),
    )


def _validation_shown(viewer: Viewer, version: RequestVersion | None) -> Validation | None:
    """Its wording is between coach and coachee until the contract carries it to the others."""
    if viewer.portal not in (Portal.COACH, Portal.COACHEE) or version is None or version.validated_at is None:
        return None
    return Validation(version=version, wording=version.validation_wording, validated_at=version.validated_at)


def _texts(viewer: Viewer, versions: dict[int, RequestVersion], *, sealed: bool) -> dict[int, str]:
    refs = {version.ref: version.sealed_ref for version in versions.values() if version.sealed_ref}
    opened = open_texts(viewer, refs if sealed else {}, place=SEALED_PLACE)
    texts = {pk: version.text or opened.get(version.ref) for pk, version in versions.items()}
    return {pk: text for pk, text in texts.items() if text is not None}


def objectives_of(viewer: Viewer, mission: Mission) -> QuerySet[Objective]:
    """Objectives of a mission that the viewer may read, those removed left out."""
    return _objectives(viewer, mission.pk)


def aims_of(viewer: Viewer, mission: Mission) -> list[Objective]:
    """The same, for a page that shows them all."""
    return _aims(viewer, mission_id=mission.pk)


def _objectives(viewer: Viewer, mission_id: int) -> QuerySet[Objective]:
    rows = Objective.objects.visible_to(viewer, OBJECTIVE_RULES)
    return rows.filter(mission_id=mission_id, removed_at=None).select_related("seat", "seat__person")


_aims = prepared(_objectives)


def get_objective(viewer: Viewer, mission: Mission, ref: str) -> Objective:
    return get_visible(objectives_of(viewer, mission), ref)


def balance_of(viewer: Viewer, mission: Mission) -> Balance | None:
    return Balance.objects.visible_to(viewer, BALANCE_RULES).filter(mission=mission).first()


def declaration_of(viewer: Viewer, mission: Mission) -> ConflictDeclaration | None:
    return ConflictDeclaration.objects.visible_to(viewer, COACH_ALONE).filter(mission=mission).first()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the coach has put their name to on a mission."""

    declaration: ConflictDeclaration | None
    balance: Balance | None
    overrides: list[Override]


def judgement_of(viewer: Viewer, mission: Mission) -> Judgement:
    """Declaration, balance and overrides, for the coach's page, in one query."""
    rows = sorted(_judged(viewer, mission_id=mission.pk), key=lambda row: (row[0], row[1]))
    found = {kind: [row for row in rows if row[0] == kind] for kind in ("declaration", "balance", "override")}
    declared, balance = found["declaration"][-1:], found["balance"][-1:]
    return Judgement(
        next(
            (ConflictDeclaration(has_conflict=r[2], statement=r[3], declared_at=r[5]) for r in declared), None
        ),
        next((Balance(explanation=r[3], written_at=r[5]) for r in balance), None),
        [Override(reason=r[3], article=r[4], decided_at=r[5]) for r in found["override"]],
    )


@prepared
def _judged(viewer: Viewer, mission_id: int) -> QuerySet:
    no, day = Value(False), "declared_at"

    def said(model, *columns) -> QuerySet:
        return _said(model, viewer, mission_id, *columns)

    declared = said(ConflictDeclaration, "declaration", "has_conflict", "statement", Value(""), day)
    balanced = said(Balance, "balance", no, "explanation", Value(""), "written_at")
    passed = said(Override, "override", no, "reason", "article", "decided_at")
    return declared.union(balanced, passed)


def _said(model, viewer: Viewer, mission_id: int, kind: str, flag, text, article, day) -> QuerySet:
    rows = model.objects.visible_to(viewer, COACH_ALONE).filter(mission_id=mission_id).order_by()
    return rows.values_list(Value(kind, output_field=CharField()), "pk", flag, text, article, day)


def overrides_of(viewer: Viewer, mission: Mission) -> QuerySet[Override]:
    return Override.objects.visible_to(viewer, COACH_ALONE).filter(mission=mission)


@dataclass(frozen=True, slots=True)
class RefusalView:
    """What this viewer is told of a refusal: their own words, never the other party's."""

    at: object
    explanation: str
    orientation: str
    told_organisation: str
    ground: str


def refusal_of(viewer: Viewer, mission: Mission) -> RefusalView | None:
    """The refusal as told to the viewer's seat; the fact and the date alone for the administrator."""
    row = Refusal.unscoped.filter(
        mission_id__in=missions_for(viewer).filter(pk=mission.pk).values("pk")
    ).first()
    if row is None:
        return None
    full = viewer.portal == Portal.COACH
    coachee = full or viewer.portal == Portal.COACHEE
    organisation = full or viewer.portal == Portal.ORGANISATION
    return RefusalView(
        at=row.refused_at,
        explanation=row.explanation if coachee else "",
        orientation=row.orientation if coachee else "",
        told_organisation=row.told_organisation if organisation else "",
        ground=row.get_ground_display() if full else "",
    )


def search(rows: QuerySet[Mission], words: str) -> QuerySet[Mission]:
    """Missions whose title, reference, organisation or people match, among those already visible."""
    words = words.strip()
    if not words or "\x00" in words:
        return rows
    named = Seat.unscoped.filter(person__name__icontains=words, ended_at=None, mission__in=rows)
    return rows.filter(
        Q(title__icontains=words)
        | Q(ref__iexact=words)
        | Q(organisation__name__icontains=words)
        | Q(pk__in=named.values("mission_id"))
    )


def coachees_of(viewer: Viewer, missions: list[Mission]) -> dict[int, list[str]]:
    """Names of the coachees of several missions in one query, for lists."""
    rows = Seat.objects.visible_to(viewer, SEAT_RULES).filter(
        mission__in=missions, role=SeatRole.COACHEE, ended_at=None
    )
    names = defaultdict(list)
    for mission_id, name in rows.values_list("mission_id", "person__name"):
        names[mission_id].append(name)
    return names


def to_validate(asked: list[OpenRequest]) -> list[OpenRequest]:
    """Coachees' requests that wait for the coach's validation."""
    return [one for one in asked if one.level == RequestLevel.COACHEE and one.confirmed and not one.validated]


def ready_for_contract(asked: list[OpenRequest]) -> list[MissionLine]:
    """Enquiries whose requests are all there and validated: what is left is the coach's."""
    tables = defaultdict(list)
    for one in asked:
        if one.mission.state == MissionState.ENQUIRY:
            tables[one.mission].append(one)
    return [
        mission
        for mission, rows in tables.items()
        if any(one.level == RequestLevel.COACHEE for one in rows)
        and all(one.validated if one.level == RequestLevel.COACHEE else one.confirmed for one in rows)
    ]


def organisation_beside(viewer: Viewer, mission: Mission) -> Viewer | None:
    """The sponsor, or else the manager, of a coachee's mission, so that the coachee sees what that person sees.

    None while nobody of the organisation has taken their seat. Only for a coachee, of their own mission.
    """
    own_coachee_seat(viewer, mission)
    rows = Seat.unscoped.filter(mission=mission, ended_at=None, person__user__isnull=False)
    rows = rows.filter(role__in=[SeatRole.SPONSOR, SeatRole.MANAGER]).select_related("person__user")
    seat = rows.order_by("-role", "pk").first()  # the sponsor before the manager
    if seat is None:
        return None
    user = seat.person.user
    return Viewer(user.pk, user.ref, viewer.practice_id, viewer.practice_ref, Portal.ORGANISATION)


def coach_viewer(mission: Mission) -> Viewer:
    """The mission's coach as a viewer: for gates that judge what the coach is about to do, and for commands."""
    coach, practice = mission.coach, mission.practice
    return Viewer(coach.pk, coach.ref, practice.pk, practice.ref, Portal.COACH)
