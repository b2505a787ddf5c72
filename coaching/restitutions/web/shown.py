"""A restitution as the pages of coach and coachee show it: its page, what changed in it, who has read it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from coaching.kernel.diff import Parts, compare, is_changed
from coaching.kernel.viewer import Viewer
from contracts.enums import ScopeItem

from ..access import Worded, asked_of, receipts_of, texts_of
from ..models import Restitution
from ..rendering import page_html
from ..snapshots import FrozenRestitution


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one item between two texts: its words, word by word, or that it came or went."""

    label: str
    parts: Parts
    came: bool
    went: bool


def shown(viewer: Viewer, restitution: Restitution) -> dict:
    """For whoever has just been shown the restitution. The last text as a page, and what the last writer changed in it."""
    texts = texts_of(viewer, restitution)
    now = texts[0] if texts else None
    before = _before(texts)
    return {
        "restitution": restitution,
        "mission": restitution.seat.mission,
        "now": now,
        "page_html": page_html(now.page) if now and now.page else SafeString(""),
        "changes": changes(before.page, now.page) if before else [],
        "changed_by": now.text.by if before else "",
        "asked": asked_of(viewer, restitution),
        "receipts": receipts_of(viewer, [restitution]).get(restitution.pk, []),
    }


def _before(texts: list[Worded]) -> Worded | None:
    """The last text that the other of the two wrote: what is new is what changed since."""
    if not texts or texts[0].page is None:
        return None
    others = (one for one in texts[1:] if one.text.by != texts[0].text.by and one.page is not None)
    return next(others, None)


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
