"""What those at a mission's table are shown of the charter in it: the articles that protect them, held or not yet."""

from ..kept import kept_of


def context_of(viewer, mission) -> dict:
    """The same short list for a coachee and for the organisation, each of what is theirs to know."""
    found = kept_of(viewer, mission)
    return {"mission": mission, "kept": found, "held": sum(one.held for one in found)}
