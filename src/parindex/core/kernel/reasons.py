"""Why a leaf has its points: a code with data, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule's own account of one scoring.

    Attributes:
        code: which step of which rule applied, ``"<rule kind>.<case>"`` (``"steps.step"``), or
            ``"no_answer"``, ``"no_survey"``, ``"not_applicable"``, ``"no_case"``, ``"exempt"``, ``"ruled"``.
        data: inputs and thresholds that decided: fractions, integers, dates, strings, option ids.
            Exact: a ratio keeps its numerator and denominator.
    """

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scored:
    """What a rule gives for one answer: exact points and the reason for them."""

    points: Fraction
    reason: Reason
