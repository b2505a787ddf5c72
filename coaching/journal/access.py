"""Who may read the journal: the administrator all of the practice, a coach or coachee what they take part in."""

from django.db.models import Q, QuerySet

from coaching.kernel.prepared import prepared
from coaching.kernel.viewer import Portal, Viewer

from .models import Event

# What a coachee reads of a mission beside their own acts: its stages, never another coachee's or the draft's
# (an adhesion is one coachee's own: nothing of it is here).
TOLD_TO_ALL = (
    "mission.begin",
    "mission.open_contracting",
    "mission.refuse",
    "contract.share",
    "contract.withdraw",
    "contract.send_for_signature",
    "contract.complete",
    "contract.seal",
    "contract.decline",
    "contract.expire",
    "mission.activate",
    "amendment.share",
    "amendment.withdraw",
    "amendment.send_for_signature",
    "amendment.complete",
    "amendment.seal",
    "amendment.decline",
    "amendment.expire",
    "mission.withdraw",
    "mission.stop",
    "mission.stop_by_coachee",
    "mission.stop_by_organisation",
    "mission.prepare_close",
    "mission.close",
    "mission.pause",  # of the one coachee there is; in a team a pause has a name of its own, and is not told
    "mission.resume",
)

LATEST = 12  # what a mission's page says of what happened


def events_of_practice(viewer: Viewer) -> QuerySet[Event]:
    """The administrator's view: kinds, dates and references of the whole practice."""
    rules = {Portal.PRACTICE: lambda v: Q(chain=v.practice_ref)}
    return Event.objects.visible_to(viewer, rules).order_by("-number")


def latest_events(viewer: Viewer, mission_ref: str) -> list[Event]:
    """The timeline of one mission, for a caller whose own access function has just shown it to them."""
    return _latest(viewer, mission_ref=mission_ref)


@prepared
def _latest(viewer: Viewer, mission_ref: str) -> QuerySet[Event]:
    def of_mission(v: Viewer) -> Q:
        return Q(chain=v.practice_ref, mission=mission_ref)

    def own(v: Viewer) -> Q:
        return of_mission(v) & (Q(actor=v.user_ref) | Q(kind__in=TOLD_TO_ALL))

    rules = {Portal.COACH: of_mission, Portal.COACHEE: own}
    return Event.objects.visible_to(viewer, rules).order_by("-number")[:LATEST]


def own_events(viewer: Viewer, subject: str) -> list[Event]:
    """What somebody did about a thing that is theirs alone, told in a chain of their own: to themself, newest first."""
    rules = {Portal.COACHEE: lambda v: Q(chain=v.user_ref, actor=v.user_ref)}
    return list(Event.objects.visible_to(viewer, rules).filter(subject=subject).order_by("-number"))


def events_on(viewer: Viewer, mission_ref: str, subject: str) -> list[Event]:
    """What happened to one thing of a mission, whoever did it, newest first: for a caller whose own access function has
    just shown that thing to coach or coachee."""
    rule = Q(chain=viewer.practice_ref, mission=mission_ref, subject=subject)
    rules = {Portal.COACH: lambda v: rule, Portal.COACHEE: lambda v: rule}
    return list(Event.objects.visible_to(viewer, rules).order_by("-number"))


def event_about(chain: str, kind: str, subject: str) -> Event:
    """The one event of this kind on this subject, for a proof that names its place in the journal."""
    return Event.unscoped.get(chain=chain, kind=kind, subject=subject)
