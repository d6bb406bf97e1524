"""A paper form that two people typed: where their entries differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Difference:
    """One place of the form where the entries are not the same; None is an answer left empty."""

    question: str
    row: str
    first: Kept | None
    second: Kept | None

    @property
    def turned(self) -> Difference:
        """The same, seen from the second entry."""
        return Difference(self.question, self.row, self.second, self.first)


def compare(
    questionnaire: Questionnaire, first: Mapping[str, Kept], second: Mapping[str, Kept]
) -> list[Difference]:
    """Differences of two checked entries, in the order of the form.

    Choices are compared exactly, in a grid row by row. Texts are compared without their blanks and capitals:
    two people break lines differently.
    """
    found: list[Difference] = []
    for question in questionnaire.questions:
        one, two = first.get(question.code), second.get(question.code)
        if question.kind == "grid":
            ones, twos = (given if isinstance(given, dict) else {} for given in (one, two))
            found += [
                Difference(question.code, row.code, ones.get(row.code), twos.get(row.code))
                for row in question.rows
                if ones.get(row.code) != twos.get(row.code)
            ]
        elif _compared(question, one) != _compared(question, two):
            found.append(Difference(question.code, "", one, two))
    return found


def _compared(question: Question, given: Kept | None) -> Kept | None:
    if question.kind == "text" and isinstance(given, str):
        return " ".join(given.split()).casefold()
    return given
