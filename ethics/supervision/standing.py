"""Where coaches stand with their supervision: rules, hours held and supervisions, asked for as many coaches as there are at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.utils import timezone

from coaching.kernel.viewer import Viewer
from coaching.sessions.access import practised

from .enums import Form, Preset, SupervisionState
from .figures import PRESETS, QUARTER, YEAR, Counted, Practised, Rule, Standing, credited, measure
from .models import StricterRule, SupervisionRule, SupervisionSession

# Far enough back for the oldest supervision that can still make up the hours of a year.
REACH = 2 * YEAR


def rule_here(practice_id: int) -> SupervisionRule:
    """What a practice asks of its coaches; the preset where it has said nothing."""
    return SupervisionRule.unscoped.filter(practice_id=practice_id).first() or SupervisionRule(
        practice_id=practice_id
    )


def figures_of(row: SupervisionRule) -> Rule:
    """Its figures: those of the preset it names, or its own."""
    if row.preset == Preset.OWN:
        said = (row.coaching_hours, row.hours_a_year, row.hours_a_quarter)
    else:
        preset = PRESETS[row.preset]
        said = (preset.coaching_hours, preset.hours_a_year, preset.hours_a_quarter)
    return Rule(*said, row.group_share, row.attest_within)


def stricter_of(practice_id: int, coach_id: int) -> int | None:
    """What a coach asks of themself: hours of coaching for one of supervision."""
    rows = StricterRule.unscoped.filter(practice_id=practice_id, coach_id=coach_id)
    return rows.values_list("coaching_hours", flat=True).first()


def standing_of(viewer: Viewer) -> Standing:
    """The coach's own, today."""
    return standings(viewer.practice_id, [viewer.user_id])[viewer.user_id]


def standings(practice_id: int, coach_ids: Iterable[int], today: date | None = None) -> dict[int, Standing]:
    """Where each of these coaches stands in one practice. Three queries, however many they are.

    For callers who may: the coach about themself, the practice's administrator, the gate of a new mission, the worker.
    """
    ids, today = list(coach_ids), today or timezone.localdate()
    asked, own = _rules(practice_id, ids)
    hours, supervised = _practised(practice_id, ids, today), _counted(practice_id, ids, asked, today)
    return {
        pk: measure(_stricter(asked, own.get(pk)), hours.get(pk, Practised()), supervised[pk], today)
        for pk in ids
    }


def _rules(practice_id: int, coach_ids: list[int]) -> tuple[Rule, dict[int, int]]:
    """What the practice asks, and what these coaches ask of themselves, in one query."""
    figures = ("coaching_hours", "hours_a_year", "hours_a_quarter", "group_share", "attest_within")
    nobody, none = Value(None, output_field=BigIntegerField()), Value(0)
    said = SupervisionRule.unscoped.filter(practice_id=practice_id).order_by()
    own = StricterRule.unscoped.filter(practice_id=practice_id, coach_id__in=coach_ids).order_by()
    rows = said.values_list(nobody, "preset", *figures).union(
        own.values_list("coach_id", Value(Preset.OWN.value), "coaching_hours", none, none, none, none),
        all=True,
    )
    practice, stricter = SupervisionRule(practice_id=practice_id), {}
    for coach_id, preset, *numbers in rows:
        if coach_id is None:
            practice = SupervisionRule(preset=preset, **dict(zip(figures, numbers, strict=True)))
        else:
            stricter[coach_id] = numbers[0]
    return figures_of(practice), stricter


def _stricter(rule: Rule, hours: int | None) -> Rule:
    if hours is None or hours >= rule.coaching_hours:
        return rule
    return Rule(hours, rule.hours_a_year, rule.hours_a_quarter, rule.group_share, rule.attest_within)


def _practised(practice_id: int, coach_ids: list[int], today: date) -> dict[int, Practised]:
    rows = practised(practice_id, coach_ids, today, YEAR, QUARTER)
    return {pk: Practised(year, quarter, since) for pk, since, year, quarter in rows}


def counting(rows: QuerySet, attest_within: int, today: date) -> QuerySet:
    """Those that count: attested, or on the coach's word while the supervisor has had time to attest; not what is contested."""
    on_their_word = Q(
        state__in=[SupervisionState.RECORDED, SupervisionState.ASKED],
        recorded_at__date__gt=today - timedelta(days=attest_within),
    )
    return rows.filter(Q(state=SupervisionState.ATTESTED) | on_their_word)


def _counted(practice_id: int, coach_ids: list[int], rule: Rule, today: date) -> dict[int, list[Counted]]:
    rows = SupervisionSession.unscoped.filter(
        practice_id=practice_id, coach_id__in=coach_ids, held_on__gt=today - REACH, held_on__lte=today
    )
    found: dict[int, list[Counted]] = defaultdict(list)
    said = counting(rows, rule.attest_within, today).values_list("coach_id", "held_on", "minutes", "form")
    for coach_id, day, minutes, form in said.order_by(F("held_on").desc()):
        found[coach_id].append(Counted(day, credited(minutes, form == Form.GROUP, rule)))
    return found
