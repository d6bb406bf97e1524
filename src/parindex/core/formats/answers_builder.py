"""A table of answers while it is read: units, facts, answers by leaf, and every problem with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parindex.core.formats.problems import FileProblem, FileRefused, nearest, refuse
from parindex.core.formats.workbooks import NumberText, cell_text
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column, Participant
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.text import name_key
from parindex.core.kernel.totals import add_up


MAX_LATE_DAYS = 3660
MAX_UNITS = 100_000
NUMERIC = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """A table of answers and where each stands.

    Attributes:
        lines: by criterion and unit; a wide table has none.
        rows: by unit, the first line that names it.
    """

    file: str
    table: AnswerTable
    lines: Mapping[str, Mapping[int, int]]
    rows: Sequence[int]

    def locate(self, refusal: TableRefused) -> FileRefused:
        """A refusal to score as problems of this file."""
        return FileRefused(
            [
                FileProblem(
                    self.file,
                    self.lines.get(c.leaf, {}).get(c.unit, self.rows[c.unit]),
                    c.problem.code,
                    {**c.problem.data, "unit": self.table.participants[c.unit].name, "criterion": c.leaf},
                )
                for c in refusal.cells
            ]
        )


@dataclass(slots=True)
class _Unit:
    """A unit while rows are read; `line` is its first, `stated` where each of its facts was said."""

    name: str
    line: int
    known: dict[str, str] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Leaf:
    """What is written for a leaf, by unit: (answer, se, n), or the answer alone; and on which line."""

    node: Node
    texts: dict[int, str | tuple[str, str, str]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)

    def read(self, units: int) -> tuple[Column, dict[int, AnswerRefused]]:
        """Every unit's answer, each distinct text read once; and the refusals, by unit."""
        distinct: list[Answer] = []
        places: dict[object, int] = {None: -1}
        refused: dict[object, AnswerRefused] = {}
        for text in dict.fromkeys(self.texts.values()):
            written, se, n = (text, "", "") if isinstance(text, str) else text
            places[text] = -1
            try:
                answer = read_answer(self.node, written, se=se, n=n)
            except AnswerRefused as refusal:
                refused[text] = refusal
                continue
            if answer is not NO_ANSWER:
                places[text] = len(distinct)
                distinct.append(answer)
        column = Column(tuple(distinct), [places[self.texts.get(u)] for u in range(units)])
        return column, {u: refused[t] for u, t in self.texts.items() if t in refused} if refused else {}


