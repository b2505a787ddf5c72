"""Reading decisions and suggestions. A decision that is kept exists for its coachee alone; one that is shared, for their coach too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, DateField, F, IntegerField, QuerySet, Value, When

from coaching.kernel.scoping import get_visible
from coaching.kernel.viewer import Portal, Viewer
from coaching.missions.models import Mission
from coaching.sessions.models import CoachingSession
from coaching.vault.access import open_texts

from .enums import DecisionState, SuggestionState
from .models import Decision, Suggestion, Wording
from .policy import DECISION_RULES, SUGGESTION_RULES

TEXT = "decisions.Wording.text_ref"
CLOSING = "decisions.Wording.closing_ref"
SUGGESTED = "decisions.Suggestion.sealed_ref"
REASON = "decisions.Suggestion.reason_ref"


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one decision as they stand; None where they do not open to this viewer."""

    text: str | None
    closing: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A decision, with its words, as a list shows it."""

    decision: Decision
    said: Said


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    suggestion: Suggestion
    text: str | None
    reason: str | None


def decisions_for(viewer: Viewer) -> QuerySet[Decision]:
    """Those the viewer may see: under way first, the next to be looked at again before the others; then those closed."""
    rows = Decision.objects.visible_to(viewer, DECISION_RULES)
    under_way = When(state=DecisionState.OPEN, then=F("look_on"))
    rows = rows.annotate(
        closed=Case(
            When(state=DecisionState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
        ),
        next_look=Case(under_way, default=None, output_field=DateField()),
    )
    rows = rows.order_by("closed", F("next_look").asc(nulls_last=True), "-closed_at", "-taken_on", "-id")
    return rows.select_related("seat", "seat__person", "seat__mission", "session", "suggestion")


def get_decision(viewer: Viewer, ref: str) -> Decision:
    """The decision with this reference; 404 to everybody but its coachee, and their coach while it is shared."""
    return get_visible(decisions_for(viewer), ref)


def lines_of(viewer: Viewer, decisions: Iterable[Decision]) -> list[Line]:
    """The same decisions with their words, however many, in three queries."""
    rows = list(decisions)
    said = _said(viewer, rows)
    return [Line(row, said[row.pk]) for row in rows]


def said_of(viewer: Viewer, decision: Decision) -> Said:
    """The words of one decision that the viewer has just been shown."""
    return _said(viewer, [decision])[decision.pk]


def _said(viewer: Viewer, decisions: list[Decision]) -> dict[int, Said]:
    last = _wordings(viewer, decisions).filter(number=F("decision__number")).order_by()
    if viewer.portal == Portal.COACH:
        last = last.filter(shared=True)
    wordings = {row.decision_id: row for row in last}
    opened = _opened(viewer, wordings.values())
    nothing = Said(None, None)
    return {
        row.pk: opened.get(wordings[row.pk].ref, nothing) if row.pk in wordings else nothing
        for row in decisions
    }


def _wordings(viewer: Viewer, decisions: list[Decision]) -> QuerySet[Wording]:
    """Of the decisions the viewer may see, whichever they were asked for."""
    seen = Decision.objects.visible_to(viewer, DECISION_RULES).filter(pk__in=[row.pk for row in decisions])
    return Wording.unscoped.filter(decision__in=seen.order_by().values("pk"))


def _opened(viewer: Viewer, wordings: Iterable[Wording]) -> dict[str, Said]:
    rows = list(wordings)
    texts = open_texts(viewer, {row.ref: row.text_ref for row in rows}, place=TEXT)
    closings = {row.ref: row.closing_ref for row in rows if row.closing_ref}
    ends = open_texts(viewer, closings, place=CLOSING)
    return {row.ref: Said(texts.get(row.ref), ends.get(row.ref)) for row in rows}


def history_of(viewer: Viewer, decision: Decision) -> list[tuple[Wording, Said]]:
    """Every wording of a decision, newest first: its coachee's alone, whatever is shared now."""
    if viewer.portal != Portal.COACHEE:
        return []
    rows = list(_wordings(viewer, [decision]).order_by("-number"))
    opened = _opened(viewer, rows)
    return [(row, opened[row.ref]) for row in rows]


def suggestions_for(viewer: Viewer) -> QuerySet[Suggestion]:
    """A coach's own on their missions; a coachee's those made to them and not taken back."""
    rows = Suggestion.objects.visible_to(viewer, SUGGESTION_RULES)
    return rows.select_related("seat", "seat__person", "seat__mission", "session")


def get_suggestion(viewer: Viewer, ref: str) -> Suggestion:
    """The suggestion with this reference; 404 to everybody but the coach and the coachee it was made to."""
    return get_visible(suggestions_for(viewer), ref)


def suggestion_lines(viewer: Viewer, rows: Iterable[Suggestion]) -> list[SuggestionLine]:
    """Suggestions the viewer has just been shown, with their words."""
    found = list(rows)
    texts = open_texts(viewer, {row.ref: row.sealed_ref for row in found}, place=SUGGESTED)
    reasons = open_texts(viewer, {row.ref: row.reason_ref for row in found if row.reason_ref}, place=REASON)
    return [SuggestionLine(row, texts.get(row.ref), reasons.get(row.ref)) for row in found]


def unanswered(viewer: Viewer, mission: Mission | None = None) -> QuerySet[Suggestion]:
    """Suggestions that wait for the coachee's answer, if they want to give one."""
    rows = suggestions_for(viewer).filter(state=SuggestionState.OPEN)
    return rows.filter(seat__mission=mission) if mission else rows


@dataclass(frozen=True, slots=True)
class OfSession:
    """What was decided in one session, and what was suggested there, as far as the viewer may see."""

    decisions: list[Line]
    suggestions: list[SuggestionLine]


def of_session(viewer: Viewer, session: CoachingSession) -> OfSession:
    """For the page of a session that the viewer has just been shown."""
    decided = lines_of(viewer, decisions_for(viewer).filter(session=session))
    suggested = suggestion_lines(viewer, suggestions_for(viewer).filter(session=session))
    return OfSession(decided, suggested)
