"""Lists that are handed in as a table (units, people, figures): named columns, each cell with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parindex.core.formats.grids import Grid
from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, how it is headed in either language, and whether it must be there."""

    key: str
    name: Text
    required: bool = False
    hint: Text = Text("")  # noqa: RUF009  immutable


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: its line, and the cells that are not empty by the keys of their columns."""

    line: int
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def cell(self, key: str) -> str:
        """Where a column's cell stands: ``C7``; the row alone where the file has no such column."""
        return f"{self.letters.get(key, '')}{self.line}"

    def get(self, key: str) -> str:
        """What stands in a cell, "" where nothing does."""
        return self.cells.get(key, "")


class Outcome(StrEnum):
    """What a row would do."""

    REFUSED = "refused"
    CHANGED = "changed"
    ADDED = "added"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row would do; for a refused one, the cell and why.

    `key` names the row's subject, `name` says it in words. `changes`: column, before, after. `column`: of the
    refused cell.
    """

    line: int
    key: str
    name: str
    outcome: Outcome
    changes: Sequence[tuple[str, str, str]] = ()
    cell: str = ""
    why: Refused | None = None
    column: str = ""


class CellRefused(Exception):  # noqa: N818  as Refused
    """A refusal and the column that it is about."""

    def __init__(self, column: str, why: Refused) -> None:
        super().__init__(column)
        self.column, self.why = column, why


def refused_row(row: RegisterRow, name: str, wrong: CellRefused) -> Planned:
    """The row as one that is refused."""
    cell = row.cell(wrong.column)
    return Planned(row.line, "", name, Outcome.REFUSED, cell=cell, why=wrong.why, column=wrong.column)


def read_register(grid: Grid, columns: Sequence[Column]) -> list[RegisterRow]:
    """The rows of a table with known columns, headed in Vietnamese, in English or by their keys.

    Raises:
        FileRefused: ``heading_unknown``, ``column_twice``, ``column_missing``, ``column_unnamed``,
            ``rows_missing``, ``rows_too_many``; nothing is read then: no column is passed over in silence.
    """
    known = {_plain(n): c.key for c in columns for n in (c.name.vi, c.name.en, c.key) if n}
    keys = [known.get(_plain(head), "") for head in grid.header]
    problems = [*_heading_problems(grid, keys, columns), *_extent_problems(grid)]
    if problems:
        raise FileRefused(problems)
    places = {key: letters(k) for k, key in enumerate(keys) if key}
    return [RegisterRow(line, _cells(keys, cells), places) for line, cells in grid.rows]


def _heading_problems(grid: Grid, keys: Sequence[str], columns: Sequence[Column]) -> Iterator[FileProblem]:
    """What is wrong with the headings."""

    def wrong(code: str, line: int = grid.header_line, **data: object) -> FileProblem:
        return FileProblem(grid.file, line, code, data)

    for k, (head, key) in enumerate(zip(grid.header, keys, strict=True)):
        if head.strip() and not key:
            yield wrong("heading_unknown", column=head[:60], known=tuple(c.name for c in columns))
        elif key and key in keys[:k]:
            yield wrong("column_twice", column=head[:60])
        elif not key and (line := _first_filled(grid, k)):
            yield wrong("column_unnamed", line, column=letters(k))
    for column in columns:
        if column.required and column.key not in keys:
            yield wrong("column_missing", column=column.name)


def _extent_problems(grid: Grid) -> Iterator[FileProblem]:
    """Too much, nothing, or cells beyond the last heading."""
    line = grid.header_line
    if len(grid.rows) > MOST_ROWS:
        yield FileProblem(grid.file, line, "rows_too_many", {"limit": MOST_ROWS, "rows": len(grid.rows)})
    if not grid.rows:
        yield FileProblem(grid.file, line, "rows_missing")
    width = len(grid.header)
    stray = next((row for row in grid.rows if any(c.strip() for c in row[1][width:])), None)
    if stray is not None:
        yield FileProblem(grid.file, stray[0], "column_unnamed", {"column": letters(width)})


def _cells(keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    pairs = zip(keys, cells, strict=False)
    return {key: text for key, cell in pairs if key and (text := unicodedata.normalize("NFC", cell.strip()))}


def _first_filled(grid: Grid, column: int) -> int:
    """The first line that has something in a column; 0 where none has."""
    return next((line for line, cells in grid.rows if column < len(cells) and cells[column].strip()), 0)


def _plain(text: str) -> str:
    """A heading as it is compared: composed letters, no capitals, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def letters(column: int) -> str:
    """A column's letters from its number, from 0: ``A``, ``AA``."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
