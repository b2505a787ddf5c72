"""Supervisions that took place: recorded, corrected, withdrawn, and what the coach takes from each. By the coach alone."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coaching.kernel import events
from coaching.kernel.acts import act, one_act
from coaching.kernel.errors import Invalid, NotAllowedNow, Stale
from coaching.kernel.refs import new_ref
from coaching.kernel.transitions import Move, hold, perform
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.services import erase_text, erase_version, reseal

from ..access import open_points, points_of
from ..models import SupervisionPoint, SupervisionSession, Supervisor
from ..naming import Found
from ..policy import LEARNING_PLACE
from ..transitions import SUPERVISION
from . import points as acts
from .links import revoke
from .words import look, seal_words

EARLIEST = date(1990, 1, 1)  # coaching had no supervision before; a year typed wrongly is caught
LONGEST = 600  # minutes


@act
def record(
    viewer: Viewer,
    supervisor: Supervisor,
    values: Mapping,
    *,
    treated: Collection[str] = (),
    text: str = "",
    meant: Collection[str] = (),
) -> tuple[SupervisionSession, tuple[Found, ...]]:
    """A coach records a supervision that took place. Records ``supervision.record``, and ``point.treat`` of each point brought.

    Who may: a coach, about themself. ``treated`` are references of open points of theirs; ``text`` is what they take from
    it, sealed to them alone and held to name nobody like a point. Raises :class:`Invalid` beside the field (a day to come,
    outside the agreement, recorded already) and :class:`ethics.supervision.services.words.Named`. Gives back the words
    that may also be names. Article: supervision.
    """
    row = SupervisionSession(
        ref=new_ref("SP"),
        practice_id=viewer.practice_id,
        coach_id=viewer.user_id,
        supervisor=supervisor,
        **values,
    )
    _own(viewer, row)
    _check(row)
    doubts: tuple[Found, ...] = ()
    if text.strip():
        text, doubts = look(viewer, text, meant)
        row.learning_ref = seal_words(viewer, text, place=LEARNING_PLACE, row=row.ref)
    _write(row, new=True)
    _record(viewer, row, "record")
    for point in _chosen(viewer, treated):
        acts.treat(viewer, point, row.held_on, row)
    return row, doubts


@act
def correct(
    viewer: Viewer,
    session: SupervisionSession,
    supervisor: Supervisor,
    values: Mapping,
    *,
    treated: Collection[str] = (),
) -> SupervisionSession:
    """Another day, length, form or supervisor, other points; what was asked of the supervisor is taken back.

    Who may: the coach, until it is attested. Records ``supervision.correct``. Errors as :func:`record`.
    """

    def effects(current: SupervisionSession, _move: Move) -> None:
        for name, value in {**values, "supervisor": supervisor}.items():
            setattr(current, name, value)
        _check(current)
        _write(current, new=False)
        revoke(current)

    current = perform(SUPERVISION, session, "correct", viewer, roles=_roles(viewer, session), effects=effects)
    _bring(viewer, current, treated)
    return current


def _bring(viewer: Viewer, session: SupervisionSession, treated: Collection[str]) -> None:
    for point in points_of(viewer, session):
        if point.ref not in treated:
            acts.reopen(viewer, point)
        elif point.brought_on != session.held_on:
            SupervisionPoint.unscoped.filter(pk=point.pk).update(brought_on=session.held_on)
    for point in _chosen(viewer, treated):
        acts.treat(viewer, point, session.held_on, session)


@act
def drop(viewer: Viewer, session: SupervisionSession) -> None:
    """It did not take place after all. Records ``supervision.drop``; its points are to be brought again, its words erased.

    Who may: the coach, until it is attested.
    """

    def effects(current: SupervisionSession, _move: Move) -> None:
        revoke(current)
        for point in points_of(viewer, current):
            acts.reopen(viewer, point)
        if current.learning_ref:
            erase_text(viewer, place=LEARNING_PLACE, row=current.ref)
        SupervisionSession.unscoped.filter(pk=current.pk).update(learning_ref="")

    perform(SUPERVISION, session, "drop", viewer, roles=_roles(viewer, session), effects=effects)


@act
def learn(
    viewer: Viewer, session: SupervisionSession, text: str, *, based_on: int, meant: Collection[str] = ()
) -> tuple[Found, ...]:
    """What the coach takes from it, in other words; those of before are erased. Attested or not: it is no part of what was.

    Who may: the coach. :class:`Stale` when another window has changed it since ``based_on``. Records nothing but the date.
    """
    _own(viewer, session)
    current = hold(session)
    if current.number != based_on:
        raise Stale(_("Another window has changed this since. Yours is kept below: compare, then save."))
    text, doubts = look(viewer, text, meant)
    if current.learning_ref:
        ref = reseal(viewer, current.learning_ref, text, place=LEARNING_PLACE, row=current.ref)
        erase_version(viewer, current.learning_ref, place=LEARNING_PLACE, row=current.ref)
    else:
        ref = seal_words(viewer, text, place=LEARNING_PLACE, row=current.ref)
    rows = SupervisionSession.unscoped.filter(pk=current.pk)
    rows.update(learning_ref=ref, number=current.number + 1)
    return doubts


def _check(row: SupervisionSession) -> None:
    if row.held_on > timezone.localdate():
        raise Invalid(_("This day has not come yet."), field="held_on")
    if row.held_on < EARLIEST:
        raise Invalid(_("Check the year."), field="held_on")
    if not 0 < row.minutes <= LONGEST:
        raise Invalid(_("Say how long it lasted: at most ten hours."), field="minutes")
    supervisor = row.supervisor
    if supervisor.coach_id != row.coach_id or supervisor.practice_id != row.practice_id:
        raise NotAllowedNow(_("Only a coach keeps their own supervisors."))
    outside = (supervisor.agreed_from and row.held_on < supervisor.agreed_from) or (
        supervisor.agreed_until and row.held_on > supervisor.agreed_until
    )
    if outside:
        raise Invalid(
            _("Your agreement with %(name)s does not cover this day: correct its dates, or the day.")
            % {"name": supervisor.name},
            field="held_on",
        )


def _write(row: SupervisionSession, *, new: bool) -> None:
    row.full_clean(validate_constraints=False)
    try:
        with one_act():
            row.save(force_insert=new)
    except IntegrityError as twice:
        message = _("You have already recorded a supervision with this person on that day.")
        raise Invalid(message, field="held_on") from twice


def _chosen(viewer: Viewer, treated: Collection[str]) -> list[SupervisionPoint]:
    return list(open_points(viewer).filter(ref__in=list(treated))) if treated else []


def _roles(viewer: Viewer, session: SupervisionSession) -> frozenset[str]:
    own = viewer.portal == Portal.COACH and session.coach_id == viewer.user_id
    return frozenset({"coach"} if own else ())


def _own(viewer: Viewer, session: SupervisionSession) -> None:
    if not _roles(viewer, session):
        raise NotAllowedNow(_("Only a coach records their own supervision."))


def _record(viewer: Viewer, row: SupervisionSession, what: str) -> None:
    data = {"on": row.held_on.isoformat(), "minutes": row.minutes, "form": row.form}
    events.record(
        chain=viewer.practice_ref,
        kind=f"supervision.{what}",
        actor=viewer.user_ref,
        subject=row.ref,
        data=data,
    )
