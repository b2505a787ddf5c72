"""What each item of the scope would show, with an example: a coachee agrees to something they can picture."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coaching.missions.enums import SeatRole

from .enums import ScopeItem

ADDRESSEES = (SeatRole.SPONSOR, SeatRole.MANAGER)
TO = {SeatRole.SPONSOR.value: _("To the organisation"), SeatRole.MANAGER.value: _("To the manager")}

EXAMPLES = {
    ScopeItem.ATTENDANCE: _(
        "For example: “6 sessions of 10 were held.” Never a date, unless the contract says so."
    ),
    ScopeItem.COMMON_OBJECTIVES: _(
        "For example: “Delegate more: from 3 to 6 on a scale of 10.” The figures you gave; never your words, nor an objective of your own."
    ),
    ScopeItem.MEANS: _(
        "For example: “Questioning, role play, something to try between sessions.” How, not what about."
    ),
    ScopeItem.ORGANISATION: _(
        "For example: “Decisions wait for two committees.” On how work is organised; never on a person."
    ),
    ScopeItem.SUPPORT: _("For example: “A second in command for the Monday meeting would help.”"),
    ScopeItem.NEXT_STEPS: _("For example: “Four sessions remain; the three-way meeting is in March.”"),
    ScopeItem.FREE_TEXT: _(
        "A few words of your coach’s that fit nowhere else. As with everything, you read and agree to them first."
    ),
}


def item_choices() -> list[tuple[str, str]]:
    """The items as a list of boxes shows them: the label, and under it the example."""
    line = '{}<span class="form-text d-block">{}</span>'
    return [(item.value, format_html(line, item.label, EXAMPLES[item])) for item in ScopeItem]
