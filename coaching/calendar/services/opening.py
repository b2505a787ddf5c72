"""The hours a coach opens for booking, the days they close, how late and how far ahead they may be booked."""

from datetime import date, time

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal, Viewer

from ..access import closed_for, openings_for
from ..models import BookingRules, ClosedDays, OpeningHours


@act
def open_hours(viewer: Viewer, row: OpeningHours | None, said: dict) -> OpeningHours:
    """Open a stretch of a weekday, or say something else of one that is. Records ``calendar.open``.

    Who may: a coach, for themselves. What is booked already stays as it is. Raises :class:`Invalid` beside the field at
    fault: an end before its beginning, another stretch at the same hours.
    """
    _require_coach(viewer)
    row = row or OpeningHours(practice_id=viewer.practice_id, coach_id=viewer.user_id)
    for name, value in said.items():
        setattr(row, name, value)
    if row.closes <= row.opens:
        raise Invalid(_("The end comes before the beginning."), field="closes")
    if row.valid_until and row.valid_until < row.valid_from:
        raise Invalid(_("The last day comes before the first."), field="valid_until")
    if _minutes(row.closes) - _minutes(row.opens) < row.every:
        raise Invalid(_("Not one meeting begins and ends between these hours."), field="closes")
    _refuse_overlap(viewer, row)
    row.full_clean()
    row.save()
    _record(viewer, "calendar.open", row.ref)
    return row


def _refuse_overlap(viewer: Viewer, row: OpeningHours) -> None:
    rows = openings_for(viewer).filter(weekday=row.weekday, opens__lt=row.closes, closes__gt=row.opens)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=row.valid_from)).exclude(pk=row.pk)
    if row.valid_until:
        rows = rows.filter(valid_from__lte=row.valid_until)
    other = rows.first()
    if other:
        message = _("You are open already on this day from %(opens)s to %(closes)s.")
        raise Invalid(
            message % {"opens": f"{other.opens:%H:%M}", "closes": f"{other.closes:%H:%M}"}, field="opens"
        )


@act
def stop_hours(viewer: Viewer, row: OpeningHours) -> None:
    """Take a stretch away; what is booked in it stays. Who may: its coach. Records ``calendar.stop``."""
    _require_coach(viewer)
    openings_for(viewer).filter(pk=row.pk).delete()
    _record(viewer, "calendar.stop", row.ref)


@act
def close_days(viewer: Viewer, first: date, last: date) -> ClosedDays:
    """Close some days, whatever the weekly hours say; what is booked on them stays. Records ``calendar.close``.

    Who may: a coach, for themselves. Raises :class:`Invalid` for a last day before the first, or days closed already.
    """
    _require_coach(viewer)
    if last < first:
        raise Invalid(_("The last day comes before the first."), field="last")
    if closed_for(viewer).filter(first__lte=last, last__gte=first).exists():
        raise Invalid(_("Some of these days are closed already."), field="first")
    row = ClosedDays(practice_id=viewer.practice_id, coach_id=viewer.user_id, first=first, last=last)
    row.full_clean()
    row.save(force_insert=True)
    _record(viewer, "calendar.close", row.ref)
    return row


@act
def reopen_days(viewer: Viewer, row: ClosedDays) -> None:
    """Open closed days again. Who may: their coach. Records ``calendar.reopen``."""
    _require_coach(viewer)
    closed_for(viewer).filter(pk=row.pk).delete()
    _record(viewer, "calendar.reopen", row.ref)


@act
def set_rules(viewer: Viewer, *, notice_hours: int, horizon_weeks: int) -> None:
    """Say how late and how far ahead one may be booked. Who may: a coach, for themselves. Records ``calendar.rules``."""
    _require_coach(viewer)
    BookingRules.unscoped.update_or_create(
        practice_id=viewer.practice_id,
        coach_id=viewer.user_id,
        defaults={"notice_hours": notice_hours, "horizon_weeks": horizon_weeks},
    )
    _record(viewer, "calendar.rules", viewer.user_ref)


def _require_coach(viewer: Viewer) -> None:
    if viewer.portal != Portal.COACH:
        raise NotAllowedNow(_("Only a coach opens hours of theirs."))


def _record(viewer: Viewer, kind: str, subject: str) -> None:
    events.record(chain=viewer.practice_ref, kind=kind, actor=viewer.user_ref, subject=subject)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
