"""Two years of one unit: points lost and regained, and whether the unit or the rules moved them.

An index is what full marks would give, less what each criterion loses. Of a criterion that both sets have,
last year's answer is read by this year's rule: what that changes, and what another maximum changes, is the
rules' doing; the rest is the unit's. Criteria that were split or merged are compared as a group: the share of
all their points. What cannot be told apart is said as such, and all adds up to the difference of the two
indexes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from parindex.core.kernel.answers import NO_ANSWER, Answer, Input, NoCase, Ruled
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.comparing import LeafLink, leaf_links
from parindex.core.kernel.improvement.contributions import (
    BONUS,
    LATE,
    LIMITS,
    PENALTY,
    contributions,
    index_per_point,
)
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.text import Text


ZERO = Fraction(0)
FULL = "=full"
"""What full marks give: 100, but for sets whose total itself is the index."""


class Kind(StrEnum):
    """What became of a criterion from one year to the next."""

    KEPT = "kept"  # the same rule and maximum
    RULE = "rule"  # another rule or maximum; last year's answer could be read by it
    RULE_UNTOLD = "rule_untold"  # another rule, by which last year's answer cannot be read
    NEW = "new"
    DROPPED = "dropped"
    SPLIT = "split"  # into several that ask alike; compared as a group
    MERGED = "merged"  # of several that asked alike; compared as a group
    SPLIT_UNTOLD = "split_untold"  # as a group, by rules that ask otherwise
    MERGED_UNTOLD = "merged_untold"
    APPLIES = "applies"  # not assessed for the unit last year
    APPLIES_NO_MORE = "applies_no_more"
    UNMAPPED = "unmapped"  # no map says what it became
    BESIDES = "besides"  # bonus, penalty, lateness
    LIMITS = "limits"  # a floor, a ceiling, another total


@dataclass(frozen=True, slots=True)
class Year:
    """What criteria held in one year: points of their maximum, and the percentage points lost there."""

    points: Fraction = ZERO
    maximum: Fraction = ZERO
    lost: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class YearChange:
    """One part of the difference of two years, in percentage points of the index.

    Attributes:
        codes, codes_before: of leaves in each set; else `BONUS`, `PENALTY`, `LATE`, `LIMITS` or `FULL`.
        year, year_before: what was held there.
        unit, rules: what the unit did and what the rules did; `untold`: what cannot be told apart.
    """

    kind: Kind
    codes: tuple[str, ...]
    codes_before: tuple[str, ...]
    year: Year
    year_before: Year
    unit: Fraction = ZERO
    rules: Fraction = ZERO
    untold: Fraction = ZERO

    @property
    def difference(self) -> Fraction:
        """By how much it moved the index; positive is regained."""
        return self.unit + self.rules + self.untold

    @property
    def is_moved(self) -> bool:
        """Whether anything moved, even where it cancels out."""
        return bool(self.unit or self.rules or self.untold)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """Everything between a unit's two indexes, the greatest loss first."""

    index: Fraction
    before: Fraction
    changes: Sequence[YearChange]

    @property
    def difference(self) -> Fraction:
        """This year's index less last year's; the sum of the changes, exactly."""
        return self.index - self.before

    @property
    def unit(self) -> Fraction:
        """What the unit did."""
        return sum((c.unit for c in self.changes), ZERO)

    @property
    def rules(self) -> Fraction:
        """What the rules did."""
        return sum((c.rules for c in self.changes), ZERO)

    @property
    def untold(self) -> Fraction:
        """What cannot be told apart."""
        return sum((c.untold for c in self.changes), ZERO)


@dataclass(frozen=True)
class _Side:
    """A unit in one year's assessment."""

    assessment: Assessment
    unit: int

    @cached_property
    def each(self) -> Mapping[str, Fraction]:
        """What a point on each leaf is worth."""
        return index_per_point(self.assessment, self.unit)

    @property
    def full(self) -> Fraction:
        """The index of full marks."""
        return sum((self.held(code).max * value for code, value in self.each.items()), ZERO)

    def held(self, code: str) -> NodeOutcome:
        """What stands for a leaf."""
        return self.assessment.node(self.unit, code)

    def year(self, codes: Sequence[str]) -> Year:
        """Some leaves together."""
        found = [self.held(code) for code in codes]
        return Year(
            sum((one.points for one in found), ZERO),
            sum((one.max for one in found), ZERO),
            sum(((one.max - one.points) * self.each[one.code] for one in found), ZERO),
        )

    def weight(self, codes: Sequence[str]) -> Fraction:
        """What full marks on some leaves put into the index."""
        return sum((self.held(code).max * self.each[code] for code in codes), ZERO)


def compare_years(now: Assessment, before: Assessment, *, units: tuple[int, int]) -> YearComparison | None:
    """How a unit's index came from last year's to this year's; None where it has none in either.

    Args:
        units: its position in this year's assessment and in last year's.
    """
    index, was = now.units[units[0]].index, before.units[units[1]].index
    if index is None or was is None:
        return None
    here, there = _Side(now, units[0]), _Side(before, units[1])
    changes = [_change(here, there, link) for link in leaf_links(now.framework, before.framework)]
    changes += _besides(here, there)
    return YearComparison(index, was, sorted(changes, key=lambda c: c.difference))


