"""What the end of a mission shows of articles « Arrêt d’une mission » and « Obligation de moyens »."""

from django.db.models import Exists, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from coaching.kernel.evidence import Found, Piece, Said, Standing
from coaching.missions.conformity import not_yet, of_mission, passed_on, said_on
from coaching.missions.enums import Hand, MissionState, TerminationKind
from coaching.missions.models import Termination


def _ended(kind: TerminationKind, **more) -> QuerySet:
    """The end of the whole mission; in a team, a coachee who stops alone ends their own part."""
    return of_mission(Termination, kind=kind, seat=None, **more)


def _stopped_by_the_coach() -> Exists:
    return Exists(_ended(TerminationKind.STOP, by=Hand.COACH))


def _day(kind: TerminationKind) -> Subquery:
    return Subquery(_ended(kind).values("ended_at")[:1])


def _stopped(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("You have not stopped it."))
    page = reverse("coach_mission", args=[found.ref])
    day = {"day": said_on(found.ended_at)}
    if standing == Standing.OVERRIDDEN:
        return Said(_("Stopped on %(day)s; why no other option was proposed is written down.") % day, page)
    return Said(_("Stopped on %(day)s; the coachee was told why, and other options.") % day, page)


def _closed(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("It is not closed yet."))
    page = reverse("coach_mission", args=[found.ref])
    day = {"day": said_on(found.closed_on)}
    if standing == Standing.OVERRIDDEN:
        return Said(_("Closed on %(day)s on your judgement, with your reason.") % day, page)
    return Said(_("Closed on %(day)s, each objective with its means and looked at.") % day, page)


PIECES = (
    Piece(
        name="closings.stopped",
        article="arret-mission",
        applies=_stopped_by_the_coach,
        held=lambda: Exists(_ended(TerminationKind.STOP, by=Hand.COACH).exclude(alternatives="")),
        passed=lambda: passed_on("arret-mission"),
        facts=lambda: {"ended_at": _day(TerminationKind.STOP)},
        tell=_stopped,
    ),
    Piece(
        name="closings.closed",
        article="obligation-moyens",
        applies=lambda: Q(state=MissionState.CLOSED),
        held=lambda: ~passed_on("obligation-moyens"),
        passed=lambda: passed_on("obligation-moyens"),
        facts=lambda: {"closed_on": _day(TerminationKind.CLOSE)},
        tell=_closed,
    ),
)
