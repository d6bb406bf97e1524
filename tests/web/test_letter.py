"""The letter to those who are late, and every list of the inner rooms as a workbook."""

import io
import zipfile

import openpyxl
import pypdfium2
import pytest
from addresses import address

from parindex.apps.assessments.models import Round
from parindex.config.training import ROUNDS


CODES = [f"minh-hoa/{r.code}" for r in ROUNDS]


def _round(k):
    return Round.objects.get(code=ROUNDS[k].code)


@pytest.fixture
def at(clock, visitors):
    """Puts the clock into a phase of a training round."""

    def put(k, kind, turn=1, share=0.5):
        phase = _round(k).phases.get(kind=kind, turn=turn)
        clock(phase.opens_at + (phase.closes_at - phase.opens_at) * share)

    return put


def test_units_that_have_not_handed_in_are_listed_and_written_to(visitors, read, at):
    """Before the deadline as those who have not done it yet."""
    at(0, "self")
    page = read(address("steer:letter", (CODES[0],)), by=visitors["assistant"])
    assert "còn 29 cơ quan, đơn vị, địa phương chưa nộp bảng tự đánh giá" in page.root.text
    assert "đã quá thời hạn" not in page.root.text


def test_after_the_deadline_they_are_late_and_another_one_is_to_be_written_in(visitors, read, at):
    """The phase is chosen, since another one has begun."""
    at(0, "self", share=1.05)
    phase = f"?giai-doan={_round(0).phases.get(kind='self').pk}"
    text = read(address("steer:letter", (CODES[0],)) + phase, by=visitors["assistant"]).root.text
    assert "trong đó 29 đã quá thời hạn" in text
    assert "trước … giờ … ngày" in text


def test_the_draft_opens_in_a_word_processor(visitors, at):
    """With the list in it, and the place and the parent body in its head."""
    at(0, "self")
    sent = visitors["secretariat"].get(address("steer:letter_file", (CODES[0], "docx")))
    assert "don-doc.docx" in sent.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(sent.content)) as made:
        text = made.read("word/document.xml").decode()
    for words in ("ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA", "Sở Y tế", "V/v đôn đốc", "Lưu: VT."):
        assert words in text, words


def test_the_letter_as_pdf_says_the_same_and_names_its_subject_once(visitors, at):
    """The layout sets “V/v” before the subject, and nobody else does."""
    at(0, "self")
    sent = visitors["assistant"].get(address("steer:letter_file", (CODES[0], "pdf")))
    book = pypdfium2.PdfDocument(sent.content)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in book).split())
    book.close()
    assert text.count("V/v") == 1
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Sở Y tế", "còn 29 cơ quan", "Lưu: VT."):
        assert words in text, words


def test_in_explanation_those_who_owe_one_are_written_to(visitors, read, at):
    at(2, "explanation")
    assert (
        "chưa gửi giải trình"
        in read(address("steer:letter", (CODES[2],)), by=visitors["secretariat"]).root.text
    )


def test_in_appraisal_the_lead_departments_are_written_to(visitors, read, at):
    at(1, "appraisal")
    assert (
        "chưa thẩm định xong"
        in read(address("steer:letter", (CODES[1],)), by=visitors["secretariat"]).root.text
    )


@pytest.mark.parametrize("query", ["?giai-doan=x", "?giai-doan=0", f"?giai-doan={'9' * 40}"])
def test_a_phase_that_is_none_gives_the_present_one(visitors, read, at, query):
    at(0, "self")
    assert (
        "chưa nộp" in read(address("steer:letter", (CODES[0],)) + query, by=visitors["secretariat"]).root.text
    )


@pytest.mark.parametrize(
    ("name", "k", "who"),
    [
        ("steer:round_file", 2, "leader"),
        ("council:room_file", 3, "member"),
        ("council:minutes_file", 3, "member"),
        ("appraise:queue_file", 1, "appraiser"),
    ],
)
def test_lists_are_workbooks_without_formulas(visitors, at, name, k, who):
    """Whatever somebody typed: a text that begins with = stays a text."""
    round_ = _round(k)
    round_.participants.filter(unit__code="so-y-te").update(name_vi="=1+1")
    sent = visitors[who].get(address(name, (CODES[k],)))
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert all(c.data_type != "f" for c in cells)
    if name != "council:minutes_file":
        assert "=1+1" in {c.value for c in cells}