def _change(here: _Side, there: _Side, link: LeafLink) -> YearChange:
    """One link of the code map."""
    now, before = here.year(link.new), there.year(link.old)
    whole = before.lost - now.lost
    plain = YearChange(Kind.UNMAPPED, link.new, link.old, now, before)
    if link.relation in ("new", "dropped"):
        return replace(plain, kind=Kind(link.relation), rules=whole)
    if not link.new or not link.old:
        return replace(plain, untold=whole)
    if not now.maximum or not before.maximum:
        return replace(plain, kind=Kind.APPLIES if now.maximum else Kind.APPLIES_NO_MORE, rules=whole)
    if len(link.new) != 1 or len(link.old) != 1:
        return _group(here, there, link, plain=plain)
    rate, was = now.points / now.maximum, before.points / before.maximum
    weight, weight_before = here.weight(link.new), there.weight(link.old)
    heavier = (1 - was) * (weight_before - weight)
    read = _rate_by_todays_rule(here, there, link)
    if read is None:
        return replace(plain, kind=Kind.RULE_UNTOLD, rules=heavier, untold=(rate - was) * weight)
    kind = Kind.KEPT if read == was and now.maximum == before.maximum else Kind.RULE
    return replace(plain, kind=kind, unit=(rate - read) * weight, rules=heavier + (read - was) * weight)


def _group(here: _Side, there: _Side, link: LeafLink, *, plain: YearChange) -> YearChange:
    """Several criteria on one side: the share of all their points, each worth what it puts into the index.

    Another weight is the rules' doing. The rest is the unit's where all ask alike and all are assessed, or
    last year's points were all ruled; else it cannot be told apart.
    """
    weight, weight_before = here.weight(link.new), there.weight(link.old)
    lost, lost_before = plain.year.lost / weight, plain.year_before.lost / weight_before
    heavier = lost_before * (weight_before - weight)
    rest = (lost_before - lost) * weight
    split = link.relation == "split" or (link.relation != "merged" and len(link.new) > 1)
    if _ask_alike(here, there, link):
        return replace(plain, kind=Kind.SPLIT if split else Kind.MERGED, unit=rest, rules=heavier)
    kind = Kind.SPLIT_UNTOLD if split else Kind.MERGED_UNTOLD
    return replace(plain, kind=kind, untold=rest, rules=heavier)


def _ask_alike(here: _Side, there: _Side, link: LeafLink) -> bool:
    """Whether every criterion of a group is assessed in its year and all ask the same, dates moved on. What
    was ruled last year asked nothing of a rule."""
    places = [*((here, code) for code in link.new), *((there, code) for code in link.old)]
    if not all(side.held(code).max for side, code in places):
        return False
    scored = [code for code in link.old if not isinstance(there.held(code).answer, Ruled)]
    asked = [*((here, code) for code in link.new), *((there, code) for code in scored)] if scored else []
    fallen = any(isinstance(side.held(code).answer, NoCase) for side, code in asked)
    nodes = [side.assessment.framework.nodes[code] for side, code in asked]
    return len({(_meaning(node.rule), node.no_case if fallen else None) for node in nodes}) <= 1


def _rate_by_todays_rule(here: _Side, there: _Side, link: LeafLink) -> Fraction | None:
    """The share of the maximum that last year's answer gives by this year's rule; None where it cannot be
    read, or is a date by a rule that counts otherwise: dates move on with the year."""
    code, old = link.new[0], link.old[0]
    held = there.held(old)
    was = held.points / held.max
    rule = here.assessment.framework.nodes[code].rule
    rule_before = there.assessment.framework.nodes[old].rule
    if isinstance(held.answer, Ruled):
        return was
    if not isinstance(held.answer, NoCase):
        if _meaning(rule) == _meaning(rule_before):
            return was
        if _has_date(rule) or _has_date(rule_before):
            return None
    return _read_anew(here, code, held.answer or NO_ANSWER)


def _read_anew(here: _Side, code: str, answer: Answer) -> Fraction | None:
    leaf, framework = here.assessment.framework.nodes[code], here.assessment.framework
    maximum = here.held(code).max
    try:
        new = read_answer(leaf, answer.text) if isinstance(answer, Input) else answer
        points, top, _ = score_answer(leaf, new, maximum, calendar=framework.calendar)
    except AnswerRefused:
        return None
    return points / top if top else None


def _has_date(value: object) -> bool:
    """Whether a rule counts from dates."""
    if isinstance(value, tuple):
        return any(_has_date(one) for one in value)
    if is_dataclass(value):
        return any(_has_date(getattr(value, f.name)) for f in fields(value))
    return isinstance(value, date)


def _meaning(value: object) -> object:
    """What a rule says without its wording and without the year of its dates."""
    if isinstance(value, Text):
        return "text"
    if isinstance(value, date):
        return "date"
    if isinstance(value, tuple):
        return tuple(_meaning(one) for one in value)
    if is_dataclass(value):
        return (type(value).__name__, *(_meaning(getattr(value, f.name)) for f in fields(value)))
    return value


def _besides(here: _Side, there: _Side) -> list[YearChange]:
    """Bonus, penalty and lateness; then what a floor, a ceiling or another total changes."""
    ours, theirs = contributions(here.assessment, here.unit), contributions(there.assessment, there.unit)
    values = {code: (ours.get(code, ZERO), theirs.get(code, ZERO)) for code in (BONUS, PENALTY, LATE, LIMITS)}
    values[FULL] = here.full, there.full
    found = []
    for code, (now, before) in values.items():
        own = code in (BONUS, PENALTY, LATE)
        plain = YearChange(
            Kind.BESIDES if own else Kind.LIMITS, (code,), (code,), Year(lost=-now), Year(lost=-before)
        )
        found.append(replace(plain, unit=now - before) if own else replace(plain, rules=now - before))
    return found
