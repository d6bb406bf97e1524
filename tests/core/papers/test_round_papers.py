"""Papers of a round from plain data: what they say of ties, of the unranked, of what nobody knows yet."""

import io
import subprocess
from dataclasses import replace
from datetime import date
from fractions import Fraction

import docx
import pypdfium2
import pytest

from parindex.core.papers import docx_file, page_pictures, pdf_file
from parindex.core.papers.registry import find_kind
from parindex.core.papers.rounds import PAPERS, Ground, Group, Issued, Line, RoundFacts
from parindex.core.papers.rounds.phrases import ground, long_day, roman
from parindex.core.wording.round_papers import MISSING, STAGES


LONG = "Ban Quản lý các khu công nghiệp, khu chế xuất và khu kinh tế cửa khẩu liên huyện phía Tây Nam"


def _line(unit, index, rank, note="", grade="Tốt"):
    value = None if index is None else Fraction(index)
    return Line(unit, value or Fraction(0), Fraction(100), value, grade, rank, [value, None], note)


TIED = [
    _line("Sở Y tế", "91.005", 1),
    _line("Sở Tư pháp", "88.2", 2),
    _line(LONG, "88.2", 2),
    _line("Sở Xây dựng", "79.994", 4, grade="Khá"),
    _line("Thanh tra tỉnh", "90", None, "Được xếp loại nhưng không xếp hạng cùng khối."),
    _line("Ban Dân tộc", None, None, "Không tính chỉ số.", grade=""),
]
FACTS = RoundFacts(
    territory="Tỉnh Minh Họa",
    title="Đánh giá năm 2025",
    year=2025,
    subject="Chỉ số cải cách hành chính",
    framework="Bộ tiêu chí năm 2025",
    as_of=date(2026, 1, 5),
    grounds=[Ground("12/QĐ-UBND", date(2025, 2, 3), "UBND tỉnh Minh Họa", "Bộ tiêu chí năm 2025")],
    groups=[Group("Sở, ban, ngành", TIED, [("Tốt", 4), ("Khá", 1), ("Kém", 0)])],
    areas=["Thể chế", "Tài chính công"],
    code="ABCDEFGH2345",
)


def _made(facts=FACTS, code="quyet-dinh-cong-bo"):
    return find_kind(PAPERS, code).build(facts)


def _tables(paper):
    """Every table with lines of the word processor's file, as rows of texts."""
    book = docx.Document(io.BytesIO(docx_file(paper)))
    return [
        [[c.text for c in row.cells] for row in t.rows] for t in book.tables if t.style.name == "Table Grid"
    ]


def _pages(paper):
    book = pypdfium2.PdfDocument(pdf_file(paper))
    try:
        told = [book[k].get_textpage().get_text_range().replace("\ufffe", "-") for k in range(len(book))]
        return [" ".join(text.split()) for text in told]  # U+FFFE: a hyphen at a line's end
    finally:
        book.close()


def test_the_annex_says_each_unit_with_index_grade_and_rank():
    """In Vietnamese notation, half-up; equal units on one rank, and the next one after both."""
    (rows,) = _tables(_made())
    assert rows[0][-3:] == ["Chỉ số (%)", "Xếp loại", "Xếp hạng"]
    assert [row[1:] for row in rows[1:]] == [
        ["Sở Y tế", "100,00", "91,01", "91,01", "Tốt", "1"],
        ["Sở Tư pháp", "100,00", "88,20", "88,20", "Tốt", "2"],
        [LONG, "100,00", "88,20", "88,20", "Tốt", "2"],
        ["Sở Xây dựng", "100,00", "79,99", "79,99", "Khá", "4"],
        ["Thanh tra tỉnh", "100,00", "90,00", "90,00", "Tốt", "–"],
        ["Ban Dân tộc", "100,00", "0,00", "–", "–", "–"],
    ]


def test_below_it_stands_what_a_reader_would_ask():
    """Why two hold one rank, and why one holds none."""
    page = _pages(_made())[1]
    assert "Ghi chú: Các đơn vị có cùng kết quả được xếp cùng một thứ hạng." in page
    assert "Thanh tra tỉnh: Được xếp loại nhưng không xếp hạng cùng khối." in page
    alone = replace(FACTS, groups=[Group("Sở", TIED[:2])])
    assert "Ghi chú" not in _pages(_made(alone))[1]


