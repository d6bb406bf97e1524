"""Answers in words: every kind of answer, and no code of an option or an input on a public page."""

import pytest

from parindex.apps.assessments.models import Ruling
from parindex.apps.frameworks.queries import by_hash, version_of
from parindex.web.parts.answers import answer_facts


SAID = {
    "1.1.1": ("2024-01-03", [("Ngày ban hành", "03/01/2024")], [("Issued on", "3 January 2024")]),
    "1.3.1": ("8/29", [("", "8/29 (27,59%)")], [("", "8/29 (27.59%)")]),
    "1.4.2": ("13", [("", "13 tin, bài")], [("", "13 news items")]),
    "3.1.1": ("n/a", [("", "không đánh giá (không áp dụng)")], [("", "not applicable")]),
    "7.4": ("1.25", [("", "1,25 điểm")], [("", "1.25 points")]),
    "7.2": ("", [("", "chưa có trả lời")], [("", "no answer")]),
    "7.3.1": (
        "points:1.5",
        [("Điểm hội đồng kết luận", "1,5")],
        [("Points ruled by the council", "1.5")],
    ),
    "C.1": ("186/189", [("", "186/189 (98,41%)")], [("", "186/189 (98.41%)")]),
}


@pytest.mark.parametrize("code", SAID)
def test_each_kind_of_answer_is_said_in_both_languages(world, code):
    """As an official reads it."""
    text, vi, en = SAID[code]
    leaf = by_hash(version_of("binhthuan-2024", "1").content_hash).leaves[code]
    assert answer_facts(leaf, text, "vi") == vi
    assert answer_facts(leaf, text, "en") == en


def test_a_case_is_named_before_its_answer(world):
    """And inputs by their names."""
    leaves = by_hash(version_of("binhthuan-2024", "1").content_hash).leaves
    assert answer_facts(leaves["1.7"], "co-ton-tai: 11/12", "vi") == [
        ("Trường hợp", "Năm trước có tồn tại được chỉ ra"),
        ("", "11/12 (91,67%)"),
    ]
    assert [value for _, value in answer_facts(leaves["B.1"], "A=108;B=16;C=5;D=0", "vi")] == [
        "108", "16", "5", "0",
    ]  # fmt: skip


def test_no_code_is_left_in_any_answer_of_the_demonstration(world):
    """Ids of options, conditions, cases and inputs are for machines."""
    seen = 0
    rulings = Ruling.objects.filter(participant__round__territory__code="minh-hoa")
    kept = rulings.values_list("participant__round__framework__content_hash", "leaf", "answer").distinct()
    for content_hash, code, answer in kept:
        leaf = by_hash(content_hash).leaves[code]
        ids = _ids(leaf.rule)
        for label, value in answer_facts(leaf, answer, "vi"):
            assert label not in ids, (code, answer)
            assert not ids & set(value.split("; ")), (code, answer)
            assert "=" not in value
        seen += 1
    assert seen > 1000


def _ids(rule):
    """Every id that an answer to a rule may name, where it does not read like a word itself."""
    named = [*getattr(rule, "options", ()), *getattr(rule, "conditions", ()), *getattr(rule, "inputs", ())]
    found = {n.id for n in named}
    for case in getattr(rule, "branches", ()):
        found |= {case.id} | _ids(case.rule)
    return found - {n.name.vi for n in named}
