"""The working-day calendar: proposed by a library, decided by a person, asked in one place."""

from datetime import date

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.schedule.holidays import (
    SetDay,
    calendar_of,
    decided,
    decided_years,
    proposed_days,
    set_year,
    working_day_after,
)
from parindex.core.formats.framework_file import load_framework
from parindex.core.kernel.problems import Refused
from parindex.data import framework_path


ACT = {"by": "person:1", "at": AT}
DOCUMENT = "Thông báo 6150/TB-BLĐTBXH ngày 03/12/2024"


def decide(*years):
    """The proposals as they are."""
    for year in years:
        set_year(year=year, days=proposed_days(year), document=DOCUMENT, **ACT)


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_proposal_agrees_with_what_was_announced(year):
    """Tết and the exchanged days of two years, against the criteria sets that cite the decisions."""
    framework = load_framework(framework_path(f"binhthuan-{year}"))
    days = proposed_days(year)
    off = {d.day for d in days if not d.worked and d.day.weekday() < 5}
    assert off == set(framework.holidays)
    assert {d.day for d in days if d.worked} == set(framework.worked_days)


def test_tet_of_2026_is_proposed():
    """From 16 to 20 February; 31 August in exchange for a Saturday."""
    days = {d.day: d.worked for d in proposed_days(2026)}
    assert all(days[date(2026, 2, k)] is False for k in range(16, 21))
    assert (days[date(2026, 8, 31)], days[date(2026, 8, 22)]) == (False, True)


def test_a_year_that_nobody_decided_is_not_guessed(db):
    """Also where the count runs into it."""
    with pytest.raises(Refused, match="calendar_missing"):
        working_day_after(date(2025, 3, 3), 1)
    decide(2025)
    assert working_day_after(date(2025, 3, 3), 1) == date(2025, 3, 4)
    with pytest.raises(Refused) as refusal:
        working_day_after(date(2025, 12, 29), 5)
    assert refusal.value.data == {"year": "2026"}


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-01-24", 1, "2025-02-03"),  # over Tết
        ("2025-04-25", 1, "2025-04-26"),  # a Saturday that was worked
        ("2025-04-29", 1, "2025-05-05"),  # 30/4, 1/5, and 2/5 in exchange
        ("2025-04-30", 0, "2025-05-05"),  # a day off itself
        ("2025-03-03", 0, "2025-03-03"),
        ("2025-12-31", 1, "2026-01-02"),
        ("2025-03-03", 10, "2025-03-17"),
    ],
)
def test_working_days_are_counted_by_what_was_decided(db, start, count, end):
    """Both ways of counting agree."""
    decide(2025, 2026)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert working_day_after(first, count) == last
    if count:
        assert calendar_of([2025, 2026]).working_days(first, last) == count


def test_a_year_is_decided_anew_with_its_entry(db):
    """The later decision stands whole; the ledger holds both."""
    decide(2025)
    one = [SetDay(date(2025, 1, 1), False, "Tết Dương lịch")]
    set_year(year=2025, days=one, document="QĐ 2", **ACT)
    kept, days = decided(2025)
    assert (kept.document, days, decided_years()) == ("QĐ 2", one, [2025])
    entries = Entry.objects.filter(chain="calendar", kind="calendar.set")
    assert [len(e.payload["days"]) for e in entries.order_by("position")][1] == 1


@pytest.mark.parametrize(
    ("days", "document", "code"),
    [
        ([], "", "document_needed"),
        ([SetDay(date(2024, 1, 1), False, "x")], "q", "day_of_other_year"),
        ([SetDay(date(2025, 1, 1), False, "x")] * 2, "q", "day_twice"),
        ([SetDay(date(2025, 1, 1), False, " ")], "q", "day_unnamed"),
        ([SetDay(date(2025, 1, 2), True, "x")], "q", "worked_day_in_week"),
        ([SetDay(date(2025, 1, 1), False, "x")] * 61, "q", "days_too_many"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_calendar_that_cannot_be_is_refused(db, days, document, code):
    """And nothing is kept."""
    with pytest.raises(Refused, match=code):
        set_year(year=2025, days=days, document=document, **ACT)
    assert decided_years() == []
    with pytest.raises(Refused, match="year_out_of_range"):
        set_year(year=1999, days=[], document="q", **ACT)
