"""What was answered to a leaf, in words: no codes of options, no names of variables."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from parindex.core.kernel.answers import Answer, Input, NoAnswer, NoCase, NotApplicable
from parindex.core.kernel.framework import Node
from parindex.core.kernel.reading import read_answer
from parindex.core.kernel.rules import AnyRule
from parindex.core.kernel.rules.base import Branched, Chosen, Dated, Named, Ratio, Value
from parindex.core.wording.notation import day, number, percent


Fact = tuple[str, str]


def answer_facts(leaf: Node, text: str, language: str) -> list[Fact]:
    """An answer as labelled values; a label is empty where the value says it all.

    Args:
        text: as it stands in a ruling, which the leaf's rule has accepted before.
    """
    return _facts(_Words(language), leaf, read_answer(leaf, text))


class _Words:
    """The two languages of a page."""

    def __init__(self, language: str) -> None:
        self.language = language

    def pick(self, vi: str, en: str) -> str:
        return vi if self.language == "vi" else en


def _facts(w: _Words, leaf: Node, answer: Answer) -> list[Fact]:
    if isinstance(answer, NoAnswer):
        return [("", w.pick("chưa có trả lời", "no answer"))]
    if isinstance(answer, NotApplicable):
        return [("", w.pick("không đánh giá (không áp dụng)", "not applicable"))]
    if isinstance(answer, NoCase):
        return [("", w.pick("không phát sinh trong kỳ", "no case arose in the period"))]
    if isinstance(answer, Input):
        return _value(w, leaf.rule, answer.value)
    given = number(answer.points, w.language)
    return [(w.pick("Điểm hội đồng kết luận", "Points ruled by the council"), given)]


def _value(w: _Words, rule: Any, value: Value) -> list[Fact]:
    """One reading of the rule's input."""
    if isinstance(value, Branched):
        case = rule.case(value.branch)
        inner = _value(w, case.rule, value.value)
        return [(w.pick("Trường hợp", "Case"), str(case.name.in_(w.language))), *inner]
    if isinstance(value, Named):
        return [(_name(w, rule, key), number(n, w.language)) for key, n in value.items]
    if isinstance(value, Chosen):
        return _chosen(w, rule, value)
    if isinstance(value, Dated):
        return _dated(w, value)
    if isinstance(value, Ratio):
        part, whole = number(value.part, w.language), number(value.whole, w.language)
        return [("", f"{part}/{whole} ({percent(value.percent, w.language)})")]
    return [("", _number(w, rule, value))]


def _number(w: _Words, rule: AnyRule, value: Fraction) -> str:
    """A number in the rule's unit: a percentage, points, cases."""
    if getattr(rule, "input", "") == "ratio" or rule.kind in ("survey_options", "satisfaction"):
        return percent(value, w.language, decimals=None)
    unit = getattr(rule, "unit", None)
    said = w.pick("điểm", "points") if rule.kind == "points" else unit.in_(w.language) if unit else ""
    return f"{number(value, w.language)} {said}".strip()


def _chosen(w: _Words, rule: AnyRule, value: Chosen) -> list[Fact]:
    """Levels or conditions by their names."""
    names = "; ".join(_name(w, rule, key) for key in value.ids) or w.pick("không điều kiện nào", "none")
    if value.points is None:
        return [("", names)]
    return [("", names), (w.pick("Điểm cho", "Points given"), number(value.points, w.language))]


def _dated(w: _Words, value: Dated) -> list[Fact]:
    if value.on is None:
        return [("", w.pick("không ban hành", "not issued"))]
    on = (w.pick("Ngày ban hành", "Issued on"), day(value.on, w.language))
    if value.base is None:
        return [on]
    return [on, (w.pick("Tính từ ngày", "Counted from"), day(value.base, w.language))]


def _name(w: _Words, rule: AnyRule, key: str) -> str:
    """The words of an option, a condition or an input."""
    named: list[Any] = [
        *getattr(rule, "options", ()),
        *getattr(rule, "conditions", ()),
        *getattr(rule, "inputs", ()),
    ]
    return next((str(n.name.in_(w.language)) or key for n in named if n.id == key), key)