def test_the_articles_count_the_grades_and_name_the_annexes():
    """A grade that nobody holds is not spoken of."""
    two = replace(FACTS, groups=[*FACTS.groups, Group("Huyện", TIED[:2])])
    text = " ".join(_pages(_made(two)))
    assert "1. Sở, ban, ngành: 6 đơn vị, trong đó 4 đơn vị xếp loại Tốt và 1 đơn vị xếp loại Khá." in text
    assert "2. Huyện: 2 đơn vị." in text
    assert "Phụ lục I KẾT QUẢ XÁC ĐỊNH" in text
    assert "Phụ lục II KẾT QUẢ" in text
    assert "các Phụ lục I và II kèm theo" in text


def test_legal_grounds_are_those_of_the_set_and_the_rest_is_left_open():
    """No law is invented; number, date and signer are the office's."""
    first = _pages(_made())[0]
    assert "Căn cứ …;" in first
    said = "Quyết định số 12/QĐ-UBND ngày 03 tháng 02 năm 2025 của UBND tỉnh Minh Họa"
    assert f"Căn cứ {said} về việc ban hành Bộ tiêu chí năm 2025;" in first
    assert "Minh Họa, ngày … tháng … năm 2026" in first
    assert "tại Tờ trình số …/TTr-… ngày … tháng … năm …." in first
    bare = _pages(_made(replace(FACTS, grounds=())))[0]
    assert "Căn cứ bộ tiêu chí năm 2025;" in bare


def test_a_paper_that_came_back_signed_is_cited_by_its_number():
    facts = replace(FACTS, issued={"to-trinh": Issued("45/TTr-SNV", date(2025, 12, 9))})
    assert "Tờ trình số 45/TTr-SNV ngày 09 tháng 12 năm 2025." in _pages(_made(facts))[0]


def test_areas_are_an_annex_of_their_own_on_its_side():
    """Only where they are asked for."""
    paper = _made(replace(FACTS, with_areas=True))
    assert [a.landscape for a in paper.appendices] == [False, True]
    areas = _tables(paper)[1]
    assert areas[0][2:] == ["1. Thể chế", "2. Tài chính công"]
    assert areas[1][2:] == ["91,01", "–"]
    assert len(_made().appendices) == 1


def test_a_sum_of_points_is_no_rate():
    """A set whose index is the total has one column of figures."""
    (rows,) = _tables(_made(replace(FACTS, percent=False)))
    assert "Chỉ số (%)" not in rows[0]
    assert rows[1][1:] == ["Sở Y tế", "91,01", "Tốt", "1"]


def test_a_hundred_and_twenty_four_communes_go_over_pages_with_the_head_on_each():
    """In the word processor's file by the mark that repeats a head."""
    lines = [_line(f"Xã {LONG} {k}", 99 - Fraction(k, 2), k) for k in range(1, 125)]
    paper = _made(replace(FACTS, groups=[Group("Xã, phường", lines)]))
    pages = _pages(paper)
    assert len(pages) > 5
    assert all("Xếp hạng" in page for page in pages[1:])
    assert pages[1].startswith("Phụ lục")
    assert all(page.startswith(f"{k} ") for k, page in enumerate(pages[2:], start=2))
    assert "w:tblHeader" in docx.Document(io.BytesIO(docx_file(paper))).element.xml
    assert len(page_pictures(paper)) == len(pages)


SIZES = {
    "CỘNG HÒA XÃ HỘI": (12, 13),
    "Độc lập - Tự do": (13, 14),
    "TỈNH MINH HỌA": (12, 13),
    "Số:": (13, 13),
    "Minh Họa, ngày": (13, 14),
    "QUYẾT ĐỊNH": (13, 14),
    "Về việc công bố": (13, 14),
    "Căn cứ …": (13, 14),
    "Điều 1.": (13, 14),
    "Nơi nhận:": (12, 12),
    "- Như Điều": (11, 11),
    "TM. ỦY BAN NHÂN DÂN": (13, 14),
    "Phụ lục I KẾT QUẢ": (14, 14),
    "KẾT QUẢ XÁC ĐỊNH": (13, 14),
}
"""Sizes of letters in points, from and to, of Appendix I of the decree, by how each part begins."""


