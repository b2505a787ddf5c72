"""Events in words."""

from django import template

from coaching.journal.labels import LABELS

register = template.Library()


@register.filter
def event_label(event):
    """What an event says to a person; its code where no words are kept for it."""
    return LABELS.get(event.kind, event.kind)


@register.filter(expects_localtime=True)
def day(moment):
    """The day of a moment, here."""
    return moment.date()


@register.filter(expects_localtime=True)
def iso(moment):
    """A moment as machines read it, with the offset of here."""
    return moment.isoformat()
