"""Events in words."""

from django import template

from coaching.journal.labels import LABELS

register = template.Library()


@register.filter
def event_label(event):
    """What an event says to a person; its code where no words are kept for it."""
    return LABELS.get(event.kind, event.kind)
