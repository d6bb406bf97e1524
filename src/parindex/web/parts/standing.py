"""Targets wherever they are shown: the goal in words, the forecast with its interval, the light."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.apps.indicators.goals import Goals, Standing, forecasts
from parindex.apps.indicators.models import Indicator, Target
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree
from parindex.core.kernel.forecast import Light
from parindex.web.parts.templatetags.parts import measured, points, said


HUNDRED = 100
STATES = {Light.GREEN: "done", Light.AMBER: "waiting", Light.RED: "back", Light.GREY: ""}
SHAPES = {Light.GREEN: "✔", Light.AMBER: "▲", Light.RED: "✖", Light.GREY: "○"}
NAMED = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A light as it is shown: its state's colour, its shape, its word (a code of the family ``light``)."""

    light: Light

    @property
    def state(self) -> str:
        """The colour, which never stands alone."""
        return STATES[self.light]

    @property
    def shape(self) -> str:
        """Seen without colours."""
        return SHAPES[self.light]


def number(indicator: Indicator, value: Fraction | None) -> str:
    """A share in percent, else the number with what it is measured in; "" for None."""
    if value is None:
        return ""
    if indicator.kind == Indicator.Kind.SHARE:
        return f"{points(value * HUNDRED)}%"
    return f"{measured(value)} {indicator.measure}"


def goal_words(target: Target) -> str:
    """``≥ 95,00%``: the goal with its direction."""
    sign = "≥" if target.indicator.direction == Indicator.Direction.UP else "≤"
    return f"{sign} {number(target.indicator, target.exact_goal)}"


def stood(standing: Standing) -> dict[str, Any]:
    """What ``parts/light.html`` shows of one indicator of one unit."""
    target, found = standing.target, standing.forecast
    indicator = standing.indicator
    ahead = found is not None and found.error != 0
    return {
        "indicator": indicator,
        "now": number(indicator, found.now) if found else "",
        "target": target,
        "goal": goal_words(target) if target else "",
        "baseline": number(indicator, target.exact_baseline) if target else "",
        "light": Shown(standing.light),
        "end": number(indicator, found.end) if found and ahead else "",
        "low": number(indicator, found.low) if found and ahead else "",
        "high": number(indicator, found.high) if found and ahead else "",
        "error": number(indicator, found.error) if found and ahead else "",
    }


def of_unit(unit: Unit, year: int) -> dict[str, dict[str, Any]]:
    """How each indicator that was measured stands, by its code. Two queries, and the way up."""
    goals = Goals.of_unit(unit, year=year)
    found = forecasts([unit.pk], year)
    indicators = {t.indicator.code: t.indicator for t in goals.found.values()}
    shown = {}
    for code, indicator in indicators.items():
        target = goals.of(indicator, unit, year)
        shown[code] = stood(Standing(indicator, target, found.get((code, unit.pk))))
    return shown


def lights_of(tree: Tree, year: int, indicators: list[Indicator]) -> list[dict[str, Any]]:
    """For each indicator that any unit has a target of: how many stand how, and who is off target. Two
    queries."""
    goals = Goals.of_tree(tree, year=year)
    if not goals.found:
        return []
    units = {u.pk: u for u in tree.walk() if u.pk != tree.root.pk}
    found = forecasts(units, year)
    rows = []
    for indicator in indicators:
        standing = {
            pk: Standing(indicator, target, found.get((indicator.code, pk)))
            for pk, unit in units.items()
            if (target := goals.of(indicator, unit, year)) is not None
            and ((indicator.code, pk) in found or target.unit_id == pk)
        }
        if standing:
            rows.append(_lights(indicator, standing, units))
    return rows


def _lights(
    indicator: Indicator, standing: Mapping[int, Standing], units: Mapping[int, Unit]
) -> dict[str, Any]:
    lights = {pk: one.light for pk, one in standing.items()}
    counts = Counter(lights.values())
    red = sorted(said(units[pk].name) for pk, light in lights.items() if light is Light.RED)
    return {
        "indicator": indicator,
        "all": len(lights),
        "counts": [{"light": Shown(light), "count": counts[light]} for light in Light],
        "red": red[:NAMED],
        "more": max(0, len(red) - NAMED),
    }


def goals_of(place: Unit, year: int) -> dict[str, str]:
    """The territory's own goals of a year in words, by the indicator's code. One query, and the way up."""
    goals = Goals.of_unit(place, year=year)
    indicators = {t.indicator for t in goals.found.values()}
    found = {i.code: goals.of(i, place, year) for i in indicators}
    return {code: goal_words(target) for code, target in found.items() if target is not None}
