"""Hours and gauges in words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ethics.hours.reckoning import Gauge, hours

register = template.Library()


@register.filter
def in_hours(minutes) -> float:
    """Minutes as hours, pro rata."""
    return hours(minutes or 0)


@register.simple_tag
def gauge_words(gauge: Gauge) -> dict[str, str]:
    """What a gauge counts, and how far it is: "112.5 h of 500 h", "9 of 25"."""
    labels = {
        "hours": _("Hours in all"),
        "paid": _("Paid hours"),
        "clients": _("Clients"),
        "recent": _("Hours within the last 18 months"),
    }
    said = {"held": _plain(gauge.held), "asked": _plain(gauge.asked)}
    text = _("%(held)s of %(asked)s") if gauge.figure == "clients" else _("%(held)s h of %(asked)s h")
    return {"label": labels[gauge.figure], "text": text % said}


def _plain(number: float) -> str:
    return number_format(round(number, 1), 0 if float(number).is_integer() else 1, force_grouping=True)
