"""Whatever can be wrong with the ledger, and every place of a result, has words in both languages."""

import re
from pathlib import Path
from string import Formatter

import pytest

import parindex
from parindex.core.wording.ledger import FAULTS, FIELDS, TABLES, difference_sentence, fault_sentence


APPS = Path(parindex.__file__).parent / "apps"
VERIFY = "".join(path.read_text(encoding="utf-8") for path in (APPS / "audit").glob("*.py"))
CELLS = (APPS / "results" / "cells.py").read_text(encoding="utf-8")


def test_every_fault_has_its_sentence_and_none_is_left_over():
    """As the source makes them."""
    made = set(re.findall(r'"((?:entry|text|sealed|seal|line)_\w+)"', VERIFY))
    assert made == set(FAULTS)


@pytest.mark.parametrize("code", FAULTS)
def test_sentences_of_faults_say_what_they_are_given(code):
    """Both languages use the same data, and say different things."""
    vi, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in FAULTS[code])
    assert vi == en
    said = [fault_sentence(code, dict.fromkeys(vi, "điều ấy"), language) for language in ("vi", "en")]
    assert said[0] != said[1]
    assert all(("điều ấy" in text) == bool(vi) for text in said)


def test_every_field_of_a_result_has_its_word():
    """Those that the cells are named by."""
    fields = {
        name
        for found in re.findall(r"^\w+_FIELDS = \((.*)\)", CELLS, re.M)
        for name in re.findall(r'"(\w+)"', found)
    }
    assert fields - {"answer", "se", "n", "by", "nodes"} <= set(FIELDS)
    assert set(TABLES) == {"participants", "rulings", "result", "groups", "units"}


UNIT, RULED = ("khoi", "so-y-te"), ("so-y-te", "1.2")
SAID = [
    (
        ("units", (*UNIT, "1.2", "points"), "3", None),
        "kết quả của đơn vị › khoi › so-y-te › 1.2 › điểm: đang lưu “3”; theo nhật ký không có",
        "result of the unit › khoi › so-y-te › 1.2 › points: kept is “3”; by the ledger nothing",
    ),
    (
        ("units", (*UNIT, "band"), {"low": 1}, 5),
        'kết quả của đơn vị › khoi › so-y-te › khoảng dao động thứ hạng: đang lưu {"low": 1}; theo nhật ký 5',
        'result of the unit › khoi › so-y-te › rank band: kept is {"low": 1}; by the ledger 5',
    ),
    (
        (
            "rulings",
            (*RULED, "council", "2"),
            ["3", "0.5", "120", "person:1", "2026-01-05"],
            ["4", "", "", "demo", "2026-01-06"],
        ),
        "trả lời › so-y-te › 1.2 › Hội đồng › lượt 2: "
        "đang lưu “3” (sai số chuẩn 0.5, số phiếu 120, person:1, 2026-01-05); "
        "theo nhật ký “4” (demo, 2026-01-06)",
        "answer › so-y-te › 1.2 › Council › turn 2: "
        "kept is “3” (standard error 0.5, respondents 120, person:1, 2026-01-05); "
        "by the ledger “4” (demo, 2026-01-06)",
    ),
    (
        ("rulings", (*RULED, "xa-la", "1"), None, ["4", "", "", "demo", "2026-01-06"]),
        "trả lời › so-y-te › 1.2 › xa-la › lượt 1: đang lưu không có; theo nhật ký “4” (demo, 2026-01-06)",
        "answer › so-y-te › 1.2 › xa-la › turn 1: kept is nothing; by the ledger “4” (demo, 2026-01-06)",
    ),
]


@pytest.mark.parametrize(("difference", "vi", "en"), SAID, ids=["points", "JSON", "survey", "no ruling"])
def test_a_difference_says_where_and_both_values(difference, vi, en):
    """Text in quotation marks, nothing as nothing, what JSON holds as JSON."""
    table, place, stored, rebuilt = difference
    said = [
        difference_sentence(table, place, stored=stored, rebuilt=rebuilt, language=language)
        for language in ("vi", "en")
    ]
    assert said == [vi, en]
