"""Figures from lines: totals, the last eighteen months, months drawn, credentials."""

from datetime import date

import pytest

from ethics.hours.credentials import FIGURES, dated, presets, set_by
from ethics.hours.enums import Source
from ethics.hours.reckoning import (
    Line,
    Stretch,
    by_month,
    fold,
    hours,
    months_before,
    progress,
    total,
)

TODAY = date(2026, 11, 28)


def line(first, last, paid=600, key="zoe", number=1, **options) -> Line:
    return Line(Source.IMPORTED, key, "", number, first, last, paid, 0, whom=((key, number),), **options)


@pytest.mark.parametrize(
    ("minutes", "told"), [(60, 1.0), (50, 0.83), (90, 1.5), (1, 0.02), (0, 0.0), (125, 2.08)]
)
def test_an_hour_is_sixty_minutes(minutes, told):
    assert hours(minutes) == told


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 28), 18, date(2025, 5, 28)), (date(2026, 8, 31), 18, date(2025, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)), (date(2026, 12, 1), -1, date(2027, 1, 1)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)  # fmt: skip
def test_months_are_counted_back_on_the_calendar(day, months, then):
    assert months_before(day, months) == then


def test_hours_without_days_of_their_own_lie_evenly_in_their_period():
    half = line(date(2025, 5, 18), date(2025, 6, 6))  # ten days before the limit, ten from it on
    assert total([half], TODAY).recent == 300


def test_hours_with_days_of_their_own_are_recent_or_not():
    days = (Stretch(date(2025, 5, 27), 60, 0), Stretch(date(2025, 5, 28), 0, 45))
    assert total([line(days[0].day, days[1].day, stretches=days)], TODAY).recent == 45


def test_the_same_client_in_two_lines_is_one_and_a_group_has_its_members():
    lines = [line(TODAY, TODAY), line(TODAY, TODAY), line(TODAY, TODAY, key="equipe", number=6)]
    lines.append(line(TODAY, TODAY, key="equipe", number=4))
    assert total(lines, TODAY).clients == 7


def test_a_line_that_does_not_count_counts_nowhere():
    found = [line(TODAY, TODAY, counted=False)]
    assert (total(found, TODAY).minutes, total(found, TODAY).clients) == (0, 0)
    assert not any(month.minutes for month in by_month(found, TODAY))


@pytest.mark.parametrize(
    ("one", "other"), [("Zoé PETIT", "zoe petit"), ("Petit-Roux,  Zoé", "petit roux zoe"), ("Œuvre", "œuvre")]
)
def test_a_name_is_the_same_however_it_is_spelt(one, other):
    assert fold(one) == fold(other)


def test_twelve_months_are_drawn_this_one_last_and_add_up():
    found = by_month([line(date(2026, 10, 1), date(2026, 11, 30), paid=610)], TODAY)
    assert [month.first for month in found][::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    assert [round(month.minutes) for month in found][-3:] == [0, 310, 300]


def test_a_credential_says_what_is_reached_and_what_is_missing():
    totals = total([line(TODAY, TODAY, paid=80 * 60, key=f"c{n}") for n in range(2)], TODAY)
    acc = progress(totals, presets())[0]
    assert [(one.figure, one.held, one.reached) for one in acc.gauges] == [
        ("hours", 160.0, True), ("paid", 160.0, True), ("clients", 2, False), ("recent", 160.0, True),
    ]  # fmt: skip
    assert not acc.reached
    assert acc.gauges[2].missing == 6


def test_what_a_credential_does_not_ask_for_is_left_out():
    foundation = next(one for one in presets() if one.code == "emcc_foundation")
    (found,) = progress(total([], TODAY), [foundation])
    assert [one.figure for one in found.gauges] == ["hours", "clients"]


def test_presets_are_those_of_the_bodies():
    said = {one.code: [getattr(one, name) for name in FIGURES] for one in presets()}
    assert said["icf_acc"] == [100, 75, 8, 25]
    assert said["icf_pcc"] == [500, 450, 25, 50]
    assert said["icf_mcc"][:3] == [2500, 2250, 35]
    assert said["emcc_master"][::2] == [500, 40]
    assert dated() <= TODAY


def test_a_practice_changes_one_figure_and_the_others_stay():
    acc = set_by({"icf_acc": {"clients": 9}})[0]
    assert (acc.hours, acc.clients) == (100, 9)
