"""The coach says what they worked with, objective by objective (article « Obligation de moyens »)."""

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.models import Objective
from coaching.missions.services.life import record
from coaching.sessions.enums import SessionState
from coaching.sessions.gates import EARLY
from coaching.sessions.models import CoachingSession

from ..access import objectives_in
from ..enums import MeansKind
from ..models import Means

LONGEST = 2000


def may_say(session: CoachingSession) -> bool:
    """While the session is held, and afterwards."""
    if session.state == SessionState.HELD:
        return True
    return session.state == SessionState.PLANNED and session.starts_at <= timezone.now() + EARLY


@act
def say(
    viewer: Viewer,
    session: CoachingSession,
    objective: Objective,
    *,
    kind: str,
    name: str = "",
    words: str = "",
    based_on: int,
) -> Means:
    """What was used for one objective in one session; said again, it is reworded. Records ``means.say``.

    Who may: the mission's coach, once the session has begun. Of coachees' own objectives only those of somebody who takes
    part: the others at the session do not read of it. Raises :class:`Invalid` beside the field at fault, :class:`Stale`
    when another wording was saved since.
    """
    _check(viewer, session, objective)
    if kind not in MeansKind.values:
        raise Invalid(_("Choose what was used."), field="kind")
    if kind == MeansKind.OTHER and not name.strip():
        raise Invalid(_("Say in a few words what it was."), field="name")
    if len(words) > LONGEST:
        raise Invalid(_("This text is too long."), field="words")
    said = {"kind": kind, "name": name.strip(), "words": words.strip()}
    row = (
        _reword(session, objective, said, based_on) if based_on else _write(viewer, session, objective, said)
    )
    record(viewer, session.mission, "means.say", row.ref, {"session": session.ref, "kind": kind})
    return row


@act
def remove(viewer: Viewer, session: CoachingSession, objective: Objective) -> None:
    """What was said of an objective was said of the wrong one. Records ``means.remove``. Who may: the mission's coach."""
    _check(viewer, session, objective)
    row = Means.unscoped.filter(session=session, objective=objective).first()
    if row is None or Means.unscoped.filter(pk=row.pk).delete()[0] != 1:
        raise Stale(_("There is nothing to remove any more."))
    record(viewer, session.mission, "means.remove", row.ref, {"session": session.ref})


def _check(viewer: Viewer, session: CoachingSession, objective: Objective) -> None:
    if "coach" not in roles_at(viewer, session.mission):
        raise NotAllowedNow(_("Only the mission’s coach says what they worked with."))
    if not may_say(session):
        raise NotAllowedNow(_("The means are recorded once the session has begun."))
    if objective not in objectives_in(viewer, session):
        raise NotAllowedNow(_("This objective is not one of those who take part."))


def _write(viewer: Viewer, session: CoachingSession, objective: Objective, said: dict) -> Means:
    row = Means(session=session, objective=objective, written_by_id=viewer.user_id, **said)
    row.full_clean(validate_constraints=False, validate_unique=False)
    try:
        with one_act():
            row.save(force_insert=True)
    except IntegrityError as twin:
        raise _stale() from twin
    return row


def _reword(session: CoachingSession, objective: Objective, said: dict, based_on: int) -> Means:
    found = Means.unscoped.filter(session=session, objective=objective).first()
    if found is None or found.revision != based_on:
        raise _stale()
    rows = Means.unscoped.filter(pk=found.pk, revision=found.revision)
    if rows.update(revision=F("revision") + 1, **said) != 1:
        raise _stale()
    found.refresh_from_db()
    return found


def _stale() -> Stale:
    return Stale(_("This was changed in the meantime. Yours is kept below: compare, then save."))
