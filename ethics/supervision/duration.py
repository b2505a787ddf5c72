"""How long something lasted, in words."""

from django.utils.translation import gettext as _

from .figures import HOUR


def hours(minutes: int) -> str:
    """« 12 h 30 », as an agenda says it."""
    whole, rest = divmod(minutes, HOUR)
    return (
        _("%(hours)d h %(minutes)02d") % {"hours": whole, "minutes": rest}
        if rest
        else _("%(hours)d h") % {"hours": whole}
    )
