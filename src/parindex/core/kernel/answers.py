"""The five things that can stand for a leaf, kept apart everywhere (invariant 2).

``NoAnswer`` (nobody said anything) · ``NotApplicable`` (the criterion is not for this unit) · ``NoCase``
(nothing arose in the period) · ``Input`` (a value the leaf's rule reads; zero is such a value) ·
``Ruled`` (points set by someone entitled, with a ground).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.core.kernel.rules.base import Value


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Nobody has answered: zero points, the maximum stays, and the unit counts as incomplete."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The leaf is not assessed for this unit: its maximum leaves the base."""

    ground: str = ""


@dataclass(frozen=True, slots=True)
class NoCase:
    """Nothing arose in the period; the leaf's `no_case` says what that gives."""


@dataclass(frozen=True, slots=True)
class Input:
    """A value read by the leaf's rule.

    Attributes:
        value: as `Rule.read` returned it.
        text: as it was written, kept for display and for the answers' hash.
        se: standard error of a survey value, in the unit of the rule's input (percent points for a ratio).
        n: number of respondents behind it.
    """

    value: Value
    text: str
    se: Fraction | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """Points set by a ruling instead of by the rule, with its ground."""

    points: Fraction
    ground: str = ""


Answer = NoAnswer | NotApplicable | NoCase | Input | Ruled

NO_ANSWER = NoAnswer()


@dataclass(frozen=True, slots=True)
class Column:
    """One leaf's answers over all units of a table, dictionary-encoded.

    Each distinct answer stands once in `distinct`; `index[u]` is the position of unit u's answer in it.
    Scoring costs one rule call per distinct answer (and maximum), however many units there are.
    """

    distinct: Sequence[Answer]
    index: Sequence[int]


@dataclass(frozen=True, slots=True)
class Participant:
    """A unit as it takes part in a round.

    Attributes:
        name: as written, accents kept, NFC.
        type: code of a unit type of the framework, or "" where the framework has none.
        group: ranking group (khối xếp hạng); units are ranked and quotas drawn inside it. "" is one group.
        late_days: days the sheet came after the deadline; 0 in time.
    """

    name: str
    type: str = ""
    group: str = ""
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """All answers of a round. A leaf without a column, or -1 in an index, is NoAnswer."""

    participants: Sequence[Participant]
    columns: Mapping[str, Column] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
