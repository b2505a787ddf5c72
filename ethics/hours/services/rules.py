"""The figures a practice sets: the largest group that counts, and what credentials ask for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import NotAllowedNow
from coaching.kernel.viewer import Portal, Viewer

from ..credentials import FIGURES, presets
from ..models import HoursRules


@act
def set_rules(viewer: Viewer, *, largest_group: int, figures: Mapping[str, Mapping[str, int]]) -> HoursRules:
    """The administrator sets the figures; what is equal to a preset is not kept, and follows it. Records ``hours_rules.set``.

    Who may: the practice's administrator, behind their portal. Every coach's meters follow at once.
    """
    if viewer.portal != Portal.PRACTICE:
        raise NotAllowedNow(_("Only the practice’s administrator sets these figures."))
    row, _made = HoursRules.unscoped.get_or_create(practice_id=viewer.practice_id)
    row.largest_group, row.figures = largest_group, _other_than_presets(figures)
    row.full_clean()
    row.save()
    events.record(
        chain=viewer.practice_ref,
        kind="hours_rules.set",
        actor=viewer.user_ref,
        subject=viewer.practice_ref,
        data={"largest_group": largest_group, "credentials": sorted(row.figures)},
    )
    return row


def _other_than_presets(figures: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    changed = {}
    for one in presets():
        said = figures.get(one.code, {})
        other = {name: said[name] for name in FIGURES if name in said and said[name] != getattr(one, name)}
        if other:
            changed[one.code] = other
    return changed
