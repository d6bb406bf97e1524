"""What a unit promised for the year and whether it was done: its issued plans, told as far as reasons are."""

from __future__ import annotations

from datetime import date
from typing import Any

from parindex.apps.plans.queries import plans_told
from parindex.apps.plans.rules import progress_of
from parindex.apps.results.rows import GroupTable, UnitLine


def promised_by(table: GroupTable, line: UnitLine, day: date) -> list[dict[str, Any]]:
    """Each issued plan of the year with how many of its tasks were done, and in time, as they stand on a day;
    none, and then without a query, where the round's decision does not make reasons public."""
    if not table.publicity.shows_reasons:
        return []
    plans = plans_told(territory=table.territory, unit=line.code, year=table.year)
    return [{"plan": plan, "progress": progress_of(tasks, day)} for plan, tasks in plans]
