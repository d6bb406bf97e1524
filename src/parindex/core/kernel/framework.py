"""A criteria set (bộ tiêu chí) as plain frozen data: the tree and the declared policies.

The dataclass fields are the keys of the framework file; `parindex.core.formats` reads YAML into them and
derives the published JSON Schema from them. Nothing here computes a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.rules import AnyRule
from parindex.core.kernel.text import Text, name_key


Level = Literal["part", "area", "criterion", "component"]
Method = Literal["appraisal", "survey", "measured"]
Status = Literal["official", "transcribed", "partial", "constructed"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the set rests on: number and notation, date, issuer, and where it was read."""

    document: str
    issued: date | None = None
    issuer: Text | None = None
    title: Text | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of legal dates (Asia/Ho_Chi_Minh), both ends inclusive; `cutoff`: last day data may describe."""

    start: date
    end: date
    cutoff: date | None = None


@dataclass(frozen=True, slots=True)
class UnitType:
    """A kind of unit the set applies to (sở, huyện, xã)."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit the set applies to by name, with its type and ranking group where the set fixes them."""

    name: str
    type: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Exemption:
    """Units or types a criterion is not for, with the legal ground."""

    ground: Text
    units: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def covers(self, unit: str, unit_type: str) -> bool:
        """Whether the unit, by name or type, is exempt."""
        return unit in self.units or unit_type in self.types


