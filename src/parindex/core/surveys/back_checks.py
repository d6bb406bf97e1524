"""An interview that was asked again by somebody else: how much of both agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parindex.core.surveys.answering import Kept
from parindex.core.surveys.double_entry import compare
from parindex.core.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many places were compared, and which of them differ (``question`` or ``question.line``)."""

    compared: int
    differing: tuple[str, ...]

    @property
    def agreed(self) -> int:
        """How many are the same."""
        return self.compared - len(self.differing)


def agreement(
    questionnaire: Questionnaire, first: Mapping[str, Kept], second: Mapping[str, Kept]
) -> Agreement:
    """Of two checked interviews: choices and numbers that one of them has. Words are never the same twice,
    and are not compared."""
    told = {q.code for q in questionnaire.questions if q.kind != "text"}
    compared = 0
    for q in questionnaire.questions:
        one, two = first.get(q.code), second.get(q.code)
        if q.code not in told:
            continue
        if q.kind == "grid":
            rows = {row for given in (one, two) if isinstance(given, dict) for row in given}
            compared += len(rows)
        elif one or two:
            compared += 1
    differing = tuple(
        f"{d.question}.{d.row}" if d.row else d.question
        for d in compare(questionnaire, first, second)
        if d.question in told
    )
    return Agreement(compared, differing)
