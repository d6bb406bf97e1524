"""What each paper of a round says, from plain data: dates, persons, rulings, what a correction changes."""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import docx
import pypdfium2
import pytest

from parindex.core.papers import docx_file, pdf_file
from parindex.core.papers.bodies import head_named
from parindex.core.papers.registry import find_kind
from parindex.core.papers.rounds import (
    PAPERS,
    Appraised,
    Change,
    Course,
    Group,
    Issued,
    Line,
    Member,
    Office,
    Progress,
    RoundFacts,
    Ruled,
    Stage,
    Standing,
)


LINE = Line("Sở Y tế", Fraction("88.2"), Fraction(100), Fraction("88.2"), "Tốt", 1)
FACTS = RoundFacts(
    territory="Tỉnh Minh Họa",
    title="Đánh giá năm 2025",
    year=2025,
    subject="Chỉ số cải cách hành chính",
    framework="Bộ tiêu chí năm 2025",
    as_of=date(2026, 1, 5),
    groups=[Group("Sở, ban, ngành", [LINE], [("Tốt", 1)])],
    phases=[
        Stage("self", 1, datetime(2025, 12, 1, 1, tzinfo=UTC), datetime(2025, 12, 15, 10, tzinfo=UTC)),
        Stage(
            "explanation", 1, datetime(2025, 12, 20, 1, tzinfo=UTC), datetime(2025, 12, 27, 10, tzinfo=UTC)
        ),
    ],
    assessed=[("Sở, ban, ngành", ["Sở Y tế", "Sở Tư pháp"])],
    scheme=[("1", "Thể chế", Fraction(25, 2))],
    period=(date(2024, 12, 15), date(2025, 12, 14)),
    bands=[("Tốt", Fraction(80)), ("Kém", Fraction(0))],
    leads=[("Sở Tư pháp", ["2 Cải cách thể chế"])],
    signed_off=[("Sở Tư pháp", "12/STP-CCHC, 20/12/2025")],
    members=[Member("chair", "Trần A", "Phó Chủ tịch"), Member("assistant", "Lê B")],
    first=[("Sở, ban, ngành", [Appraised("Sở Y tế", Fraction("90.5"), Fraction("88.2"), 3)])],
    rulings=[
        Ruled("Sở Y tế", "1.2", "Kế hoạch", Fraction(1), Fraction(2), "Đủ tài liệu.", "2", "Có kế hoạch.")
    ],
    course=Course(2, 1, 1, 5, 2, 1, Fraction("12.5"), Fraction(500), 4),
    worst=[("1.2", "Kế hoạch", 3, Fraction("4.5"))],
    changes=[
        Change("Sở Y tế", "Sở", Standing(Fraction("88.2"), "Tốt", 2), Standing(Fraction("88.9"), "Tốt", 1))
    ],
    code="ABCDEFGH2345",
)


OFFICE = Office(
    standing="Sở Nội vụ",
    grounds=["Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"],
    copies=["- Bộ Nội vụ (để báo cáo);"],
)


def _text(code, facts=FACTS):
    """Every paragraph and cell of the word processor's file, in order, as one text."""
    book = docx.Document(io.BytesIO(docx_file(find_kind(PAPERS, code).build(facts))))
    parts = [p.text for p in book.element.body.iter() if p.tag.endswith("}t")]
    return " ".join(" ".join(parts).split())


def _figures(text):
    """Every number in a text, with how often it stands there."""
    return Counter(one.rstrip(".,") for one in re.findall(r"\d[\d.,]*", text))


@pytest.mark.parametrize("kind", [k.code for k in PAPERS])
def test_both_files_of_every_kind_have_the_same_figures(kind):
    """Read back out of each; the PDF has the numbers of its pages and its code besides."""
    facts = replace(FACTS, with_areas=True, areas=["Thể chế"], office=OFFICE)
    facts = replace(facts, groups=[Group("Sở", [replace(LINE, areas=[Fraction("87.65")])], [("Tốt", 1)])])
    book = pypdfium2.PdfDocument(pdf_file(find_kind(PAPERS, kind).build(facts)))
    pages = [page.get_textpage().get_text_range() for page in book]
    book.close()
    word, printed = _figures(_text(kind, facts)), _figures(" ".join(pages))
    assert word
    assert not word - printed
    assert set(printed - word) <= {"2", "3", "2345"}


