"""A unit: its score down the tree, lost points largest first, the reason for every leaf; and one leaf alone.

Each as far as the round's decision makes it public.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries import standing_errors
from parindex.apps.results import queries
from parindex.apps.results.rows import GroupTable, NodeLine, UnitLine
from parindex.core.kernel.framework import Node
from parindex.core.kernel.indexing import survey_leaves
from parindex.core.kernel.time import legal_date
from parindex.core.wording.notation import number, percent
from parindex.core.wording.reasons import remark_sentence
from parindex.web.parts import files
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import seen_participant
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import points
from parindex.web.public import pages, standing
from parindex.web.public.views.documents import documents_of
from parindex.web.public.views.leaf import leaf_context
from parindex.web.public.views.promised import promised_by
from parindex.web.public.views.publications import told


LOSSES = 10
ZERO = Fraction(0)


def unit(request: HttpRequest, *, territory: str, year: int, group: str, unit: str) -> HttpResponse:
    """One unit in one year."""
    place = pages.find_place(territory)
    table = pages.find_table(territory, year, group)
    line = pages.find_line(table, unit)
    nodes = queries.unit_nodes(table, unit)
    beside = standing.neighbours(table, line)
    other = beside["before"] or beside["after"]
    here = pages.unit_url(table, unit)
    context = {
        **pages.frame(place, table),
        "year": year,
        "group": table,
        "round_title": table.round_title,
        "unit": line,
        "percent": table.percent,
        "graded": bool(table.framework.grades.bands),
        "publicity": table.publicity,
        "published": told([table.result]),
        "documents": documents_of(table, line),
        "promised": promised_by(table, line, legal_date(cast(Desk, request).at)),
        "equation_words": _equation(line),
        "against": standing.against_median(table, line),
        "band": standing.band(table, line),
        "trend": standing.trend(table, line),
        **(_explained if table.publicity.shows_reasons else _summed)(table, line, nodes),
        **beside,
        "year_url": pages.year_url(territory, year),
        "group_url": pages.group_url(table),
        "framework_url": pages.framework_url(table),
        "compare_url": pages.compare_url(table, unit, *([other["line"].code] if other else [])),
        "files": files.links(here) if nodes else [],
        "brief_url": _brief_url(request, table, line),
    }
    return render(request, "public/unit.html", context)


def _brief_url(request: HttpRequest, table: GroupTable, line: UnitLine) -> str:
    """The page for the unit's head, where whoever is signed in sees the unit's sheet."""
    participant = seen_participant(request, result=table.result, unit=line.code)
    return reverse("unit:brief", args=[participant.round, line.code]) if participant else ""


def _explained(table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> dict[str, Any]:
    """Every point with its reason."""
    tree = _Tree(table, line, nodes)
    losses = tree.losses()
    return {
        "sentences": _sentences(table, line, nodes),
        "balance": _balance(table, line, nodes),
        "losses": losses[:LOSSES],
        "lost_at": len(losses),
        "lost": sum((row["lost"] for row in losses), ZERO),
        "lost_shown": sum((row["lost"] for row in losses[:LOSSES]), ZERO),
        "ladder": standing.ladder(table, line, nodes),
        "tree": [tree.row(n) for n in table.framework.tree],
        "extras": [tree.row(n) | {"lost": None} for n in table.framework.extras.values()],
    }


def _summed(table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> dict[str, Any]:
    """What is known without reasons: remarks on the whole, and the areas where they are public."""
    tree = _Tree(table, line, nodes)
    return {
        "sentences": [remark_sentence(r, table.framework, language()) for r in line.remarks],
        **dict.fromkeys(("balance", "losses", "extras"), ()),
        **dict.fromkeys(("lost_at", "lost", "lost_shown"), 0),
        "ladder": None,
        "tree": [tree.row(n) for n in table.framework.tree if nodes],
    }


class _Tree:
    """A unit's nodes as rows for the page, down to the last that are public."""

    def __init__(self, table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> None:
        self.table = table
        self.line = line
        self.nodes = nodes

    def row(self, node: Node, depth: int = 0) -> dict[str, Any]:
        """A node with its children below it; where nothing was answered there are no points, not 0."""
        kept, silent = self.nodes[node.code], pages.silent(self.line, node)
        return {
            "code": node.code,
            "name": node.name,
            "depth": depth,
            "points": None if silent else kept.points,
            "maximum": kept.maximum,
            "lost": None if silent else kept.lost,
            "rank": kept.rank,
            "median": self.table.medians.get(node.code),
            "why": pages.why(self.table, node, kept.reason),
            "sure": self._sure(node),
            "url": self._url(node),
            "children": [self.row(child, depth + 1) for child in node.children if child.code in self.nodes],
        }

    @cached_property
    def errors(self) -> dict[str, Ruling]:
        """Survey answers with their standard errors. One query, none where no leaf is a survey's."""
        asked = survey_leaves(self.table.framework) if self.table.publicity.shows_reasons else []
        if not asked:
            return {}
        table = self.table
        return standing_errors(
            territory=table.territory, year=table.year, group=table.code, unit=self.line.code, leaves=asked
        )

    def _sure(self, node: Node) -> str:
        """How sure a survey's point is."""
        ruling = self.errors.get(node.code) if node.is_leaf else None
        return pages.sure(node, ruling, self.nodes[node.code]) if ruling else ""

    def _url(self, node: Node) -> str:
        """The page of a leaf, where reasons are public."""
        if not node.is_leaf or not self.table.publicity.shows_reasons:
            return ""
        return pages.leaf_url(self.table, self.line.code, node.code)

    def losses(self) -> list[dict[str, Any]]:
        """Where points were lost, largest first: leaves below their maximum, and what was taken off."""
        if self.line.index is None:
            return []
        rows = [
            self.row(n) for n in self.table.framework.nodes.values() if n.is_leaf and self.nodes[n.code].lost
        ]
        rows += [
            self.row(n) | {"lost": -self.nodes[n.code].points}
            for n in self.table.framework.extras.values()
            if self.nodes[n.code].points < 0
        ]
        for remark in self.line.remarks:
            if remark.code == "late":
                words = remark_sentence(remark, self.table.framework, language())
                late = {"code": "", "url": "", "name": gettext("Nộp muộn"), "why": words}
                rows.append({**late, "lost": remark.data["points"]})
        return sorted(rows, key=lambda row: -row["lost"])


def _sentences(table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> list[str]:
    """What else decided, apart from what the balance says in numbers."""
    said_there = ("bonus", "penalty", "late") if _balance(table, line, nodes) else ()
    remarks = [r for r in line.remarks if r.code not in said_there]
    return [remark_sentence(r, table.framework, language()) for r in remarks] + _left_out(table, line, nodes)


def _balance(table: GroupTable, line: UnitLine, nodes: dict[str, NodeLine]) -> list[dict[str, Any]]:
    """From the applicable maximum to the points held, as signed terms; empty where they do not add up so."""
    leaves = [nodes[c] for c, n in table.framework.nodes.items() if n.is_leaf]
    kept = {r.code.removesuffix("_capped"): r.data["points"] for r in line.remarks if "points" in r.data}
    lost = sum((leaf.lost for leaf in leaves), ZERO)
    terms: list[dict[str, Any]] = [
        {"sign": "−", "points": lost, "words": gettext("điểm mất")},
        {"sign": "+", "points": kept.get("bonus", ZERO), "words": gettext("điểm thưởng")},
        {"sign": "−", "points": kept.get("penalty", ZERO), "words": gettext("điểm trừ")},
        {"sign": "−", "points": kept.get("late", ZERO), "words": gettext("nộp muộn")},
    ]
    total = line.maximum + sum((t["points"] if t["sign"] == "+" else -t["points"] for t in terms), ZERO)
    adds_up = line.index is not None and total == line.points
    return [t for t in terms if t["points"]] if adds_up else []


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


def criterion(
    request: HttpRequest, *, territory: str, year: int, group: str, unit: str, code: str
) -> HttpResponse:
    """One node of one unit; only leaves have a page, others are places on the unit's page."""
    place = pages.find_place(territory)
    table = pages.find_reasons(territory, year, group)
    line = pages.find_line(table, unit)
    if code not in table.framework.leaves:
        raise Http404(code)
    return render(
        request,
        "public/criterion.html",
        {**pages.frame(place, table), **leaf_context(table, line, code)},
    )
