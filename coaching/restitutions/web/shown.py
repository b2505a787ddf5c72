"""A restitution as the pages of coach and coachee show it: its page, what changed in it, who has read it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from coaching.kernel.diff import Parts, compare, is_changed
from coaching.kernel.viewer import Viewer
from contracts.enums import ScopeItem
from contracts.web.pdf import document_response

from ..access import asked_of, now_and_before, page_of, receipts_of
from ..enums import RestitutionState
from ..models import Receipt, ReleasedRestitution, Restitution
from ..rendering import page_html
from ..snapshots import FrozenRestitution

RELEASED = "restitutions.ReleasedRestitution.content"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one item between two texts: its words, word by word, or that it came or went."""

    label: str
    parts: Parts
    came: bool
    went: bool


def shown(viewer: Viewer, restitution: Restitution) -> dict:
    """For whoever has just been shown the restitution. The last text as a page, and what the last writer changed in it."""
    receipts = receipts_of(viewer, [restitution]).get(restitution.pk, [])
    now, before = now_and_before(viewer, restitution)
    compared = now.page is not None and before is not None and before.page is not None
    return {
        "restitution": restitution,
        "mission": restitution.seat.mission,
        "now": now,
        "page_html": page_html(now.page) if now.page else SafeString(""),
        "changes": changes(before.page, now.page) if compared else [],
        "changed_by": now.text.by,
        "asked": asked_of(viewer, restitution),
        "receipts": receipts,
        "seen_as": _seen_as(restitution, receipts),
    }


def _seen_as(restitution: Restitution, receipts: list[Receipt]) -> str:
    """The entry of the registry that tells who reads the page: its addressees too, from when they can or could."""
    left = restitution.state == RestitutionState.RELEASED or receipts
    return f"{RELEASED}:{restitution.addressee}" if left else "restitutions.RestitutionText.sealed_ref"


def pdf_of(request: HttpRequest, copy: ReleasedRestitution | None) -> HttpResponse:
    """The stored bytes of what was released, to whoever has been shown it; proved to be the text that was approved."""
    if copy is None:
        raise Http404
    page_of(copy)
    return document_response(copy.document, f"{copy.ref}.pdf", inline="download" not in request.GET)


def changes(before: FrozenRestitution, now: FrozenRestitution) -> list[Change]:
    """Item by item, in the order of reading; those that did not change are left out."""
    found = []
    for item in ScopeItem.values:
        old, new = before.part(item), now.part(item)
        if old is None and new is None:
            continue
        parts = compare(old.words if old else "", new.words if new else "")
        if is_changed(parts) or (old is None) != (new is None):
            found.append(Change(ScopeItem(item).label, parts, old is None, new is None))
    return found
