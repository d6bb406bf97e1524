"""What the answers of a survey say: the door to the estimation of the core.

A count is kept as plain values. Percentages are exact text (``7503/80``); errors and bounds are decimals;
what cannot be known is None.

    {"units": [{"unit", "name", FIGURES, "factors", "groups": [{"group", FIGURES, "items", "factors"}]}],
     "groups": [{"group", "title", "weight", "issued", "used"}],
     "aside": answers set aside, "body": who carried it out, "measure": which figure the values are}

FIGURES are ``satisfied`` and ``index``, each {"value", "se", "low", "high", "n", "no_opinion"} or None where
nothing was asked or answered; ``value`` of ``items`` and ``factors`` is that of the survey's measure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.models import Answer, Flag, OutsideResult, RespondentGroup, Survey
from parindex.apps.surveys.queries import sittings_by
from parindex.core.kernel.numbers import exact, exact_text
from parindex.core.surveys.columns import Sheet, forms_of
from parindex.core.surveys.estimation import Counting, Frame, Measure, Weighted, estimate, exact_value
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.targets import Combined, Figure, combine, figure, measured, weighted_items
from parindex.core.surveys.weights import response_weights


MEASURES: Mapping[str, Measure] = {"satisfied": "share", "index": "index"}
Figures = Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class _Row:
    """An answer as it is counted."""

    unit: int
    stratum: int | None
    sitting: str
    content: Mapping[str, Any]


def counted(survey: Survey) -> dict[str, Any]:
    """The content of a count, as the answers stand. A fixed number of queries for each group."""
    groups = list(survey.groups.select_related("questionnaire").defer("questionnaire__content"))
    issued = dict(survey.tallies.filter(stratum=None).values_list("group", "issued"))
    used = {row["group"]: row["count"] for row in sittings_by(survey, "group")}
    aside = Answer.objects.filter(survey=survey, flags__decision=Flag.Decision.SET_ASIDE).distinct()
    left_out = set(aside.values_list("pk", flat=True))
    by_group = {g.pk: _of_group(survey, g, left_out) for g in groups}
    units = _units({unit for found in by_group.values() for unit in found})
    outside = _outside(survey)
    rows = [_of_unit(unit, groups, by_group) for unit in units]
    rows += [_reported(unit, said) for unit, said in outside if unit.pk not in {u.pk for u in units}]
    return {
        "units": sorted(rows, key=lambda row: str(row["unit"])),
        "groups": [_told(g, issued.get(g.pk, 0), used.get(g.pk, 0)) for g in groups],
        "aside": len(left_out),
        "body": survey.body,
        "measure": survey.measure,
    }


def _units(keys: set[int]) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=keys).order_by("code"))


def _told(group: RespondentGroup, issued: int, used: int) -> dict[str, Any]:
    return {
        "group": group.code,
        "title": [group.title_vi, group.title_en],
        "weight": group.weight,
        "issued": issued,
        "used": used,
    }


def _of_group(survey: Survey, group: RespondentGroup, left_out: set[int]) -> dict[int, dict[str, Any]]:
    """By unit's key, what one group says of it: the figures of both measures, and of items and factors."""
    form = form_of(group.questionnaire)
    found = Answer.objects.filter(survey=survey, group=group).order_by("pk")
    values = found.values_list("pk", "unit_id", "stratum_id", "sitting", "content")
    rows = [_Row(*more) for pk, *more in values.iterator() if pk not in left_out]
    if not rows:
        return {}
    units = sorted({r.unit for r in rows})
    counting = _counting(group, form, rows=rows, units=units)
    of_all = {name: _figures(counting, weighted_items(form, "", m), m) for name, m in MEASURES.items()}
    measure = MEASURES[survey.measure]
    items = {
        i.code: _figures(counting, [(i, Fraction(1))], measure) for i in form.items if measured(i, measure)
    }
    factors = {
        f.code: _figures(counting, some, measure)
        for f in form.factors
        if (some := weighted_items(form, f.code, measure))
    }
    return {
        unit: {
            **{name: of_all[name][k] for name in MEASURES},
            "items": {code: some[k] for code, some in items.items()},
            "factors": {code: some[k] for code, some in factors.items()},
        }
        for k, unit in enumerate(units)
    }


def _counting(group: RespondentGroup, form: Form, *, rows: Sequence[_Row], units: Sequence[int]) -> Counting:
    """The answers in strata, with weights. Answers outside every stratum are one stratum for each unit, of
    which nobody knows how many there are."""
    strata = list(group.strata.order_by("position"))
    known = {s.pk: k for k, s in enumerate(strata)}
    loose = sorted({r.unit for r in rows if r.stratum is None})
    place = {unit: len(strata) + k for k, unit in enumerate(loose)}
    where = [known[r.stratum] if r.stratum is not None else place[r.unit] for r in rows]
    came = Counter(where)
    answered = [came[k] for k in range(len(strata))]
    sizes = [max(s.population, n) for s, n in zip(strata, answered, strict=True)]
    weights = response_weights(sizes, answered, [s.unit_id for s in strata]).weight if strata else ()
    populations: tuple[int | None, ...] = (*(s.population for s in strata), *(None for _ in loose))
    frame = Frame(populations, (*weights, *(Fraction(1) for _ in loose)))
    several: dict[str, int] = defaultdict(lambda: len(several))
    at = {unit: k for k, unit in enumerate(units)}
    sheets = [Sheet(at[r.unit], h, r.content, several[r.sitting]) for r, h in zip(rows, where, strict=True)]
    return Counting(forms_of(form, sheets), frame, len(units))


