"""The tasks of a plan from the tables of a Word or Excel file; no row is passed over in silence."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parindex.core.formats.folded import folded
from parindex.core.formats.plan_columns import Field, Head, Heading, head_of
from parindex.core.formats.problems import refuse
from parindex.core.formats.table_grids import GridRow, TableGrid
from parindex.core.formats.word_tables import DOCUMENT, word_tables
from parindex.core.formats.workbooks import WORKBOOK, xlsx_grids


MOST_TASKS = 1_000
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?|\(?\d=\S*\)?")
_LEADING = re.compile(r"^\s*(?:([IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/:\-–]\s*|([IVXLC]{1,6})\s+)")
_UPPER_NUMBER = re.compile(r"[IVXLC]{1,6}|[A-ZĐ]")


class Why(StrEnum):
    """Why a row is no task."""

    ABOVE = "above"
    HEADING = "heading"
    HEADINGS_AGAIN = "headings_again"
    COLUMN_NUMBERS = "column_numbers"


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks as found.

    Attributes:
        grid: the whole table. head: its headings; None: it goes on from the table before.
        columns: its own headings, or those of the table that it goes on from.
    """

    grid: TableGrid
    head: Head | None
    columns: Sequence[Heading]

    @property
    def fields(self) -> dict[Field, int]:
        """The column, from 0, of each field, as proposed."""
        return {column.field: k for k, column in enumerate(self.columns) if column.field}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as it stands.

    Attributes:
        table, row: its place, both from 1.
        cells: what stands in its columns, lines kept; a field without a column is not there.
        heading: the area heading above it, without its number; group: the lower heading, if any.
    """

    table: int
    row: int
    cells: Mapping[Field, str]
    heading: str
    group: str


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A row that is no task."""

    table: int
    row: int
    text: str
    why: Why


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: tables of tasks, and the others by number, first words and why they are not read."""

    tables: Sequence[TaskTable]
    others: Sequence[tuple[int, str]]


def read_tables(content: bytes, file: str) -> Reading:
    """The tables of tasks in a .docx or .xlsx file, told apart by what is in it.

    Raises:
        FileRefused: ``plan_table_missing`` (`tables`), ``annex_kind_unknown``, ``file_empty``, and what
            `word_tables` and `xlsx_grids` refuse.
    """
    return tables_of(_grids(content, file), file)


def _grids(content: bytes, file: str) -> list[TableGrid]:
    if content[:4] != b"PK\x03\x04":
        raise refuse(file, "annex_kind_unknown" if content else "file_empty")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse(file, "annex_broken", detail=str(error)[:200]) from error
    if DOCUMENT in names:
        return word_tables(content, file)
    if WORKBOOK in names:
        return xlsx_grids(content, file)
    raise refuse(file, "annex_kind_unknown")


def tables_of(grids: Sequence[TableGrid], file: str) -> Reading:
    """Which of a file's tables hold tasks. Raises FileRefused ``plan_table_missing``."""
    tables: list[TaskTable] = []
    others: list[tuple[int, str]] = []
    for grid in grids:
        head = head_of(grid)
        if tables and head is not None and _goes_on(tables[-1], grid) and _has_rows_above(grid, head):
            head = None  # the headings stand again further down: the page before goes on until there
        if head is not None:
            tables.append(TaskTable(grid, head, head.columns))
        elif tables and _goes_on(tables[-1], grid):
            tables.append(TaskTable(grid, None, tables[-1].columns))
        else:
            others.append((grid.number, _first_words(grid)))
    if not tables:
        raise refuse(file, "plan_table_missing", tables=len(grids))
    return Reading(tables, others)


def _goes_on(before: TaskTable, grid: TableGrid) -> bool:
    """Whether a table without headings is the next page of the one right before it."""
    follows = grid.number == before.grid.number + 1 and not grid.name
    return follows and grid.width == before.grid.width and len(grid.rows) > 0


def _has_rows_above(grid: TableGrid, head: Head) -> bool:
    """Whether what stands above the headings are rows of tasks, not a title."""
    return any(
        len({o for o, t in zip(r.owners, r.texts, strict=True) if t}) > 2 for r in grid.rows[: head.first]
    )


def _first_words(grid: TableGrid) -> str:
    texts = (text for row in grid.rows for text in row.texts if text)
    return " ".join(next(texts, grid.name).split())[:80]


def rows_of(
    reading: Reading, fields: Mapping[int, Mapping[Field, int]] | None = None
) -> tuple[list[TaskRow], list[PassedRow]]:
    """Tasks and passed rows.

    Args:
        fields: by the number of a table, what its columns are, where that was changed by hand.
    """
    tasks: list[TaskRow] = []
    passed: list[PassedRow] = []
    heading, group = "", ""
    for table in reading.tables:
        mapped = (fields or {}).get(table.grid.number, table.fields)
        for line in table.grid.before:
            if _is_area_line(line):
                heading, group = bare(line), ""
        numbered = _is_numbered(table)
        first = table.head.last + 1 if table.head else 0
        above = table.grid.rows[: table.head.first] if table.head else ()
        passed += [
            PassedRow(table.grid.number, r.number, _joined(r), Why.ABOVE) for r in above if any(r.texts)
        ]
        for row in table.grid.rows[first:]:
            why = _why_none(row, table, numbered=numbered)
            if why is Why.HEADING:
                heading, group = _headed(row, table, heading)
            if why is not None:
                passed.append(PassedRow(table.grid.number, row.number, _joined(row), why))
            elif any(row.texts):
                cells = {
                    field: unicodedata.normalize("NFC", row.texts[k]).strip() if k < len(row.texts) else ""
                    for field, k in mapped.items()
                }
                tasks.append(TaskRow(table.grid.number, row.number, cells, heading, group))
    return tasks, passed


