"""Results as aligned text for a terminal, and the robustness report in its three forms."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from parindex.core.formats.results_file import rows_as_csv
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.framework import Framework, Node
from parindex.core.wording.labels import LEVEL, STATUS, grade_scale, policy_sentences, type_name, word
from parindex.core.wording.notation import day, number, some


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
    for basis in framework.legal_basis:
        issued = f", {day(basis.issued, language)}" if basis.issued else ""
        lines.append(f"  {basis.document}{issued}{'. ' + basis.source if basis.source else ''}")
    lines.append("")
    for root in framework.tree:
        lines += _branch_lines(framework, root, language, depth=0)
    lines += ["", _counts(framework, language), *policy_sentences(framework, language)]
    if framework.grades.bands:
        lines.append(("Xếp loại: " if vi else "Grades: ") + grade_scale(framework, language) + ".")
    return "\n".join(lines)


def _maximum_text(framework: Framework, node: Node, language: str) -> str:
    """A node's maximum, by unit type where levels differ."""
    if isinstance(node.max, Fraction):
        return number(node.max, language)
    return "; ".join(
        f"{type_name(framework, t, language)} {number(m, language)}" for t, m in node.max.items()
    )


def _branch_lines(framework: Framework, node: Node, language: str, *, depth: int) -> list[str]:
    """A node and the inner nodes below it, each with its maximum and its number of leaves."""
    leaves = sum(n.is_leaf for n in node.walk())
    counted = f"{leaves} tiêu chí chấm" if language == "vi" else some(leaves, "leaf", "leaves")
    line = f"{'  ' * depth}{node.code} {node.name.in_(language)}: {_maximum_text(framework, node, language)}"
    lines = [line + (f" ({counted})" if node.children else "")]
    for child in node.children:
        if child.children:
            lines += _branch_lines(framework, child, language, depth=depth + 1)
    return lines


def _counts(framework: Framework, language: str) -> str:
    """How many parts, areas, criteria, leaves; the maximum; the kinds of rules."""
    levels = Counter(_levels(framework))
    counts = [_counted(level, levels[level], language) for level in LEVEL if levels[level]]
    leaves = [n for n in framework.nodes.values() if n.is_leaf]
    kinds = Counter(n.rule.kind for n in framework.leaves.values() if n.rule)
    types = [t.code for t in framework.unit_types] or [""]
    maxima = sorted({framework.max_for(t) for t in types}, reverse=True)
    total = " / ".join(number(m, language) for m in maxima)
    vi, extras = language == "vi", len(framework.extras)
    counts.append(f"{len(leaves)} tiêu chí chấm" if vi else some(len(leaves), "leaf", "leaves"))
    if extras:
        counts.append(f"{extras} mục thưởng, trừ" if vi else some(extras, "bonus or penalty item"))
    rules = ", ".join(f"{k} {n}" for k, n in kinds.most_common())
    head = "Tổng điểm tối đa" if language == "vi" else "Maximum"
    return f"{head} {total}; {', '.join(counts)}.\n{'Cách chấm' if language == 'vi' else 'Rules'}: {rules}."


def _levels(framework: Framework) -> Iterator[str]:
    """Every node's level: as declared; where a set declares none, by depth from the area down."""
    nodes = framework.nodes.values()
    if any(n.level for n in nodes):
        yield from (n.level for n in nodes if n.level)
        return
    names = ("area", "criterion", "component")
    depth: dict[str, int] = {}
    for node in nodes:
        above = framework.parents.get(node.code)
        depth[node.code] = depth[above.code] + 1 if above else 0
        yield names[min(depth[node.code], 2)]


def _counted(level: str, count: int, language: str) -> str:
    """``7 lĩnh vực`` / ``7 areas``."""
    name = word(LEVEL, level, language).lower()
    more = "criteria" if name == "criterion" else ""
    return f"{count} {name}" if language == "vi" else some(count, name, more)


def robustness_report(assessment: Assessment, result: Robustness, form: str, *, language: str) -> str:
    """The robustness of a round as a table, CSV or JSON; the latter two with the share of each rank."""
    header, rows = result.rows()
    shares = result.rank_shares()
    if form == "json":
        units = [
            {**dict(zip(header, row, strict=True)), "ranks": shares.get((row[0], row[1]))} for row in rows
        ]
        return json.dumps({**result.recipe(), "units": units}, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        ranks = (shares.get((row[0], row[1]), {}).items() for row in rows)
        said = (";".join(f"{r}={p:g}" for r, p in of) for of in ranks)
        return rows_as_csv([*header, "ranks"], [[*row, text] for row, text in zip(rows, said, strict=True)])
    return _robustness_table(assessment, result, language)


def _robustness_table(assessment: Assessment, result: Robustness, language: str) -> str:
    """Each ranking group's ranks with their bands, tiers and the odds of each grade, and what was drawn."""
    vi = language == "vi"
    bands = assessment.framework.grades.bands
    header = (
        ["Hạng", "Đơn vị", "Trung vị", "5–95 %", "Nhóm"]
        if vi
        else ["Rank", "Unit", "Median", "5–95%", "Tier"]
    ) + [f"{b.name.in_(language)} %" for b in bands]
    parts = []
    for group, members in assessment.groups().items():
        lines = []
        for unit in (result.units[u] for u in members):
            ranked = unit.median_rank is not None
            ranks = (
                [unit.median_rank, f"{unit.low_rank}–{unit.high_rank}", unit.tier] if ranked else ["–"] * 3
            )
            odds = [_percent(unit.grades.get(b.id), language) for b in bands]
            lines.append([str(unit.rank or "–"), unit.name, *map(str, ranks), *odds])
        columns = frozenset(range(len(header))) - {1}
        parts.append((f"{group}\n" if group else "") + aligned(header, lines, columns))
    return "\n".join(parts) + "\n" + _drawn(result, language)


def _percent(share: float | None, language: str) -> str:
    """A share of the draws in percent."""
    if share is None:
        return "–"
    text = f"{share * 100:.1f}"
    return text.replace(".", ",") if language == "vi" else text


def _drawn(result: Robustness, language: str) -> str:
    """What was drawn, how to repeat it, and what a tier is."""
    share = number(Fraction(str(result.weights)) * 100, language)
    errors = result.survey_errors
    if language == "vi":
        also = f", kèm sai số của {errors} kết quả khảo sát" if errors else ""
        return (
            f"{number(result.draws, 'vi')} lần tính với trọng số thay đổi ngẫu nhiên tới ±{share} %{also}; "
            f"số khởi tạo {result.seed}.\n"
            "Nhóm: các đơn vị liền nhau có khoảng 5–95 % giao với khoảng của đơn vị đầu nhóm, "
            "chưa đủ cơ sở để nói đơn vị nào hơn.\n"
        )
    also = f" and the errors of {some(errors, 'survey answer')}" if errors else ""
    return (
        f"{some(result.draws, 'draw')} with weights varying at random by up to ±{share}%{also}; "
        f"seed {result.seed}.\n"
        "Tier: neighbours whose 5–95% band overlaps that of the tier's first unit, so can't be told apart.\n"
    )