def _figures(counting: Counting, items: Weighted, measure: Measure) -> list[Figure | None]:
    """One figure for each unit."""
    if not items:
        return [None] * counting.units
    found = estimate(counting, items, measure)
    return [
        figure(found, unit, exact_value(counting, items, measure, unit=unit))
        for unit in range(counting.units)
    ]


def _of_unit(
    unit: Unit, groups: Sequence[RespondentGroup], found: Mapping[int, Mapping[int, Mapping[str, Any]]]
) -> dict[str, Any]:
    """A unit's figures over all groups, and of each. A group that says nothing of it leaves its weight to the
    others: no survey is not zero."""
    there = [(g, found[g.pk][unit.pk]) for g in groups if unit.pk in found[g.pk]]
    whole = {
        name: plain_combined(combine([(g.exact_weight, said[name]) for g, said in there], missing="rescale"))
        for name in MEASURES
    }
    return {
        "unit": unit.code,
        "name": [unit.name_vi, unit.name_en],
        **whole,
        "factors": _factors(there),
        "groups": [
            {
                "group": g.code,
                **{name: plain(said[name]) for name in MEASURES},
                "items": [{"code": code, "value": plain(one)} for code, one in said["items"].items()],
                "factors": [{"code": code, "value": plain(one)} for code, one in said["factors"].items()],
            }
            for g, said in there
        ],
    }


def _factors(there: Sequence[tuple[RespondentGroup, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Each factor over the groups that were asked about it."""
    codes = dict.fromkeys(code for _, said in there for code in said["factors"])
    asked = {code: [(g, s["factors"][code]) for g, s in there if code in s["factors"]] for code in codes}
    return [
        {
            "code": code,
            "value": plain_combined(combine([(g.exact_weight, one) for g, one in some], missing="rescale")),
        }
        for code, some in asked.items()
    ]


def named_by_factors(survey: Survey) -> dict[str, str]:
    """By factor, the code of the indicator that it gives values of. One query."""
    return dict(survey.factor_indicators.values_list("factor", "indicator__code"))


def figures_by_indicator(
    survey: Survey, named: Mapping[str, str], unit: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """By indicator's code, the figure of one unit of a count that becomes its value: of the whole, and of the
    factors that name an indicator (`named`: indicator's code by factor)."""
    factors = {one["code"]: one["value"] for one in unit.get("factors", ())}
    found = {indicator: factors.get(factor) for factor, indicator in named.items()}
    if survey.indicator is not None:
        found[survey.indicator.code] = unit[survey.measure]
    return {code: one for code, one in found.items() if one is not None}


def plain(one: Figure | None) -> dict[str, Any] | None:
    """A figure as it is kept."""
    if one is None:
        return None
    return {
        "value": exact_text(one.value),
        "se": _decimal(one.spread),
        "low": _decimal(one.low),
        "high": _decimal(one.high),
        "n": one.n,
        "no_opinion": one.no_opinion,
    }


def plain_combined(one: Combined) -> dict[str, Any] | None:
    """The same of several groups together."""
    if one.value is None:
        return None
    return {
        "value": exact_text(one.value),
        "se": _decimal(one.se),
        "low": _decimal(one.low),
        "high": _decimal(one.high),
        "n": one.n,
        "no_opinion": 0,
    }


def _decimal(value: object) -> str | None:
    return None if value is None else str(value)


def _outside(survey: Survey) -> list[tuple[Unit, list[OutsideResult]]]:
    """By unit, what other bodies reported."""
    found: dict[Unit, list[OutsideResult]] = defaultdict(list)
    for one in survey.outside.select_related("unit").order_by("unit__code", "group"):
        found[one.unit].append(one)
    return list(found.items())


def _reported(unit: Unit, said: Sequence[OutsideResult]) -> dict[str, Any]:
    """A reported result as a figure; of several groups their mean by the number of answers, which is what the
    whole of one sample would be."""
    n = sum(one.n for one in said)
    value = sum((exact(one.value) * one.n for one in said), Fraction(0)) / n
    errors = [Fraction(exact(one.se)) * one.n / n for one in said if one.se]
    se = float(sum(e * e for e in errors)) ** 0.5 if len(errors) == len(said) else None
    low = None if se is None else f"{max(float(value) - 1.959964 * se, 0):.6f}"
    high = None if se is None else f"{min(float(value) + 1.959964 * se, 100):.6f}"
    figures = {
        "value": exact_text(value),
        "se": None if se is None else f"{se:.6f}",
        "low": low,
        "high": high,
        "n": n,
        "no_opinion": 0,
    }
    return {
        "unit": unit.code,
        "name": [unit.name_vi, unit.name_en],
        "satisfied": figures,
        "index": figures,
        "factors": [],
        "groups": [],
        "reported": [[one.group, one.value, one.se, one.n, one.body, one.report] for one in said],
    }
