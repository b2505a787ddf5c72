"""What the coach does with minutes: writes them, proposes them to each side, sets them aside."""

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.documents.canonical import digest
from coaching.kernel.acts import act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.markup import check
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Viewer
from coaching.missions.access import roles_at
from coaching.missions.enums import MissionState
from coaching.missions.models import Seat
from coaching.missions.services.between import seal_for_both
from coaching.missions.services.life import record
from coaching.notes.access import note_of
from coaching.notes.access import text_of as text_of_note
from coaching.notes.echo import repeated
from coaching.notes.services.summaries import Echo
from coaching.sessions.models import CoachingSession
from coaching.vault.enums import Audience
from coaching.vault.services import reseal, seal

from .. import letters
from ..access import draft_of, has_minutes, minutes_of, sides_of
from ..enums import LIVE_STATES, MinutesState
from ..models import CoacheeCopy, Minutes, OrganisationCopy
from ..policy import DRAFT_PLACE, TEXT_PLACE
from ..transitions import MINUTES


def fit(text: str, field: str = "text") -> str:
    """A text as it is kept. Raises :class:`Invalid` beside its field when it is blank or cannot be laid out."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(_("This text is empty."), field=field)
    try:
        check(text)
    except Invalid as wrong:
        raise Invalid(wrong.message, field=field) from wrong
    return text


@act
def write(viewer: Viewer, session: CoachingSession, text: str, *, based_on: int) -> Minutes:
    """The coach writes the minutes of a three-way meeting, or writes on. Records ``minutes.begin`` the first time.

    Who may: the mission's coach, with their key open; the draft is sealed to them alone. ``based_on`` is the revision
    they saw (0: none yet): :class:`Stale` when another window has written since. What was proposed stays as it was.
    """
    _only_coach(viewer, session)
    if not has_minutes(session):
        raise NotAllowedNow(_("Minutes are written of a three-way meeting that took place."))
    session = hold(session)  # two windows begin one and the same
    text = fit(text)
    found = minutes_of(viewer, session)
    if (found.revision if found else 0) != based_on:
        raise Stale(_("The minutes were changed in another window. Yours is kept below: compare, then save."))
    return _rewrite(viewer, found, text) if found else _begin(viewer, session, text)


def _begin(viewer: Viewer, session: CoachingSession, text: str) -> Minutes:
    row = Minutes(ref=new_ref("MT"), session=session, written_by_id=viewer.user_id, written_at=timezone.now())
    row.draft_ref = _seal(viewer, row, text)
    row.full_clean()
    row.save(force_insert=True)
    record(viewer, session.mission, "minutes.begin", row.ref)
    return row


def _seal(viewer: Viewer, row: Minutes, text: str) -> str:
    mission = row.session.mission
    return seal(
        viewer,
        text,
        place=DRAFT_PLACE,
        row=row.ref,
        mission_ref=mission.ref,
        audience=Audience.COACH,
        about=mission.ref,
        members={viewer.user_id},
    )


def _rewrite(viewer: Viewer, found: Minutes, text: str) -> Minutes:
    ref = reseal(viewer, found.draft_ref, text, place=DRAFT_PLACE, row=found.ref)
    rows = Minutes.unscoped.filter(pk=found.pk, revision=found.revision, state__in=LIVE_STATES)
    if rows.update(draft_ref=ref, revision=F("revision") + 1, written_at=timezone.now()) != 1:
        raise NotAllowedNow(_("These minutes are agreed: nobody changes them any more."))
    found.refresh_from_db()
    return found


def propose(viewer: Viewer, minutes: Minutes, *, based_on: int, meant: bool = False) -> Minutes:
    """Propose the draft to each side, or in place of what was proposed. Records ``minutes.propose`` or ``minutes.propose_again``.

    Who may: the mission's coach, with their key open. Every coachee who was there and still sits at the table has a copy
    sealed for them, the organisation a row of its own; answers to an earlier text no longer count (article 16). Each is
    written to, without a word of it. Raises :class:`Stale` when the draft has moved since ``based_on``, ``Echo`` when it
    repeats the coach's private note unless that is ``meant``, :class:`NotAllowedNow` when this very text is proposed.
    """
    name = "propose" if minutes.state == MinutesState.DRAFT else "propose_again"

    def effects(current: Minutes, _move: Move) -> None:
        text = _checked(viewer, current, based_on, meant=meant)
        _copies(viewer, current, text)

    return perform(MINUTES, minutes, name, viewer, roles=_roles(viewer, minutes), effects=effects)


def _checked(viewer: Viewer, current: Minutes, based_on: int, *, meant: bool) -> str:
    if current.revision != based_on:
        raise Stale(_("The minutes were changed in another window. Read them again before you propose them."))
    text = fit(draft_of(viewer, current))
    if digest(text) == current.sha256 and _same_sides(current):
        raise NotAllowedNow(_("This very text is proposed already."))
    if not meant:
        check_echo(viewer, current.session, text)
    return text


def check_echo(viewer: Viewer, session: CoachingSession, text: str) -> None:
    """What the coach noted for themself does not reach a sponsor by accident. Raises ``Echo``, with the words."""
    note = note_of(viewer, session)
    words = repeated(text_of_note(viewer, note), text) if note else ""
    if words:
        raise Echo(words)


def _same_sides(current: Minutes) -> bool:
    """Whether those asked last are those who are there: the text is proposed anew when one of them has left."""
    asked = CoacheeCopy.unscoped.filter(minutes=current, number=current.number)
    seats = {seat.pk for seat in sides_of(current.session).coachees}
    return set(asked.values_list("seat_id", flat=True)) == seats


def _copies(viewer: Viewer, current: Minutes, text: str) -> None:
    sides, number, sha256 = sides_of(current.session), current.number + 1, digest(text)
    if not sides.any:
        raise NotAllowedNow(_("No coachee who took part still sits at the table."))
    shared = {"minutes": current, "number": number, "sha256": sha256}
    for seat in sides.coachees:
        _copy(viewer, seat, text, shared)
    if sides.organisation:
        OrganisationCopy.unscoped.create(**shared, text=text)
    Minutes.unscoped.filter(pk=current.pk).update(number=number, sha256=sha256)
    current.refresh_from_db()
    letters.proposed(current, sides, again=number > 1)


def _copy(viewer: Viewer, seat: Seat, text: str, shared: Mapping) -> None:
    row = CoacheeCopy(ref=new_ref("MC"), seat=seat, **shared)
    row.text_ref = seal_for_both(viewer, seat, text, place=TEXT_PLACE, row=row.ref)
    row.save(force_insert=True)


def set_aside(viewer: Viewer, minutes: Minutes) -> Minutes:
    """The coach does not go on with these minutes. Records ``minutes.set_aside``. Those they were proposed to are told.

    Who may: the mission's coach, before all agree. Others may be begun for the same meeting.
    """

    def effects(current: Minutes, _move: Move) -> None:
        if current.number:
            letters.set_aside(current, sides_of(current.session))

    return perform(MINUTES, minutes, "set_aside", viewer, roles=_roles(viewer, minutes), effects=effects)


def _roles(viewer: Viewer, minutes: Minutes) -> frozenset[str]:
    return roles_at(viewer, minutes.session.mission)


def _only_coach(viewer: Viewer, session: CoachingSession) -> None:
    if "coach" not in roles_at(viewer, session.mission):
        raise NotAllowedNow(_("Only the mission’s coach writes its minutes."))
    if session.mission.state == MissionState.REFUSED:
        raise NotAllowedNow(_("This mission was declined: it has no minutes."))
