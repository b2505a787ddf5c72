"""What a view may do: ``@reads`` never writes, ``@acts`` is a POST, ``@edits`` is one of each.

All three ask for the portal they belong to and give the same 404 to anyone who does not stand behind it.
"""

import re
from functools import lru_cache, wraps

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from . import openings
from .acts import one_act
from .errors import DomainError, NotAllowedNow, Stale
from .openings import Unrecorded
from .viewer import Portal

READ_VERBS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "EXPLAIN", "PRAGMA", "WITH")
WRITES_WITHIN = re.compile(
    r"\b(INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\S+\s+SET|MERGE\s+INTO)\b", re.IGNORECASE
)


class WriteInRead(RuntimeError):
    """A page that only shows tried to change the database."""


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: the connection, or what the outermost of our own proxies saw.

    ``TRUSTED_PROXIES`` says how many stand in front; whatever a visitor writes in the header before them is not believed.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(seen) >= trusted:
        return seen[-trusted][:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


@lru_cache(maxsize=512)
def _reads_alone(sql: str) -> bool:
    """Whether a statement writes nothing. Values stand beside it, so that few statements are asked again and again."""
    said = sql.lstrip("( \t\r\n")  # PostgreSQL's unions begin with a parenthesis
    return said.upper().startswith(READ_VERBS) and not WRITES_WITHIN.search(said)


def _refuse_writes(execute, sql, params, many, context):
    if not _reads_alone(sql):
        raise WriteInRead(sql.split(None, 3)[:3])
    return execute(sql, params, many, context)


def read_only():
    """A context in which this connection refuses every statement that writes."""
    return connection.execute_wrapper(_refuse_writes)


def _require(request: HttpRequest, portal: Portal | None) -> None:
    viewer = getattr(request, "viewer", None)
    if portal is not None and (viewer is None or viewer.portal != portal):
        raise Http404


def _explain(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    return render(request, "403.html", {"reason": refusal.message}, status=refusal.status)


def reads(portal: Portal | None):
    """GET and HEAD only; the connection refuses to write while the view runs.

    What the view says it has shown is noted after it (:mod:`.openings`): no other row moves.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            _require(request, portal)
            try:
                with read_only():
                    answer = view(request, *args, **kwargs)
                return openings.settle(request, answer)
            except (NotAllowedNow, Stale, Unrecorded) as refusal:
                return _explain(request, refusal)

        guarded.access = ("reads", portal)
        return guarded

    return decorate


def acts(portal: Portal | None, *, atomic: bool = True):
    """POST only, in one transaction. ``atomic=False`` is for acts that render a document first."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            _require(request, portal)
            return _run(view, atomic, request, *args, **kwargs)

        guarded.access = ("acts", portal)
        return guarded

    return decorate


def edits(portal: Portal | None, *, atomic: bool = True):
    """A form page: GET shows it and cannot write, POST acts as under :func:`acts`."""

    def decorate(view):
        shown, acted = reads(portal)(view), acts(portal, atomic=atomic)(view)

        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method == "POST":
                return acted(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                return shown(request, *args, **kwargs)
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        guarded.access = ("edits", portal)
        return guarded

    return decorate


def _run(view, atomic, request, *args, **kwargs):
    try:
        if not atomic:
            return view(request, *args, **kwargs)
        with one_act():
            return view(request, *args, **kwargs)
    except (NotAllowedNow, Stale) as refusal:
        return _explain(request, refusal)
