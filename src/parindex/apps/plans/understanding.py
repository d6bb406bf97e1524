"""What the rows of a plan's file are taken to mean, and what is asked; nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from parindex.apps.evidence.queries import open_document
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.organisations.queries.people import people_within
from parindex.apps.plans.actions.tasks import TaskWritten
from parindex.apps.plans.models import Plan, TaskFile
from parindex.apps.plans.rules import LONGEST_CONTENT, LONGEST_OUTPUT
from parindex.core.formats.deadlines import Deadline, DueKind, read_deadline
from parindex.core.formats.folded import folded
from parindex.core.formats.plan_columns import Field
from parindex.core.formats.plan_tables import (
    PassedRow,
    Reading,
    TaskRow,
    bare,
    match_area,
    one_line,
    read_tables,
    rows_of,
)
from parindex.core.formats.unit_names import book_of_names, match_name, parties, several


LEFT, NO_DAY = "left", "no_day"
ANSWERED = (*(f.value for f in Field if f is not Field.NUMBER), LEFT, NO_DAY)
"""What may be typed anew in a row."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked in a row: of which field (`name`), why, and what is proposed."""

    name: str
    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    proposed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """One row as it would be taken.

    Attributes:
        said: each field as it stands, or as it was typed anew.
        lead: whose work it is; None: the plan's own unit.
        left: it is not taken. questions: what must be answered first; none where it is left.
    """

    table: int
    row: int
    number: str
    said: Mapping[str, str]
    content: str
    area: str
    output: str
    lead: Unit | None
    person: Person | None
    coordinating: str
    start: date | None
    deadline: Deadline
    due: date | None
    criterion: str
    left: bool
    questions: Sequence[Question]

    @property
    def key(self) -> str:
        """Its place as answers are kept by."""
        return f"{self.table}/{self.row}"

    @property
    def due_text(self) -> str:
        """The deadline as printed, unless it is a plain date."""
        is_plain = self.deadline.kind is DueKind.DAY and not any(c.isalpha() for c in self.deadline.text)
        return "" if is_plain else self.deadline.text

    @property
    def written(self) -> TaskWritten:
        """The task that it becomes."""
        return TaskWritten(
            content=self.content,
            area=self.area,
            output=self.output,
            lead=self.lead,
            person=self.person,
            coordinating=self.coordinating,
            start=self.start,
            due=self.due,
            due_text=self.due_text,
            criterion=self.criterion,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file as it is understood.

    `units`, `people`: whom a row may name. `has_lead`: a column says who leads.
    """

    reading: Reading
    rows: Sequence[Understood]
    passed: Sequence[PassedRow]
    units: Sequence[Unit]
    people: Sequence[Person]

    @property
    def asked(self) -> list[Understood]:
        """The rows that are not clear yet."""
        return [row for row in self.rows if row.questions]

    @property
    def taken(self) -> list[Understood]:
        """The rows that would become tasks."""
        return [row for row in self.rows if not row.left]


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are read with."""

    plan: Plan
    areas: Mapping[str, str]
    units: Mapping[str, Unit]
    book: Mapping[str, set[str]]
    people: Mapping[str, Person]
    names: Mapping[str, str]
    leads: frozenset[int]  # the tables of which a column says who leads


@lru_cache(maxsize=4)
def _tables(content: bytes, name: str) -> Reading:
    """A file is read again on each page of its preview; the last ones are remembered."""
    return read_tables(content, name)


def reading_of(file: TaskFile) -> Reading:
    """The tables of a kept file. Raises FileRefused; EvidenceRefused where the store has lost it."""
    with open_document(file.document) as stream:
        return _tables(stream.read(), file.document.file_name)


def fields_of(file: TaskFile, reading: Reading) -> dict[int, dict[Field, int]]:
    """By table: the column of each field, as proposed or as changed by hand."""
    changed: Mapping[str, Mapping[str, int]] = file.columns
    return {
        t.grid.number: {Field(name): k for name, k in changed[str(t.grid.number)].items()}
        if str(t.grid.number) in changed
        else t.fields
        for t in reading.tables
    }


def understand(file: TaskFile, *, at: datetime) -> Sheet:
    """Every row of a file as it would be taken. A handful of queries, and the file from the store.

    Raises:
        FileRefused, EvidenceRefused: as `reading_of`.
    """
    reading = reading_of(file)
    fields = fields_of(file, reading)
    tasks, passed = rows_of(reading, fields)
    unit = file.plan.unit
    units, people = list(tree_of(unit).walk()), people_within(unit, at)
    known = _Known(
        plan=file.plan,
        areas={a["code"]: a["vi"] for a in file.plan.areas},
        units={str(u.pk): u for u in units},
        book=book_of_names((str(u.pk), u.name_vi, u.code) for u in units),
        people={folded(p.full_name): p for p in people},
        names=file.names,
        leads=frozenset(number for number, of in fields.items() if Field.LEAD in of),
    )
    rows = [_row(task, file.answers.get(f"{task.table}/{task.row}", {}), known) for task in tasks]
    return Sheet(reading, _compared(rows, file.plan), passed, units, people)


def _row(task: TaskRow, answer: Mapping[str, str], known: _Known) -> Understood:
    said = {f.value: answer.get(f.value, task.cells.get(f, "")) for f in Field}
    questions: list[Question] = []
    content = one_line(said["content"])
    if not content:
        questions.append(Question("content", "content_missing"))
    elif len(content) > LONGEST_CONTENT:
        questions.append(Question("content", "content_long", {"limit": LONGEST_CONTENT}))
    area = _area(task, said, known, asks=questions)
    lead, coordinating = _lead(task, said, known, asks=questions)
    person = _person(said["person"], known, asks=questions)
    deadline, due, start = _days(said, answer, known.plan.year, asks=questions)
    left = answer.get(LEFT) == "1"
    return Understood(
        table=task.table,
        row=task.row,
        number=said["number"],
        said=said,
        content=content,
        area=area,
        output=one_line(said["output"])[:LONGEST_OUTPUT],
        lead=lead,
        person=person,
        coordinating=coordinating[:LONGEST_OUTPUT],
        start=start,
        deadline=deadline,
        due=due,
        criterion=one_line(said["criterion"])[:60],
        left=left,
        questions=() if left else tuple(questions),
    )


def _area(task: TaskRow, said: dict[str, str], known: _Known, *, asks: list[Question]) -> str:
    """From the row's own column, the lower heading, the area heading: the first that names one."""
    texts = [t for t in (one_line(said["area"]), task.group, task.heading) if t]
    for text in texts:
        meant = known.names.get(f"area|{folded(bare(text))}", "")
        found = meant if meant in known.areas else match_area(text, known.areas)
        if found:
            said["area"] = found
            return found
    said["area"] = ""
    text = texts[0] if texts else ""
    asks.append(Question("area", "area_unknown" if text else "area_missing", {"text": text[:80]}))
    return ""


def _lead(
    task: TaskRow, said: dict[str, str], known: _Known, *, asks: list[Question]
) -> tuple[Unit | None, str]:
    """Whose work it is, and with whom; where no column says so it is the plan's own unit."""
    text, along = parties(said["lead"])
    coordinating = "; ".join(t for t in (one_line(said["coordinating"]), one_line(along)) if t)
    if not text:
        if task.table in known.leads:
            asks.append(Question("lead", "lead_missing"))
        return None, coordinating
    names = several(known.names.get(f"lead|{folded(text)}", text), known.book)
    if len(names) > 1:
        asks.append(Question("lead", "lead_several", {"text": one_line(text)[:80]}, tuple(names)))
        return None, coordinating
    matched = match_name(names[0] if names else "", known.book)
    if not matched.key:
        near = tuple(known.units[key].name_vi for key in matched.near)
        asks.append(Question("lead", "lead_unknown", {"text": one_line(text)[:80]}, near))
        return None, coordinating
    unit = known.units[matched.key]
    return (None if unit.pk == known.plan.unit_id else unit), coordinating


def _person(text: str, known: _Known, *, asks: list[Question]) -> Person | None:
    name = one_line(text)
    found = known.people.get(folded(name))
    if name and found is None:
        asks.append(Question("person", "person_unknown", {"text": name[:80]}))
    return found


def _days(
    said: Mapping[str, str], answer: Mapping[str, str], year: int, *, asks: list[Question]
) -> tuple[Deadline, date | None, date | None]:
    """The deadline, its day and the start; asked about where they are not certain or do not fit."""
    deadline = read_deadline(said["due"], year=year)
    if deadline.question and answer.get(NO_DAY) != "1":
        asks.append(Question("due", deadline.question, deadline.data))
    start = deadline.start
    if said["start"].strip():
        begun = read_deadline(said["start"], year=year)
        start = begun.start or begun.due
        if start is None:
            asks.append(Question("start", "start_unclear", {"text": begun.text[:80]}))
    if start and deadline.due and deadline.due < start:
        asks.append(Question("due", "due_before_start", {"due": deadline.due, "start": start}))
    return deadline, deadline.due, start


def _compared(rows: Sequence[Understood], plan: Plan) -> list[Understood]:
    """The rows, those that stand twice or that the plan has already asked about."""
    standing = {
        _likeness(t.content, t.output, t.lead_id): t.number
        for t in plan.tasks.filter(cancelled_on=None).only("content", "output", "lead_id", "number")
    }
    seen: dict[tuple[Any, ...], Understood] = {}
    found: list[Understood] = []
    for row in rows:
        like = _likeness(row.content, row.output, row.lead.pk if row.lead else None)
        question = None
        if row.left or not row.content:
            pass
        elif like in standing:
            question = Question("content", "task_known", {"number": standing[like]})
        elif like in seen:
            first = seen[like]
            question = Question("content", "row_twice", {"table": first.table, "row": first.row})
        else:
            seen[like] = row
        found.append(_asking(row, question) if question else row)
    return found


def _likeness(content: str, output: str, lead: int | None) -> tuple[str, str, int | None]:
    return (folded(content), folded(output), lead)


def _asking(row: Understood, question: Question) -> Understood:
    return replace(row, questions=(*row.questions, question))
