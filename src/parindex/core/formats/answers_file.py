"""Answers of a round from CSV or XLSX, long (one row an answer) or wide (one column a criterion)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from parindex.core.formats.grids import Grid, read_grid
from parindex.core.formats.problems import FileProblem, FileRefused
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column, Participant
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer


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
MAX_LATE_DAYS = 3660
FACTS = ("group", "type", "late_days")


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """A table of answers and where each stands: `lines[(unit, criterion)]`."""

    file: str
    table: AnswerTable
    lines: Mapping[tuple[int, str], int]

    def locate(self, refusal: TableRefused) -> FileRefused:
        """A refusal to score as problems of this file."""
        return FileRefused(
            [
                FileProblem(
                    self.file,
                    self.lines.get((c.unit, c.leaf), self.lines.get((c.unit, ""), 0)),
                    c.problem.code,
                    {**c.problem.data, "unit": self.table.participants[c.unit].name, "criterion": c.leaf},
                )
                for c in refusal.cells
            ]
        )


@dataclass(slots=True)
class _Unit:
    """A unit while rows are read; `line` is its first."""

    name: str
    line: int
    known: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Leaf:
    """A leaf's answers while rows are read: each distinct text (answer, se, n) is read once."""

    node: Node
    distinct: list[Answer] = field(default_factory=list)
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    given: dict[int, int] = field(default_factory=dict)

    def place(self, text: tuple[str, str, str]) -> int:
        """The position of a text's answer in `distinct`; -1 for no answer. Raises AnswerRefused."""
        found = self.seen.get(text)
        if found is None:
            answer = read_answer(self.node, text[0], se=text[1], n=text[2])
            found = -1 if answer is NO_ANSWER else len(self.distinct)
            if found >= 0:
                self.distinct.append(answer)
            self.seen[text] = found
        return found


class _Builder:
    """Collects units and answers, and every problem with its line."""

    def __init__(self, framework: Framework, file: str) -> None:
        self.framework = framework
        self.file = file
        self.problems: list[FileProblem] = []
        self.units: dict[str, int] = {}
        self.folded: dict[str, str] = {}
        self.found: list[_Unit] = []
        self.leaves: dict[str, _Leaf] = {c: _Leaf(n) for c, n in framework.leaves.items()}
        self.lines: dict[tuple[int, str], int] = {}
        self.notes: dict[tuple[int, str], str] = {}

    def complain(self, line: int, code: str, /, **data: object) -> None:
        self.problems.append(FileProblem(self.file, line, code, data))

    def unit(self, name: str, line: int) -> int:
        """The unit's position; a second spelling of a known one is a problem."""
        if not name.isascii():
            name = unicodedata.normalize("NFC", name)
        name = " ".join(name.split())
        at = self.units.get(name)
        if at is None:
            folded = name.casefold()
            other = self.folded.setdefault(folded, name)
            if other != name:
                self.complain(line, "unit_two_spellings", unit=name, other=other)
            at = self.units[name] = len(self.found)
            self.found.append(_Unit(name, line))
            self.lines[at, ""] = line
        return at

    def fact(self, at: int, line: int, *, key: str, value: str) -> None:
        """Group, type or lateness of a unit: said once or the same each time."""
        if value and self.found[at].known.setdefault(key, value) != value:
            self.complain(
                line,
                "unit_fact_differs",
                unit=self.found[at].name,
                key=key,
                one=self.found[at].known[key],
                two=value,
            )

    def answer(self, at: int, code: str, *, line: int, text: tuple[str, str, str]) -> None:
        """One row of a long table; `text` is (answer, se, n)."""
        leaf = self.leaves[code]
        if at in leaf.given:
            self.complain(
                line, "answer_twice", unit=self.found[at].name, criterion=code, first=self.lines[at, code]
            )
            return
        self.lines[at, code] = line
        leaf.given[at] = -1
        try:
            leaf.given[at] = leaf.place(text)
        except AnswerRefused as refusal:
            self.complain(line, refusal.code, **{**refusal.data, "criterion": code})

    def column(self, code: str, texts: Sequence[str]) -> None:
        """One column of a wide table, a text for every unit."""
        leaf = self.leaves[code]
        places: dict[str, int] = {}
        refused: dict[str, AnswerRefused] = {}
        for text in dict.fromkeys(texts):
            try:
                places[text] = leaf.place((text, "", ""))
            except AnswerRefused as refusal:
                places[text], refused[text] = -1, refusal
        leaf.given = {at: places[text] for at, text in enumerate(texts)}
        for at, text in enumerate(texts if refused else ()):
            if text in refused:
                why = refused[text]
                self.complain(self.found[at].line, why.code, **{**why.data, "criterion": code})

    def leaf_code(self, text: str, line: int) -> str | None:
        """A known leaf's code, or None with a problem."""
        text = unicodedata.normalize("NFC", text)
        if text in self.leaves:
            return text
        if text in self.framework.nodes:
            self.complain(line, "not_a_leaf", code=text)
        else:
            near = get_close_matches(text, self.leaves, n=1)
            self.complain(line, "criterion_unknown", criterion=text, near=near[0] if near else "")
        return None

    def table(self) -> AnswerTable:
        """The finished table. Raises FileRefused."""
        participants = [self._participant(u) for u in self.found]
        if self.problems:
            raise FileRefused(sorted(self.problems, key=lambda problem: problem.line))
        size = range(len(participants))
        columns = {
            code: Column(tuple(leaf.distinct), [leaf.given.get(u, -1) for u in size])
            for code, leaf in self.leaves.items()
            if leaf.distinct
        }
        return AnswerTable(participants, columns, self.notes)

    def _participant(self, unit: _Unit) -> Participant:
        known = unit.known
        declared = [t.code for t in self.framework.unit_types]
        unit_type = known.get("type", declared[0] if len(declared) == 1 else "")
        if declared and unit_type not in declared:
            code = "unit_type_missing" if not unit_type else "unit_type_not_declared"
            self.complain(unit.line, code, unit=unit.name, type=unit_type, known=tuple(declared))
        late = known.get("late_days", "0")
        if not (late.isascii() and late.isdigit() and int(late) <= MAX_LATE_DAYS):
            self.complain(unit.line, "late_days_unreadable", text=late)
            late = "0"
        return Participant(unit.name, unit_type, known.get("group", ""), int(late))


