"""The withdrawal function on every page of a coachee's portal, for as long as the period runs."""

from django.utils.functional import SimpleLazyObject

from coaching.kernel.viewer import Portal

from ..access import open_withdrawals
from .acts import labels


def withdrawal(request) -> dict:
    """Template context ``withdrawals``: asked for only behind the coachee's portal, and only when the page is drawn."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or viewer.portal != Portal.COACHEE:
        return {}
    return {"withdrawals": SimpleLazyObject(lambda: open_withdrawals(viewer)), "withdrawal_labels": labels()}
