"""Each check of an answer by itself: what it names, and what it lets pass."""

from datetime import date
from fractions import Fraction

import pytest

from parindex.apps.assessments.rules import checks
from parindex.apps.evidence.models import Document
from parindex.core.formats.framework_file import parse_framework
from parindex.core.wording.checks import SENTENCES, check_sentence
from parindex.core.wording.findings import SENTENCES as FINDINGS


SET = """parindex: 1
id: thu
version: "1"
title: Bộ thử
status: constructed
period: {start: 2024-01-01, end: 2024-12-31}
tree:
  - code: A
    name: Lĩnh vực
    max: 10
    children:
      - code: A1
        name: Kế hoạch
        max: 4
        evidence: [{vi: Kế hoạch, en: Plan}]
        window: {start: 2024-01-01, end: 2024-03-31}
        rule: {kind: deadline, due: 2024-02-15, in_time: {points: 4}}
      - {code: A2, name: Tỷ lệ, max: 6, no_case: full, rule: {kind: proportional}}
"""
FRAMEWORK = parse_framework(SET.encode(), "thu.yaml")
PLAN, SHARE = FRAMEWORK.leaves["A1"], FRAMEWORK.leaves["A2"]
NOTE = "Đơn vị đã triển khai đầy đủ các nội dung theo kế hoạch, có kiểm tra và báo cáo kết quả đúng hạn."


def _codes(findings):
    return [f.code for f in findings]


@pytest.mark.parametrize(
    ("said", "measured", "codes"),
    [("9/10", "8/10", ["contradicts_measured"]), ("9/10", "9/10", []), ("9/10", "", []), ("", "9/10", [])],
)
def test_an_answer_is_held_against_what_was_measured(said, measured, codes):
    """Where both are there."""
    assert _codes(checks.contradicts(said, measured)) == codes


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [("1", "7/10", ["big_jump"]), ("1", "71/100", []), ("1/2", "1", []), ("1", None, [])],
)
def test_a_big_jump_is_three_tenths_of_the_maximum(now, before, codes):
    """Upwards, and only where the year before compares."""
    assert _codes(checks.jumped(Fraction(now), Fraction(before) if before else None)) == codes


@pytest.mark.parametrize(
    ("leaf", "points", "documents", "codes"),
    [
        (PLAN, 4, 0, ["maximum_without_documents"]),
        (PLAN, 4, 1, []),
        (PLAN, 3, 0, []),
        (SHARE, 6, 0, []),
    ],
)
def test_all_points_without_a_document(leaf, points, documents, codes):
    """Where the leaf asks for one."""
    maximum = leaf.max_for("so")
    assert _codes(checks.without_documents(leaf, Fraction(points), maximum, documents=documents)) == codes


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [
        ("no-case", "9/10", ["no_case_now"]),
        ("no-case", "no-case", []),
        ("no-case", "", []),
        ("9/10", "9/10", []),
    ],
)
def test_no_case_where_there_were_cases(now, before, codes):
    """The year before."""
    assert _codes(checks.no_case_now(now, SHARE, before=before, leaf_before=SHARE)) == codes
    assert checks.no_case_now(now, SHARE, before=before, leaf_before=None) == []


def test_the_same_file_or_the_same_long_note_at_other_units():
    """One's own does not count, nor a short note; blanks and capitals do not matter."""
    assert checks.same_file_elsewhere(["a"], {"a": ["Sở Một", "Sở Hai"]}, "Sở Một")[0].data == {
        "units": ("Sở Hai",)
    }
    assert checks.same_file_elsewhere(["a"], {"a": ["Sở Một", "Sở Một"]}, "Sở Một") == []
    owners = {checks.note_key(NOTE.upper()): ["Sở Một", "Sở Hai"]}
    assert _codes(checks.same_note_elsewhere(f" {NOTE}\n", owners, "Sở Một")) == ["same_note_elsewhere"]
    assert checks.same_note_elsewhere("Đã làm.", {"": ["Sở Hai"]}, "Sở Một") == []


@pytest.mark.parametrize(
    ("day", "issuer", "codes"),
    [
        (date(2024, 2, 1), "Sở Một", []),
        (date(2024, 2, 20), "Sở Một", ["dated_after_deadline"]),
        (date(2024, 4, 1), "Sở Một", ["dated_outside", "dated_after_deadline"]),
        (date(2023, 12, 30), "", ["dated_outside"]),
        (date(2024, 2, 1), "Sở Hai", ["issued_by_other"]),
        (None, "", []),
    ],
)
def test_documents_are_dated_inside_the_window_and_issued_by_the_unit(day, issuer, codes):
    """Each named by its label."""
    document = Document(number="12/KH", issued_on=day, issuer=issuer)
    found = checks.doubtful_documents(FRAMEWORK, PLAN, [document], unit="Sở Một", today=date(2025, 1, 9))
    assert _codes(found) == codes
    assert all(check_sentence(f.code, f.data, "vi").startswith("12/KH: ") for f in found)


def test_every_check_has_its_sentence_in_both_languages():
    """Those about documents are said as in the store of evidence."""
    assert set(FINDINGS) >= checks.ABOUT_DATES
    assert not set(SENTENCES) & set(FINDINGS)
    said = check_sentence("big_jump", {"before": Fraction(0), "now": Fraction(80)}, "en")
    assert said == "A big jump on the year before: from 0% to 80% of the maximum."