def _measured(book):
    """The size in points in which each part of a paper begins, as the letters stand in a PDF."""
    letters = []
    for page in book:
        text = page.get_textpage()
        for k in range(text.count_chars()):
            sign = text.get_text_range(k, 1)
            letters.append((sign, round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, k), 1)))
    letters = [one for one in letters if one[0].strip()]
    whole = "".join(sign for sign, _ in letters)
    assert len(whole) == len(letters)
    return {said: letters[whole.index("".join(said.split()))][1] for said in SIZES}


def _amiss(book):
    """The parts whose letters are not as large as the decree says, with their size."""
    return {k: size for k, size in _measured(book).items() if not SIZES[k][0] <= size <= SIZES[k][1]}


def test_letters_of_the_pdf_are_as_large_as_the_decree_says():
    """Measured in the file, part by part."""
    paper = _made(replace(FACTS, groups=[*FACTS.groups, Group("Huyện", TIED[:2])]))
    book = pypdfium2.PdfDocument(pdf_file(paper))
    amiss = _amiss(book)
    book.close()
    assert amiss == {}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_word_processor_lays_the_decision_out_as_the_decree_says(tmp_path):
    """LibreOffice opens it: margins measured, heads repeated, pages numbered, each with ink on it."""
    lines = [_line(f"Xã {LONG} {k}", 99 - Fraction(k, 2), k) for k in range(1, 125)]
    paper = _made(replace(FACTS, groups=[*FACTS.groups, Group("Xã, phường", lines)]))
    (tmp_path / "decision.docx").write_bytes(docx_file(paper))
    told = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    asked = ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "decision.docx")]
    subprocess.run([*told, *asked], check=True, capture_output=True)
    book = pypdfium2.PdfDocument((tmp_path / "decision.pdf").read_bytes())
    assert _amiss(book) == {}
    begun, tables = 0, 0
    for k, page in enumerate(book):
        text = page.get_textpage()
        said = " ".join(text.get_text_range().split())
        begun = k if said.startswith("Phụ lục") else begun
        tables += "Xếp hạng" in said
        assert said.startswith(f"{k - begun + 1} ") or k == begun
        boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
        assert min(box[0] for box in boxes) * 25.4 / 72 >= 29.5
        assert (page.get_width() - max(box[2] for box in boxes)) * 25.4 / 72 >= 14.5
        picture = page.render(scale=0.5).to_pil().convert("L")
        assert picture.getextrema()[0] < 128 < picture.getextrema()[1]
    assert begun > 1
    assert tables == len(book) - 1
    book.close()


def test_the_committees_place_stands_below_it_in_the_letterhead():
    """As every decision of a province has it."""
    assert _made().issuing_lines == ("Ủy ban nhân dân", "tỉnh Minh Họa")
    assert replace(_made(), issuer="Sở Y tế").issuing_lines == ("Sở Y tế",)


def test_a_departments_own_round_is_decided_by_the_department():
    """With the committee above it, and its head to sign."""
    paper = _made(replace(FACTS, territory="Sở Y tế", parent="Ủy ban nhân dân tỉnh Minh Họa"))
    assert (paper.issuer, paper.notation) == ("Sở Y tế", "QĐ-SYT")
    assert paper.signatures[0].lines == ("Giám đốc",)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Ground("57-NQ/TW"), "Văn bản số 57-NQ/TW"),
        (
            Ground("4/KH-UBND", None, "", "Kế hoạch cải cách năm 2025"),
            "Kế hoạch số 4/KH-UBND về cải cách năm 2025",
        ),
        (Ground("Luật Tổ chức chính quyền địa phương"), "Luật Tổ chức chính quyền địa phương"),
        (
            Ground("1/CT-UBND", None, "UBND tỉnh", "Đẩy mạnh"),
            "Chỉ thị số 1/CT-UBND của UBND tỉnh về đẩy mạnh",
        ),
    ],
)
def test_a_ground_is_written_as_far_as_it_is_known(one, said):
    assert ground(one) == said


def test_days_and_numbers_of_annexes():
    """As the decree writes them."""
    assert long_day(date(2025, 3, 9)) == "ngày 09 tháng 3 năm 2025"
    assert [roman(k) for k in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]


def test_every_kind_is_on_the_shelf_once_and_speaks_both_languages():
    """Its stage has a name."""
    assert len({kind.code for kind in PAPERS}) == len(PAPERS)
    for kind in PAPERS:
        assert kind.stage in STAGES
        assert kind.name.en
        assert kind.use.en
        assert kind.issuer.en
    assert all(text.en for text in MISSING.values())
