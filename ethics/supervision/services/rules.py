"""How much supervision is asked for: by the practice of its coaches, by a coach of themself."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow
from coaching.kernel.viewer import Portal, Viewer

from ..models import StricterRule, SupervisionRule
from ..standing import figures_of, rule_here


@act
def save_rule(viewer: Viewer, values: Mapping) -> SupervisionRule:
    """What the practice asks. Records ``supervision.rule`` with its figures. Who may: the administrator."""
    if viewer.portal != Portal.PRACTICE:
        raise NotAllowedNow(_("Only the practice’s administrator sets its rules."))
    row = rule_here(viewer.practice_id)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(validate_constraints=False)
    SupervisionRule.unscoped.update_or_create(
        practice_id=viewer.practice_id, defaults={name: getattr(row, name) for name in values}
    )
    _record(viewer, viewer.practice_ref, {"preset": row.preset, "hours": figures_of(row).coaching_hours})
    return row


@act
def save_stricter(viewer: Viewer, hours: int | None) -> None:
    """A coach asks more of themself than the practice does; None goes back to the practice's. Records ``supervision.rule``."""
    if viewer.portal != Portal.COACH:
        raise NotAllowedNow(_("Only a coach sets their own ratio."))
    asked = figures_of(rule_here(viewer.practice_id)).coaching_hours
    if hours is None:
        StricterRule.unscoped.filter(practice_id=viewer.practice_id, coach_id=viewer.user_id).delete()
    elif not 0 < hours < asked:
        message = _("Your practice asks for 1 h every %(hours)d h: yours can only be stricter.")
        raise Invalid(message % {"hours": asked}, field="coaching_hours")
    else:
        StricterRule.unscoped.update_or_create(
            practice_id=viewer.practice_id, coach_id=viewer.user_id, defaults={"coaching_hours": hours}
        )
    _record(viewer, viewer.user_ref, {"hours": hours or asked})


def _record(viewer: Viewer, subject: str, data: dict) -> None:
    events.record(
        chain=viewer.practice_ref,
        kind="supervision.rule",
        actor=viewer.user_ref,
        subject=subject,
        data=data,
    )
