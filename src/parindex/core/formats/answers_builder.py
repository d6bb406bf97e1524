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
    """A unit while rows are read; `line` is its first, `stated` where each of its facts was said."""

    name: str
    line: int
    known: dict[str, str] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)


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


class Builder:
    """Collects units and answers, and every problem with its line."""

    def __init__(self, framework: Framework, file: str) -> None:
        self.framework = framework
        self.file = file
        self.problems: list[FileProblem] = []
        self.units: dict[str, int] = {}
        self.found: list[_Unit] = []
        self.leaves: dict[str, _Leaf] = {c: _Leaf(n) for c, n in framework.leaves.items()}
        self.lines: dict[tuple[int, str], int] = {}
        self.notes: dict[tuple[int, str], str] = {}
        self.ambiguous = ambiguous_codes(framework)
        self._spelled: dict[str, str] = dict(framework.spellings)
        self._groups: dict[str, str] = {}
        self._near: dict[str, str] = {}

    def complain(self, line: int, code: str, /, **data: object) -> None:
        self.problems.append(FileProblem(self.file, line, code, data))

    def unit(self, name: str, line: int) -> int:
        """The unit's position; a second spelling of a known one is a problem, and one that is not listed."""
        name = _composed(name)
        at = self.units.get(name)
        if at is None:
            if len(self.found) == MAX_UNITS:
                raise refuse(self.file, "too_many_units", line=line, limit=MAX_UNITS)
            at = self.units[name] = len(self.found)
            self.found.append(_Unit(name, line))
            self.lines[at, ""] = line
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
        size = range(len(participants))
        columns = {
            code: Column(tuple(leaf.distinct), [leaf.given.get(u, -1) for u in size])
            for code, leaf in self.leaves.items()
            if leaf.distinct
        }
        file = AnswersFile(self.file, AnswerTable(participants, columns, self.notes), self.lines)
        if self.problems:
            raise FileRefused([*self.problems, *self._unscorable(file)])
        return file

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
