"""Dossiers that are late or soon will be: whose, how many working days, and as of which moment."""

from datetime import date, datetime

import pytest

from parindex.core.dossiers.calendar import from_days
from parindex.core.dossiers.pending import pending
from parindex.core.dossiers.units import Unit


HEAD = (
    "code,procedure,unit,division,officer,status,received,due,finished,paused,resumed,extended,extensions\n"
)
UNITS = (
    Unit("T"),
    Unit("S1", parent="T"),
    Unit("S1A", parent="S1"),
    Unit("X", parent="T", valid_to=date(2025, 6, 30), successor="P"),
    Unit("P", parent="T", valid_from=date(2025, 7, 1)),
)
ROWS = (
    "A,p,S1,D1,o1,4,03/11/2025 08:00,14/11/2025 17:00,,,,,\n"  # a Friday: overdue since Monday's first minute
    "B,p,S1,D1,o2,4,03/11/2025 08:00,18/11/2025 17:00,,,,,\n"  # this very day, still in time at noon
    "C,p,S1A,D2,o1,4,03/11/2025 08:00,20/11/2025 17:00,,,,,\n"  # one working day left; the 19th is off
    "D,p,S1,D1,o1,4,03/11/2025 08:00,25/11/2025 17:00,,,,,\n"  # four working days left
    "E,p,S1,D1,o1,5,03/11/2025 08:00,19/11/2025 17:00,,04/11/2025 08:00,,,\n"  # the clock stands
    "F,p,S1,D1,o1,5,03/11/2025 08:00,10/11/2025 17:00,,12/11/2025 08:00,,,\n"  # it was late before it stopped
    "G,p,S1,D1,o1,4,03/11/2025 08:00,14/11/2025 17:00,,,,21/11/2025 17:00,1\n"  # extended once
    "H,p,S1,D1,o1,9,03/11/2025 08:00,14/11/2025 17:00,17/11/2025 09:00,,,,\n"  # has its result
    "I,p,X,,,4,02/06/2025 08:00,20/06/2025 17:00,,,,,\n"  # of a unit that was merged
    "J,p,S1,D1,o1,1,03/11/2025 08:00,,,,,,\n"  # only registered
)
AT = datetime.fromisoformat("2025-11-18 12:00")


@pytest.fixture
def listed(shelf):
    """What a unit has within so many working days."""
    shelf.take(shelf.file("a.csv", HEAD + ROWS), units=UNITS)
    days = from_days([date(2025, 11, 19)])

    def ask(unit, within=2, as_of=AT):
        found = pending(shelf.store, unit=unit, within=within, units=UNITS, as_of=as_of, working_days=days)
        return {r.code: (r.overdue, r.days) for r in found.rows}

    return ask


def test_late_ones_come_first_with_the_working_days_since_then_those_that_are_left(listed):
    """Holidays and weekends are no days; the stated minute is in time; what waits in time is left out."""
    assert listed("S1") == {"F": (True, 6), "A": (True, 2), "B": (False, 0), "C": (False, 1), "G": (False, 2)}
    assert list(listed("S1")) == ["F", "A", "B", "C", "G"]
    assert set(listed("S1", within=0)) == {"F", "A", "B"}
    assert set(listed("S1", within=4)) == {"F", "A", "B", "C", "G", "D"}


def test_a_unit_has_what_lies_below_it_and_what_its_predecessors_left(listed):
    """And nothing of its neighbours."""
    assert set(listed("S1A")) == {"C"}
    assert set(listed("P")) == {"I"}
    assert set(listed("T")) == {"F", "A", "B", "C", "G", "I"}


def test_it_is_said_as_it_stood_at_any_moment_and_last_at_the_stores_own(listed, shelf):
    """A minute after the deadline is late."""
    assert listed("S1", as_of=datetime.fromisoformat("2025-11-18 17:01"))["B"] == (True, 0)
    found = pending(shelf.store, unit="S1", within=2, units=UNITS)
    assert found.as_of == datetime.fromisoformat("2025-11-17 09:00")
    assert {r.officer for r in found.rows} <= {"o1", "o2"}


def test_without_dossiers_there_is_no_list(tmp_path):
    """Nor is there an error."""
    assert pending(tmp_path, unit="S1", within=2, units=UNITS) is None
