"""The coach's pages: days and sessions; the hours they open for booking."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.kernel.errors import DomainError
from coaching.kernel.forms import refuse, show
from coaching.kernel.http import acts, edits, reads
from coaching.kernel.viewer import Portal
from coaching.sessions.access import coachees_in
from coaching.sessions.enums import SessionKind, SessionState

from .. import access
from ..days import MANY, Span, days, moments, span
from ..enums import Scale
from ..services import opening as services
from .forms import ClosedForm, OpeningForm, RulesForm, opening_values, rules_values

YEARS = range(2000, 2101)
KINDS = {kind.value: kind.label for kind in SessionKind}
STATES = {state.value: state.label for state in SessionState}


class Line(NamedTuple):
    """A session as a cell says it."""

    iso: str
    hour: str
    whom: str
    note: str


@reads(Portal.COACH)
def calendar(request):
    """A month, a week, a day, or what comes next as a list; in the coach's own time zone."""
    viewer = request.viewer
    zone = access.zone_of(viewer)
    today = timezone.localdate(timezone=ZoneInfo(zone))
    shown = span(_scale(request), _day(request, today))
    listed = shown.scale == Scale.LIST
    found = access.entries(viewer, *moments(shown, zone), limit=MANY if listed else None)
    closed = [] if listed else access.closed_between(viewer, shown.first, shown.last)
    cells = days(shown, found, zone, today, closed)
    written = [pair for cell in cells for pair in cell.entries]
    names = coachees_in(viewer, [entry for _at, entry in written])
    context = {
        "span": shown,
        "scales": Scale,
        "days": cells,
        "lines": {entry.pk: _line(at, entry, names.get(entry.pk, [])) for at, entry in written},
        "zone": zone,
        "today": today,
        "on": reverse("coach_sessions"),
        "after": _after(shown, cells, len(found)),
    }
    return render(request, "calendar/coach/calendar.html", context)


def _line(at: datetime, entry: access.Entry, names: list[str]) -> Line:
    kind = str(KINDS[entry.kind])
    parts = [kind, f"{entry.minutes} min"]
    if entry.state != SessionState.PLANNED:
        parts.append(str(STATES[entry.state]))
    hour = time_format(at, "TIME_FORMAT")
    return Line(entry.starts_at.isoformat(), hour, _whom(entry, names) or kind, " · ".join(parts))


def _whom(entry: access.Entry, names: list[str]) -> str:
    """With whom, as a cell has room for; of a team, how many."""
    if entry.kind == SessionKind.TEAM and len(names) > 1:
        return ngettext("a team of %(count)d", "a team of %(count)d", len(names)) % {"count": len(names)}
    return ", ".join(names)


def _scale(request) -> Scale:
    asked = request.GET.get("view", "")
    return Scale(asked) if asked in Scale.values else Scale.MONTH


def _day(request, today: date) -> date:
    """The day asked for; today for what is no day of these times."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if day.year in YEARS else today


def _after(shown: Span, cells: list, found: int) -> date:
    """Where the next page begins: of a list cut short, at its last day."""
    cut = shown.scale == Scale.LIST and found == MANY and cells[-1].date > shown.day
    return cells[-1].date if cut else shown.after


@reads(Portal.COACH)
def opening(request):
    """What one may book of me: weekly hours, closed days, how late and how far ahead."""
    viewer = request.viewer
    context = {
        "openings": list(access.openings_for(viewer)),
        "closed": list(access.closed_for(viewer).filter(last__gte=timezone.localdate())),
        "rules": access.rules_for(viewer),
    }
    return render(request, "calendar/coach/opening.html", context)


@edits(Portal.COACH)
def opening_new(request):
    initial = {"zone": access.zone_of(request.viewer), "valid_from": timezone.localdate(), "every": 60}
    return _opening_form(request, None, initial)


@edits(Portal.COACH)
def opening_edit(request, ref):
    row = access.get_opening(request.viewer, ref)
    return _opening_form(request, row, opening_values(row))


def _opening_form(request, row, initial: dict):
    form = OpeningForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.open_hours(request.viewer, row, form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. Those whose contract allows it may book within these hours."))
            return redirect("coach_opening")
    return show(request, "calendar/coach/opening_form.html", {"form": form, "row": row})


@edits(Portal.COACH)
def opening_remove(request, ref):
    row = access.get_opening(request.viewer, ref)
    if request.method == "POST":
        services.stop_hours(request.viewer, row)
        messages.success(request, _("These hours are no longer open."))
        return redirect("coach_opening")
    return render(request, "calendar/coach/opening_remove.html", {"row": row})


@edits(Portal.COACH)
def closed_new(request):
    """Leave, a feast: days on which nobody books."""
    form = ClosedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_days(request.viewer, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("These days are closed. What is planned on them stays."))
            return redirect("coach_opening")
    return show(request, "calendar/coach/closed_form.html", {"form": form})


@acts(Portal.COACH)
def closed_remove(request, ref):
    services.reopen_days(request.viewer, access.get_closed(request.viewer, ref))
    messages.success(request, _("These days are open again."))
    return redirect("coach_opening")


@edits(Portal.COACH)
def rules(request):
    """How late and how far ahead one may book."""
    form = RulesForm(request.POST or None, initial=rules_values(access.rules_for(request.viewer)))
    if request.method == "POST" and form.is_valid():
        services.set_rules(request.viewer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("coach_opening")
    return show(request, "calendar/coach/rules.html", {"form": form})
