"""Shares and indices of many rated units at once, with their standard errors.

The estimator is the weighted ratio mean; its variance is that of its linearised value between the sampling
units of each stratum, with the finite-population correction (Cochran, Sampling Techniques, chapters 5 and 6;
the method of ``svymean`` in R's survey package):

    R = Σ w y / Σ w          z = w (y - R) / Σ w
    V = Σ over strata (1 - n/N) n / (n - 1) Σ over sampling units (z - mean z)²

A unit is a domain: a sampling unit of its stratum that did not rate it, or has no opinion, has z = 0 and
still counts among the n. A mean of questions has one z for each respondent, so that what the questions share
is in the error. A design effect is V over that of a simple random sample of as many answers (Kish). What
cannot be estimated is NaN and said by a mark; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from parindex.core.surveys.intervals import Floats, Ints, mean_interval, share_interval
from parindex.core.surveys.questionnaire import Item, Question


Measure = Literal["share", "index"]
Weighted = Sequence[tuple[Item, Fraction]]
Codes = npt.NDArray[np.int8] | npt.NDArray[np.int16]


@dataclass(frozen=True)
class Frame:
    """The strata of one group of respondents.

    Attributes:
        population: sampling units (persons, sittings, clusters) of each stratum; None where nobody knows.
        weight: of each answer of the stratum; see `weights`.
    """

    population: tuple[int | None, ...]
    weight: tuple[Fraction, ...]

    @cached_property
    def sizes(self) -> Floats:
        """Populations as floats, infinite where unknown: no correction then."""
        return np.array([np.inf if n is None else n for n in self.population], np.float64)

    @cached_property
    def weights(self) -> Floats:
        """Weights as floats."""
        return np.array([float(w) for w in self.weight], np.float64)


@dataclass(frozen=True, slots=True)
class Forms:
    """Answers as columns, a row for each unit rated by a respondent.

    Attributes:
        unit, stratum: positions from 0.
        cluster: the sampling unit that a row belongs to (a sitting, a village), where several rows may share
            one; None where each row is one.
        answers: item -> position of the option among the question's options, -1 for none.
    """

    unit: Ints
    stratum: Ints
    answers: Mapping[str, Codes]
    cluster: Ints | None = None


@dataclass(frozen=True, slots=True)
class Estimates:
    """One figure of every unit; shares and indices from 0 to 1.

    Attributes:
        forms: rows of the unit; n: those with an opinion that counts.
        no_opinion: rows in which “không đủ thông tin” was chosen.
        value: NaN where nobody had an opinion: no survey, not zero.
        se: NaN where `single` says why; low, high: 95 % interval (see `intervals`).
        deff: design effect; df: degrees of freedom of the interval.
        single: a stratum with one sampling unit, whose spread nobody can know.
        beyond: a stratum with more answers than its population; no correction was made in it.
        in_part: a mean of questions of which some have no opinion at all.
    """

    measure: Measure
    forms: Ints
    n: Ints
    no_opinion: Ints
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    deff: Floats
    df: Ints
    single: npt.NDArray[np.bool_]
    beyond: npt.NDArray[np.bool_]
    in_part: npt.NDArray[np.bool_]


class Counting:
    """Forms of one group of respondents, ready to be estimated from.

    Args:
        units: how many units there are, rated or not.
    """

    def __init__(self, forms: Forms, frame: Frame, units: int) -> None:
        self.forms, self.frame, self.units = forms, frame, units
        self._counts: dict[str, Ints] = {}
        strata = len(frame.population)
        owner = np.zeros(strata, np.int64)
        owner[forms.stratum] = forms.unit
        if np.array_equal(
            owner[forms.stratum], forms.unit
        ):  # each stratum rates one unit: a cell is a stratum
            self.cell, self.stratum_of, self.unit_of = forms.stratum, np.arange(strata), owner
        else:
            keys, self.cell = np.unique(forms.unit * strata + forms.stratum, return_inverse=True)
            self.stratum_of, self.unit_of = keys % strata, keys // strata
        self.rows = np.bincount(self.cell, minlength=len(self.unit_of))
        self.sampled = self._sampled(strata)

    def _sampled(self, strata: int) -> Ints:
        """Sampling units of each stratum that answered."""
        if self.forms.cluster is None:
            return np.bincount(self.forms.stratum, minlength=strata)
        pairs = self.forms.cluster * strata + self.forms.stratum
        return np.bincount(np.unique(pairs) % strata, minlength=strata)

    @cached_property
    def _sampling_units(self) -> tuple[Ints, Ints]:
        """Of clusters: each row's sampling unit within its cell, and the cell of each of these."""
        assert self.forms.cluster is not None
        cells = len(self.unit_of)
        keys, where = np.unique(self.forms.cluster * cells + self.cell, return_inverse=True)
        return where, keys % cells

    def counts(self, item: Item) -> Ints:
        """How often each option was chosen, cells x (options + 1); the first column is no answer."""
        if item.code not in self._counts:
            width = len(item.question.options) + 1
            found = np.bincount(self.place(item), minlength=len(self.unit_of) * width)
            self._counts[item.code] = found.astype(np.int64).reshape(-1, width)
        return self._counts[item.code]

    def place(self, item: Item) -> Ints:
        """Each row's place in `counts`."""
        place: Ints = self.cell * (len(item.question.options) + 1)
        place += self.forms.answers[item.code]
        place += 1
        return place

    def by_unit(self, cells: npt.ArrayLike) -> Floats:
        """Sums over the cells of every unit."""
        return _sums(self.unit_of, np.asarray(cells, np.float64), self.units)


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    """Sums of the values at each place."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64, copy=False)


def option_values(question: Question, measure: Measure) -> tuple[Fraction | None, ...]:
    """What each option counts, 0 to 1; None where it is part of no share."""
    if measure == "share":
        return tuple(None if o.satisfied is None else Fraction(o.satisfied) for o in question.options)
    return tuple(None if o.score is None else o.score / 100 for o in question.options)


def estimate(counting: Counting, items: Weighted, measure: Measure) -> Estimates:
    """The weighted mean over `items` (of one: the item itself) of every unit.

    A unit in which a question has no opinion has the mean of the others, marked `in_part`.
    """
    parts = [_Part(counting, item, weight, measure=measure) for item, weight in items]
    given: Floats = np.zeros(counting.units)
    value: Floats = np.zeros(counting.units)
    for part in parts:
        given += part.known * part.weight
        value += np.where(part.known, part.mean, 0) * part.weight
    with np.errstate(invalid="ignore", divide="ignore"):
        value /= given
    tables = [p.linear(given) for p in parts]
    spread = _Spread(counting, parts, tables)
    return _finished(spread, value, measure)


class _Part:
    """One item: its counts, its mean, and its linearised values."""

    def __init__(self, counting: Counting, item: Item, weight: Fraction, *, measure: Measure) -> None:
        self.counting, self.item, self.weight = counting, item, float(weight)
        values = option_values(item.question, measure)
        self.counted = np.array([False, *(v is not None for v in values)])
        self.values = np.array([0.0, *(float(v or 0) for v in values)])
        self.counts = counting.counts(item)
        self.no_opinion = np.array([False, *(o.no_opinion for o in item.question.options)])
        weights = counting.frame.weights[counting.stratum_of]
        self.total = counting.by_unit(self.counts[:, self.counted].sum(axis=1) * weights)
        self.known = self.total > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            self.mean = counting.by_unit(self.counts @ (self.values * self.counted) * weights) / self.total

    def linear(self, given: Floats) -> Floats:
        """z of a row, cells x (options + 1)."""
        of = self.counting.unit_of
        with np.errstate(invalid="ignore", divide="ignore"):
            share = self.counting.frame.weights[self.counting.stratum_of] * self.weight
            share = share / (self.total * given)[of]
            z = share[:, None] * (self.values - self.mean[of, None])
        return np.where(self.counted & self.known[of, None], z, 0.0)


class _Spread:
    """Sums of z and z² between rows and between sampling units, of every cell."""

    def __init__(self, counting: Counting, parts: Sequence[_Part], tables: Sequence[Floats]) -> None:
        self.counting, cells = counting, len(counting.unit_of)
        self.in_part = np.zeros(counting.units, bool)
        if len(parts) == 1 and counting.forms.cluster is None:
            counts, z = parts[0].counts, tables[0]
            self.answered = counts[:, parts[0].counted].sum(axis=1)
            self.no_opinion = counts[:, parts[0].no_opinion].sum(axis=1)
            self.sums, self.squares = (counts * z).sum(axis=1), (counts * z * z).sum(axis=1)
            self.row_squares = self.squares
            return
        z = np.zeros(len(counting.cell))
        answered, unsure = np.zeros(len(z), bool), np.zeros(len(z), bool)
        for part, table in zip(parts, tables, strict=True):
            z += table.ravel()[counting.place(part.item)]
            column = counting.forms.answers[part.item.code] + 1
            answered |= part.counted[column]
            unsure |= part.no_opinion[column]
        known = [p.known for p in parts]
        self.in_part = np.any(known, axis=0) & ~np.all(known, axis=0)
        self.answered = np.bincount(counting.cell[answered], minlength=cells)
        self.no_opinion = np.bincount(counting.cell[unsure], minlength=cells)
        self.row_squares = _sums(counting.cell, z * z, cells)
        self.sums, self.squares = self._between(z, cells)

    def _between(self, z: Floats, cells: int) -> tuple[Floats, Floats]:
        """Sums over sampling units: of rows, or of what the rows of a cluster add up to."""
        sums = _sums(self.counting.cell, z, cells)
        if self.counting.forms.cluster is None:
            return sums, self.row_squares
        where, cell = self.counting._sampling_units
        together = _sums(where, z, len(cell))
        return sums, _sums(cell, together * together, cells)


def _finished(spread: _Spread, value: Floats, measure: Measure) -> Estimates:
    """Standard errors, design effects and intervals out of the sums."""
    counting = spread.counting
    n, size = counting.sampled[counting.stratum_of], counting.frame.sizes[counting.stratum_of]
    used = spread.answered > 0
    free = np.where(n > size, 1.0, 1 - n / size)  # 1 - sampling fraction
    alone = used & (n == 1) & (size != 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = np.maximum(spread.squares - spread.sums**2 / n, 0) * n / np.maximum(n - 1, 1) * free
    variance = counting.by_unit(np.where(used, between, 0))
    single, answered = counting.by_unit(alone) > 0, counting.by_unit(spread.answered)
    rated = answered > 0
    se = np.where(single | ~rated, np.nan, np.sqrt(variance))
    df = counting.by_unit(np.where(used, n - 1, 0)).astype(np.int64)
    effective, simple = _simple(spread, used)
    with np.errstate(invalid="ignore", divide="ignore"):
        deff = np.where(simple > 0, variance / simple, np.nan)
    low, high = (
        share_interval(value, se, df, effective=effective)
        if measure == "share"
        else mean_interval(value, se, df)
    )
    return Estimates(
        measure=measure,
        forms=counting.by_unit(counting.rows).astype(np.int64),
        n=answered.astype(np.int64),
        no_opinion=counting.by_unit(spread.no_opinion).astype(np.int64),
        value=np.where(rated, value, np.nan),
        se=se,
        low=low,
        high=high,
        deff=np.where(single | ~rated, np.nan, deff),
        df=df,
        single=single,
        beyond=counting.by_unit(used & (n > size)) > 0,
        in_part=spread.in_part,
    )


def _simple(spread: _Spread, used: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Kish's effective answers over (1 - fraction), and the variance of a simple random sample of as many.

    That is (1 - n/N) s² / n, with s² the weighted variance n / (n - 1) Σ w e² / Σ w of the values e = y - R,
    and N the sum of the weights where the population is known, as in ``svymean(deff = TRUE)``.
    """
    counting = spread.counting
    weights = counting.frame.weights[counting.stratum_of]
    n, total = counting.by_unit(spread.answered), counting.by_unit(spread.answered * weights)
    rows = counting.by_unit(np.where(used, counting.rows, 0))
    known = np.isfinite(counting.frame.sizes[counting.stratum_of])
    size = counting.by_unit(np.where(used, np.where(known, counting.rows * weights, np.inf), 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        free = np.where(rows > size, 1.0, 1 - rows / size)
        effective = total**2 / counting.by_unit(spread.answered * weights**2) / free
        squares = counting.by_unit(np.where(weights > 0, spread.row_squares / weights, 0)) * total
        simple = free * squares / np.maximum(n - 1, 1)
    return effective, simple


def exact_value(counting: Counting, items: Weighted, measure: Measure, *, unit: int) -> Fraction | None:
    """`estimate`'s value of one unit, exactly, as points are made of it; None where there is no opinion."""
    cells = np.flatnonzero(counting.unit_of == unit)
    weights = [counting.frame.weight[int(h)] for h in counting.stratum_of[cells]]
    above = below = Fraction(0)
    for item, weight in items:
        values = option_values(item.question, measure)
        part = whole = Fraction(0)
        for w, row in zip(weights, counting.counts(item)[cells, 1:].tolist(), strict=True):
            part += w * sum((v * k for v, k in zip(values, row, strict=True) if v is not None), Fraction(0))
            whole += w * sum(k for v, k in zip(values, row, strict=True) if v is not None)
        if whole:
            above, below = above + weight * part / whole, below + weight
    return above / below if below else None
