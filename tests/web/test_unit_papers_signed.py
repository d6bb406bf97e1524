"""A unit's appraisal record on the shelf of the round, and its signed copy back: who may, what is refused."""

import pytest
from address_rows import FINISHED
from addresses import address
from django.core.files.uploadedfile import SimpleUploadedFile

from parindex.apps.audit.models import Entry
from parindex.apps.evidence.models import Document
from parindex.apps.papers.models import RECORD, IssuedPaper
from parindex.apps.papers.queries import issued_of
from parindex.core.papers import codes_in


UNIT, OTHER = "so-y-te", "so-van-hoa-the-thao-va-du-lich"
SAID = {"number": "12/BB-HĐTĐ", "date": "2026-01-05", "signer": "Trần Văn A", "position": "Chủ tịch Hội đồng"}
PAGE = address("unit:record", (FINISHED, UNIT))
SHELF = address("papers:units", (FINISHED,))


def _draft(visitors, unit=UNIT):
    return visitors["secretariat"].get(address("unit:record_file", (FINISHED, unit, "pdf"))).content


@pytest.fixture
def issue(visitors):
    """Sends the form as somebody; returns the status and the texts of the page that follows."""

    def send(by="secretariat", *, file=None, **more):
        sent = dict(SAID, **more)
        if file is not None:
            sent["file"] = SimpleUploadedFile("bien-ban.pdf", file)
        answer = visitors[by].post(address("unit:record_issue", (FINISHED, UNIT)), sent, follow=True)
        return answer.status_code, answer.content.decode()

    return send


def _rows():
    return IssuedPaper.objects.filter(kind=RECORD)


def test_the_record_is_signed_comes_back_and_is_read_by_its_unit(visitors, issue, read):
    """With the code of its own rulings; on the shelf and on its page; the ledger names the unit."""
    signed = _draft(visitors)
    status, page = issue(file=signed)
    assert status == 200
    assert "Đã ghi văn bản là đã ban hành." in page
    made = _rows().get()
    assert (made.participant.unit.code, made.code_read, len(made.code)) == (UNIT, True, 12)
    entry = Entry.objects.filter(kind="paper.issued").latest("id")
    assert (entry.payload["paper"], entry.payload["unit"]) == (RECORD, UNIT)
    assert "12/BB-HĐTĐ, 05/01/2026" in read(SHELF, by=visitors["member"]).root.text
    assert "1 bản đã ban hành" in read(address("papers:papers", (FINISHED,)), by=visitors["member"]).root.text
    assert "12/BB-HĐTĐ" in read(PAGE, by=visitors["focal"]).root.text
    url = address("unit:record_signed", (FINISHED, UNIT, made.pk))
    file = visitors["head"].get(url)
    assert b"".join(file.streaming_content) == signed
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert visitors["neighbour"].get(url).status_code == 403


def test_it_is_no_paper_of_the_round_and_of_no_other_unit(visitors, issue):
    """Neither its list nor its addresses lead to it."""
    issue(file=_draft(visitors))
    made = _rows().get()
    assert RECORD not in issued_of(made.round)
    client = visitors["secretariat"]
    assert client.get(address("papers:signed_file", (FINISHED, made.pk))).status_code == 404
    assert client.get(address("unit:record_signed", (FINISHED, OTHER, made.pk))).status_code == 404


def test_another_units_record_is_refused(visitors, issue):
    """By the code at its foot."""
    before = Document.objects.count()
    _, page = issue(file=_draft(visitors, OTHER))
    assert "văn bản được lập từ số liệu khác" in page
    assert not _rows().exists()
    assert Document.objects.count() == before


def test_a_second_issue_replaces_the_first_and_both_stay(visitors, issue, read):
    """For this unit alone."""
    issue()
    issue(number="13/BB-HĐTĐ")
    first, second = _rows().order_by("id")
    assert second.replaces == first
    assert "12/BB-HĐTĐ đã thay thế" in read(PAGE, by=visitors["secretariat"]).root.text


@pytest.mark.parametrize("who", ["focal", "head", "appraiser", "assistant", "leader", "chair", "stranger"])
def test_only_who_runs_the_round_says_so(issue, visitors, who):
    """Whoever only reads the record sees no form."""
    status, _ = issue(by=who)
    assert status == 403
    assert not _rows().exists()
    if who in ("focal", "leader"):
        assert "Ghi là đã ban hành" not in visitors[who].get(PAGE).content.decode()


def test_the_code_changes_with_what_was_ruled(visitors):
    """And differs from unit to unit."""
    import pypdfium2

    codes = []
    for unit in (UNIT, OTHER, UNIT):
        book = pypdfium2.PdfDocument(_draft(visitors, unit))
        try:
            codes.append(codes_in(book[0].get_textpage().get_text_range()))
        finally:
            book.close()
    assert codes[0] == codes[2] != codes[1]
    assert len(codes[0]) == 1
