"""What a survey found, how sure that is, and the points it gives: ``82,1 ± 2,4 → 8,2 trên 10 điểm``."""

from __future__ import annotations

from fractions import Fraction

from parindex.core.kernel.answers import Answer, Input
from parindex.core.kernel.framework import Node
from parindex.core.kernel.rules import SurveyRule
from parindex.core.wording.notation import number


OF_INTERVAL = Fraction(1_959_964, 1_000_000)
"""Standard errors in half of a 95 % interval."""


def survey_points(
    leaf: Node, answer: Answer | None, *, points: Fraction, maximum: Fraction, language: str
) -> str:
    """The percentage with half of its 95 % interval, and the points that the rule gives for it; empty for an
    answer without a standard error."""
    if not isinstance(answer, Input) or answer.se is None or not isinstance(leaf.rule, SurveyRule):
        return ""
    percent, half = leaf.rule.number(answer.value), answer.se * OF_INTERVAL
    sure = f"{number(percent, language, decimals=1)} ± {number(half, language, decimals=1)}"
    given, most = number(points, language), number(maximum, language)
    if language == "vi":
        return f"{sure} → {given} trên {most} điểm"
    return f"{sure} → {given} of {most} points"


def surely(leaf: Node, answer: Answer | None, *, points: Fraction, maximum: Fraction, language: str) -> str:
    """The same as a sentence; empty for an answer without a standard error."""
    found = survey_points(leaf, answer, points=points, maximum=maximum, language=language)
    words = "Với khoảng tin cậy 95 %" if language == "vi" else "With the 95 % interval"
    return f"{words}: {found}." if found else ""