def read_answers(framework: Framework, path: Path) -> AnswersFile:
    """Read a file of answers to a framework.

    Raises:
        FileRefused: everything wrong with the file, each with its line; nothing is used of it then.
    """
    grid = read_grid(path)
    builder = _Builder(framework, grid.file)
    names = [HEADERS.get(unicodedata.normalize("NFC", h).casefold(), "") for h in grid.header]
    if "unit" not in names:
        raise FileRefused(
            [
                FileProblem(
                    grid.file, grid.header_line, "header_without_unit", {"header": tuple(grid.header[:12])}
                )
            ]
        )
    if "criterion" in names and "answer" in names:
        _read_long(builder, grid, names)
    else:
        _read_wide(builder, grid, names)
    return AnswersFile(grid.file, builder.table(), builder.lines)


def _columns(builder: _Builder, grid: Grid, names: Sequence[str]) -> dict[str, int]:
    """Position of each known column; one that stands twice is a problem."""
    at: dict[str, int] = {}
    for k, name in enumerate(names):
        if name in at:
            builder.complain(grid.header_line, "column_twice", column=grid.header[k])
        elif name:
            at[name] = k
    return at


def _rows(builder: _Builder, grid: Grid, at: Mapping[str, int]) -> Iterator[tuple[int, int, list[str]]]:
    """Every row that names a unit: the unit's position, the line, the cells; the unit's facts are noted."""
    facts = [(key, at[key]) for key in FACTS if key in at]
    width = len(grid.header)
    named = at["unit"]
    for line, cells in grid.rows:
        if len(cells) > width and any(cells[width:]):
            builder.complain(line, "row_too_long", given=len(cells), expected=width)
            continue
        name = cells[named].strip() if named < len(cells) else ""
        if not name:
            builder.complain(line, "unit_missing")
            continue
        unit = builder.unit(name, line)
        for key, k in facts:
            if k < len(cells):
                builder.fact(unit, line, key=key, value=cells[k].strip())
        yield unit, line, cells


def _read_long(builder: _Builder, grid: Grid, names: Sequence[str]) -> None:
    """One row an answer."""
    for header, name in zip(grid.header, names, strict=True):
        if header and not name:
            builder.complain(grid.header_line, "column_unknown", column=header)
    at = _columns(builder, grid, names)
    code_of, answer, se, n, note = (_getter(at.get(k)) for k in ("criterion", "answer", "se", "n", "note"))
    for unit, line, cells in _rows(builder, grid, at):
        written = code_of(cells)
        code = written if written in builder.leaves else builder.leaf_code(written, line)
        if code is None:
            continue
        builder.answer(unit, code, line=line, text=(answer(cells), se(cells), n(cells)))
        if said := note(cells):
            builder.notes[unit, code] = said


def _getter(k: int | None) -> Callable[[Sequence[str]], str]:
    """A cell by position, empty where the row is short or the column absent."""
    if k is None:
        return lambda cells: ""
    return lambda cells: cells[k].strip() if k < len(cells) else ""


def _read_wide(builder: _Builder, grid: Grid, names: Sequence[str]) -> None:
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
        builder.column(code, [cells[k].strip() if k < len(cells) else "" for cells in rows])


def _criterion_columns(builder: _Builder, grid: Grid, names: Sequence[str]) -> list[tuple[int, str]]:
    """Position and code of each criterion column of a wide table."""
    codes: dict[str, int] = {}
    for k, (header, name) in enumerate(zip(grid.header, names, strict=True)):
        if header and name not in {"unit", *FACTS}:
            code = builder.leaf_code(header, grid.header_line)
            if code in codes:
                builder.complain(grid.header_line, "column_twice", column=header)
            elif code:
                codes[code] = k
    if not codes:
        builder.complain(grid.header_line, "header_without_criteria")
    return [(k, code) for code, k in codes.items()]
