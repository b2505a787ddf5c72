"""Events in words."""

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

from coaching.journal.labels import LABELS
from coaching.kernel.templatetags.dates import date

register = template.Library()


@register.filter
def event_label(event):
    """What an event says to a person; its code where no words are kept for it."""
    return LABELS.get(event.kind, event.kind)


@register.filter
def told(events):
    """Each event as a timeline writes it: its day where it is the first of one, its moment for machines, its hour, its words."""
    lines, before = [], None
    for event in events:
        at = localtime(event.at)
        day = "" if at.date() == before else date(at, "DATE_FORMAT")
        before = at.date()
        lines.append((day, at.isoformat(), date_format(at, "TIME_FORMAT"), str(event_label(event))))
    return lines