@pytest.mark.parametrize("kind", [k.code for k in PAPERS])
def test_every_kind_is_a_paper_in_both_files_even_of_an_almost_empty_round(kind):
    """Nothing but what must be."""
    bare = RoundFacts("Sở Y tế", "Kỳ", 2025, "Chỉ số", "Bộ", date(2026, 1, 5))
    for facts in (FACTS, bare):
        paper = find_kind(PAPERS, kind).build(facts)
        assert pdf_file(paper).startswith(b"%PDF")
        assert docx_file(paper)
        assert paper.signatures


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("ke-hoach", "Từ 01/12/2025 đến 17:00 ngày 15/12/2025"),
        ("ke-hoach", "số liệu từ ngày 15/12/2024 đến ngày 14/12/2025"),
        ("ke-hoach", "I Sở, ban, ngành (2 đơn vị) 1 Sở Y tế 2 Sở Tư pháp"),
        ("ke-hoach", "1 Sở Tư pháp 2 Cải cách thể chế"),
        ("huong-dan", "1 Thể chế 12,5"),
        ("huong-dan", "Tốt: từ 80% trở lên; Kém: các trường hợp còn lại."),
        ("huong-dan", "- Giải trình: đến 17:00 ngày 27/12/2025."),
        ("thanh-lap-hoi-dong", "1. Ông (bà) Trần A, Phó Chủ tịch – Chủ tịch Hội đồng."),
        ("thanh-lap-hoi-dong", "1. Ông (bà) Lê B."),
        ("thong-bao-lan-1", "1 Sở Y tế 90,50 88,20 −2,30 3"),
        ("thong-bao-lan-1", "trên hệ thống trước 17:00 ngày 27/12/2025"),
        ("bao-cao-tham-dinh", "1/2 đơn vị đã nộp bảng tự đánh giá, chấm điểm, trong đó 1 đơn vị nộp chậm."),
        ("bao-cao-tham-dinh", "5 trường hợp, trong đó 2 trường hợp trình Hội đồng, 1 trường hợp"),
        ("bao-cao-tham-dinh", "12,50 điểm, bằng 2,50% tổng điểm tối đa áp dụng"),
        ("bao-cao-tham-dinh", "1.2 Kế hoạch 3 4,50"),
        ("bao-cao-tham-dinh", "1 Sở Tư pháp 12/STP-CCHC, 20/12/2025"),
        ("bien-ban", "1 Sở Y tế: 1.2 Kế hoạch Đề nghị 2 điểm. Có kế hoạch. 1,00 2,00 Đủ tài liệu."),
        ("to-trinh", "kính trình Ủy ban nhân dân tỉnh Minh Họa xem xét, ban hành Quyết định công bố"),
        ("thong-bao-ket-qua", "V/v thông báo kết quả xác định Chỉ số cải cách hành chính năm 2025"),
        ("quyet-dinh-dieu-chinh", "1 Sở Y tế Chỉ số (%) 88,20 88,90 Xếp hạng 2 1"),
    ],
)
def test_the_figures_of_each_paper_are_those_of_the_data(kind, said):
    """In Vietnamese notation; an equal grade is not told as a change."""
    assert said in _text(kind)


def test_what_the_office_said_once_stands_in_every_paper_that_it_concerns():
    """Who the standing body is, with its head to sign and to propose; the laws; who gets a copy."""
    facts = replace(FACTS, office=OFFICE)
    for kind in ("to-trinh", "bao-cao-tham-dinh", "thong-bao-lan-1", "huong-dan", "thong-bao-ket-qua"):
        paper = find_kind(PAPERS, kind).build(facts)
        assert (paper.issuer, paper.signatures[0].lines) == ("Sở Nội vụ", ("Giám đốc",))
        assert "SNV" in paper.notation
    for kind in ("quyet-dinh-cong-bo", "thanh-lap-hoi-dong", "quyet-dinh-dieu-chinh"):
        text = _text(kind, facts)
        assert "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025; Căn cứ" in text
        assert "Căn cứ …" not in text
        assert "Theo đề nghị của Giám đốc Sở Nội vụ" in text
        assert "- Bộ Nội vụ (để báo cáo); - Lưu: VT, SNV." in text
    decided = _text("quyet-dinh-cong-bo", facts)
    assert "tại Tờ trình số …/TTr-SNV ngày" in decided
    assert "Chánh Văn phòng Ủy ban nhân dân tỉnh Minh Họa, Giám đốc Sở Nội vụ, thủ trưởng các" in decided
    assert "1. Sở Nội vụ (cơ quan thường trực Hội đồng thẩm định): hướng dẫn" in _text("ke-hoach", facts)


