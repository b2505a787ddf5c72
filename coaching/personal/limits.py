"""What a person's own data leaves out, and by which text: said on the page and in the file itself."""

from django.utils.translation import gettext_lazy as _

from coaching.kernel.viewer import Portal

NOTES = (
    _("Your coach’s private notes, drafts and supervision"),
    _(
        "They are the coach’s own work and covered by professional secrecy: article 15(4) of the GDPR, article "
        "« Confidentialité » of the charter."
    ),
)
OTHERS = (
    _("Whatever concerns the other people of your missions"),
    _("The right to a copy does not reach into the data of others: article 15(4) of the GDPR."),
)
KEYS = (
    _("Keys, passwords and codes"),
    _("They protect you and say nothing of you; nobody is shown them, the product included."),
)
COACHEES = (
    _("What your coachees wrote or were sent, and restitutions about them"),
    _("It is theirs, and they receive it themselves: articles 15(4) and 20(4) of the GDPR."),
)
ABOUT_THEM = (
    _("The restitutions you received, and what concerns the people coached"),
    _(
        "They are about somebody else, who receives them: article 15(4) of the GDPR. You read them on their pages."
    ),
)
_LEFT_OUT = {
    Portal.COACHEE: (NOTES, OTHERS, KEYS),
    Portal.ORGANISATION: (ABOUT_THEM, NOTES, KEYS),
    Portal.COACH: (COACHEES, KEYS),
    Portal.PRACTICE: (OTHERS, KEYS),
    Portal.RECOURSE: (OTHERS, KEYS),
}


def left_out(portal: Portal) -> tuple:
    """Pairs (what, why)."""
    return _LEFT_OUT[portal]
