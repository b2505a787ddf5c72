"""Reading missions. Every function starts from a viewer; nothing else in the house reads these tables."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.http import Http404

from coaching.accounts.access import chair_rows
from coaching.accounts.models import User
from coaching.kernel.prepared import prepared
from coaching.kernel.scoping import could_be_a_ref, get_visible, the_one
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.access import open_texts

from .enums import SeatRole
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


def missions_listed(viewer: Viewer) -> QuerySet[Mission]:
    """The same, with no more of each than a list says."""
    rows = missions_for(viewer).select_related(None).select_related("organisation")
    return rows.only("ref", "title", "state", "organisation__name")


def missions_by_state(viewer: Viewer) -> dict[str, int]:
    """How many missions of each state the viewer may see; a state without any is left out."""
    return dict(_by_state(viewer))


@prepared
def _by_state(viewer: Viewer) -> QuerySet:
    return missions_for(viewer).order_by().values_list("state").annotate(n=Count("pk"))


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
    return with_last_reminder(rows) if viewer.portal == Portal.COACH else rows


def with_last_reminder(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    """Seats with the day their person was last reminded, as ``reminded``."""
    reminders = Reminder.unscoped.filter(person=OuterRef("person")).order_by("-day")
    return rows.annotate(reminded=Subquery(reminders.values("day")[:1]))


def drafts_for(viewer: Viewer) -> QuerySet[MissionDraft]:
    """Missions the coach has begun to set up and not begun yet."""
    return MissionDraft.objects.visible_to(viewer, DRAFT_RULES)


def drafts_begun(viewer: Viewer, limit: int) -> list[MissionDraft]:
    """The last of them, for the coach's first page."""
    return _drafts(viewer, limit)


@prepared
def _drafts(viewer: Viewer, limit: int) -> QuerySet[MissionDraft]:
    return drafts_for(viewer)[:limit]


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


def requests_of(viewer: Viewer, mission: Mission) -> list[RequestView]:
    """The requests of a mission, the organisation's first, with exactly what the viewer may read of each."""
    rows = _requests(viewer, mission_id=mission.pk)
    shown = {row.pk for row in rows}
    last = _last_versions(viewer, mission_id=mission.pk)
    versions = {version.request_id: version for version in last if version.request_id in shown}
    texts = _texts(viewer, versions)
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


def _texts(viewer: Viewer, versions: dict[int, RequestVersion]) -> dict[int, str]:
    sealed = {version.ref: version.sealed_ref for version in versions.values() if version.sealed_ref}
    opened = open_texts(viewer, sealed, place=SEALED_PLACE)
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
    """Names of the coachees of several missions that the viewer has just been shown, in one query, for lists.

    Behind each portal the rule of a seat is the rule of its mission; behind one without such a rule, nothing is.
    """
    names = defaultdict(list)
    if viewer.portal not in SEAT_RULES:
        return names
    at_table = Seat.unscoped.filter(mission_id__in=[mission.pk for mission in missions])
    rows = at_table.filter(role=SeatRole.COACHEE, ended_at=None)
    for mission_id, name in rows.values_list("mission_id", "person__name"):
        names[mission_id].append(name)
    return names


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
