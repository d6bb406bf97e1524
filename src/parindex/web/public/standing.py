"""How a unit stands: against its group's median, among its neighbours, over the years, under other weights,
and what stands between it and the places above."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse

from parindex.apps.results import ahead, queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.comparing import WHOLE, comparable_codes
from parindex.core.kernel.framework import Framework
from parindex.core.wording.notation import number
from parindex.web.parts import charts
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages


def against_median(table: GroupTable, line: UnitLine) -> list[dict[str, Any]]:
    """Every area's distance to the group's median in percentage points, greatest strength first."""
    rows: list[dict[str, Any]] = [
        {"code": a.area.code, "name": a.area.name, "difference": a.index - median}
        for a in pages.area_values(table, line)
        if a.index is not None and a.answered and (median := table.medians[a.area.code]) is not None
    ]
    limit = max((abs(row["difference"]) for row in rows), default=Fraction(0)) or Fraction(1)
    for row in rows:
        row["title"] = f"{said(row['name'])}: {signed(row['difference'])}"
        row["chart"] = charts.diverging_bar(row["difference"], limit, row["title"])
    return sorted(rows, key=lambda row: -row["difference"])


def signed(value: Fraction) -> str:
    """A difference with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{points(abs(value))}"


def ladder(table: GroupTable, line: UnitLine, nodes: Mapping[str, NodeLine]) -> dict[str, Any] | None:
    """What it takes to pass the units above and to reach the next grade."""
    found = ahead.steps(table, line, nodes)
    if not found:
        return None
    reachable = bool(ahead.appraised_losses(table.framework, nodes))
    steps = [
        {
            "step": step,
            "index": step.holder.index if step.holder else step.grade and step.grade.min,
            "url": pages.unit_url(table, step.holder.code) if step.holder else "",
            "leaves": [
                {"code": c, "name": table.framework.nodes[c].name, "url": pages.leaf_url(table, line.code, c)}
                for c in step.leaves
            ],
        }
        for step in found
    ]
    return {"steps": steps, "reachable": reachable}


def neighbours(table: GroupTable, line: UnitLine) -> dict[str, dict[str, Any] | None]:
    """The units before and after in the ranking."""

    def beside(at: int) -> dict[str, Any] | None:
        if not 0 <= at < len(table.lines):
            return None
        other = table.lines[at]
        return {"line": other, "url": pages.unit_url(table, other.code)}

    at = next(k for k, other in enumerate(table.lines) if other.code == line.code)
    return {"before": beside(at - 1), "after": beside(at + 1)}


def band(table: GroupTable, line: UnitLine) -> dict[str, Any] | None:
    """How far the rank may move when the weights do, with the recipe in words."""
    if line.band is None or table.robustness is None or line.rank is None:
        return None
    low, high, median = line.band["low"], line.band["high"], line.band["median"]
    draws = number(int(table.robustness["draws"]), language())
    share = f"{float(table.robustness['weights']) * 100:g}"
    span = str(low) if low == high else f"{low}–{high}"
    words = pages.pick(
        f"Nếu trọng số của từng tiêu chí thay đổi ngẫu nhiên trong phạm vi ±{share}% (tính lại {draws} lần, "
        f"giữ nguyên tổng điểm của mỗi lĩnh vực) thì 90% số lần đơn vị đứng hạng {span}; trung vị là hạng "
        f"{median}. Chỉ để tham khảo, không thay đổi kết quả.",
        f"If every criterion’s weight varied at random by up to ±{share}% ({draws} recalculations, each area "
        f"keeping its total), the unit would rank {span} in 90% of them; the median is {median}. For "
        "reference only; the result stands.",
    )
    title = pages.pick(
        f"Hạng {line.rank}; khoảng {low}–{high} trên {table.ranked}",
        f"Rank {line.rank}; {low} to {high} of {table.ranked}",
    )
    return {
        "span": span,
        "words": words,
        "chart": charts.rank_band((low, high), table.ranked, title, rank=line.rank),
    }


def trend(table: GroupTable, line: UnitLine) -> dict[str, Any] | None:
    """The index through the years that may be compared with this one, and a note on those that may not."""
    past = queries.history(table.territory, line.code)
    if len(past) < 2:
        return None
    same = [(y, g, old) for y, g, framework, old in past if _comparable(table.framework, framework)]
    others = sorted({y for y, _, framework, _ in past if not _comparable(table.framework, framework)})
    rows = [
        {
            "year": y,
            "index": old.index,
            "rank": old.rank,
            "url": reverse("public:unit", args=[table.territory, y, g, line.code]),
        }
        for y, g, old in same
    ]
    chart = ""
    if len(same) > 1:
        series = [charts.Series(said(line.name), "c1", [(str(y), old.index) for y, _, old in same])]
        shown = [points(old.index) if len(same) < 6 else "" for _, _, old in same]
        words = "; ".join(f"{y}: {points(old.index)}" for y, _, old in same)
        chart = charts.trend(series, words, shown=shown)
    note = ""
    if others:
        years = ", ".join(map(str, others)) if len(others) < 4 else f"{others[0]}–{others[-1]}"
        note = pages.pick(
            f"Năm {years} tính theo bộ tiêu chí khác nên không so sánh.",
            f"{years}: scored by another criteria set, so not comparable with these years.",
        )
    return {"chart": chart, "rows": rows[::-1], "note": note}


def _comparable(one: Framework, other: Framework) -> bool:
    """Whether the whole indexes of two sets may be compared, whichever came later."""
    return WHOLE in comparable_codes(one, other) or WHOLE in comparable_codes(other, one)