@dataclass(frozen=True)
class Node:
    """A part, area, criterion or component. A node without children is a leaf and has a rule.

    Attributes:
        max: maximum points; a mapping from unit type to points where levels differ (0: not for that type).
        method: appraisal, survey or measured; inherited from the parent when empty.
        printed: the way of scoring as the document prints it, word for word.
        indicator: code of the measured indicator whose value is proposed as this leaf's answer; read by
            no rule.
        no_case: what "no case arose" gives: full points, not applicable, zero; None: that answer is refused.
        not_applicable_if: in words, when "not applicable" is granted.
        period: what its data describe, where that differs from the framework's period.
        window: when its evidence must have been issued, where that differs.
    """

    code: str
    name: Text
    max: Fraction | Mapping[str, Fraction]
    level: Level | None = None
    method: Method | None = None
    appraiser: Text | None = None
    evidence: tuple[Text, ...] = ()
    printed: Text | None = None
    note: Text | None = None
    rule: AnyRule | None = None
    indicator: str = ""
    no_case: Literal["full", "not_applicable", "zero"] | None = None
    not_applicable_if: Text | None = None
    exempt: tuple[Exemption, ...] = ()
    period: Window | None = None
    window: Window | None = None
    children: tuple[Node, ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Whether answers are given here."""
        return not self.children

    def max_for(self, unit_type: str) -> Fraction:
        """Maximum points for a unit type; 0 where the node is not for it."""
        if isinstance(self.max, Fraction):
            return self.max
        return self.max.get(unit_type, Fraction(0))

    def exemption(self, unit: str, unit_type: str) -> Exemption | None:
        """The exemption that covers a unit, if any (its own; the caller walks the ancestors)."""
        return next((e for e in self.exempt if e.covers(unit, unit_type)), None)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Extra:
    """Bonus (điểm thưởng) or penalty (điểm trừ): leaves whose points are added or counted off, at most `max`.

    A penalty's rule gives the size of the deduction; the framework counts it off.
    """

    items: tuple[Node, ...]
    max: Fraction | None = None


@dataclass(frozen=True, slots=True)
class IndexPolicy:
    """How points become the index (%).

    Attributes:
        policy: `applicable_maximum`: points / applicable maximum x 100 (Bình Thuận 1013/QĐ-UBND);
            `rescale_then_add_survey`: the appraised part is rescaled to its full maximum, survey points are
            added, the sum is divided by the full maximum;
            `total`: the sum of points itself is the index, nothing is rescaled (PAPI, 766).
        no_answer: an unanswered leaf counts `zero`, or leaves the unit without index (`unranked`).
        no_survey: a survey leaf without an answer (nobody asked about the unit) counts as any leaf without an
            answer (`no_answer`), is left out with its maximum (`not_applicable`), or leaves the unit without
            index (`unranked`).
        without_survey: for `rescale_then_add_survey`: a unit whose survey leaves are all not applicable has
            its appraised part rescaled to the whole (`rescale`), or keeps the survey's maximum (`zero`).
        extras: bonus and penalty are added to the `points`, or to the `index` in percentage points.
        ceiling: the index never shows above this; None: it may.
    """

    policy: Literal["applicable_maximum", "rescale_then_add_survey", "total"] = "applicable_maximum"
    no_answer: Literal["zero", "unranked"] = "zero"
    no_survey: Literal["no_answer", "not_applicable", "unranked"] = "no_answer"
    without_survey: Literal["rescale", "zero"] = "rescale"
    extras: Literal["points", "index"] = "points"
    ceiling: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact about a unit's result: exactly one test on a node's index, points, or a leaf's answer.

    Attributes:
        node: code of a node, bonus or penalty item; "" is the whole.
        index_below, index_at_least: percent of the node's applicable maximum.
        points_below, points_at_least: points (a penalty item's are negative or 0).
        answered: option ids; holds when the leaf's answer chose one of them.
    """

    node: str = ""
    index_below: Fraction | None = None
    index_at_least: Fraction | None = None
    points_below: Fraction | None = None
    points_at_least: Fraction | None = None
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A grade and the least index for it (inclusive); every condition of `needs` must hold as well."""

    id: str
    name: Text
    min: Fraction
    needs: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """'At most Khá if …': the best grade a unit may have while any condition of `when` holds."""

    at_most: str
    when: tuple[Condition, ...]
    ground: Text | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """At most a share of a ranking group may hold a grade; the rest, lowest first, fall to the next one.

    Attributes:
        grade: the limited grade.
        percent: the share, of the units with this grade or better and the grade `of` (None: of the group's
            graded units).
        rounding: how a fraction of a unit is counted.
        ties: units equal at the limit all `keep` the grade or all `fall`.
    """

    grade: str
    percent: Fraction
    of: str | None = None
    rounding: Literal["down", "half_up", "up"] = "down"
    ties: Literal["keep", "fall"] = "fall"
    ground: Text | None = None


@dataclass(frozen=True, slots=True)
class GradePolicy:
    """Bands on the index, best first, with caps and quotas. No bands: the set does not grade."""

    bands: tuple[Band, ...] = ()
    caps: tuple[Cap, ...] = ()
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True, slots=True)
class Unranked:
    """Units or types that are graded but not ranked with the others, with the ground."""

    ground: Text
    units: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankPolicy:
    """How units of a ranking group are ordered.

    Attributes:
        ties: competition 1,2,2,4; dense 1,2,2,3.
        tie_breakers: node codes compared by their index in turn while units are equal.
        precision: decimals the index is rounded to (half-up) before comparing; None: exact.
    """

    ties: Literal["competition", "dense"] = "competition"
    tie_breakers: tuple[str, ...] = ()
    precision: int | None = None
    not_ranked: tuple[Unranked, ...] = ()


@dataclass(frozen=True, slots=True)
class LateStep:
    """Points off (positive number) for a sheet that comes late: `points` once from `from_day` on, and
    `per_day` for each day from `from_day` on."""

    from_day: int
    points: Fraction = Fraction(0)
    per_day: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class LatePolicy:
    """Late submission: what each day costs, and after how many days the sheet is refused (no index)."""

    steps: tuple[LateStep, ...] = ()
    refused_after: int | None = None
    ground: Text | None = None


@dataclass(frozen=True, slots=True)
class CodeLink:
    """How codes of an earlier version became codes of this one."""

    relation: Literal["same", "renamed", "split", "merged", "new", "dropped"]
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeMap:
    """Which earlier version this one compares with, and on which codes. Unlisted codes: not comparable."""

    id: str
    version: str
    codes: tuple[CodeLink, ...] = ()


@dataclass(frozen=True)
class Framework:
    """One version of one criteria set.

    Attributes:
        parindex: version of the format and of the rules' meaning; 1.
        status: `official` (the text itself was read whole), `transcribed` (from a transcription), `partial`
            (only part is known), `constructed` (made for demonstration; pages must say so).
        subject: what the index is of, for headings ("Chỉ số CCHC").
        period: the year of the round, which need not be 1/1-31/12.
        units: the units it applies to, where it names them; answers of others are refused then.
        decimals: digits shown after the comma, half-up; nothing is rounded inside.
    """

    parindex: Literal[1]
    id: str
    version: str
    title: Text
    status: Status
    tree: tuple[Node, ...]
    status_note: Text | None = None
    subject: Text | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    sources: tuple[str, ...] = ()
    period: Window | None = None
    unit_types: tuple[UnitType, ...] = ()
    units: tuple[ListedUnit, ...] = ()
    holidays: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()
    bonus: Extra | None = None
    penalty: Extra | None = None
    index: IndexPolicy = field(default_factory=IndexPolicy)
    grades: GradePolicy = field(default_factory=GradePolicy)
    ranking: RankPolicy = field(default_factory=RankPolicy)
    late_submission: LatePolicy | None = None
    decimals: int = 2
    code_maps: tuple[CodeMap, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        """Working days by the file's own holidays."""
        return Calendar(frozenset(self.holidays), frozenset(self.worked_days))

    @cached_property
    def type_codes(self) -> frozenset[str]:
        """Codes of the declared unit types."""
        return frozenset(t.code for t in self.unit_types)

    @cached_property
    def listed(self) -> Mapping[str, ListedUnit]:
        """The units it names, by what the ways of writing a name have in common."""
        return {name_key(u.name): u for u in self.units}

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """How it writes each unit that it names anywhere, by `name_key`."""
        exempt = (e.units for n in (*self.nodes.values(), *self.extras.values()) for e in n.exempt)
        named = [[u.name for u in self.units], *exempt, *(g.units for g in self.ranking.not_ranked)]
        found: dict[str, str] = {}
        for name in (name for names in named for name in names):
            found.setdefault(name_key(name), name)
        return found

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node of the tree by code, printed order; bonus and penalty items are in `extras`."""
        return {n.code: n for root in self.tree for n in root.walk()}

    @cached_property
    def extras(self) -> Mapping[str, Node]:
        """Bonus and penalty items by code."""
        return {n.code: n for part in (self.bonus, self.penalty) if part for n in part.items}

    @cached_property
    def leaves(self) -> Mapping[str, Node]:
        """Every leaf that takes an answer: the tree's, then bonus and penalty items."""
        return {c: n for c, n in (*self.nodes.items(), *self.extras.items()) if n.is_leaf}

    @cached_property
    def areas(self) -> tuple[Node, ...]:
        """What a ranking shows beside the index: each root's areas, or the root itself where it has none."""
        return tuple(
            area for root in self.tree for area in ([c for c in root.children if c.level == "area"] or [root])
        )

    @cached_property
    def parents(self) -> Mapping[str, Node]:
        """The parent of each node that has one."""
        return {child.code: n for n in self.nodes.values() for child in n.children}

    def method_of(self, code: str) -> Method:
        """A node's method, inherited from its ancestors; appraisal where none says."""
        node: Node | None = self.nodes.get(code) or self.extras.get(code)
        while node is not None:
            if node.method:
                return node.method
            node = self.parents.get(node.code)
        return "appraisal"

    def without_survey(self, code: str) -> bool:
        """Whether a leaf is left out, with its maximum, where it has no answer: no survey is not zero."""
        return self.index.no_survey == "not_applicable" and self.method_of(code) == "survey"

    def max_for(self, unit_type: str) -> Fraction:
        """The whole tree's maximum for a unit type."""
        return sum((n.max_for(unit_type) for n in self.tree), Fraction(0))
