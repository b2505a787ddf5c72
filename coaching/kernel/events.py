"""The one hook from the kernel to the journal, which stands above it."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol


class Recorder(Protocol):
    def __call__(
        self, *, chain: str, kind: str, actor: str, subject: str, mission: str, data: Mapping[str, Any]
    ) -> Any: ...


_recorder: list[Callable] = []


def install_recorder(recorder: Recorder) -> None:
    """Called once, by the journal when it starts."""
    _recorder[:] = [recorder]


def record(*, chain: str, kind: str, actor: str, subject: str, mission: str = "", data=None):
    """Write one event. Without a journal nothing may change state, so this fails."""
    if not _recorder:
        raise RuntimeError("no journal is installed: no state may change")
    return _recorder[0](
        chain=chain, kind=kind, actor=actor, subject=subject, mission=mission, data=data or {}
    )