class Builder:
    """Collects units and answers, and every problem with its line."""

    def __init__(self, framework: Framework, file: str) -> None:
        self.framework = framework
        self.file = file
        self.problems: list[FileProblem] = []
        self.units: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self.found: list[_Unit] = []
        self.leaves: dict[str, _Leaf] = {c: _Leaf(n) for c, n in framework.leaves.items()}
        self.notes: dict[tuple[int, str], str] = {}
        self.ambiguous = ambiguous_codes(framework)
        self._spelled: dict[str, str] = dict(framework.spellings)
        self._groups: dict[str, str] = {}
        self._near: dict[str, str] = {}

    def complain(self, line: int, code: str, /, **data: object) -> None:
        self.problems.append(FileProblem(self.file, line, code, data))

    def unit(self, name: str, line: int) -> int:
        """The unit's position; a second spelling of a known one is a problem, and one that is not listed."""
        at = self.written.get(name)
        if at is None:
            at = self.written[name] = self._composed_unit(_composed(name), line)
        return at

    def _composed_unit(self, name: str, line: int) -> int:
        at = self.units.get(name)
        if at is None:
            if len(self.found) == MAX_UNITS:
                raise refuse(self.file, "too_many_units", line=line, limit=MAX_UNITS)
            at = self.units[name] = len(self.found)
            self.found.append(_Unit(name, line))
            self._greet(self.found[at], line)
        return at

    def _greet(self, unit: _Unit, line: int) -> None:
        """A name that comes for the first time."""
        key = name_key(unit.name)
        other = self._spelled.setdefault(key, unit.name)
        if other != unit.name:
            self.complain(line, "unit_two_spellings", unit=unit.name, other=other)
        if not unit.name.isprintable():
            self.complain(line, "name_unprintable", name=unit.name)
        listed = self.framework.listed
        if not listed:
            return
        if key in listed:
            said = {"type": listed[key].type, "group": listed[key].group}
            unit.known = {k: v for k, v in said.items() if v}
        else:
            near = nearest(unit.name, (u.name for u in listed.values()))
            self.complain(line, "unit_unknown", unit=unit.name, near=near)

    def fact(self, at: int, line: int, *, key: str, value: str) -> None:
        """Group, type or lateness of a unit: said once or the same each time."""
        if not value:
            return
        unit, value = self.found[at], _composed(value)
        known = unit.known.setdefault(key, value)
        unit.stated.setdefault(key, line)
        if known != value:
            self.complain(line, "unit_fact_differs", unit=unit.name, key=key, one=known, two=value)
        elif not value.isprintable():
            self.complain(line, "name_unprintable", name=value)
        elif key == "group":
            other = self._groups.setdefault(name_key(value), value)
            if other != value:
                self.complain(line, "unit_two_spellings", unit=value, other=other)

    def answer(self, at: int, code: str, *, line: int, text: str | tuple[str, str, str]) -> None:
        """One row of a long table; `text` is (answer, se, n), or the answer alone."""
        leaf = self.leaves[code]
        if at in leaf.texts:
            self.complain(
                line, "answer_twice", unit=self.found[at].name, criterion=code, first=leaf.lines[at]
            )
            return
        leaf.lines[at] = line
        leaf.texts[at] = text

    def column(self, code: str, texts: Sequence[str]) -> None:
        """One column of a wide table, a text for every unit."""
        self.leaves[code].texts = dict(enumerate(texts))

    def leaf_code(self, text: str, line: int) -> str | None:
        """A known leaf's code, or None with a problem."""
        if isinstance(text, NumberText) and text in self.ambiguous:
            self.complain(line, "code_is_number", criterion=text, known=self.ambiguous[text])
            return None
        text = unicodedata.normalize("NFC", text.strip())
        if text in self.leaves:
            return text
        if not text:
            self.complain(line, "criterion_missing")
        elif text in self.framework.nodes:
            self.complain(line, "not_a_leaf", code=text)
        else:
            if text not in self._near:
                self._near[text] = nearest(text, self.leaves)
            self.complain(line, "criterion_unknown", criterion=text, near=self._near[text])
        return None

    def finish(self) -> AnswersFile:
        """The finished table. Raises FileRefused, with what only scoring can see as well."""
        participants = [self._participant(u) for u in self.found]
        columns = {code: self._column(code, leaf) for code, leaf in self.leaves.items()}
        columns = {code: column for code, column in columns.items() if column.distinct}
        lines = {code: leaf.lines for code, leaf in self.leaves.items()}
        table = AnswerTable(participants, columns, self.notes)
        file = AnswersFile(self.file, table, lines, [unit.line for unit in self.found])
        if self.problems:
            raise FileRefused([*self.problems, *self._unscorable(file)])
        return file

    def _column(self, code: str, leaf: _Leaf) -> Column:
        """A leaf's answers; those that cannot be read are complained of."""
        column, refused = leaf.read(len(self.found))
        for at, why in refused.items():
            line = leaf.lines.get(at, self.found[at].line)
            self.complain(line, why.code, **{**why.data, "criterion": code})
        return column

    def _unscorable(self, file: AnswersFile) -> Sequence[FileProblem]:
        """What scoring would refuse of the answers that could be read, of units whose type is known."""
        types = self.framework.type_codes
        try:
            add_up(self.framework, file.table)
        except TableRefused as refusal:
            known = [c for c in refusal.cells if not types or file.table.participants[c.unit].type in types]
            return file.locate(TableRefused(known)).problems
        return ()

    def _participant(self, unit: _Unit) -> Participant:
        known = unit.known
        declared = [t.code for t in self.framework.unit_types]
        unit_type = known.get("type", declared[0] if len(declared) == 1 else "")
        if declared and unit_type not in self.framework.type_codes:
            code = "unit_type_missing" if not unit_type else "unit_type_not_declared"
            line = unit.stated.get("type", unit.line)
            self.complain(line, code, unit=unit.name, type=unit_type, known=tuple(declared))
        late = known.get("late_days", "0")
        if not (late.isascii() and late.isdigit() and int(late[:9]) <= MAX_LATE_DAYS):
            line = unit.stated.get("late_days", unit.line)
            self.complain(line, "late_days_unreadable", text=late, limit=MAX_LATE_DAYS)
            late = "0"
        return Participant(unit.name, unit_type, known.get("group", ""), int(late))


def ambiguous_codes(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Codes that a cell with a number cannot tell apart (1.1, 1.10), by what stands in it."""
    shown: dict[str, list[str]] = {}
    for code in framework.leaves:
        if NUMERIC.fullmatch(code):
            shown.setdefault(cell_text(float(code)), []).append(code)
    return {text: tuple(same) for text, same in shown.items() if len(same) > 1}


def _composed(name: str) -> str:
    """A name in its composed form, single blanks, without signs that are not seen."""
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
        name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return " ".join(name.split())
