"""What missions know of the charter's articles: declaration, requests, context sheet, balance, pace, refusal.

Conditions on a row of missions, for :mod:`coaching.kernel.evidence`; words for its coach.
"""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.clients.models import ContextSheet
from coaching.kernel.evidence import TABLE, Found, Piece, Said, Standing
from coaching.kernel.templatetags.dates import date
from coaching.kernel.viewer import Portal

from .enums import MissionState, ObjectiveTag, Payer, RequestLevel, SeatRole
from .models import (
    Balance,
    ConflictDeclaration,
    Objective,
    Override,
    Pause,
    Referral,
    Refusal,
    Request,
    Seat,
)
from .policy import OPEN_STATES, WRITABLE
from .waiting_access import with_progress

BEFORE = (MissionState.ENQUIRY, MissionState.REFUSED)
HEADINGS = ("trade", "usages", "culture", "context", "constraints", "no_interference")
ORGANISED = Q(payer=Payer.ORGANISATION)
OF_THE_HOUSE = TABLE - {Portal.COACHEE}


def of_mission(model, **conditions) -> QuerySet:
    """Rows of a table that hang on the mission judged."""
    return model.unscoped.filter(mission=OuterRef("pk"), **conditions).order_by()


def number_of(rows: QuerySet, by: str) -> Coalesce:
    """How many of ``rows``, whose key to the mission is ``by``."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def passed_on(article: str) -> Exists:
    """Somebody went past a gate of this article on their judgement, with a reason."""
    return Exists(of_mission(Override, article=article))


def taken_on() -> Q:
    """What goes on, or went on once: not what was declined, or stopped before it began."""
    return Q(state__in=OPEN_STATES) | begun()


def begun() -> Q:
    """The contract was sealed, and the coaching has begun."""
    return Q(activated_at__isnull=False)


def said_on(moment) -> str:
    return date(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def page_of(found: Found, section: str = "") -> str:
    return reverse("coach_mission", args=[found.ref]) + (f"#{section}" if section else "")


def not_yet(text) -> Said:
    return Said(text)


def _declared(found: Found, standing: Standing) -> Said:
    page = reverse("coach_declaration", args=[found.ref])
    if standing == Standing.HELD:
        return Said(_("Conflict of interest declared on %(day)s.") % {"day": said_on(found.day)}, page)
    if standing == Standing.TO_DO:
        return Said(_("Declare whether a conflict of interest stands in the way."), page)
    return not_yet(_("The mission was declined before a declaration was due."))


def _requests_missing() -> Exists:
    asked = with_progress(of_mission(Request, seat__ended_at=None))
    coachees = Q(level=RequestLevel.COACHEE) & (Q(validated=False) | Q(confirmed=None))
    return Exists(asked.filter(coachees | Q(level=RequestLevel.ORGANISATION, confirmed=None)))


def _asked(found: Found, standing: Standing) -> Said:
    page = page_of(found, "requests")
    if standing == Standing.HELD:
        said = ngettext(
            "%(n)d request in its author’s words, the coachee’s validated.",
            "%(n)d requests in their authors’ words, the coachee’s validated.",
            found.requests,
        )
        return Said(said % {"n": found.requests}, page)
    if standing == Standing.TO_DO:
        return Said(_("A request is still to be worded, confirmed or validated."), page)
    return not_yet(_("The mission was declined."))


def _sheet(**more) -> QuerySet:
    rows = ContextSheet.unscoped.filter(organisation=OuterRef("organisation"), **more).order_by()
    for heading in HEADINGS:
        rows = rows.exclude(**{heading: ""})
    return rows


def _context(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        refused = found.state == MissionState.REFUSED
        return not_yet(
            _("The mission was declined.") if refused else _("No organisation stands behind this mission.")
        )
    page = reverse("coach_organisation_context", args=[found.organisation_ref])
    if standing == Standing.HELD:
        return Said(_("Context sheet filled in, last on %(day)s.") % {"day": said_on(found.day)}, page)
    if standing == Standing.OVERRIDDEN:
        return Said(_("Passed on your judgement; the sheet still has empty headings."), page)
    return Said(_("The organisation’s context sheet still has empty headings."), page)


def _shared_aim() -> Exists:
    return Exists(of_mission(Objective, tag=ObjectiveTag.COMMON, removed_at=None))


def _balanced(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("Nothing to balance yet: no contract with an organisation is being made."))
    if standing == Standing.HELD:
        text = ngettext("%(n)d common objective.", "%(n)d common objectives.", found.common)
        text = text % {"n": found.common} if found.common else _("Why none is common is explained.")
        return Said(text, page_of(found, "objectives"))
    name = "coach_objective_new" if found.state in WRITABLE else "coach_balance_view"
    text = _("No objective is common to the coachee and the organisation, and nothing explains why.")
    return Said(text, reverse(name, args=[found.ref]))


def _paced(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("The coaching has not begun."))
    page = reverse("coach_pace", args=[found.ref])
    if standing == Standing.TO_DO:
        return Said(_("The coachee is ready to go on after a pause, and waits for you."), page)
    pauses = ngettext("%(n)d pause", "%(n)d pauses", found.pauses) % {"n": found.pauses}
    other = ngettext("%(n)d other help suggested", "%(n)d other helps suggested", found.referrals)
    return Said(f"{pauses} · {other % {'n': found.referrals}}", page)


def _refused(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet(_("Nothing was declined."))
    text = _("Declined on %(day)s, with the reasons told to each party.") % {"day": said_on(found.day)}
    return Said(text, page_of(found))


def _only_passed(found: Found, standing: Standing) -> Said:
    if standing == Standing.NOT_APPLICABLE:
        return not_yet("")
    return Said(_("Taken on while supervision was due, on your judgement."), page_of(found, "overrides"))


PIECES = (
    Piece(
        name="missions.declaration",
        article="respect-personnes",
        applies=taken_on,
        held=lambda: Exists(of_mission(ConflictDeclaration)),
        facts=lambda: {"day": _first(ConflictDeclaration, "declared_at", "-pk")},
        tell=_declared,
        known_to=TABLE,
    ),
    Piece(
        name="missions.requests",
        article="demande-formulee",
        applies=taken_on,
        held=lambda: (
            (Q(Exists(of_mission(Seat, role=SeatRole.COACHEE, ended_at=None))) | Q(begun()))
            & ~_requests_missing()
        ),
        facts=lambda: {"requests": number_of(of_mission(Request, seat__ended_at=None), "mission")},
        tell=_asked,
    ),
    Piece(
        name="missions.context",
        article="protection-organisations",
        applies=lambda: taken_on() & Q(organisation__isnull=False),
        held=lambda: Exists(_sheet()),
        passed=lambda: passed_on("protection-organisations"),
        facts=lambda: {"day": Subquery(_sheet().values("updated_at")[:1])},
        tell=_context,
        known_to=OF_THE_HOUSE,
    ),
    Piece(
        name="missions.balance",
        article="equilibre",
        applies=lambda: (Q(state=MissionState.CONTRACTING) | begun()) & ORGANISED,
        held=lambda: Q(_shared_aim()) | Q(Exists(of_mission(Balance))),
        facts=lambda: {
            "common": number_of(of_mission(Objective, tag=ObjectiveTag.COMMON, removed_at=None), "mission")
        },
        tell=_balanced,
        known_to=TABLE,
    ),
    Piece(
        name="missions.pace",
        article="protection-personne",
        applies=begun,
        held=lambda: (
            ~Exists(of_mission(Pause, ended_at=None, coachee_ready_at__isnull=False, coach_ready_at=None))
        ),
        facts=lambda: {
            "pauses": number_of(of_mission(Pause), "mission"),
            "referrals": number_of(of_mission(Referral), "mission"),
        },
        tell=_paced,
    ),
    Piece(
        name="missions.refusal",
        article="refus",
        applies=lambda: Q(state=MissionState.REFUSED),
        held=lambda: Exists(of_mission(Refusal).exclude(explanation="")),
        facts=lambda: {"day": _first(Refusal, "refused_at", "pk")},
        tell=_refused,
    ),
    Piece(
        name="missions.supervision_passed",
        article="supervision",
        applies=lambda: passed_on("supervision"),
        held=lambda: ~passed_on("supervision"),
        passed=lambda: passed_on("supervision"),
        tell=_only_passed,
    ),
)


def _first(model, column: str, order: str) -> Subquery:
    return Subquery(of_mission(model).order_by(order).values(column)[:1])
