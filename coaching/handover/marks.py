"""Read with a mission's own row: whether its page has anything to say of hand-overs, so that most pages ask no more."""

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from coaching.accounts.access import colleagues_of
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.policy import OPEN_STATES

from .models import HandOver, HandOverRecord
from .policy import HANDOVER_RULES, RECORD_RULES

SOME, POSSIBLE = "some", "possible"


def mark(viewer: Viewer):
    """``some`` where one was proposed or taken up, ``possible`` where the coach has a colleague to propose to."""
    if viewer.portal not in RECORD_RULES:
        return None
    records = HandOverRecord.objects.visible_to(viewer, RECORD_RULES)
    found = Q(Exists(records.filter(former=OuterRef("pk"))))
    if viewer.portal == Portal.ORGANISATION:
        return Case(When(found, then=Value(SOME)))
    own = HandOver.objects.visible_to(viewer, HANDOVER_RULES).filter(seat__mission=OuterRef("pk"))
    found = Q(Exists(own)) | Q(Exists(records.filter(mission=OuterRef("pk"))))
    whens = [When(found, then=Value(SOME))]
    if viewer.portal == Portal.COACH:
        alone = Q(Exists(colleagues_of(viewer)), state__in=sorted(OPEN_STATES))
        whens.append(When(alone, then=Value(POSSIBLE)))
    return Case(*whens)
