"""Papers as people and offices get them: the decree's parts in their places, in both kinds of file."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise

import docx
import pypdfium2
import pytest

from parindex.core.papers import (
    Appendix,
    Column,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    docx_file,
    pdf_file,
    spaced_code,
)


LONG = "Danh sách " + "Kế_hoạch_cải_cách_" * 13 + ".pdf"
COLUMNS = (Column("TT", 1, "centre"), Column("Nội dung", 6), Column("Điểm", 2, "right"))
TABLE = Table(COLUMNS, [Row(["1", LONG, "2,50"]), Row(["", "Cộng", "2,50"], bold=True)])
REPORT = Paper(
    parent="UBND tỉnh Minh Họa",
    issuer="Sở Y tế",
    notation="BC-SYT",
    place="Minh Họa",
    as_of=date(2026, 1, 5),
    kind="BÁO CÁO",
    about="Kết quả tự đánh giá",
    body=[
        Paragraph("Căn cứ Quyết định số 1/QĐ-UBND;", "ground"),
        Paragraph("I. KẾT QUẢ", "heading"),
        Paragraph("Đơn vị được giao.", lead="Điều 1."),
        TABLE,
    ],
    recipients=["Sở Nội vụ;", "Lưu: VT, VP."],
    signatures=[Signature(["Giám đốc"], "Nguyễn Văn A")],
    appendices=[Appendix("Phụ lục", "Bảng tổng hợp", [TABLE], landscape=True)],
    code="ABCDEFGH2345",
)


def _pages(content):
    book = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(book[k].get_textpage().get_text_range().split()) for k in range(len(book))]
    finally:
        book.close()


def _docx_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def test_the_parts_of_a_report_stand_in_both_files():
    """Country, motto, issuing bodies, number, date, kind, recipients, signature."""
    first = _pages(pdf_file(REPORT))[0]
    word = _docx_text(docx_file(REPORT))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND TỈNH MINH HỌA",
        "SỞ Y TẾ",
        "/BC-SYT",
        "Minh Họa, ngày … tháng … năm 2026",
        "BÁO CÁO",
        "Điều 1.",
        "Nơi nhận:",
        "- Lưu: VT, VP.",
        "GIÁM ĐỐC",
        "Nguyễn Văn A",
    ):
        assert words in first, words
        assert words in word, words


def test_the_code_stands_on_every_page_and_numbers_from_the_second():
    """Also on an appendix that lies on its side; the pages of each appendix have numbers of their own."""
    long = Table(COLUMNS, [Row([str(k), f"Dòng {k}", "1,00"]) for k in range(1, 90)])
    first, second = (
        Appendix(f"Phụ lục {n}", "Bảng tổng hợp", [long], landscape=n == "I") for n in ("I", "II")
    )
    paper = replace(REPORT, appendices=[first, second])
    pages = _pages(pdf_file(paper))
    assert all("Mã số liệu: ABCD-EFGH-2345" in page for page in pages)
    begins = [k for k, page in enumerate(pages) if page.startswith("Phụ lục")]
    assert begins[0] == 1
    for begin, end in pairwise([*begins, len(pages)]):
        assert end - begin > 1
        assert [page.split()[0] for page in pages[begin + 1 : end]] == [
            str(k) for k in range(2, end - begin + 1)
        ]
    book = docx.Document(io.BytesIO(docx_file(paper)))
    assert docx_file(paper) == docx_file(paper)
    assert [s._sectPr.xpath("w:pgNumType/@w:start") for s in book.sections] == [[], ["1"], ["1"]]
    for section in book.sections:
        assert section.different_first_page_header_footer
        assert "ABCD-EFGH-2345" in section.footer.paragraphs[0].text
        assert "ABCD-EFGH-2345" in section.first_page_footer.paragraphs[0].text
    assert book.sections[0].first_page_footer.paragraphs[0].text.endswith("2345")
    assert book.sections[1].page_width > book.sections[1].page_height


def test_the_same_paper_is_the_same_bytes():
    """No clock, no chance; another paper is another file."""
    for make in (pdf_file, docx_file):
        assert make(REPORT) == make(replace(REPORT))
        assert make(REPORT) != make(replace(REPORT, code="ABCDEFGH2346"))


def test_the_pdf_is_for_keeping_and_carries_its_fonts():
    """PDF/A-2b by its own word."""
    content = pdf_file(REPORT)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert content.count(b"/FontFile") >= 2


def test_the_pdf_is_set_in_letters_of_the_decrees_width_on_whatever_machine():
    """Every Vietnamese letter, upright, bold and italic, none borrowed from another font."""
    marks = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323", "")
    letters = " ".join(unicodedata.normalize("NFC", v + m) for v in "aăâeêioôơuưyđ" for m in marks)
    said = f"{letters} {letters.upper()} 0123456789 %–…“”≤≥×/()"
    body = [Paragraph(said), Paragraph(said, "ground"), Paragraph(said, "heading"), Paragraph("HHHnnnmmm")]
    content = pdf_file(replace(REPORT, body=body, appendices=[]))
    fonts = set(re.findall(rb"/FontName/[A-Z]{6}\+([A-Za-z-]+)", content))
    assert fonts == {b"TeXGyreTermes-" + kind for kind in (b"Regular", b"Bold", b"Italic", b"BoldItalic")}
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    text = page.get_text_range()
    assert letters.replace(" ", "") in "".join(text.split())
    lefts = [page.get_charbox(text.index("HHHnnnmmm") + k, loose=True)[0] for k in range(9)]
    widths = [round((after - before) / 13 * 1000) for before, after in pairwise(lefts)]
    assert [widths[0], widths[3], widths[6]] == [722, 500, 778]  # of Times New Roman, in thousandths


def test_the_word_processors_file_names_the_decrees_letter_and_margins():
    """Times New Roman 13, 20, 20, 30 and 15 mm."""
    book = docx.Document(io.BytesIO(docx_file(REPORT)))
    assert (book.styles["Normal"].font.name, book.styles["Normal"].font.size.pt) == ("Times New Roman", 13)
    section = book.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins] == [20, 20, 30, 15]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
    ],
)
def test_dates_and_numbers_are_written_as_the_decree_says(on, said):
    """A nought before days below 10, before the first two months, and before numbers below 10."""
    paper = replace(REPORT, on=on, number="7")
    assert said in _pages(pdf_file(paper))[0]
    assert "Số: 07/BC-SYT" in _docx_text(docx_file(paper))
    assert spaced_code("ABCDEFGH2345") == "ABCD-EFGH-2345"


def test_what_people_wrote_is_text_and_never_program():
    """Of the typesetter, of the word processor, or of the terminal."""
    nasty = '#panic() $x$ *a* <b>&amp; @c /* d */ \x00\x1b \ud800 #include "/etc/passwd" a\nb'
    paper = replace(REPORT, about=nasty, issuer=nasty, body=[Paragraph(nasty), Paragraph(nasty, "centre")])
    page = _pages(pdf_file(paper))[0]
    assert "#panic() $x$ *a* <b>&amp; @c /* d */" in page
    assert "\x1b" not in _docx_text(docx_file(paper))


def test_a_name_longer_than_its_column_is_broken_and_nothing_of_it_lost():
    """Two hundred letters without a blank."""
    text = "".join(_pages(pdf_file(REPORT))).replace("\u200b", "").replace(" ", "").replace("\ufffe", "")
    assert LONG.replace(" ", "") in text
    assert LONG in _docx_text(docx_file(REPORT))


def test_a_letter_has_its_subject_under_the_number_and_minutes_two_signatures():
    """No name of a kind in a letter; no recipients in minutes."""
    letter = replace(REPORT, kind="", to=["Sở Nội vụ"], about="giải trình điểm", appendices=[])
    assert "V/v giải trình điểm" in _pages(pdf_file(letter))[0]
    assert "Kính gửi: Sở Nội vụ." in _docx_text(docx_file(letter))
    both = [Signature(["Thư ký"], "B"), Signature(["Chủ trì"], "C")]
    minutes = replace(REPORT, kind="BIÊN BẢN", recipients=[], signatures=both, to=["UBND tỉnh", "Sở Nội vụ"])
    page = _pages(pdf_file(minutes))[0]
    assert "THƯ KÝ" in page
    assert "- UBND tỉnh;" in page
    assert "CHỦ TRÌ" in _docx_text(docx_file(minutes))


@pytest.mark.parametrize(
    ("last", "stay"), [("Quyết định này có hiệu lực kể từ ngày ký. " * 6, 1), ("Hết./.", 2)]
)
def test_only_so_much_goes_over_with_the_signature_as_makes_two_lines(last, stay):
    """A last article of some lines goes over alone; one of a line takes the one before it along."""
    articles = [
        Paragraph(f"Nội dung của điều {k}, gồm nhiều chữ. " * 9, lead=f"Điều {k}.") for k in range(1, 9)
    ]
    paper = replace(REPORT, body=[*articles, Paragraph(last.strip(), lead="Điều 9.")], appendices=[])
    first, second = _pages(pdf_file(paper))
    assert [f"Điều {k}." in second for k in (7, 8, 9)] == [False, stay == 2, True]
    assert "Điều 8." in first or stay == 2
    assert "NGUYỄN VĂN A" in second.upper()
    lines = [p for p in docx.Document(io.BytesIO(docx_file(paper))).paragraphs if p.text.startswith("Điều ")]
    assert [p.paragraph_format.keep_with_next for p in lines[-2:]] == [stay == 2, True]


def test_an_almost_empty_paper_is_a_paper():
    """Nothing but what must be."""
    paper = Paper(issuer="Sở", notation="BC", place="X", as_of=date(2026, 1, 5), about="", body=[])
    assert _pages(pdf_file(paper))
    assert docx_file(paper)
