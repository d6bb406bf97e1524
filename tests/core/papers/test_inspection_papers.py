"""Minutes and conclusion of an inspection: what they say is what was found, in both kinds of file."""

import io
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest
from PIL import Image

from parindex.core.papers import docx_file, pdf_file
from parindex.core.papers.inspections import (
    Advice,
    Found,
    InspectionFacts,
    Looked,
    Person,
    Shot,
    Signed,
    conclusion,
    minutes,
)


MET, NOT_MET, NOT_APPLICABLE = "đạt", "chưa đạt", "không áp dụng"
FACTS = InspectionFacts(
    territory="Tỉnh Minh Họa",
    unit="Sở Y tế",
    plan="Kế hoạch kiểm tra công tác cải cách hành chính năm 2026",
    planned=Signed("12/KH-UBND", date(2026, 1, 5)),
    starts=date(2026, 3, 2),
    ends=date(2026, 3, 3),
    announced=True,
    as_of=date(2026, 3, 10),
    words=(MET, NOT_MET, NOT_APPLICABLE),
    team=[Person("Nguyễn Văn A", "Phó Giám đốc Sở Nội vụ", leads=True), Person("Trần Thị B")],
    present="Ông C, Giám đốc\nBà D, Chánh Văn phòng",
    summary="Chỉ đạo kịp thời.",
    looked=[
        *(Looked("Kiểm soát thủ tục hành chính", f"KS{k}", "Câu hỏi", MET) for k in range(7)),
        Looked("Kiểm soát thủ tục hành chính", "KS8", "Niêm yết", NOT_MET, "Thiếu 12 thủ tục"),
        Looked("Cải cách thể chế", "2.1", "Câu hỏi", NOT_APPLICABLE),
        Looked("Cải cách thể chế", "2.2", "Câu hỏi"),
    ],
    found=[
        Found(
            1,
            "KS8 Niêm yết",
            "Thiếu 12 thủ tục",
            "tồn tại, hạn chế",
            "Văn phòng Sở",
            [Advice("1.1", "Niêm yết lại", date(2026, 4, 1)), Advice("1.2", "Kiểm điểm", date(2026, 3, 20))],
        ),
        Found(2, "Cải cách thể chế", "Báo cáo chậm", "cần rút kinh nghiệm"),
    ],
    notice="Dữ liệu minh họa",
)


def _tables(paper):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(docx_file(paper))).tables
    ]


def _words(paper):
    book = docx.Document(io.BytesIO(docx_file(paper)))
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    return " ".join(" ".join([*(p.text for p in book.paragraphs), *cells]).split())


def _pages(paper):
    book = pypdfium2.PdfDocument(pdf_file(paper))
    try:
        return " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in book)
    finally:
        book.close()


def _table(paper, head):
    return next(t for t in _tables(paper) if t[0][0] == head[0] and t[0][1] == head[1])


@pytest.mark.parametrize("build", [minutes, conclusion])
def test_figures_of_the_checklist_add_up(build):
    """By area and in all: met, not met, not applicable, not looked at."""
    rows = _table(build(FACTS), ("Nội dung kiểm tra", "Tổng số"))[1:]
    read = {row[0]: [int(cell) for cell in row[1:]] for row in rows}
    assert read == {
        "Kiểm soát thủ tục hành chính": [8, 7, 1, 0, 0],
        "Cải cách thể chế": [2, 0, 0, 1, 1],
        "Tổng cộng": [10, 7, 1, 1, 1],
    }
    assert all(total == sum(rest) for total, *rest in read.values())


@pytest.mark.parametrize("build", [minutes, conclusion])
def test_findings_and_recommendations_are_read_back(build):
    """With who answers for each and until when."""
    paper = build(FACTS)
    found = _table(paper, ("TT", "Nội dung"))[1:]
    assert found == [
        ["1", "KS8 Niêm yết", "Thiếu 12 thủ tục", "tồn tại, hạn chế", "Văn phòng Sở"],
        ["2", "Cải cách thể chế", "Báo cáo chậm", "cần rút kinh nghiệm", "–"],
    ]
    advice = _table(paper, ("Số", "Kiến nghị"))[1:]
    assert advice == [
        ["1.1", "Niêm yết lại", "01/4/2026".replace("/4/", "/04/")],
        ["1.2", "Kiểm điểm", "20/03/2026"],
    ]


@pytest.mark.parametrize("build", [minutes, conclusion])
def test_both_files_say_the_same(build):
    """Unit, plan, findings, the notice."""
    paper = build(FACTS)
    page, word = _pages(paper), _words(paper)
    for text in ("Sở Y tế", "12/KH-UBND", "Thiếu 12 thủ tục", "Niêm yết lại", "Dữ liệu minh họa"):
        assert text in page, text
        if text != "Dữ liệu minh họa":  # stands in the foot
            assert text in word, text


def test_minutes_name_who_was_there_and_what_was_not_looked_at():
    word = _words(minutes(FACTS))
    for text in (
        "Nguyễn Văn A, Phó Giám đốc Sở Nội vụ – Trưởng đoàn",
        "Trần Thị B – Thành viên",
        "Ông C, Giám đốc",
    ):
        assert text in word
    lines = _table(minutes(FACTS), ("Mã", "Nội dung"))
    assert ["2.2", "Câu hỏi", "chưa kiểm tra", ""] in lines
    assert ["KS8", "Niêm yết", "chưa đạt", "Thiếu 12 thủ tục"] in lines


