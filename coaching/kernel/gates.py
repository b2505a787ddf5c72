"""Gates: the conditions the charter puts on a transition.

A transition names its gates; the room that knows the answer registers the check when it starts. Thus a
lower floor never imports an upper one, and a gate nobody answers for stops the process instead of
standing open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition as declared in a transition table: its article and whether judgement may pass it."""

    name: str
    article: str
    label: Any
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class GateResult:
    """The answer of a check: held or not, what is missing in words, and where to mend it."""

    held: bool
    message: Any = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate together with its answer for one object."""

    gate: Gate
    result: GateResult

    @property
    def held(self) -> bool:
        return self.result.held


Check = Callable[[Any], GateResult]
_checks: dict[str, Check] = {}


class GateUnregistered(RuntimeError):
    """No room answers for this gate: the transition cannot be judged, so it cannot happen."""


def register(name: str, check: Check) -> None:
    """Answer for gate ``name``. Called from ``AppConfig.ready()``; a second answer is a mistake."""
    if _checks.setdefault(name, check) is not check:
        raise RuntimeError(f"gate {name!r} already has a check")


def registered() -> frozenset[str]:
    return frozenset(_checks)


def state_of(gate: Gate, obj) -> GateState:
    try:
        check = _checks[gate.name]
    except KeyError as missing:
        raise GateUnregistered(gate.name) from missing
    return GateState(gate, check(obj))
