"""Noting who opened what: the one thing that a page which only shows may leave behind (decision 0023).

A view says :func:`opened`; the decorators of :mod:`.http` hand it on once the page was really given, outside the context
that refuses to write, to the one sink that the room of openings installs when it starts. No tables here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from .errors import DomainError
from .viewer import Viewer

log = logging.getLogger(__name__)


class What(StrEnum):
    """What can be opened of a mission by somebody other than the two it is between."""

    MISSION = "mission"
    REQUESTS = "requests"
    CONTRACT = "contract"
    CHANGES = "changes"
    CONTRACT_PDF = "contract_pdf"
    STANDING = "standing"
    SEALED = "sealed"
    RESTITUTION = "restitution"
    MINUTES = "minutes"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing a view has shown. ``seat`` is the coachee's whose paper it is, None for what the whole table shares."""

    mission: Any
    what: What
    subject: str
    seat: Any = None


class Unrecorded(DomainError):
    """What was opened could not be noted, so that it is not shown."""

    status = 503


Sink = Callable[[Viewer, list[Noted]], None]
_sink: list[Sink] = []


def install_sink(sink: Sink) -> None:
    """Called once, by the room that keeps what was opened."""
    _sink[:] = [sink]


def opened(request: HttpRequest, mission, what: What, subject: str = "", *, seat=None) -> None:
    """Say that this page shows something of a mission; for a view that only shows. ``subject``: its reference.

    A fragment put into a page that is open already is no opening: a view that answers with one does not say this.
    """
    noted = Noted(mission, What(what), subject or mission.ref, seat)
    request.__dict__.setdefault("_opened", []).append(noted)


def settle(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """After the view: note what it showed, and give the page; in this order, so that no page is given that is not noted.

    A HEAD gives no page, and neither does any answer but a 200. What a browser fetches ahead of a person is not given at
    all (it asks again when they come), or a page could be read that nobody has opened. Raises :class:`Unrecorded`.
    """
    noted = request.__dict__.pop("_opened", [])
    if not noted or request.method != "GET" or answer.status_code != 200:
        return answer
    if _ahead(request):
        return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})
    _keep(request.viewer, noted)
    return answer


def _ahead(request: HttpRequest) -> bool:
    said = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in one.lower() for one in said)


def _keep(viewer: Viewer, noted: list[Noted]) -> None:
    if not _sink:
        raise RuntimeError("nothing keeps what is opened: no such page may be shown")
    try:
        _sink[0](viewer, noted)
    except DatabaseError as failed:
        log.exception("an opening could not be noted, and its page was not given")
        raise Unrecorded(
            _("This page cannot be shown at the moment. Nothing is lost: try again in a few minutes.")
        ) from failed