def test_number_date_and_signer_stand_where_they_are_known():
    """And leave room where they are not."""
    signed = replace(
        FACTS,
        minutes=Signed("", date(2026, 3, 3)),
        conclusion=Signed("7/TB-SNV", date(2026, 3, 12), "Lê Văn E"),
    )
    paper = conclusion(signed)
    assert (paper.numbered, paper.dated) == ("Số: 07/TB-SNV", "Minh Họa, ngày 12 tháng 3 năm 2026")
    assert paper.signatures[0].name == "Lê Văn E"
    assert "Biên bản kiểm tra ngày 03 tháng 3 năm 2026" in _words(paper)
    assert conclusion(FACTS).numbered.endswith("/TB-UBND")
    assert minutes(FACTS).signatures[1].name == "Nguyễn Văn A"


def test_where_nothing_was_found_that_is_said():
    bare = replace(FACTS, found=(), looked=(), present="", summary="", announced=False, ends=FACTS.starts)
    for build in (minutes, conclusion):
        word = _words(build(bare))
        assert "Không phát hiện tồn tại, hạn chế" in word
        assert "Không có kiến nghị." in word
        assert "kiểm tra đột xuất công tác cải cách hành chính" in word
        assert _pages(build(bare))


def test_what_people_wrote_is_text_and_never_program():
    nasty = "#panic() $x$ *a* <b>&amp; @c \x00\ud800"
    one = Found(1, nasty, nasty, nasty, nasty, [Advice("1.1", nasty, date(2026, 4, 1))])
    paper = minutes(replace(FACTS, found=[one], summary=nasty, present=nasty))
    assert "#panic()" in _pages(paper)
    assert "#panic()" in _words(paper)


# photos


def _jpeg(size, colour):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def _shown(*shots):
    """Facts whose first finding has these photos."""
    first, *others = FACTS.found
    return minutes(replace(FACTS, found=[replace(first, shots=shots), *others]))


WIDE = Shot(1, "rong", _jpeg((960, 400), "teal"), "Bảng niêm yết")
TALL = Shot(2, "cao", _jpeg((300, 900), "red"))
LOST = Shot(3, "mat", None, "Ảnh đã mất")


def test_photos_stand_in_an_appendix_of_the_minutes_with_what_they_show():
    """Both files: each within its room, its caption below it, what it shows for who cannot see it."""
    paper = _shown(WIDE, TALL)
    book = docx.Document(io.BytesIO(docx_file(paper)))
    shapes = [s for table in book.tables for s in table._element.iter() if s.tag.endswith("}docPr")]
    assert [s.get("descr") for s in shapes] == ["Ảnh 1.1: Bảng niêm yết", "Ảnh 1.2: Thiếu 12 thủ tục"]
    extents = [s for table in book.tables for s in table._element.iter() if s.tag.endswith("Drawing}extent")]
    for extent, share in zip(extents, (960 / 400, 300 / 900), strict=True):
        width, height = (int(extent.get(side)) / 36000 for side in ("cx", "cy"))
        assert width <= 78.01
        assert height <= 90.01
        assert width / height == pytest.approx(share, rel=0.01)
    pages = _pages(paper)
    for text in (
        "Phụ lục I",
        "Phụ lục II",
        "ẢNH CHỤP",
        "Tồn tại số 1",
        "Ảnh 1.1: Bảng niêm yết",
        "Kèm theo 2 ảnh",
    ):
        assert text in pages, text
    assert "Ảnh 1.2" in _words(paper)
    assert docx_file(paper) == docx_file(_shown(WIDE, TALL))
    assert pdf_file(paper) == pdf_file(_shown(WIDE, TALL))


def test_pictures_are_in_the_pdf_as_they_were_kept():
    """Not blown up: a scan of pages would not be looked through."""
    bare, shown = pdf_file(minutes(FACTS)), pdf_file(_shown(WIDE, TALL))
    room = len(WIDE.content) + len(TALL.content) + 20_000
    assert 0 < len(shown) - len(bare) < room
    book = pypdfium2.PdfDocument(shown)
    try:
        kinds = [o.type for page in book for o in page.get_objects()]
    finally:
        book.close()
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 2


def test_a_photo_that_is_lost_is_said_to_be():
    paper = _shown(WIDE, LOST)
    for text in (_words(paper), _pages(paper)):
        assert "không còn đọc được tệp ảnh" in text
        assert "Ảnh 1.3: Ảnh đã mất" in text


def test_without_photos_there_is_no_appendix_of_them():
    assert [one.title for one in minutes(FACTS).appendices] == ["Phụ lục"]
    alone = minutes(replace(FACTS, looked=(), found=[replace(FACTS.found[1], shots=[WIDE])]))
    assert [(one.title, one.about) for one in alone.appendices] == [("Phụ lục", "Ảnh chụp tại nơi kiểm tra")]
