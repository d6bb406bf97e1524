"""The self-assessment report: what it says, that its code ties it to the data, and its way back signed."""

import io
from datetime import timedelta

import docx
import pypdfium2
import pytest
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile
from test_unit_evidence import own_home  # noqa: F401  a fixture
from test_unit_sheet import NOW, OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.actions import (
    Typing,
    record_answers,
    save_drafts,
    submit_sheet,
    withdraw_sheet,
)
from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.rules import AnswerRow


BY = {"by": "person:1", "at": NOW}
NOTE = "Kèm danh sách hồ sơ quý IV"


@pytest.fixture
def submission(participant):  # noqa: F811
    """Handed in with one answer."""
    save_drafts(participant=participant, typed=[Typing("3.2.2", "9/10", NOTE)], **BY)
    return submit_sheet(participant=participant, **BY)


def _get(client, turn, kind):
    return client.get(address("unit:report_file", (OPEN, UNIT, turn, kind))).content


def _pages(content):
    book = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(book[k].get_textpage().get_text_range().split()) for k in range(len(book))]
    finally:
        book.close()


def _sign(client, code, content=b"", name="Báo cáo đã ký.pdf"):
    sent = {"number": "12/BC-SYT", "date": "2026-01-06", "signer": "Người Ký", "code": code}
    if content:
        sent["file"] = SimpleUploadedFile(name, content)
    return client.post(address("unit:report", (OPEN, UNIT)), sent, follow=True).content.decode()


def test_the_report_says_the_data_and_carries_their_code_on_every_page(visitors, submission):
    """Total, area, criterion with its answer and note; the province says that it is invented."""
    pages = _pages(_get(visitors["focal"], 1, "pdf"))
    whole = " ".join(pages)
    code = "-".join(submission.code[k : k + 4] for k in (0, 4, 8))
    assert len(pages) >= 3
    assert all(code in page and "không có thật" in page for page in pages)
    for words in ("BÁO CÁO", "SỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH MINH HỌA", "/BC-SYT", "0,90/75", "9/10", NOTE):
        assert words in whole, words
    assert "3.2.2" in pages[-1] or "3.2.2" in whole


def test_the_word_file_is_the_same_report_with_room_for_proposals(visitors, submission):
    """To be worked on; the table is whole."""
    book = docx.Document(io.BytesIO(_get(visitors["head"], 1, "docx")))
    texts = [p.text for p in book.paragraphs]
    assert any("KIẾN NGHỊ" in t for t in texts)
    assert [t for t in texts if t.endswith("./.")] == [
        t for t in texts if "chịu trách nhiệm về tính chính xác" in t
    ]
    assert any(t.startswith("(Kèm theo Báo cáo số …/BC-SYT ngày …") for t in texts)
    summary = book.tables[-1]
    codes = [row.cells[0].text for row in summary.rows]
    assert "3.2.2" in codes
    assert summary.rows[codes.index("3.2.2")].cells[4].text.startswith("9/10")


def test_a_report_stays_as_it_was_whatever_happens_later(visitors, submission, participant):  # noqa: F811
    """Survey points, a withdrawal, another submission: the first report is the same file."""
    first = _get(visitors["focal"], 1, "pdf")
    rows = [AnswerRow(UNIT, "8.1", "80")] if "8.1" in _surveys(participant) else []
    rows = rows or [AnswerRow(UNIT, _surveys(participant)[0], "n/a")]
    act = {"by": "person:1", "at": NOW + timedelta(minutes=5)}
    record_answers(round_=participant.round, rows=rows, stage=Ruling.Stage.OPENING, **act)
    withdraw_sheet(participant=participant, **act)
    save_drafts(participant=participant, typed=[Typing("3.2.2", "1/10", "", version=1)], **act)
    submit_sheet(participant=participant, **act)
    assert _get(visitors["focal"], 1, "pdf") == first
    assert _get(visitors["focal"], 2, "pdf") != first
    assert (
        "không còn hiệu lực"
        in visitors["focal"].get(address("unit:receipt", (OPEN, UNIT, 1))).content.decode()
    )


def _surveys(participant):  # noqa: F811
    from parindex.apps.frameworks.queries import by_hash

    framework = by_hash(participant.round.framework.content_hash)
    return [code for code in framework.leaves if framework.method_of(code) == "survey"]


def test_the_signed_file_is_kept_and_its_code_read(visitors, submission, participant):  # noqa: F811
    """Number, date, signer; the file goes to the vault and is shown on the receipt."""
    said = _sign(visitors["focal"], submission.code.lower(), _get(visitors["focal"], 1, "pdf"))
    assert "Đã gắn văn bản" in said
    submission.refresh_from_db()
    assert submission.report_document.file_name == "Báo cáo đã ký.pdf"
    receipt = visitors["focal"].get(address("unit:receipt", (OPEN, UNIT, 1))).content.decode()
    assert "12/BC-SYT" in receipt
    assert submission.report_document.label in receipt


def test_a_paper_of_other_data_is_told_from_this_one(visitors, submission, participant):  # noqa: F811
    """By the code typed, and by the code in the file, also where the right one was typed."""
    old = _get(visitors["focal"], 1, "pdf")
    assert "không khớp" in _sign(visitors["focal"], "AAAABBBBCCCC")
    act = {"by": "person:1", "at": NOW + timedelta(minutes=5)}
    withdraw_sheet(participant=participant, **act)
    save_drafts(participant=participant, typed=[Typing("3.2.2", "1/10", "", version=1)], **act)
    standing = submit_sheet(participant=participant, **act)
    assert "lần nộp 1" in _sign(visitors["focal"], submission.code)
    assert "lần nộp 1" in _sign(visitors["focal"], standing.code, old)
    standing.refresh_from_db()
    assert standing.report_number == ""
    assert "Đã gắn văn bản" in _sign(visitors["focal"], standing.code)


def test_a_disguised_file_signs_nothing(visitors, submission):
    """It is refused with its reason."""
    _sign(visitors["focal"], submission.code, b"#!/bin/sh\nrm -rf /\n")
    submission.refresh_from_db()
    assert submission.report_number == ""


@pytest.mark.parametrize("who", ["neighbour", "stranger"])
def test_a_report_is_for_those_who_see_the_sheet(visitors, submission, who):
    """Nobody else."""
    assert visitors[who].get(address("unit:report_file", (OPEN, UNIT, 1, "pdf"))).status_code == 403


def test_a_report_costs_few_queries(visitors, submission, django_assert_max_num_queries):
    """Whatever stands in it."""
    visitors["focal"].get(address("unit:receipt", (OPEN, UNIT, 1)))
    with django_assert_max_num_queries(18):
        _get(visitors["focal"], 1, "pdf")
