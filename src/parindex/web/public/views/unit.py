"""A unit: its score down the tree, lost points largest first, the reason for every leaf; and one leaf
alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.comparing import WHOLE, comparable_codes
from parindex.core.kernel.framework import Framework, Node
from parindex.core.wording.notation import number, percent
from parindex.core.wording.reasons import remark_sentence
from parindex.web.parts import charts
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points, said
from parindex.web.public import pages
from parindex.web.public.views.export import FILES
from parindex.web.public.views.leaf import leaf_context


LOSSES = 10
STANDOUTS = 3


def unit(request: HttpRequest, *, territory: str, year: int, group: str, unit: str) -> HttpResponse:
    """One unit in one year."""
    place = pages.find_place(territory)
    table = pages.find_table(territory, year, group)
    line = pages.find_line(table, unit)
    nodes = queries.unit_nodes(table, unit)
    tree = _Tree(table, line, nodes)
    stronger, weaker = _against_median(table, line)
    here = pages.unit_url(table, unit)
    context = {
        **pages.frame(place, table),
        "year": year,
        "group": table,
        "round_title": table.round_title,
        "unit": line,
        "lost": max(line.maximum - line.points, Fraction(0)),
        "percent": table.percent,
        "graded": bool(table.framework.grades.bands),
        "sentences": [remark_sentence(r, table.framework, language()) for r in line.remarks]
        + _left_out(table, line, nodes),
        "equation_words": _equation(line),
        "losses": tree.losses()[:LOSSES],
        "strengths": stronger,
        "weaknesses": weaker,
        "band": _band(table, line),
        "trend": _trend(table, line),
        "tree": [tree.row(n) for n in table.framework.tree],
        "extras": [
            tree.row(n) | {"lost": None} for n in table.framework.extras.values() if nodes[n.code].points
        ],
        "year_url": pages.year_url(territory, year),
        "group_url": pages.group_url(table),
        "framework_url": pages.framework_url(table),
        "compare_url": pages.compare_url(
            table, unit, next((o.code for o in table.lines if o.code != unit), unit)
        ),
        "files": [{"url": f"{here}tai-ve.{kind}", "label": kind.upper()} for kind in FILES],
    }
    return render(request, "public/unit.html", context)


class _Tree:
    """A unit's nodes as rows for the page."""

    def __init__(self, table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> None:
        self.table = table
        self.line = line
        self.nodes = nodes

    def row(self, node: Node, depth: int = 0) -> dict[str, Any]:
        """A node with its children below it."""
        kept = self.nodes[node.code]
        return {
            "code": node.code,
            "name": node.name,
            "depth": depth,
            "points": kept.points,
            "maximum": kept.maximum,
            "lost": kept.lost,
            "rank": kept.rank,
            "median": self.table.medians.get(node.code),
            "why": pages.why(self.table, node, kept.reason),
            "url": pages.leaf_url(self.table, self.line.code, node.code) if node.is_leaf else "",
            "children": [self.row(child, depth + 1) for child in node.children],
        }

    def losses(self) -> list[dict[str, Any]]:
        """Leaves that lost points, largest loss first."""
        leaves = [n for n in self.table.framework.nodes.values() if n.is_leaf and self.nodes[n.code].lost]
        return [self.row(n) for n in sorted(leaves, key=lambda n: -self.nodes[n.code].lost)]


def _equation(line: UnitLine) -> str:
    """The index as an equation in words, for those who hear the page."""
    if line.index is None:
        return ""
    held, full, index = points(line.points), number(line.maximum, language()), percent(line.index, language())
    return pages.pick(
        f"{held} điểm đạt được chia cho {full} điểm chuẩn tối đa áp dụng, nhân 100, bằng {index}",
        f"{held} points divided by the applicable maximum {full}, times 100, is {index}",
    )


def _left_out(table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> list[str]:
    """Which criteria do not apply, and by how much they lower the maximum."""
    out = [
        n
        for n in table.framework.nodes.values()
        if n.is_leaf and n.max_for(line.type) and not nodes[n.code].maximum
    ]
    if not out:
        return []
    total = number(sum((n.max_for(line.type) for n in out), Fraction(0)), language())
    codes = ", ".join(n.code for n in out)
    return [
        pages.pick(
            f"Không đánh giá {len(out)} tiêu chí ({codes}); điểm chuẩn tối đa giảm {total}.",
            f"{len(out)} criteria do not apply ({codes}); the maximum is {total} lower.",
        )
    ]


def _against_median(table: GroupTable, line: UnitLine) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The areas furthest above and below the group's median, in percentage points."""
    differences: list[dict[str, Any]] = [
        {"name": area.name, "difference": index - median}
        for area, index in zip(table.framework.areas, line.areas, strict=True)
        if index is not None and (median := table.medians[area.code]) is not None
    ]
    above = sorted((d for d in differences if d["difference"] > 0), key=lambda d: -d["difference"])
    below = sorted((d for d in differences if d["difference"] < 0), key=lambda d: d["difference"])
    return above[:STANDOUTS], [{**d, "difference": -d["difference"]} for d in below[:STANDOUTS]]


def _band(table: GroupTable, line: UnitLine) -> dict[str, Any] | None:
    """How far the rank may move when the weights do, with the recipe in words."""
    if line.band is None or table.robustness is None or line.rank is None:
        return None
    low, high, median = line.band["low"], line.band["high"], line.band["median"]
    draws = number(int(table.robustness["draws"]), language())
    share = f"{float(table.robustness['weights']) * 100:g}"
    words = pages.pick(
        f"Khi trọng số của từng tiêu chí thay đổi ngẫu nhiên tới ±{share}% ({draws} lần tính, giữ nguyên "
        f"tổng điểm của mỗi lĩnh vực), thứ hạng nằm trong khoảng {low}–{high} ở 90% số lần; "
        f"trung vị là {median}. Khoảng này chỉ để tham khảo.",
        f"When every criterion's weight varies at random by up to ±{share}% ({draws} draws; each area keeps "
        "its total), "
        f"the rank lies between {low} and {high} in 90% of them; the median is {median}. For reference only.",
    )
    title = pages.pick(
        f"Hạng {line.rank}; khoảng {low}–{high} trên {table.ranked}",
        f"Rank {line.rank}; {low} to {high} of {table.ranked}",
    )
    return {
        "low": low,
        "high": high,
        "words": words,
        "chart": charts.rank_band((low, high), table.ranked, title, rank=line.rank, width=420),
    }


def _trend(table: GroupTable, line: UnitLine) -> dict[str, Any] | None:
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
            f"Năm {years} tính theo bộ tiêu chí khác nên không đặt cạnh nhau.",
            f"{years}: another criteria set, so not shown beside these.",
        )
    return {"chart": chart, "rows": rows[::-1], "note": note}


def _comparable(one: Framework, other: Framework) -> bool:
    """Whether the whole indexes of two sets may be compared, whichever came later."""
    return WHOLE in comparable_codes(one, other) or WHOLE in comparable_codes(other, one)


def criterion(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, code: str
) -> HttpResponse:
    """One node of one unit; only leaves have a page, others are places on the unit's page."""
    place = pages.find_place(territory)
    table = pages.find_table(territory, year, group)
    line = pages.find_line(table, unit)
    if code not in table.framework.leaves:
        raise Http404(code)
    return render(
        request,
        "public/criterion.html",
        {**pages.frame(place, table), **leaf_context(table, line, code)},
    )
