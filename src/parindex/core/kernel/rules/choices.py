"""Rules on what is the case: points given, a level chosen, conditions met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules.base import Award, Chosen, Terms, Value
from parindex.core.kernel.rules.values import ALL, NONE, id_problems, read_ids
from parindex.core.kernel.text import Text


ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Points:
    """Points given by an appraiser within 0..maximum, in steps of `step` where it is given.

    Reasons: ``points.given`` {given, maximum, step?}.
    """

    kind: ClassVar[str] = "points"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {"points.given": ("given", "maximum")}
    step: Fraction | None = None

    def read(self, text: str) -> Value:
        """A number of points."""
        value = read_number(text)
        if self.step and value % self.step:
            raise AnswerRefused("points_off_step", text=text, step=self.step)
        return value

    def score(self, value: Value, terms: Terms) -> Scored:
        """The points themselves; refused outside 0..maximum."""
        assert isinstance(value, Fraction)
        if not 0 <= value <= terms.maximum:
            raise AnswerRefused("points_out_of_range", points=value, maximum=terms.maximum)
        return Scored(value, Reason("points.given", {"given": value, "maximum": terms.maximum}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 to the maximum."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """A step that is not positive."""
        return (
            [Problem("not_positive", {"key": "step"}, ("step",))]
            if self.step is not None and self.step <= 0
            else []
        )


@dataclass(frozen=True, slots=True)
class Option(Award):
    """One level: its id in answers, its words, its award."""

    id: str = field(kw_only=True)
    name: Text = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several levels, each with its award.

    Reasons: ``choice.option`` {option, award}.
    """

    kind: ClassVar[str] = "choice"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {"choice.option": ("option", "award")}
    options: tuple[Option, ...]

    def read(self, text: str) -> Value:
        """An option's id."""
        ids = read_ids(text, [o.id for o in self.options])
        if len(ids) != 1:
            raise AnswerRefused("option_one", text=text, known=tuple(o.id for o in self.options))
        return Chosen(ids)

    def score(self, value: Value, terms: Terms) -> Scored:
        """The option's award."""
        assert isinstance(value, Chosen)
        option = next(o for o in self.options if o.id == value.ids[0])
        award = option.of(terms.maximum)
        return Scored(award, Reason("choice.option", {"option": option.id, "award": award}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest award."""
        awards = [o.of(maximum) for o in self.options] or [ZERO]
        return min(awards), max(awards)

    def problems(self) -> list[Problem]:
        """Ids and awards."""
        return id_problems([o.id for o in self.options], "options") + [
            p for k, o in enumerate(self.options) for p in o.problems("options", k)
        ]


@dataclass(frozen=True, slots=True)
class Range:
    """A level that leaves the appraiser a range of points, both ends included."""

    id: str
    name: Text
    to: Fraction
    from_: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class LevelRange:
    """One of several levels, each with a range of points.

    Reasons: ``level_range.level`` {option, given, from, to}.
    """

    kind: ClassVar[str] = "level_range"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "level_range.level": ("option", "given", "from", "to")
    }
    options: tuple[Range, ...]

    def read(self, text: str) -> Value:
        """``id:2.5``, or ``id`` alone where the level has one value."""
        name, colon, given = text.partition(":")
        ids = read_ids(name, [o.id for o in self.options])
        if len(ids) != 1:
            raise AnswerRefused("option_one", text=text, known=tuple(o.id for o in self.options))
        level = self._level(ids[0])
        if not colon and level.from_ != level.to:
            raise AnswerRefused("level_needs_points", option=level.id, low=level.from_, high=level.to)
        points = read_number(given) if colon else level.to
        if not level.from_ <= points <= level.to:
            raise AnswerRefused(
                "level_out_of_range", option=level.id, points=points, low=level.from_, high=level.to
            )
        return Chosen(ids, points)

    def _level(self, name: str) -> Range:
        return next(o for o in self.options if o.id == name)

    def score(self, value: Value, terms: Terms) -> Scored:
        """The points given inside the level."""
        assert isinstance(value, Chosen)
        assert value.points is not None
        level = self._level(value.ids[0])
        data = {"option": level.id, "given": value.points, "from": level.from_, "to": level.to}
        return Scored(value.points, Reason("level_range.level", data))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """Least and greatest end of a range."""
        return min((o.from_ for o in self.options), default=ZERO), max(
            (o.to for o in self.options), default=ZERO
        )

    def problems(self) -> list[Problem]:
        """Ids, and ranges the wrong way round."""
        return id_problems([o.id for o in self.options], "options") + [
            Problem("range_backwards", {"low": o.from_, "high": o.to}, ("options", k))
            for k, o in enumerate(self.options)
            if o.from_ > o.to
        ]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition without points of its own."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class AllOrNothing:
    """The maximum when every condition is met, else 0.

    Reasons: ``all_or_nothing.all`` {met}; ``all_or_nothing.some`` {met, missing}.
    """

    kind: ClassVar[str] = "all_or_nothing"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "all_or_nothing.all": ("met",),
        "all_or_nothing.some": ("met", "missing"),
    }
    conditions: tuple[Requirement, ...]

    def read(self, text: str) -> Value:
        """``yes``, ``no``, or the ids that are met."""
        return _read_met(text, [c.id for c in self.conditions])

    def score(self, value: Value, terms: Terms) -> Scored:
        """All or nothing."""
        assert isinstance(value, Chosen)
        missing = tuple(c.id for c in self.conditions if c.id not in value.ids)
        if missing:
            return Scored(ZERO, Reason("all_or_nothing.some", {"met": value.ids, "missing": missing}))
        return Scored(terms.maximum, Reason("all_or_nothing.all", {"met": value.ids}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """0 or the maximum."""
        return ZERO, maximum

    def problems(self) -> list[Problem]:
        """Ids."""
        return id_problems([c.id for c in self.conditions], "conditions")


@dataclass(frozen=True, slots=True)
class Conditions:
    """Each condition met gives its award; they add up.

    Reasons: ``conditions.sum`` {met, missing, award}.
    """

    kind: ClassVar[str] = "conditions"
    REASONS: ClassVar[Mapping[str, tuple[str, ...]]] = {"conditions.sum": ("met", "missing", "award")}
    conditions: tuple[Option, ...]

    def read(self, text: str) -> Value:
        """The ids that are met; ``none``, ``all``."""
        return _read_met(text, [c.id for c in self.conditions])

    def score(self, value: Value, terms: Terms) -> Scored:
        """Sum of the awards of the conditions met."""
        assert isinstance(value, Chosen)
        award = sum((c.of(terms.maximum) for c in self.conditions if c.id in value.ids), ZERO)
        missing = tuple(c.id for c in self.conditions if c.id not in value.ids)
        return Scored(award, Reason("conditions.sum", {"met": value.ids, "missing": missing, "award": award}))

    def extent(self, maximum: Fraction) -> tuple[Fraction, Fraction]:
        """From the negative awards alone to the positive ones alone."""
        awards = [c.of(maximum) for c in self.conditions]
        return sum((a for a in awards if a < 0), ZERO), sum((a for a in awards if a > 0), ZERO)

    def problems(self) -> list[Problem]:
        """Ids and awards."""
        return id_problems([c.id for c in self.conditions], "conditions") + [
            p for k, c in enumerate(self.conditions) for p in c.problems("conditions", k)
        ]


def _read_met(text: str, known: list[str]) -> Chosen:
    """Conditions met; an id wins over a word such as ``all``."""
    word = text.strip().casefold()
    if word not in (k.casefold() for k in known):
        if word in NONE:
            return Chosen(())
        if word in ALL:
            return Chosen(tuple(known))
    return Chosen(read_ids(text, known))
