"""The one hook from the kernel to the journal, which stands above it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from .acts import last


@dataclass(frozen=True, slots=True)
class Told:
    """Where an event is told: the chain it is a link of, who acted, and of which mission, where they are named at all."""

    chain: str
    actor: str = ""
    mission: str = ""


class Recorder(Protocol):
    def __call__(
        self, *, chain: str, kind: str, actor: str, subject: str, mission: str, data: Mapping[str, Any]
    ) -> Any: ...


_recorder: list[Callable] = []


def install_recorder(recorder: Recorder) -> None:
    """Called once, by the journal when it starts."""
    _recorder[:] = [recorder]


def record(*, chain: str, kind: str, actor: str, subject: str, mission: str = "", data=None) -> None:
    """Write one event, the last thing of the act. Without a journal nothing may change state, so this fails."""
    if not _recorder:
        raise RuntimeError("no journal is installed: no state may change")
    said = {"kind": kind, "actor": actor, "subject": subject, "mission": mission, "data": data or {}}
    last(chain, partial(_recorder[0], chain=chain, **said))
