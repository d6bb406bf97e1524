"""Kept answers as columns of small whole numbers, which a million of can be counted in a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from parindex.core.surveys.answering import Kept
from parindex.core.surveys.estimation import Forms
from parindex.core.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form: who is rated (position of the unit), in which stratum, by which sampling unit.

    Attributes:
        cluster: of several forms of one sitting, the same number; None where the form stands alone.
    """

    unit: int
    stratum: int
    answers: Mapping[str, Kept]
    cluster: int | None = None


def forms_of(questionnaire: Questionnaire, sheets: Iterable[Sheet]) -> Forms:
    """Forms as `Counting` takes them, from checked answers to this very questionnaire.

    Questions with several choices are left out: they have no share (`checks`); `choices` counts them. A code
    that the questionnaire does not have is a KeyError: answers are checked when they come.
    """
    items = [i for i in questionnaire.items if i.question.kind != "multiple"]
    codes = {i.code: {o.code: k for k, o in enumerate(i.question.options)} for i in items}
    columns: dict[str, list[int]] = {i.code: [] for i in items}
    places: list[tuple[int, int, int]] = []
    clustered = False
    for number, sheet in enumerate(sheets):
        clustered |= sheet.cluster is not None
        places.append((sheet.unit, sheet.stratum, number if sheet.cluster is None else sheet.cluster))
        for item in items:
            given = sheet.answers.get(item.question.code)
            if item.row is not None and isinstance(given, dict):
                given = given.get(item.row.code)
            columns[item.code].append(codes[item.code][given] if isinstance(given, str) else -1)
    table = np.array(places, np.int64).reshape(-1, 3)
    return Forms(
        unit=np.ascontiguousarray(table[:, 0]),
        stratum=np.ascontiguousarray(table[:, 1]),
        answers={code: np.array(column, np.int16) for code, column in columns.items()},
        cluster=np.ascontiguousarray(table[:, 2]) if clustered else None,
    )


def choices(questionnaire: Questionnaire, answers: Iterable[Mapping[str, Kept]]) -> dict[str, Counter[str]]:
    """How often each option of each item was chosen, unweighted; a form may choose several of a question."""
    found = {item.code: Counter[str]() for item in questionnaire.items}
    for given in answers:
        for item in questionnaire.items:
            value = given.get(item.question.code)
            if item.row is not None:
                value = value.get(item.row.code) if isinstance(value, dict) else None
            if isinstance(value, str | list):
                found[item.code].update([value] if isinstance(value, str) else value)
    return found
