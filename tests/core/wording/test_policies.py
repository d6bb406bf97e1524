"""A set's policies in sentences: none that decides a grade or a rank is left unsaid."""

import pytest

from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.wording.labels import policy_sentences
from parindex.data import framework_path


QUOTA = """
parindex: 1
id: quota
version: "1"
title: Hạn mức
status: constructed
tree: [{code: x, name: Tổng, max: 100, rule: {kind: points}}]
index: {ceiling: 100}
grades:
  bands:
    - {id: xs, name: {vi: Xuất sắc, en: Excellent}, min: 90, needs: [{node: x, points_at_least: 95}]}
    - {id: tot, name: {vi: Tốt, en: Good}, min: 70}
    - {id: kem, name: {vi: Kém, en: Poor}, min: 0}
  caps: [{at_most: tot, when: [{node: x, points_below: 50}]}]
  quotas: [{grade: xs, percent: 20, of: tot}, {grade: tot, percent: 50}]
"""


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "vi",
            [
                "Chỉ số không vượt quá 100%.",
                "Xuất sắc: còn có điều kiện ở x.",
                "Khống chế xếp loại cao nhất là Tốt (x).",
                "Xuất sắc: không quá 20% số đơn vị được xếp loại Tốt trở lên.",
                "Tốt: không quá 50% số đơn vị được xếp loại.",
            ],
        ),
        (
            "en",
            [
                "The index never exceeds 100%.",
                "Excellent: with conditions on x.",
                "At most Good (x).",
                "Excellent: at most 20% of the units graded Good or better.",
                "Good: at most 50% of the units graded.",
            ],
        ),
    ],
)
def test_ceiling_conditions_caps_and_quotas_are_said(language, sentences):
    said = policy_sentences(parse_framework(QUOTA.encode(), "f.yaml"), language)
    assert [s for s in sentences if s not in said] == []


def test_the_ground_of_a_cap_stands_with_it():
    """The set of 2025: misconduct makes Khá the best grade."""
    said = policy_sentences(load_framework(framework_path("binhthuan-2025")), "vi")
    assert [s for s in said if s.startswith("Khống chế xếp loại cao nhất là Khá (Quy định giả định")]


def test_types_that_are_not_ranked_have_their_names_and_no_grade_where_none_is_given():
    """The monthly set of Khánh Hòa neither grades nor ranks."""
    said = policy_sentences(load_framework(framework_path("khanhhoa-2026-monthly")), "vi")
    assert [s for s in said if s.startswith("Sở, ban, ngành, Xã, phường, đặc khu: không xếp hạng (Kết quả")]
