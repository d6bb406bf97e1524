"""Beside another unit, or the group's median: where the difference of the two indexes comes from."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.improvement import Gap, by_area, gaps
from parindex.core.kernel.improvement.contributions import BONUS, LATE, LIMITS, PENALTY
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import number
from parindex.web.parts import charts
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


MEDIAN = "trung-vi"
MOST = 8


def compared(standing: Standing, asked: str, *, others: bool) -> dict[str, Any]:
    """The comparison that was asked for; without a word the unit just ahead, or the median where the other
    units are not shown."""
    rivals = standing.rivals if others else []
    chosen = next((r for r in rivals if r[1].unit.code == asked), None)
    if chosen is None and asked != MEDIAN:
        chosen = _ahead(standing, rivals)
    parts = gaps(standing.assessment, standing.unit, chosen[0]) if chosen else standing.medians
    return {
        "choices": [{"code": p.unit.code, "name": p.name, "rank": _rank(standing, k)} for k, p in rivals],
        "with": chosen[1].unit.code if chosen else MEDIAN,
        "name": chosen[1].name if chosen else gettext("trung vị của khối"),
        "total": sum((gap.difference for gap in parts), Fraction(0)),
        "areas": _areas(standing, parts),
        "behind": [row_of(standing, gap) for gap in parts[:MOST] if gap.difference < 0],
        "ahead": [row_of(standing, gap) for gap in reversed(parts[-MOST:]) if gap.difference > 0],
    }


def _ahead(standing: Standing, rivals: Sequence[tuple[int, Any]]) -> tuple[int, Any] | None:
    """Whoever is ranked just above; the next below for the first of the group."""
    own = standing.outcome.rank
    above = [r for r in rivals if own is None or (_rank(standing, r[0]) or 0) < own]
    return above[-1] if above else (rivals[0] if rivals else None)


def _rank(standing: Standing, place: int) -> int | None:
    return standing.assessment.units[place].rank


def row_of(standing: Standing, gap: Gap) -> dict[str, Any]:
    """One part of a difference with its name."""
    code = gap.code if gap.code in standing.assessment.framework.nodes else ""
    return {"code": code, "name": _name(standing, gap.code), "gap": gap}


def _areas(standing: Standing, parts: Sequence[Gap]) -> list[dict[str, Any]]:
    """The same by area, with a bar each."""
    found = by_area(standing.assessment, parts)
    limit = max((abs(d) for d in found.values()), default=Fraction(0)) or Fraction(1)
    rows = []
    for code, difference in found.items():
        name = _name(standing, code)
        title = f"{said(name)}: {number(difference, language(), decimals=2)}"
        rows.append(
            {"name": name, "difference": difference, "chart": charts.diverging_bar(difference, limit, title)}
        )
    return rows


def _name(standing: Standing, code: str) -> Text | str:
    """A criterion's name, or what else enters an index."""
    more = besides()
    return more[code] if code in more else standing.assessment.framework.nodes[code].name


def besides() -> dict[str, str]:
    """Names of what enters an index and is no criterion of the tree."""
    return {
        BONUS: gettext("Điểm thưởng"),
        PENALTY: gettext("Điểm trừ"),
        LATE: gettext("Nộp muộn"),
        LIMITS: gettext("Giới hạn của chỉ số"),
    }
