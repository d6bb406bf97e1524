"""A rule written as a formula over named inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from parindex.core.kernel.numbers import half_up, read_number
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Named, Terms, Value
from parindex.core.kernel.rules.language import WORDS, FormulaRefused, check_number, evaluate, names, parse
from parindex.core.kernel.rules.ratios import rounding_problems
from parindex.core.kernel.rules.values import id_problems, read_named
from parindex.core.kernel.text import Text


ZERO = Fraction(0)
MAXIMUM = "maximum"
_parsed = lru_cache(maxsize=512)(parse)


@dataclass(frozen=True, slots=True)
class NamedInput:
    """An input of a formula."""

    id: str
    name: Text
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """The value of `expression` over the inputs and `maximum`; outside 0..maximum it is refused, not cut.

    Reasons: ``formula.value`` {inputs (tuple of name, value), expression, award}.
    """

    kind: ClassVar[str] = "formula"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {"formula.value": ("inputs", "expression", "award")}
    inputs: tuple[NamedInput, ...]
    expression: str
    round: int | None = None

    def read(self, text: str) -> Value:
        """``a=3;b=4``; a bare number where there is one input."""
        known = [i.id for i in self.inputs]
        if len(known) == 1 and "=" not in text:
            return Named(((known[0], read_number(text)),))
        return Named(read_named(text, known))

    def score(self, value: Value, terms: Terms) -> Scored:
        """Evaluate exactly."""
        assert isinstance(value, Named)
        try:
            result = evaluate(_parsed(self.expression), {**dict(value.items), MAXIMUM: terms.maximum})
        except FormulaRefused as refusal:
            raise AnswerRefused(refusal.code, **refusal.data) from refusal
        assert not isinstance(result, bool)
        award = result if self.round is None else half_up(result, self.round)
        if not 0 <= award <= terms.maximum:
            raise AnswerRefused("points_out_of_range", points=award, maximum=terms.maximum)
        data = {"inputs": value.items, "expression": self.expression, "award": award}
        return Scored(award, Reason("formula.value", data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum: what lies outside is refused."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """A formula that cannot be read (with its character), names that are no inputs, inputs not used."""
        found = id_problems([i.id for i in self.inputs], "inputs", fold=False) + rounding_problems(self.round)
        found += [
            Problem("id_unusable", {"id": i.id}, ("inputs", k))
            for k, i in enumerate(self.inputs)
            if i.id in WORDS | {MAXIMUM}
        ]
        try:
            tree = _parsed(self.expression)
            check_number(tree)
            used = list(names(tree))
        except FormulaRefused as refusal:
            return [*found, Problem(refusal.code, refusal.data, ("expression",))]
        known = {i.id for i in self.inputs} | {MAXIMUM}
        found += [
            Problem("formula_name_unknown", {"name": n, "at": at}, ("expression",))
            for n, at in used
            if n not in known
        ]
        found += [
            Problem("formula_input_unused", {"name": i.id}, ("inputs", k))
            for k, i in enumerate(self.inputs)
            if i.id not in {n for n, _ in used}
        ]
        return found