@pytest.mark.parametrize(
    ("office", "head"),
    [
        ("Sở Nội vụ", "Giám đốc Sở Nội vụ"),
        ("Văn phòng UBND tỉnh", "Chánh Văn phòng UBND tỉnh"),
        ("Thanh tra tỉnh", "Chánh Thanh tra tỉnh"),
        ("Ban Dân tộc", "Trưởng Ban Dân tộc"),
        ("Công an tỉnh", "Công an tỉnh"),
    ],
)
def test_heads_of_offices_are_called_as_they_are(office, head):
    """No word twice; where the name says nothing of the head, the office is named."""
    assert head_named(office) == head


def test_later_papers_cite_the_numbers_of_earlier_ones():
    """Of those that came back signed; the others leave room."""
    issued = {
        "quyet-dinh-cong-bo": Issued("2162/QĐ-UBND", date(2025, 12, 11)),
        "bien-ban": Issued("03/BB-HĐTĐ", date(2025, 12, 1)),
    }
    facts = replace(FACTS, issued=issued)
    assert "Quyết định số 2162/QĐ-UBND ngày 11 tháng 12 năm 2025" in _text("thong-bao-ket-qua", facts)
    assert "đã công bố tại Quyết định số 2162/QĐ-UBND" in _text("quyet-dinh-dieu-chinh", facts)
    submission = _text("to-trinh", facts)
    assert "Biên bản số 03/BB-HĐTĐ ngày 01 tháng 12 năm 2025" in submission
    assert "Báo cáo số …/BC-… ngày … tháng … năm …" in submission


def test_why_a_result_is_corrected_is_told_where_somebody_said_so():
    """In their words; else there is room for it."""
    assert "Lý do điều chỉnh: …." in _text("quyet-dinh-dieu-chinh")
    facts = replace(FACTS, because="Sai số hồ sơ quá hạn.")
    assert "Lý do điều chỉnh: Sai số hồ sơ quá hạn. Các nội dung" in _text("quyet-dinh-dieu-chinh", facts)


def test_only_papers_of_a_result_carry_its_code():
    """The council is set up before there is one: a copy signed then is not refused for another result."""
    told = {kind.code for kind in PAPERS if kind.build(FACTS).code}
    papers = {"bao-cao-tham-dinh", "bien-ban", "to-trinh", "quyet-dinh-cong-bo", "thong-bao-ket-qua"}
    assert told == papers | {"quyet-dinh-dieu-chinh"}


def test_underrating_is_told_as_such():
    """Units that gave themselves too little."""
    facts = replace(FACTS, course=Course(overrated=Fraction(-3), assessed=Fraction(100)))
    assert "Tổng điểm sau thẩm định cao hơn tổng điểm tự chấm 3,00 điểm" in _text("bao-cao-tham-dinh", facts)


def test_a_council_without_rulings_says_so():
    assert "Không có trường hợp nào phải kết luận." in _text("bien-ban", replace(FACTS, rulings=()))


def test_what_is_missing_is_named_until_the_round_has_got_there():
    """Nothing is missing at the end; at the beginning everything is."""
    whole = Progress(*[True] * len(Progress.__slots__))
    assert all(not kind.missing(whole) for kind in PAPERS)
    assert all(kind.missing(Progress()) for kind in PAPERS)
    assert find_kind(PAPERS, "quyet-dinh-dieu-chinh").missing(Progress(published=True)) == ["not_corrected"]
    assert find_kind(PAPERS, "khong-co") is None
