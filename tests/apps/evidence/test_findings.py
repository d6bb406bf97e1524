"""Warnings say what does not fit, each in one sentence of each language; none is a refusal."""

import ast
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from evidence_files import LETTER, docx, pdf

import parindex.apps.evidence as room
from parindex.apps.evidence.findings import Expected, metadata_findings
from parindex.apps.evidence.queries import duplicate_findings
from parindex.apps.evidence.rules import Metadata
from parindex.core.wording.findings import SENTENCES, finding_sentence


TODAY = date(2025, 1, 20)
YEAR = Expected(start=date(2024, 1, 1), end=date(2024, 12, 31), deadline=date(2024, 1, 31))
SOUND = Metadata("74/KH-SM", date(2024, 1, 9), "SỞ MỘT")


def _codes(metadata: Metadata, expected: Expected) -> list[str]:
    return [f.code for f in metadata_findings(metadata, expected, today=TODAY)]


@pytest.mark.parametrize(
    ("metadata", "codes"),
    [
        (SOUND, []),
        (Metadata(), ["number_missing", "date_missing"]),
        (Metadata("1/KH", date(2023, 12, 31)), ["dated_outside"]),
        (Metadata("1/KH", date(2024, 1, 1)), []),
        (Metadata("1/KH", date(2024, 1, 31)), []),
        (Metadata("1/KH", date(2024, 2, 1)), ["dated_after_deadline"]),
        (Metadata("1/KH", date(2025, 1, 1)), ["dated_outside", "dated_after_deadline"]),
        (Metadata("1/KH", date(2025, 2, 1)), ["dated_outside", "dated_after_deadline", "dated_in_future"]),
    ],
)
def test_dates_and_numbers(metadata, codes):
    """Bounds are inside."""
    assert _codes(metadata, YEAR) == codes


@pytest.mark.parametrize(
    ("issuer", "unit", "other"),
    [
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch", False),
        ("ỦY BAN NHÂN DÂN XÃ HÀM THẠNH", "UBND xã Hàm Thạnh", False),
        ("ỦY BAN NHÂN DÂN XÃ HÀM THẠNH", "Xã Hàm Thạnh", False),
        ("ỦY BAN NHÂN DÂN XÃ HÀM THẠNH", "Xã Hàm Kiệm", True),
        ("SỞ NỘI VỤ", "Sở Tài chính", True),
        ("", "Sở Tài chính", False),
    ],
)
def test_another_bodys_document_is_noticed(issuer, unit, other):
    """By what is particular in the names."""
    codes = _codes(Metadata("1/KH", date(2024, 1, 9), issuer), Expected(issuers=[unit]))
    assert codes == (["issued_by_other"] if other else [])


def test_the_same_content_and_the_same_number_are_noticed(desk, django_assert_num_queries):
    """At the unit under another name, at another unit, and another file with one number."""
    content = pdf(*LETTER)
    first = desk.upload(content, "a.pdf").document
    second = desk.upload(content, "b.pdf").document
    third = desk.upload(content, "a.pdf", unit=desk.other).document
    other = desk.upload(docx(*LETTER), "c.docx").document
    with django_assert_num_queries(2):
        found = duplicate_findings(
            unit=desk.unit, sha256=first.content.sha256, name="a.pdf", number="74/kh-sm", apart_from=first
        )
    assert [(f.code, f.data.get("other")) for f in found] == [
        ("same_content", second.file_name),
        ("same_content_elsewhere", None),
        ("same_number", other.file_name),
    ]
    assert third.unit.name in found[1].data.values()
    assert duplicate_findings(unit=desk.unit, sha256="0" * 64, name="x", number="1/BC") == []


FACTS = {
    "mark": "MẬT", "count": 2, "example": "0600…", "type": "doc", "day": date(2024, 1, 9),
    "start": date(2024, 1, 1), "end": None, "deadline": date(2024, 1, 31), "issuer": "SỞ HAI",
    "unit": "Sở Một", "name": "a.pdf", "other": "b.pdf", "number": "74/KH-SM", "code": "1.9", "near": "1.1",
}  # fmt: skip


@pytest.mark.parametrize("code", SENTENCES)
def test_every_finding_has_a_sentence_in_both_languages(code):
    vietnamese, english = (finding_sentence(code, FACTS, language) for language in ("vi", "en"))
    assert vietnamese.endswith(".")
    assert english.endswith(".")
    assert vietnamese != english
    assert "None" not in vietnamese


def test_every_finding_that_is_made_has_a_sentence_and_none_is_left_over():
    """In the source of the room; with the data its sentence speaks of."""
    made = {}
    for path in Path(room.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding":
                made[call.args[0].value] = {key.value for key in call.args[1].keys}
    assert set(made) == set(SENTENCES)
    for code, (vi, en) in SENTENCES.items():
        for sentence in (vi, en):
            assert {name for _, name, _, _ in Formatter().parse(sentence) if name} <= made[code]
