"""Letters that went to a person: which, when. Their text was sent to them, and may hold a link that opens once."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.personal import ALL, Holding, fact, withhold, word

from .models import Letter


def _letters(viewer):
    from django.contrib.auth import get_user_model  # the address is that of an account, of a room above

    address = get_user_model().objects.filter(pk=viewer.user_id).values("email")
    return Letter.unscoped.filter(to__in=address).order_by("pk")


ALL_HELD = (
    Holding(
        "letters",
        _("Letters sent to me"),
        ALL,
        _letters,
        (
            fact("ref", _("Reference")),
            fact("kind", _("Kind")),
            word("to", _("E-mail address"), "outbox.Letter.to"),
            fact("created_at", _("Written on")),
            fact("sent_at", _("Sent on")),
        ),
        order=71,
        brief=True,
    ),
)
withhold(
    "outbox.Letter",
    "sealed",
    _("The letter itself went to you; what is kept may hold a link that opens once."),
)
