"""Answers to the gates of a mission's first transitions."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coaching.clients.access import sheet_is_filled
from coaching.kernel.gates import GateResult, register

from .enums import RequestLevel, SeatRole
from .models import ConflictDeclaration, Mission, Pause, RequestVersion, Seat, Termination, Validation


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gates ask about one request: whose, and how far it is."""

    level: str
    written: bool
    confirmed: bool
    validated: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gates of a mission judge; a page that has just read it all sets it as ``mission.gate_facts``.

    The row that a transition judges is read anew and carries none: it is asked of the database then.
    """

    asked: list[Asked]
    declared: bool


def _facts(mission: Mission, seat: Seat | None = None) -> Facts:
    known = getattr(mission, "gate_facts", None)
    if known is not None and seat is None:
        return known
    last = last_versions(mission)
    seats = [seat] if seat else _coachee_seats(mission)
    wanted = [(RequestLevel.COACHEE, last.get(one.pk)) for one in seats]
    wanted.append((RequestLevel.ORGANISATION, last.get(None)))
    rows = [version for _level, version in wanted if version]
    validated = set(Validation.unscoped.filter(version__in=rows).values_list("version_id", flat=True))
    asked = [
        Asked(level, bool(v), bool(v and v.confirmed_at), bool(v and v.pk in validated))
        for level, v in wanted
    ]
    return Facts(asked, ConflictDeclaration.unscoped.filter(mission=mission).exists())


def requests_recorded(mission: Mission, seat: Seat | None = None) -> GateResult:
    """Both levels when an organisation pays, the coachee's alone otherwise; confirmed by their authors.

    With ``seat``, what concerns that coachee alone: their own request beside the organisation's.
    """
    missing = _missing_requests(mission, seat)
    if not missing:
        return GateResult(True)
    return GateResult(False, missing[0], _page(mission, "requests"))


def _missing_requests(mission, seat=None) -> list:
    asked = _facts(mission, seat).asked
    coachees = [one for one in asked if one.level == RequestLevel.COACHEE]
    ours = next((one for one in asked if one.level == RequestLevel.ORGANISATION), None)
    missing = []
    if not coachees:
        missing.append(_("No coachee has a seat yet: add the person who is to be coached."))
    if mission.paid_by_organisation:
        if ours is None or not ours.written:
            missing.append(_("The organisation has not formulated its request yet."))
        elif not ours.confirmed:
            missing.append(_("The organisation has not confirmed the request you took down."))
    for one in coachees:
        if not one.written:
            missing.append(_("The coachee has not formulated their own request yet."))
        elif not one.confirmed:
            missing.append(_("The coachee has not confirmed the request you took down."))
    return missing


def request_validated(mission: Mission, seat: Seat | None = None) -> GateResult:
    """Every coachee's last version is validated by the coach, in words; with ``seat``, that coachee's."""
    coachees = [one for one in _facts(mission, seat).asked if one.level == RequestLevel.COACHEE]
    if coachees and all(one.validated for one in coachees):
        return GateResult(True)
    return GateResult(
        False, _("You have not validated the coachee’s request as it now stands."), _page(mission, "requests")
    )


def context_known(mission: Mission) -> GateResult:
    """The sheet of the organisation is filled; nothing to know where none pays."""
    if mission.organisation_id is None or sheet_is_filled(mission.organisation_id):
        return GateResult(True)
    return GateResult(
        False,
        _("The organisation’s context sheet still has empty headings."),
        reverse("coach_organisation_context", args=[mission.organisation.ref]),
    )


def conflict_declared(mission: Mission) -> GateResult:
    """A declaration is there; one that names a conflict must say how it is dealt with (the form sees to it)."""
    if _facts(mission).declared:
        return GateResult(True)
    return GateResult(
        False,
        _("Declare whether a conflict of interest stands in the way."),
        reverse("coach_declaration", args=[mission.ref]),
    )


def both_ready(mission: Mission) -> GateResult:
    """Coach and coachee have both said that they are ready to go on, as the contract says (article 10)."""
    rows = Pause.unscoped.filter(mission=mission, ended_at=None)
    if rows.filter(coach_ready_at__isnull=False, coachee_ready_at__isnull=False).exists():
        return GateResult(True)
    return GateResult(
        False, _("The coaching goes on once both have said so."), reverse("coach_pace", args=[mission.ref])
    )


def alternatives_proposed(mission: Mission) -> GateResult:
    """What the coach writes of a stop names other options; it is written down before it is judged (article 12)."""
    written = Termination.unscoped.filter(mission=mission, seat=None).exclude(alternatives="")
    if written.exists():
        return GateResult(True)
    return GateResult(False, _("Propose other options to the coachee, or say why there are none."))


def last_versions(mission: Mission) -> dict[int | None, RequestVersion]:
    """The last version of each request, by seat; the organisation's under None. Words stay sealed."""
    rows = (
        RequestVersion.unscoped.filter(request__mission=mission)
        .select_related("request")
        .order_by("request_id", "number")
    )
    return {(row.request.seat_id if row.request.level == RequestLevel.COACHEE else None): row for row in rows}


def _page(mission: Mission, section: str) -> str:
    """Where on the mission's page the coach mends it."""
    return f"{reverse('coach_mission', args=[mission.ref])}#{section}"


def _coachee_seats(mission):
    return Seat.unscoped.filter(mission=mission, role=SeatRole.COACHEE, ended_at=None)


register("missions.requests", requests_recorded)
register("missions.validation", request_validated)
register("missions.context", context_known)
register("missions.conflict", conflict_declared)
register("missions.both_ready", both_ready)
register("missions.alternatives", alternatives_proposed)
