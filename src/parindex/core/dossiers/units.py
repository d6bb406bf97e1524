"""Units as plain data: since when each exists, under which it stands, which one took its work over.

A CSV file with the columns code, name, parent, valid_from, valid_to, successor; days as 2025-07-01, the last
day included. Whoever has units in a database makes the same `Unit` from there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from parindex.core.dossiers.mapping import word_key
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.record import day_number


Successors = Literal["keep", "carry"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tree.

    Attributes:
        valid_from, valid_to: first and last day of its life; None: without bound.
        successor: the unit that carries its work on after `valid_to`; "" where there is none.
    """

    code: str
    name: str = ""
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    def lives_on(self, day: int) -> bool:
        """Whether it exists on a day, given as a day number."""
        starts = self.valid_from is None or day_number(self.valid_from) <= day
        return starts and (self.valid_to is None or day <= day_number(self.valid_to))


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units of a CSV file in UTF-8.

    Raises:
        DossiersRefused: unreadable, a column or code missing, a date that is none, a parent or successor
            that is no unit of the file, a tree that runs in a circle.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise refuse(str(path), "not_utf8") from error
    reader = csv.DictReader(io.StringIO(text))
    for column in ("code", "name"):
        if column not in (reader.fieldnames or ()):
            raise refuse(str(path), "field_missing", line=1, field=column, column=column, near="")
    units = tuple(_unit(row, str(path), line) for line, row in enumerate(reader, start=2))
    check_units(units, str(path))
    return units


def _unit(row: Mapping[str, str | None], file: str, line: int) -> Unit:
    """One row."""
    cells = {k: (v or "").strip() for k, v in row.items() if k and not isinstance(v, list)}
    days: dict[str, date | None] = {}
    for key in ("valid_from", "valid_to"):
        try:
            days[key] = date.fromisoformat(cells[key]) if cells.get(key) else None
        except ValueError as error:
            raise refuse(file, "day_unreadable", line=line, text=cells[key]) from error
    if not cells["code"]:
        raise refuse(file, "code_missing", line=line)
    return Unit(
        cells["code"],
        name=cells.get("name", ""),
        parent=cells.get("parent", ""),
        successor=cells.get("successor", ""),
        **days,
    )


def check_units(units: Sequence[Unit], file: str) -> None:
    """No code twice, no parent or successor outside, no circle.

    Raises:
        DossiersRefused: see `read_units`.
    """
    known = {u.code: u for u in units}
    if len(known) < len(units):
        twice = next(u.code for k, u in enumerate(units) if u.code in {v.code for v in units[:k]})
        raise refuse(file, "id_twice", id=twice)
    for unit in units:
        for other in filter(None, (unit.parent, unit.successor)):
            if other not in known:
                raise refuse(file, "unit_of_tree_unknown", unit=other, of=unit.code)
        for step in ("parent", "successor"):
            seen, at = {unit.code}, getattr(unit, step)
            while at:
                if at in seen:
                    raise refuse(file, "tree_in_circle", of=unit.code)
                seen.add(at)
                at = getattr(known[at], step)


def names_of(units: Iterable[Unit]) -> dict[str, str]:
    """Every way a file may write a unit, folded, with its code: the code, and a name that only one has."""
    found: dict[str, str] = {}
    for unit in units:
        key = word_key(unit.name)
        found[key] = "" if key in found else unit.code
    return {k: v for k, v in found.items() if k and v} | {word_key(u.code): u.code for u in units}


def boundaries(units: Iterable[Unit]) -> tuple[int, ...]:
    """The days, ascending, from which the set of living units is another."""
    days = {day_number(u.valid_from) for u in units if u.valid_from}
    days |= {day_number(u.valid_to) + 1 for u in units if u.valid_to}
    return tuple(sorted(days))


def competent(unit: str, day: int, known: Mapping[str, Unit]) -> str:
    """The unit competent on a day for a dossier that a system books on `unit`.

    The unit itself where it lives on that day. Where it no longer lives, its first living successor. Where it
    does not yet live, the one predecessor that lives then; with several the dossier stays where it is booked,
    because nothing says whose it was.
    """
    if unit not in known or known[unit].lives_on(day):
        return unit
    at = known[unit]
    if at.valid_to is not None and day > day_number(at.valid_to):
        while at.successor:
            at = known[at.successor]
            if at.lives_on(day):
                return at.code
        return unit
    before = [u.code for u in known.values() if u.successor == unit and u.lives_on(day)]
    return before[0] if len(before) == 1 else unit


def counted_for(unit: str, day: int, known: Mapping[str, Unit], *, successors: Successors) -> list[str]:
    """The units whose figures a dossier enters: the competent one and all above it.

    Args:
        successors: "keep" leaves the past with the unit of that time; "carry" counts it for the unit that
            carries the work on today, so that years compare.
    """
    code = competent(unit, day, known)
    if successors == "carry":
        while code in known and known[code].successor:
            code = known[code].successor
    found = [code]
    while code in known and known[code].parent:
        code = known[code].parent
        found.append(code)
    return found
