"""A believable practice to look at: made through the same services as a real one, stage after stage.

Every stage can be run again: what is there already is left alone, what an interruption left out is made.
"""

from collections.abc import Callable

from . import (
    clients,
    closings,
    competent,
    contracts,
    decided,
    given_back,
    handed_over,
    kept,
    leaning,
    logged,
    meetings,
    minuted,
    missions,
    notes,
    openings,
    own_data,
    practice,
    protection,
    seen,
    signatures,
    supervised,
)

Stage = tuple[str, Callable[[], None]]

STAGES: tuple[Stage, ...] = (
    ("the practice, its members, its qualifications", practice.build),
    ("the clients and their context", clients.build),
    ("the missions, their tables and their requests", missions.build),
    ("the contracts", contracts.build),
    ("the signatures", signatures.build),
    ("the amendments and adhesions", leaning.build),
    ("the sessions", meetings.build),
    ("the hours open for booking", openings.build),
    ("the notes and the summaries", notes.build),
    ("the decisions, the measures and the means", decided.build),
    ("what is given back", given_back.build),
    ("the minutes of three-way meetings", minuted.build),
    ("the recourse person, and a pause", protection.build),
    ("what was opened, and what the law obliged to tell", seen.build),
    ("the points for supervision", supervised.build),
    ("what proves and keeps up the coaches’ competence", competent.build),
    ("the hours log", logged.build),
    ("the hand-overs to a colleague", handed_over.build),
    ("how the charter was held, month by month", kept.build),
    ("the missions that have ended", closings.build),
    ("what people ask of their data", own_data.build),
)
