"""Whether the dates of a column say that the day comes first, or contradict each other.

Where the mapping says the order, it holds. Else the day comes first (or the year, which nobody mistakes). A
date such as 31/12 can only be read so, 12/31 only the other way, 03/04 both ways. In a column that has more
than a few of the second kind nothing tells what those of the third mean; in one that has but the third,
nothing bears the rule out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from parindex.core.dossiers.mapping import Mapping
from parindex.core.dossiers.reading import named


FEW = 1000  # of so many dates that tell one may have the month first, as a mistake of its own


@dataclass(frozen=True, slots=True)
class Orders:
    """Fields with dates: in `mixed` more than one in `FEW` has the month first; in `unsaid` none tells."""

    mixed: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()


def look_at_orders(con: duckdb.DuckDBPyConnection, fields: Sequence[str], mapping: Mapping) -> Orders:
    """What the table `raw` has in its columns of dates. Nothing where the mapping says the order."""
    if mapping.dates_said or not fields:
        return Orders()
    signs = (_day_first, _month_first, _either)
    counted = (
        f"count(*) FILTER (WHERE {sign(f'a{k}', f'b{k}')})" for k, _ in enumerate(fields) for sign in signs
    )
    numbers = (f"{_small(f't{k}', 1)} AS a{k}, {_small(f't{k}', 2)} AS b{k}" for k, _ in enumerate(fields))
    tidy = (f"{_tidy(named(name))} AS t{k}" for k, name in enumerate(fields))
    read = f"SELECT {', '.join(numbers)} FROM (SELECT {', '.join(tidy)} FROM raw)"
    found = con.execute(f"SELECT {', '.join(counted)} FROM ({read})").fetchall()[0]
    told = {name: found[3 * k : 3 * k + 3] for k, name in enumerate(fields)}
    return Orders(
        mixed=tuple(name for name, (day, month, _) in told.items() if month * FEW > day + month),
        unsaid=tuple(name for name, (day, month, both) in told.items() if both and not (day or month)),
    )


def either(cell: str) -> str:
    """SQL: a cell holds a date that is another one when day and month change places."""
    return _either(_small(_tidy(cell), 1), _small(_tidy(cell), 2))


def _either(one: str, two: str) -> str:
    return f"({one} BETWEEN 1 AND 12 AND {two} BETWEEN 1 AND 12 AND {one} <> {two})"


def _day_first(one: str, two: str) -> str:
    return f"({one} BETWEEN 13 AND 31 AND {two} BETWEEN 1 AND 12)"


def _month_first(one: str, two: str) -> str:
    return f"({one} BETWEEN 1 AND 12 AND {two} BETWEEN 13 AND 31)"


def _tidy(cell: str) -> str:
    """A date with one kind of stroke."""
    return f"translate(ltrim({cell}, ' \t\r\n\u00a0'), '/.', '--')"


def _small(tidy: str, place: int) -> str:
    """One of the first two numbers of a date with the year behind; NULL where it has more than two digits, as
    a year has."""
    text = f"split_part({tidy}, '-', {place})"
    return f"CASE WHEN length({text}) < 3 THEN try_cast({text} AS TINYINT) END"