def _why_none(row: GridRow, table: TaskTable, *, numbered: bool) -> Why | None:
    """Why a row is no task; None: it is one, or it is empty."""
    texts = list({owner: text for owner, text in zip(row.owners, row.texts, strict=True) if text}.values())
    if len(texts) > 2 and all(_COLUMN_NUMBER.fullmatch(text.casefold()) for text in texts):
        return Why.COLUMN_NUMBERS
    heads = {folded(said) for c in table.columns for said in (c.text, *c.text.split(" – ")) if said}
    if len(texts) > 1 and all(folded(text) in heads for text in texts):
        return Why.HEADINGS_AGAIN
    number, alone = _alone(row, table)
    return Why.HEADING if alone and _is_heading(row, number, alone, numbered=numbered) else None


def _alone(row: GridRow, table: TaskTable) -> tuple[str, str]:
    """The number and the text of a row that holds nothing else; "" and "" elsewhere."""
    filled = [(k, t) for k, t in enumerate(row.texts) if t and row.owners.index(row.owners[k]) == k]
    column = table.fields.get(Field.NUMBER)
    if len(filled) == 2 and filled[0][0] == column:
        return filled[0][1].strip(" .)"), filled[1][1]
    if len(filled) == 1:
        text = filled[0][1]
        return _leading_number(text), text
    return "", ""


def _is_heading(row: GridRow, number: str, text: str, *, numbered: bool) -> bool:
    """Whether a text that stands alone heads what follows.

    It covers columns, has an upper number or is all in capitals; or it has no number where tasks have one. “7
    | Rà soát thủ tục” alone is a task of which the rest is missing.
    """
    covers = len(set(row.owners)) < len(row.owners) and row.texts.count(text) > 1
    if covers or _UPPER_NUMBER.fullmatch(number) or text.isupper():
        return True
    return numbered and not number and not text.startswith(("-", "+", "•", "–"))


def _is_numbered(table: TaskTable) -> bool:
    """Whether its rows have their numbers written out: Word's own numbering is not in the text."""
    column = table.fields.get(Field.NUMBER)
    if column is None:
        return False
    told = [bool(row.texts[column]) for row in table.grid.rows if column < len(row.texts) and any(row.texts)]
    return 2 * sum(told) > len(told)


def _headed(row: GridRow, table: TaskTable, heading: str) -> tuple[str, str]:
    """Area heading and lower heading after a heading row."""
    number, text = _alone(row, table)
    is_upper = bool(_UPPER_NUMBER.fullmatch(number)) or text.isupper()
    return (bare(text), "") if is_upper or not number or not heading else (heading, bare(text))


def _is_area_line(line: str) -> bool:
    """Whether a paragraph above a table heads it: “I. CẢI CÁCH THỂ CHẾ”."""
    return len(line) <= 200 and bool(_UPPER_NUMBER.fullmatch(_leading_number(line)))


def _leading_number(line: str) -> str:
    """The number that a line begins with: ``II`` of “II. Cải cách thể chế”; "" where it begins with none."""
    leading = _LEADING.match(line)
    return (leading[1] or leading[2]) if leading else ""


def bare(text: str) -> str:
    """A heading in one line, without its number: ``I. Cải cách thể chế`` is ``Cải cách thể chế``."""
    line = " ".join(text.split())
    return _LEADING.sub("", line, count=1).strip(" .:;") or line


def _joined(row: GridRow) -> str:
    return " | ".join(" ".join(text.split()) for text in dict.fromkeys(row.texts) if text)[:300]


_GENERAL = re.compile(
    r"\b(?:cong tac|cai cach|hanh chinh nha nuoc|hanh chinh|nha nuoc|nhiem vu|xay dung|phat trien|thuc hien"
    r"|doi moi|va|ve)\b"
)


def match_area(text: str, areas: Mapping[str, str]) -> str:
    """The code of the area that a heading names, by the names of the plan's areas; "" where none or several
    could be meant.

    A name that is the same counts first; else the particular words of one must all stand in the other.
    """
    said = folded(bare(text))
    if not said:
        return ""
    same = [code for code, name in areas.items() if folded(name) == said or code == said]
    if same:
        return same[0] if len(same) == 1 else ""
    mine = _particular(said)
    near = [code for code, name in areas.items() if _within(mine, _particular(folded(name)))]
    return near[0] if len(near) == 1 else ""


def _particular(said: str) -> frozenset[str]:
    """The words that tell one area from another: “thu tuc” of “cai cach thu tuc hanh chinh”."""
    return frozenset(re.findall(r"\w+", _GENERAL.sub(" ", said)))


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def lines_of(text: str) -> list[str]:
    """The lines of a cell without bullets."""
    return [line for raw in text.splitlines() if (line := raw.strip().lstrip("-+•*– ").strip())]


def one_line(text: str) -> str:
    """A cell in one line; bullets become semicolons."""
    return _joined_lines(lines_of(text))


def _joined_lines(lines: Iterable[str]) -> str:
    kept: Iterator[str] = iter(lines)
    found = next(kept, "")
    for line in kept:
        ends = found.endswith((";", ",", ":", "."))
        goes_on = line[:1].islower()
        found += f" {line}" if ends or goes_on else f"; {line}"
    return found
