"""What everybody may know of a counted survey, as plain values: nothing of few, nor what tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parindex.apps.surveys.asking import factors_of
from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.queries import last_count
from parindex.core.kernel.numbers import decimal_text, exact


FIGURES = ("value", "se", "low", "high")


def published(survey: Survey) -> list[dict[str, Any]] | None:
    """By unit the figures over all groups, of each group and of each factor; None where nothing is counted.
    Three queries.

    Percentages are decimals as text; a figure is None where nobody was asked, and says ``hidden`` where fewer
    than the survey's public limit answered. Beside a whole, its groups (or factors) are told all or none:
    where one is hidden, the whole less the others would say what it was.
    """
    count = last_count(survey) if survey.state == Survey.State.COUNTED else None
    if count is None:
        return None
    named = {f.code: {"vi": f.name.vi, "en": f.name.en} for f in factors_of(survey)}
    titles = {g["group"]: dict(zip(("vi", "en"), g["title"], strict=True)) for g in count.content["groups"]}
    return [_unit(survey, unit, named, titles=titles) for unit in count.content["units"]]


def _unit(
    survey: Survey,
    unit: Mapping[str, Any],
    named: Mapping[str, Mapping[str, str]],
    *,
    titles: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    limit = survey.small_public
    groups = [
        {"group": g["group"], "name": titles.get(g["group"], {}), **_both(g, limit)} for g in unit["groups"]
    ]
    factors = [
        {"factor": f["code"], "name": named.get(f["code"], {}), "figure": _figure(f["value"], limit)}
        for f in unit.get("factors", ())
    ]
    whole = _both(unit, limit)
    few = any(one["hidden"] for one in whole.values() if one)
    return {
        "unit": unit["unit"],
        "name": dict(zip(("vi", "en"), unit["name"], strict=True)),
        **whole,
        "groups": [] if few or len(groups) < 2 else _all_or_none(groups, ("satisfied", "index")),
        "factors": [] if few else _all_or_none(factors, ("figure",)),
        "reported_by": sorted({line[4] for line in unit.get("reported", ())}),
    }


def _both(said: Mapping[str, Any], limit: int) -> dict[str, dict[str, Any] | None]:
    return {name: _figure(said[name], limit) for name in ("satisfied", "index")}


def _all_or_none(rows: list[dict[str, Any]], keys: Sequence[str]) -> list[dict[str, Any]]:
    """Rows beside their whole."""
    return [] if any(row[k] and row[k]["hidden"] for row in rows for k in keys) else rows


def _figure(said: Mapping[str, Any] | None, limit: int) -> dict[str, Any] | None:
    """A figure as it is handed out."""
    if said is None:
        return None
    if said["n"] < limit:
        return {**dict.fromkeys(FIGURES), "n": None, "hidden": True}
    told = {k: None if said[k] in (None, "") else decimal_text(exact(said[k]), 8) for k in FIGURES}
    return {**told, "n": said["n"], "hidden": False}
