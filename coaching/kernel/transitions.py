"""States and transitions as data, run by one function.

A table says who may move what from where to where and which gates of the charter stand in between.
:func:`perform` is the only code that changes a state column; the same table draws the buttons, the
tests of every state × transition × role, and the diagrams in ``docs/``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import events, gates
from .acts import one_act
from .errors import GateClosed, Invalid, NotAllowedNow, Stale
from .events import Told
from .gates import Gate, GateState
from .viewer import SYSTEM, Actor, Viewer


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of a state table. ``roles`` are seats at the table, never flags on an account."""

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    consequence: Any = ""
    gates: tuple[Gate, ...] = ()
    needs_reason: bool = False
    stamps: str = ""  # the date-time column set when the arrow is taken
    destructive: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The whole table of one model."""

    kind: str  # what events are called after: "mission" gives "mission.refuse"
    transitions: tuple[Transition, ...]

    def __getitem__(self, name: str) -> Transition:
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise KeyError(name)

    def open_to(self, obj, roles: frozenset[str]) -> list[Transition]:
        """Arrows that leave the present state and that one of ``roles`` may take."""
        return [t for t in self.transitions if obj.state in t.sources and roles & t.roles]


@dataclass(frozen=True, slots=True)
class Move:
    """What :func:`perform` hands to the effects of a transition."""

    transition: Transition
    viewer: Viewer | Actor
    reason: str
    overridden: tuple[tuple[Gate, str], ...]


def gate_states(transition: Transition, obj) -> list[GateState]:
    """Every gate of the arrow with its answer, for the page that asks for confirmation."""
    return [gates.state_of(gate, obj) for gate in transition.gates]


def perform(
    machine: Machine,
    obj: models.Model,
    name: str,
    viewer: Viewer | Actor,
    *,
    roles: frozenset[str],
    reason: str = "",
    overrides: Mapping[str, str] | None = None,
    effects: Callable[[Any, Move], None] | None = None,
):
    """Take the arrow ``name`` for ``obj``, or change nothing.

    Who may: a viewer holding one of the arrow's ``roles`` on this object (the caller's access function says
    which); the role ``system`` is the product's alone, whoever claims it. Changes the state column and its date, then runs ``effects`` in the same transaction, then
    records ``<kind>.<name>``. Raises :class:`NotAllowedNow` (wrong role or state), :class:`GateClosed`
    (a gate neither held nor overridden with a reason), :class:`Invalid` (no reason given) and
    :class:`Stale` (somebody else was faster).
    """
    transition = machine[name]
    with one_act():
        current = _lock(obj)
        _check_may(transition, current, _held(viewer, roles))
        if transition.needs_reason and not reason.strip():
            raise Invalid(_("Say why: this act needs a reason."), field="reason")
        overridden = _pass_gates(transition, current, overrides or {})
        _compare_and_set(transition, current)
        current.refresh_from_db()
        current.full_clean()
        if effects:
            effects(current, Move(transition, viewer, reason.strip(), overridden))
        _record(machine, transition, current, viewer, overridden)
    return current


def hold(obj):
    """The row as it is now, for a service that must decide on it before it moves anything; in its transaction."""
    return _lock(obj)


def _lock(obj):
    """The row as it is now, held until the end of the transaction where the engine can hold rows."""
    rows = type(obj).unscoped.filter(pk=obj.pk)
    if connection.features.has_select_for_update:
        # Not its key: rows that point to it are still written meanwhile, by acts that hold something this one will want.
        rows = rows.select_for_update(of=("self",), no_key=True)
    return rows.get()


def _held(viewer, roles: frozenset[str]) -> frozenset[str]:
    return roles if viewer.user_ref == SYSTEM else roles - {SYSTEM}


def _check_may(transition, current, roles) -> None:
    if not roles & transition.roles:
        raise NotAllowedNow(_("This act is not open to you."))
    if current.state not in transition.sources:
        raise NotAllowedNow(_("This is no longer possible: the state has changed."))


def _pass_gates(transition, current, overrides) -> tuple[tuple[Gate, str], ...]:
    closed, overridden = [], []
    for state in gate_states(transition, current):
        reason = overrides.get(state.gate.name, "").strip()
        if state.held:
            continue
        if state.gate.overridable and reason:
            overridden.append((state.gate, reason))
        else:
            closed.append(state)
    if closed:
        raise GateClosed(_("Some conditions of the charter are not met yet."), closed)
    return tuple(overridden)


def _compare_and_set(transition, current) -> None:
    changes = {"state": transition.target}
    if transition.stamps:
        changes[transition.stamps] = timezone.now()
    rows = type(current).unscoped.filter(pk=current.pk, state=current.state)
    if rows.update(**changes) != 1:
        raise Stale(_("Somebody else has just acted on this. Look at it again before you go on."))


def told_of(row, viewer) -> Told:
    """Where the journal tells what ``viewer`` does to a row: in the practice's chain, unless the row says otherwise.

    A table whose rows nobody else is to hear of has a ``told_in(viewer)`` of its own.
    """
    if hasattr(row, "told_in"):
        return row.told_in(viewer)
    return Told(viewer.practice_ref, viewer.user_ref, row.mission_ref)


def _record(machine, transition, current, viewer, overridden) -> None:
    told = told_of(current, viewer)
    events.record(
        chain=told.chain,
        kind=f"{machine.kind}.{transition.name}",
        actor=told.actor,
        subject=current.ref,
        mission=told.mission,
        data={"to": transition.target, "overridden": [gate.name for gate, _reason in overridden]},
    )
