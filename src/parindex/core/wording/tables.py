"""Results as aligned text for a terminal, and the robustness report in its three forms."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.framework import Framework, Node
from parindex.core.wording.labels import LEVEL, STATUS, grade_scale, policy_sentences, word
from parindex.core.wording.notation import number


if TYPE_CHECKING:
    from parindex.core.kernel.robustness import Robustness


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int]) -> str:
    """Columns padded to their widest cell; `right` are the positions of numbers."""
    table = [list(header), *[list(r) for r in rows]]
    widths = [max(_width(r[k]) for r in table) for k in range(len(header))]
    lines = [
        "  ".join(_pad(cell, widths[k], right=k in right) for k, cell in enumerate(row)).rstrip()
        for row in table
    ]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(not unicodedata.combining(c) for c in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def ranking_table(assessment: Assessment, language: str) -> str:
    """Each ranking group's table: rank, unit, points, applicable maximum, index, grade."""
    vi = language == "vi"
    decimals = assessment.framework.decimals
    header = (
        ("Hạng", "Đơn vị", "Điểm", "Điểm chuẩn", "Chỉ số", "Xếp loại")
        if vi
        else ("Rank", "Unit", "Points", "Maximum", "Index", "Grade")
    )
    parts = []
    for group, members in assessment.groups().items():
        rows = []
        for unit in members:
            o = assessment.units[unit]
            rows.append(
                (
                    str(o.rank) if o.rank else "–",
                    o.participant.name,
                    number(o.points, language, decimals=decimals),
                    number(o.applicable_max, language),
                    "–" if o.index is None else number(o.index, language, decimals=decimals),
                    o.grade.name.in_(language) if o.grade else "–",
                )
            )
        title = f"{group}\n" if group else ""
        parts.append(title + aligned(header, rows, frozenset({0, 2, 3, 4})))
    return "\n".join(parts)


def framework_summary(framework: Framework, language: str) -> str:
    """What a framework holds: identity, tree with maxima, counts, policies."""
    vi = language == "vi"
    lines = [
        f"{framework.id} {framework.version}: {framework.title.in_(language)}",
        ("Tình trạng: " if vi else "Status: ") + word(STATUS, framework.status, language),
    ]
    if framework.status_note:
        lines.append("  " + framework.status_note.in_(language))
    lines += [
        f"  {b.document}{' (' + b.issued.isoformat() + ')' if b.issued else ''} {b.source}".rstrip()
        for b in framework.legal_basis
    ]
    lines.append("")
    for root in framework.tree:
        lines += _branch_lines(root, language, 0)
    lines += ["", _counts(framework, language), *policy_sentences(framework, language)]
    if framework.grades.bands:
        lines.append(("Xếp loại: " if vi else "Grades: ") + grade_scale(framework, language) + ".")
    return "\n".join(lines)


def maximum_text(node: Node, language: str) -> str:
    """A node's maximum, by unit type where levels differ."""
    if isinstance(node.max, Fraction):
        return number(node.max, language)
    return "; ".join(f"{t} {number(m, language)}" for t, m in node.max.items())


def _branch_lines(node: Node, language: str, depth: int) -> list[str]:
    """A node with children and the inner nodes below it."""
    leaves = sum(n.is_leaf for n in node.walk())
    counted = "tiêu chí chấm" if language == "vi" else "leaves"
    line = f"{'  ' * depth}{node.code} {node.name.in_(language)}: {maximum_text(node, language)}" + (
        f" ({leaves} {counted})" if node.children else ""
    )
    lines = [line]
    for child in node.children:
        if child.children:
            lines += _branch_lines(child, language, depth + 1)
    return lines


def _counts(framework: Framework, language: str) -> str:
    """How many parts, areas, criteria, leaves; the maximum; the kinds of rules."""
    levels = Counter[str](n.level for n in framework.nodes.values() if n.level)
    counts = [f"{word(LEVEL, level, language).lower()} {levels[level]}" for level in LEVEL if levels[level]]
    leaves = [n for n in framework.nodes.values() if n.is_leaf]
    kinds = Counter(n.rule.kind for n in framework.leaves.values() if n.rule)
    types = [t.code for t in framework.unit_types] or [""]
    maxima = sorted({framework.max_for(t) for t in types}, reverse=True)
    total = " / ".join(number(m, language) for m in maxima)
    counts.append(f"{'tiêu chí chấm' if language == 'vi' else 'leaves'} {len(leaves)}")
    if framework.extras:
        counts.append(
            f"{'mục thưởng, trừ' if language == 'vi' else 'bonus and penalty items'} {len(framework.extras)}"
        )
    rules = ", ".join(f"{k} {n}" for k, n in kinds.most_common())
    head = "Tổng điểm tối đa" if language == "vi" else "Maximum"
    return f"{head} {total}; {', '.join(counts)}.\n{'Cách chấm' if language == 'vi' else 'Rules'}: {rules}."


def robustness_report(result: Robustness, form: str, language: str) -> str:
    """The robustness of a round as a table, CSV or JSON."""
    header, rows = result.rows()
    if form == "json":
        units = [dict(zip(header, row, strict=True)) for row in rows]
        return json.dumps({**result.recipe(), "units": units}, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(["" if v is None else v for v in row] for row in rows)
        return stream.getvalue()
    shown = [
        [("–" if v is None else f"{v:.3f}" if isinstance(v, float) else str(v)) for v in row] for row in rows
    ]
    text = aligned(header, shown, frozenset(range(2, len(header))))
    recipe = ", ".join(f"{k} {v}" for k, v in result.recipe().items())
    return f"{text}\n{recipe}\n"
