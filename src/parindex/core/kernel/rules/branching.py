"""A rule that differs by case: with a plan, without a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Branched, Terms, Value
from parindex.core.kernel.rules.values import id_problems
from parindex.core.kernel.text import Text


if TYPE_CHECKING:
    from parindex.core.kernel.rules import AnyRule


@dataclass(frozen=True, slots=True)
class Case:
    """One case and the rule that holds in it."""

    id: str
    name: Text
    rule: AnyRule


@dataclass(frozen=True, slots=True)
class Branch:
    """Each case has its own rule.

    Reasons: those of the rule inside, with `branch` (the case's id) added to their data.
    """

    kind: ClassVar[str] = "branch"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    branches: tuple[Case, ...]

    def read(self, text: str) -> Value:
        """``branch-id: answer``."""
        name, colon, rest = text.partition(":")
        known = tuple(b.id for b in self.branches)
        if not colon or name.strip() not in known:
            raise AnswerRefused("branch_unknown", text=name.strip(), known=known)
        return Branched(name.strip(), self.case(name.strip()).rule.read(rest.strip()))

    def case(self, name: str) -> Case:
        """The case with that id."""
        return next(b for b in self.branches if b.id == name)

    def score(self, value: Value, terms: Terms) -> Scored:
        """As the rule of the case says."""
        assert isinstance(value, Branched)
        inner = self.case(value.branch).rule.score(value.value, terms)
        reason = inner.reason
        return replace(inner, reason=Reason(reason.code, {**reason.data, "branch": value.branch}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Over all cases."""
        spans = [b.rule.extent(maximum) for b in self.branches] or [(Fraction(0), Fraction(0))]
        return min(low for low, _ in spans), max(high for _, high in spans)

    def problems(self) -> list[Problem]:
        """Ids, and the problems of every rule inside."""
        found = id_problems([b.id for b in self.branches], "branches")
        for k, case in enumerate(self.branches):
            if isinstance(case.rule, Branch):
                found.append(Problem("branch_in_branch", {"id": case.id}, ("branches", k, "rule")))
            found += [replace(p, path=("branches", k, "rule", *p.path)) for p in case.rule.problems()]
        return found
