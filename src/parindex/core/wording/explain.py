"""The path from a unit's index down to single criteria, in sentences; lost points largest first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import NodeOutcome, UnitOutcome
from parindex.core.kernel.framework import Node, Window
from parindex.core.kernel.insights import losses
from parindex.core.wording.labels import METHOD, NO_CASE, type_name, word
from parindex.core.wording.notation import day, number, percent, some
from parindex.core.wording.reasons import reason_sentence, remark_sentence
from parindex.core.wording.rules import rule_in_words


def explain_unit(assessment: Assessment, unit: int, code: str | None, *, language: str) -> str:
    """The whole explanation of a unit, or the path to one node, as text for a terminal.

    Args:
        assessment: the whole round: ranks need the group.
        unit: position in the table.
        code: a node, bonus or penalty item; None explains everything.
    """
    writer = _Writer(assessment, unit, language)
    lines = [*writer.head(), "", *(writer.path(code) if code else writer.everything())]
    return "\n".join(lines)


class _Writer:
    """One unit's lines."""

    def __init__(self, assessment: Assessment, unit: int, language: str) -> None:
        self.assessment = assessment
        self.framework = assessment.framework
        self.unit = unit
        self.language = language
        self.decimals = assessment.framework.decimals

    def pick(self, vi: str, en: str) -> str:
        return vi if self.language == "vi" else en

    def shown(self, value: Fraction) -> str:
        return number(value, self.language, decimals=self.decimals)

    def head(self) -> Iterator[str]:
        """Index, grade, rank, and how the index came about."""
        outcome = self.assessment.units[self.unit]
        who = outcome.participant
        yield who.name + (f" · {who.group}" if who.group else "")
        yield self.framework.title.in_(self.language)
        yield self.line()
        if outcome.index is not None and self.framework.index.policy != "total":
            yield self.division(outcome)
        for remark in outcome.remarks:
            yield remark_sentence(remark, self.framework, self.language)
        yield from self.lowered()

    def division(self, outcome: UnitOutcome) -> str:
        """Points over maximum; what is added to the index itself, or cut off it, the remarks tell."""
        share = outcome.points / outcome.applicable_max * 100
        first = share == outcome.index
        return self.pick(
            f"{'Chỉ số' if first else 'Tỷ lệ điểm'} = {self.shown(outcome.points)} điểm đạt được"
            f" / {number(outcome.applicable_max, 'vi')} điểm chuẩn tối đa áp dụng × 100"
            f" = {percent(share, 'vi', decimals=self.decimals)}.",
            f"{'Index' if first else 'Share'} = {self.shown(outcome.points)} points"
            f" / {number(outcome.applicable_max, 'en')} applicable maximum × 100"
            f" = {percent(share, 'en', decimals=self.decimals)}.",
        )

    def line(self) -> str:
        """``Hạng 6/19, xếp loại Tốt, chỉ số 84,12 %.``"""
        outcome = self.assessment.units[self.unit]
        ranked = sum(
            1
            for u in self.assessment.units
            if u.rank is not None and u.participant.group == outcome.participant.group
        )
        parts = [
            self.pick(f"Hạng {outcome.rank}/{ranked}", f"Rank {outcome.rank} of {ranked}")
            if outcome.rank
            else self.pick("Không xếp hạng", "Not ranked")
        ]
        if outcome.grade:
            parts.append(self.pick("xếp loại ", "grade ") + outcome.grade.name.in_(self.language))
        if outcome.index is not None:
            is_total = self.framework.index.policy == "total"
            index = (
                self.shown(outcome.index)
                if is_total
                else percent(outcome.index, self.language, decimals=self.decimals)
            )
            parts.append(self.pick("chỉ số ", "index ") + index)
        return ", ".join(parts) + "."

    def lowered(self) -> Iterator[str]:
        """Leaves that do not apply, and by how much they lower the maximum."""
        who = self.assessment.units[self.unit].participant
        out = [
            (code, node)
            for code, node in self.framework.nodes.items()
            if node.is_leaf and node.max_for(who.type) and not self.assessment.node(self.unit, code).max
        ]
        if out:
            total = sum((n.max_for(who.type) for _, n in out), Fraction(0))
            codes = ", ".join(code for code, _ in out)
            lower = number(total, self.language)
            yield self.pick(
                f"Không đánh giá {len(out)} tiêu chí ({codes}), điểm chuẩn tối đa giảm {lower}.",
                f"Not applicable: {some(len(out), 'criterion', 'criteria')} ({codes}); "
                f"the maximum is {lower} lower.",
            )

    def everything(self) -> Iterator[str]:
        """Areas, then every leaf that lost points, largest loss first, then the rest."""
        yield self.pick("Theo lĩnh vực:", "By area:")
        for node in self.framework.tree:
            yield from self.area(node, 1)
        lost = losses(self.assessment, self.unit)
        yield ""
        yield self.pick("Mất điểm, nhiều nhất trước:", "Points lost, largest first:")
        for code, points in lost:
            yield from self.leaf(code, points)
        if not lost:
            yield self.pick("  Không mất điểm.", "  None.")
        full = [c for c, n in self.framework.nodes.items() if n.is_leaf and c not in dict(lost)]
        yield ""
        yield self.pick("Không mất điểm hoặc không áp dụng:", "Nothing lost, or not applicable:")
        for code in full:
            yield from self.leaf(code, Fraction(0))
        extras = [c for c in self.framework.extras if self.assessment.node(self.unit, c).points]
        if extras:
            yield ""
            yield self.pick("Điểm thưởng, điểm trừ:", "Bonus and penalty:")
        for code in extras:
            yield from self.leaf(code, Fraction(0))

    def area(self, node: Node, depth: int) -> Iterator[str]:
        """A node's line and its inner children's."""
        yield "  " * depth + self.short(self.assessment.node(self.unit, node.code), node)
        for child in node.children:
            if child.children:
                yield from self.area(child, depth + 1)

    def short(self, outcome: NodeOutcome, node: Node) -> str:
        """``3 Cải cách TTHC: 14,20/16 (88,75 %)``."""
        index = None if node.code in self.framework.extras else outcome.index
        share = "" if index is None else f" ({percent(index, self.language)})"
        points = f"{self.shown(outcome.points)}/{number(outcome.max, self.language)}"
        return f"{node.code} {node.name.in_(self.language)}: {points}{share}"

    def leaf(self, code: str, lost: Fraction) -> Iterator[str]:
        """A leaf's line and its reason."""
        node = self.framework.leaves[code]
        outcome = self.assessment.node(self.unit, code)
        minus = f"−{self.shown(lost)}  " if lost else ""
        yield f"  {minus}{self.short(outcome, node)}"
        assert outcome.reason is not None
        yield "      " + reason_sentence(outcome.reason, node, self.language, decimals=self.decimals)

    def path(self, code: str) -> Iterator[str]:
        """From the root to one node, then all there is to say of it."""
        node = self.framework.nodes.get(code) or self.framework.extras[code]
        above: list[Node] = []
        parent = self.framework.parents.get(code)
        while parent is not None:
            above.insert(0, parent)
            parent = self.framework.parents.get(parent.code)
        for depth, step in enumerate([*above, node]):
            yield "  " * depth + self.short(self.assessment.node(self.unit, step.code), step)
        if not node.is_leaf:
            below = [self.assessment.node(self.unit, n.code) for n in node.walk() if n.is_leaf]
            for outcome in sorted(below, key=lambda o: o.points - o.max):
                yield from self.leaf(outcome.code, outcome.max - outcome.points)
            return
        yield from self.detail(node)

    def detail(self, node: Node) -> Iterator[str]:
        """One leaf: reason, answer, exact points, the rule, what must prove it."""
        outcome = self.assessment.node(self.unit, node.code)
        assert outcome.reason is not None
        assert node.rule is not None
        yield ""
        yield self.pick("Vì sao: ", "Why: ") + reason_sentence(
            outcome.reason, node, self.language, decimals=self.decimals
        )
        if isinstance(outcome.answer, Input):
            yield self.pick("Trả lời: ", "Answer: ") + outcome.answer.text
        note = self.assessment.table.notes.get((self.unit, node.code))
        if note:
            printable = "".join(c if c.isprintable() else " " for c in note)
            yield self.pick("Ghi chú: ", "Note: ") + " ".join(printable.split())
        yield self.pick("Điểm chính xác: ", "Exact points: ") + f"{outcome.points} / {outcome.max}"
        yield self.pick("Cách chấm:", "How it is scored:")
        if node.printed:
            yield "  " + node.printed.in_(self.language)
        yield from ("  – " + line for line in rule_in_words(node.rule, self.language))
        method = word(METHOD, self.framework.method_of(node.code), self.language)
        by = f" ({node.appraiser.in_(self.language)})" if node.appraiser else ""
        yield self.pick("Phương pháp: ", "Method: ") + method + by
        for item in node.evidence:
            yield self.pick("Tài liệu kiểm chứng: ", "Evidence: ") + item.in_(self.language)
        yield from self.conditions(node)

    def conditions(self, node: Node) -> Iterator[str]:
        """What else a leaf states: its dates, and when it does not apply."""
        if node.period:
            yield self.pick("Kỳ số liệu: ", "Data period: ") + self.span(node.period)
        if node.window:
            yield self.pick("Tài liệu ban hành: ", "Evidence dated: ") + self.span(node.window)
        if node.no_case:
            yield word(NO_CASE, node.no_case, self.language)
        if node.not_applicable_if:
            yield self.pick("Không đánh giá khi: ", "Not applicable when: ") + node.not_applicable_if.in_(
                self.language
            )
        for exemption in node.exempt:
            who = ", ".join(
                [*exemption.units, *(type_name(self.framework, t, self.language) for t in exemption.types)]
            )
            yield self.pick("Miễn đánh giá: ", "Exempt: ") + f"{who} ({exemption.ground.in_(self.language)})"

    def span(self, window: Window) -> str:
        """Two dates, and the last day that counts."""
        said = f"{day(window.start, self.language)} – {day(window.end, self.language)}"
        if window.cutoff:
            said += self.pick(", chốt số liệu ", ", cut off on ") + day(window.cutoff, self.language)
        return said
