"""Answers of a round from CSV or XLSX, long (one row an answer) or wide (one column a criterion)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from parindex.core.formats.answers_builder import AnswersFile, Builder, ambiguous_codes
from parindex.core.formats.grids import Grid, read_grid
from parindex.core.formats.problems import refuse
from parindex.core.kernel.framework import Framework


HEADERS: Mapping[str, str] = {
    **dict.fromkeys(("unit", "đơn vị", "cơ quan", "địa phương"), "unit"),
    **dict.fromkeys(("criterion", "tiêu chí", "mã tiêu chí"), "criterion"),
    **dict.fromkeys(("answer", "trả lời", "kết quả"), "answer"),
    **dict.fromkeys(("group", "khối", "khối xếp hạng"), "group"),
    **dict.fromkeys(("type", "loại đơn vị"), "type"),
    **dict.fromkeys(("se", "sai số chuẩn"), "se"),
    **dict.fromkeys(("n", "số phiếu"), "n"),
    **dict.fromkeys(("late_days", "số ngày nộp muộn"), "late_days"),
    **dict.fromkeys(("note", "ghi chú"), "note"),
}
FACTS = ("group", "type", "late_days")
LONG = ("criterion", "answer")


def read_answers(framework: Framework, path: Path) -> AnswersFile:
    """Read a file of answers to a framework.

    Raises:
        FileRefused: everything wrong with the file, each with its line; nothing is used of it then.
    """
    return answers_of(framework, read_grid(path, ambiguous_codes(framework)))


def answers_of(framework: Framework, grid: Grid) -> AnswersFile:
    """The same from the rows of a file. Raises FileRefused."""
    builder = Builder(framework, grid.file)
    names = [HEADERS.get(unicodedata.normalize("NFC", h).casefold(), "") for h in grid.header]
    line = grid.header_line
    if "unit" not in names:
        raise refuse(grid.file, "header_without_unit", line=line, header=tuple(grid.header[:12]))
    lacking = [name for name in LONG if name not in names]
    if not lacking:
        _read_long(builder, grid, names)
    elif len(lacking) == 1:
        raise refuse(grid.file, "column_missing", line=line, column=lacking[0])
    else:
        _read_wide(builder, grid, names)
    if not grid.rows:
        builder.complain(line, "no_rows")
    return builder.finish()


def _columns(builder: Builder, grid: Grid, names: Sequence[str]) -> dict[str, int]:
    """Position of each known column; one that stands twice is a problem."""
    at: dict[str, int] = {}
    for k, name in enumerate(names):
        if name in at:
            builder.complain(grid.header_line, "column_twice", column=grid.header[k])
        elif name:
            at[name] = k
    return at


def _rows(builder: Builder, grid: Grid, at: Mapping[str, int]) -> Iterator[tuple[int, int, list[str]]]:
    """Every row that names a unit: the unit's position, the line, a cell for each column of the header; the
    unit's facts are noted."""
    facts = [(key, at[key]) for key in FACTS if key in at]
    noted: dict[int, list[str]] = {}
    nameless = [k for k, header in enumerate(grid.header) if not header]
    width = len(grid.header)
    named = at["unit"]
    for line, cells in grid.rows:
        if len(cells) > width and any(cells[width:]):
            builder.complain(line, "row_too_long", given=len(cells), expected=width)
            continue
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        for k in nameless:
            if cells[k].strip():
                builder.complain(line, "cell_without_column", text=cells[k])
                break
        name = cells[named].strip()
        if not name:
            builder.complain(line, "unit_missing")
            continue
        unit = builder.unit(name, line)
        said = [cells[k] for _, k in facts]
        if noted.get(unit) != said:  # a long table says the same of a unit in every row
            noted[unit] = said
            _note(builder, unit, line, said=zip(facts, said, strict=True))
        yield unit, line, cells


def _note(builder: Builder, unit: int, line: int, *, said: Iterable[tuple[tuple[str, int], str]]) -> None:
    """A unit's facts as one row says them."""
    for (key, _), value in said:
        builder.fact(unit, line, key=key, value=value.strip())


def _read_long(builder: Builder, grid: Grid, names: Sequence[str]) -> None:
    """One row an answer."""
    for header, name in zip(grid.header, names, strict=True):
        if header and not name:
            builder.complain(grid.header_line, "column_unknown", column=header)
    at = _columns(builder, grid, names)
    criterion, answer = (at[k] for k in LONG)
    se, n, note = (_getter(at.get(k)) for k in ("se", "n", "note"))
    beside = [at[k] for k in ("se", "n", "note") if k in at]
    certain = builder.leaves.keys() - builder.ambiguous.keys()
    for unit, line, cells in _rows(builder, grid, at):
        written = cells[criterion]
        code = written if written in certain else builder.leaf_code(written, line)
        if code is None:
            continue
        text = cells[answer].strip()
        if not any(map(cells.__getitem__, beside)):
            builder.answer(unit, code, line=line, text=text)
            continue
        error = se(cells), n(cells)
        builder.answer(unit, code, line=line, text=(text, *error) if any(error) else text)
        if said := note(cells):
            builder.notes[unit, code] = said


def _getter(k: int | None) -> Callable[[Sequence[str]], str]:
    """A cell by position, empty where the column is absent."""
    return (lambda cells: "") if k is None else (lambda cells: cells[k].strip())


def _read_wide(builder: Builder, grid: Grid, names: Sequence[str]) -> None:
    """One row a unit, one column a criterion."""
    codes = _criterion_columns(builder, grid, names)
    at = _columns(builder, grid, [n if n in {"unit", *FACTS} else "" for n in names])
    rows: list[list[str]] = []
    for unit, line, cells in _rows(builder, grid, at):
        if unit < len(rows):
            first = builder.found[unit]
            builder.complain(line, "unit_twice", unit=first.name, first=first.line)
        else:
            rows.append(cells)
    for k, code in codes:
        builder.column(code, [cells[k].strip() for cells in rows])


def _criterion_columns(builder: Builder, grid: Grid, names: Sequence[str]) -> list[tuple[int, str]]:
    """Position and code of each criterion column of a wide table."""
    codes: dict[str, int] = {}
    wide = [k for k, name in enumerate(names) if grid.header[k] and name not in {"unit", *FACTS}]
    for k in wide:
        header = grid.header[k]
        if names[k]:
            builder.complain(grid.header_line, "column_needs_long", column=header)
            continue
        code = builder.leaf_code(header, grid.header_line)
        if code in codes:
            builder.complain(grid.header_line, "column_twice", column=header)
        elif code:
            codes[code] = k
    if not wide:
        builder.complain(grid.header_line, "header_without_criteria")
    return [(k, code) for code, k in codes.items()]


__all__ = ["HEADERS", "AnswersFile", "read_answers"]
