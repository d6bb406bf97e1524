"""Rules on when a document was issued."""

from fractions import Fraction

import pytest

from parindex.core.kernel.problems import AnswerRefused


DEADLINE = "kind: deadline, due: 2024-01-31, in_time: {points: 2}, late: {percent: 50}, none: {points: 0}"
AFTER = (
    "kind: days_after, base: 2024-04-26, count: {count}, otherwise: {{points: 0.25}}, "
    "steps: [{{within: 3, points: 2}}, {{within: 7, percent: 50}}]"
)
OPEN = "kind: days_after, base_name: kế hoạch tỉnh, steps: [{within: 30, points: 2}]"
LATE = "kind: per_day_late, due: 2024-04-26, each: 0.5, count: {count}, free_days: {free}"
HOLIDAYS = "holidays: [2024-04-30, 2024-05-01, 2024-04-29]\nworked_days: [2024-05-04]\n"


def _points(tiny, rule, answer):
    """With the days off of 30 April 2024 (29/4 exchanged for Saturday 4/5): Notice 1570/TB-BLĐTBXH."""
    text = f"tree: [{{code: L, name: Lá, max: 2, rule: {{{rule}}}}}]\n{HOLIDAYS}"
    return tiny.assess(text, f"unit,criterion,answer\nA,L,{answer}\n").node(0, "L").points


@pytest.mark.parametrize(
    ("rule", "answer", "points"),
    [
        (DEADLINE, "2024-01-30", "2"),
        (DEADLINE, "31/01/2024", "2"),
        (DEADLINE, "2024-02-01", "1"),
        (DEADLINE, "none", "0"),
        (DEADLINE, "không ban hành", "0"),
        (AFTER.format(count="calendar"), "2024-04-20", "2"),
        (AFTER.format(count="calendar"), "2024-04-29", "2"),
        (AFTER.format(count="calendar"), "2024-04-30", "1"),
        (AFTER.format(count="calendar"), "2024-05-03", "1"),
        (AFTER.format(count="calendar"), "2024-05-04", "1/4"),
        (AFTER.format(count="calendar"), "none", "1/4"),
        (AFTER.format(count="working"), "2024-05-04", "2"),
        (AFTER.format(count="working"), "2024-05-06", "1"),
        (AFTER.format(count="working"), "2024-05-09", "1"),
        (AFTER.format(count="working"), "2024-05-10", "1/4"),
        (OPEN, "2024-01-14;base=2023-12-15", "2"),
        (OPEN, "2024-01-15;base=2023-12-15", "0"),
        (OPEN, "none", "0"),
        (LATE.format(count="calendar", free=0), "2024-04-26", "2"),
        (LATE.format(count="calendar", free=0), "2024-04-27", "3/2"),
        (LATE.format(count="calendar", free=2), "2024-04-28", "2"),
        (LATE.format(count="calendar", free=2), "2024-04-29", "3/2"),
        (LATE.format(count="calendar", free=0), "2024-04-30", "0"),
        (LATE.format(count="calendar", free=0), "2024-12-31", "0"),
        (LATE.format(count="working", free=0), "2024-05-01", "2"),
        (LATE.format(count="working", free=0), "2024-05-02", "3/2"),
        (LATE.format(count="working", free=0), "none", "0"),
    ],
)
def test_points_by_the_day(tiny, rule, answer, points):
    """The last day of a limit belongs to it, the day after does not; days off count as declared."""
    assert _points(tiny, rule, answer) == Fraction(points)


@pytest.mark.parametrize(
    ("rule", "answer", "code"),
    [
        (DEADLINE, "31/02/2024", "date_unreadable"),
        (DEADLINE, "01/31/2024", "date_unreadable"),
        (DEADLINE, "31/01/24", "date_unreadable"),
        (DEADLINE, "2024-W05-3", "date_unreadable"),
        (DEADLINE, "20240131", "date_unreadable"),
        (DEADLINE, "2024-01-31x", "date_unreadable"),
        (DEADLINE, "1_0/01/2024", "date_unreadable"),
        (DEADLINE, "2024-01-31;base=2024-01-01", "date_unreadable"),
        (OPEN, "2024-01-14", "date_needs_base"),
        (OPEN, "2024-01-14;mốc=2023-12-15", "date_needs_base"),
    ],
)
def test_a_date_that_is_none_is_refused(tiny, rule, answer, code):
    """The day comes first, the year has four digits, a missing base is asked for."""
    with pytest.raises(AnswerRefused) as refusal:
        tiny.score(rule, answer)
    assert refusal.value.code == code


def test_the_reason_of_lateness_tells_days_and_charged_days(tiny):
    """Four days late with one free: three are charged, 1.5 points off."""
    points, reason = tiny.score(LATE.format(count="calendar", free=1), "2024-04-30")
    assert points == Fraction(1, 2)
    assert (reason.code, reason.data["days"], reason.data["charged"]) == ("per_day_late.late", 4, 3)
    assert reason.data["off"] == Fraction(3, 2)
