"""A questionnaire as data: sections of questions, what an option counts, when a question is asked.

Nothing here can be wrong by itself; `checks.check_questionnaire` names what contradicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from parindex.core.kernel.text import Text


Kind = Literal["single", "multiple", "scale", "grid", "text", "number"]
Group = Literal["citizens", "enterprises", "officials", "leaders"]
CHOSEN: tuple[Kind, ...] = ("single", "multiple", "scale", "grid")
"""Kinds that are answered by options."""
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen.

    Attributes:
        code: short and stable; it is what an answer holds.
        score: what it counts, in percent (A 100, B 60, C 20, D 0); None where the question has no scores.
        satisfied: whether whoever chooses it is satisfied; None where the question does not ask that.
        no_opinion: “không đủ thông tin”, “không có ý kiến”: an answer that is counted, and part of no share.
    """

    code: str
    text: Text
    score: Fraction | None = None
    satisfied: bool | None = None
    no_opinion: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a grid: asked with the grid's options, and an item of its own in the results.

    Attributes:
        factor, weight: as of a question; an empty factor is the grid's.
    """

    code: str
    text: Text
    factor: str = ""
    weight: Fraction = ONE


@dataclass(frozen=True, slots=True)
class Condition:
    """When a question is asked: one test of an earlier question, or several conditions joined by `all_` or
    `any_`, each of them a test or a join again.

    Attributes:
        question, row: whose answer is tested; `row` for a grid.
        is_: true where one of these options was chosen; is_not: where an answer was given, and none of these.
        at_least, at_most: for numbers, both ends inclusive.
    A test of a question that was not answered, or not asked, is false.
    """

    question: str = ""
    row: str = ""
    is_: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    all_: tuple[Condition, ...] = ()
    any_: tuple[Condition, ...] = ()

    def tests(self) -> Iterator[Condition]:
        """The single tests, from left to right."""
        if not (self.all_ or self.any_):
            yield self
        for part in (*self.all_, *self.any_):
            yield from part.tests()

    @property
    def depth(self) -> int:
        """How many joins stand within one another: 0 for a single test, 1 for a join of tests."""
        parts = (*self.all_, *self.any_)
        return 1 + max(part.depth for part in parts) if parts else 0


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        options: of single, multiple, scale (in the order of the scale) and grid.
        rows: of a grid.
        when: asked only where this holds; always where None.
        factor: which factor it belongs to; weight: its weight in a mean, 1 by default.
        once: asked once a sitting (about the respondent), however many units are rated in it.
        most_chosen: how many options of a multiple question may be chosen.
        longest: characters of a text answer; 2,000 where None.
        least, most: limits of a number, inclusive.
        whole: whether a number must be whole.
    """

    code: str
    kind: Kind
    text: Text
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    required: bool = False
    when: Condition | None = None
    factor: str = ""
    weight: Fraction = ONE
    once: bool = False
    most_chosen: int | None = None
    longest: int | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    whole: bool = False

    def option(self, code: str) -> Option | None:
        """The option of a code; None where there is none."""
        return next((o for o in self.options if o.code == code), None)

    @property
    def scored(self) -> bool:
        """Whether its options have scores."""
        return any(o.score is not None for o in self.options)

    @property
    def asks_satisfaction(self) -> bool:
        """Whether its options say who is satisfied."""
        return any(o.satisfied is not None for o in self.options)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A content or factor of the results (nội dung, yếu tố).

    Attributes:
        part_of: the factor above it, which stands earlier in the list; "" at the top.
        weight: among its neighbours.
        mean: what a factor with parts is the weighted mean of: all questions below it, or its parts.
    """

    code: str
    name: Text
    part_of: str = ""
    weight: Fraction = ONE
    mean: Literal["questions", "parts"] = "questions"


@dataclass(frozen=True, slots=True)
class Item:
    """What is estimated: a question, or a row of a grid.

    Attributes:
        code: the question's code, for a row ``question.row``.
    """

    code: str
    question: Question
    row: Row | None
    factor: str
    weight: Fraction

    @property
    def text(self) -> Text:
        """What was asked."""
        return self.row.text if self.row else self.question.text


@dataclass(frozen=True)
class Questionnaire:
    """The form of one group of respondents.

    Attributes:
        questionnaire: version of the file format.
        code, version: what it is known by; in the field it never changes, a change is a new version.
        intro: who asks and why, and what becomes of the answers; thanks: the last page.
        status: whether an authority issued it, or it was constructed for this project.
        sources: what it rests on.
    """

    questionnaire: Literal[1]
    code: str
    version: str
    group: Group
    title: Text
    sections: tuple[Section, ...]
    intro: Text | None = None
    thanks: Text | None = None
    factors: tuple[Factor, ...] = ()
    status: Literal["official", "constructed"] = "constructed"
    sources: tuple[str, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(q for section in self.sections for q in section.questions)

    @cached_property
    def by_code(self) -> dict[str, Question]:
        """Questions by their code."""
        return {q.code: q for q in self.questions}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Questions answered by options, grids by their rows, in their order."""
        found: list[Item] = []
        for q in self.questions:
            if q.kind == "grid":
                found += [Item(f"{q.code}.{r.code}", q, r, r.factor or q.factor, r.weight) for r in q.rows]
            elif q.options:
                found.append(Item(q.code, q, None, q.factor, q.weight))
        return tuple(found)
