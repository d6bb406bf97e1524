"""Measured values that do not fit each other: the whole and its parts, this year and the last, one unit and
another. None of them is refused; each is something to look at, with the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.organisations.queries import Tree
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import answer_text, number
from parindex.data.indicators import WHOLES


JUMP = Fraction(1, 5)
"""A share that moved by so much on the year before."""
TIMES = 3
"""A count that grew or shrank so many times."""
FEW, MANY = 20, 100
"""Cases from which on a jump, and equal counts of two units, say something."""
HUNDRED = 100
Values = Mapping[tuple[str, int], Value]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a value, with what its sentence needs; `weight`: by which the largest come first."""

    code: str
    value: Value
    weight: Fraction
    data: Mapping[str, object] = field(default_factory=dict)


def doubts(now: Values, before: Values, every: Sequence[Value], *, tree: Tree) -> list[Doubt]:
    """All of them, kind by kind, the largest of each first.

    Args:
        now, before: the values of a year and of the one before it, by indicator's code and unit.
        every: all values of both years, those of months too.
    """
    kinds = (
        _sums(now, tree),
        _months(now, every),
        _wholes(now),
        _jumps(now, before),
        _copies_of_year(now, before),
        _copies_of_units(now, tree),
    )
    return [one for kind in kinds for one in sorted(kind, key=lambda d: -d.weight)]


def _counts(value: Value) -> tuple[int, int] | None:
    """Of a share both counts, of a count itself and 0; None of anything else."""
    if value.numerator is not None and value.denominator is not None:
        return value.numerator, value.denominator
    if value.indicator.kind == Indicator.Kind.COUNT and value.exact is not None:
        return int(value.exact), 0
    return None


def _added(values: Iterable[Value]) -> tuple[int, int]:
    found = [c for c in map(_counts, values) if c is not None]
    return sum(c[0] for c in found), sum(c[1] for c in found)


def _sums(now: Values, tree: Tree) -> Iterator[Doubt]:
    """A unit that has a value of its own and the units right below it: more than the whole, or less where
    every one of them was measured."""
    below: dict[int, list[int]] = {}
    for unit in tree.walk():
        if unit.pk in tree.parents:
            below.setdefault(tree.parents[unit.pk].pk, []).append(unit.pk)
    for (code, key), value in now.items():
        parts = [now[code, pk] for pk in below.get(key, []) if (code, pk) in now]
        parts = [p for p in parts if (p.start, p.end) == (value.start, value.end)]
        whole, sums = _counts(value), _added(parts)
        if whole is None or not parts:
            continue
        is_complete = len(parts) == len(below[key])
        more = max((s - w for s, w in zip(sums, whole, strict=True)), key=abs)
        if more > 0 or (is_complete and more):
            data = {"count": len(parts), "sum": _said(sums, value), "whole": _said(whole, value)}
            yield Doubt("units_apart", value, Fraction(abs(more)), {**data, "more": more})


def _months(now: Values, every: Sequence[Value]) -> Iterator[Doubt]:
    """Shorter periods within a longer one that hold more than it does."""
    shorter: dict[tuple[str, int], list[Value]] = {}
    for value in every:
        if value.start.replace(day=1) == value.end.replace(day=1) and _adds_up(value):
            shorter.setdefault((value.indicator.code, value.unit_id), []).append(value)
    for key, value in now.items():
        parts = [v for v in shorter.get(key, ()) if value.start <= v.start and v.end <= value.end]
        parts = [v for v in parts if v.pk != value.pk and v.as_of <= value.as_of]
        whole, sums = _counts(value), _added(parts)
        if whole is None or not parts or not _adds_up(value):
            continue
        more = max(s - w for s, w in zip(sums, whole, strict=True))
        if more > 0:
            data = {"count": len(parts), "sum": _said(sums, value), "whole": _said(whole, value)}
            yield Doubt("months_apart", value, Fraction(more), {**data, "more": more})


def _adds_up(value: Value) -> bool:
    indicator = value.indicator
    return indicator.kind == Indicator.Kind.SHARE or indicator.over_year == Indicator.OverYear.SUM


def _wholes(now: Values) -> Iterator[Doubt]:
    """The whole of a share, and the count of the same cases by itself."""
    for (code, unit), value in now.items():
        counted = now.get((WHOLES.get(code, ""), unit))
        if counted is None or value.denominator is None or counted.exact is None:
            continue
        same = (counted.start, counted.end, counted.as_of) == (value.start, value.end, value.as_of)
        more = value.denominator - int(counted.exact)
        if same and more:
            data = {"whole": value.denominator, "other": counted.indicator.name, "counted": counted.exact}
            yield Doubt("wholes_apart", value, Fraction(abs(more)), {**data, "more": more})


def _jumps(now: Values, before: Values) -> Iterator[Doubt]:
    """Far above or below the year before."""
    for key, value in now.items():
        was = before.get(key)
        if was is None or value.exact is None or was.exact is None:
            continue
        said = {"was": answer_text(was.written), "now": answer_text(value.written)}
        if value.denominator is not None:
            moved = value.exact - was.exact
            if min(value.denominator, was.denominator or 0) >= FEW and abs(moved) >= JUMP:
                yield Doubt("share_jumped", value, abs(moved), {**said, "more": _points(moved)})
        elif value.indicator.kind == Indicator.Kind.COUNT and _as_long(value, was):
            large, small = max(value.exact, was.exact), min(value.exact, was.exact)
            if large >= FEW and large >= TIMES * small:
                yield Doubt("count_jumped", value, large / max(small, Fraction(1)), said)


def _as_long(one: Value, other: Value) -> bool:
    """Whether both periods last about as long."""
    days = sorted(((one.end - one.start).days + 1, (other.end - other.start).days + 1))
    return days[1] * 10 <= days[0] * 11


def _copies_of_year(now: Values, before: Values) -> Iterator[Doubt]:
    """The very counts of the year before."""
    for key, value in now.items():
        was, counts = before.get(key), _counts(value)
        if was is not None and counts is not None and max(counts) >= FEW and counts == _counts(was):
            data = {"now": answer_text(value.written)}
            yield Doubt("copied_year", value, Fraction(max(counts)), data)


def _copies_of_units(now: Values, tree: Tree) -> Iterator[Doubt]:
    """The very counts of another unit in the same period."""
    names = {u.pk: u.name for u in tree.walk()}
    alike: dict[tuple[object, ...], list[Value]] = {}
    for (code, _), value in now.items():
        counts = _counts(value)
        if value.denominator is not None and counts is not None and counts[1] >= MANY:
            alike.setdefault((code, value.start, value.end, *counts), []).append(value)
    for found in alike.values():
        for value in found[:1] if len(found) > 1 else ():
            others = [names[v.unit_id] for v in found[1:]]
            data = {
                "units": Text(", ".join(n.vi for n in others), ", ".join(n.en or n.vi for n in others)),
                "now": answer_text(value.written),
            }
            yield Doubt("copied_unit", value, Fraction(value.denominator or 0), data)


def _points(moved: Fraction) -> Text:
    """Percentage points with their sign."""
    return Text(*(number(HUNDRED * moved, language, decimals=2) for language in ("vi", "en")))


def _said(counts: tuple[int, int], value: Value) -> Text:
    """Counts as a value is written."""
    return answer_text(str(counts[0]) if value.denominator is None else f"{counts[0]}/{counts[1]}")
