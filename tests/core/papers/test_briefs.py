"""The page for a head is one page, whatever it says, in both kinds of file."""

import io
import subprocess
from dataclasses import replace
from datetime import date

import docx
import pypdfium2
import pytest

from parindex.core.papers.brief import Bar, Brief, Figure, Loss, Step
from parindex.core.papers.brief_docx import brief_docx
from parindex.core.papers.brief_pdf import brief_pdf, brief_picture, fitting_size


NAME = "Sở Văn hóa, Thể thao và Du lịch"
BRIEF = Brief(
    above="Kết quả 2024",
    beside="Vì sao hạng này",
    title=NAME,
    about="Năm 2024",
    figures=[Figure("Thứ hạng", "6/19", "tăng 4 bậc"), Figure("Chỉ số", "88,18%")],
    lead="Chỉ số thấp hơn đơn vị đứng đầu.",
    titles=("Theo lĩnh vực", "Mất điểm ở đâu", "Việc cần làm"),
    bar_heads=["Lĩnh vực", "Đơn vị", "2023", "Vạch đen"],
    bars=[Bar("Cải cách thể chế", ["87,8", "87,4"], 878, 900), Bar("Bộ máy", ["0,0", "–"], 0)],
    loss_heads=["Tiêu chí", "Mất", "Vì sao", "Đơn vị"],
    losses=[Loss("7.2 Văn bản ký số", "−1,00", "Đạt 27/28 (96,43%).", ["50,0"])],
    steps=[Step("7.2 Văn bản ký số", "từ 98% trở lên", "Thêm 1,00 điểm.")],
    together="Đủ cả 5 việc: thêm 3,85 điểm.",
    nothing=("chưa có", "không mất", "không còn"),
    foot="Lập từ kết quả.",
    as_of=date(2025, 1, 31),
)
LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển đô thị "
FULL = replace(
    BRIEF,
    title=LONG * 2,
    about=LONG * 2,
    figures=[Figure(LONG[:40], "+12,34 điểm", LONG) for _ in range(4)],
    lead=LONG * 7,
    bars=[Bar(LONG, ["100,0", "100,0"], 1000, 1000)] * 10,
    losses=[Loss(LONG, "−10,00", LONG + LONG[:40], ["100,0"])] * 6,
    steps=[Step(LONG, LONG, "Thêm 10,00 điểm, chỉ số 100,00, hạng 100.")] * 5,
    foot=LONG * 5,
)
EMPTY = replace(BRIEF, bars=[], losses=[], steps=[], together="", figures=BRIEF.figures[:1])


def _pages(content):
    book = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(book[k].get_textpage().get_text_range().split()) for k in range(len(book))]
    finally:
        book.close()


def _words(content):
    book = docx.Document(io.BytesIO(content))
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    return " ".join([*(p.text for p in book.paragraphs), *cells])


@pytest.mark.parametrize("brief", [BRIEF, FULL, EMPTY], ids=["usual", "full", "empty"])
def test_it_is_one_page_whatever_it_says(brief):
    """The longest names in every place, and nothing at all."""
    assert len(_pages(brief_pdf(brief))) == 1


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("brief", [BRIEF, FULL], ids=["usual", "full"])
def test_a_word_processor_has_one_page_too(brief, tmp_path):
    """As LibreOffice lays it out."""
    (tmp_path / "brief.docx").write_bytes(brief_docx(brief))
    told = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*told, "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "brief.docx")],
        check=True,
        capture_output=True,
    )
    assert len(_pages((tmp_path / "brief.pdf").read_bytes())) == 1


def test_letters_shrink_only_where_they_must():
    """A short page is set large."""
    assert fitting_size(BRIEF) == 11
    assert 6 <= fitting_size(FULL) < 9


def test_both_files_say_the_same():
    """Every text of the page."""
    page, word = _pages(brief_pdf(BRIEF))[0], _words(brief_docx(BRIEF))
    for text in (
        NAME.upper(),
        "6/19",
        "88,18%",
        "tăng 4 bậc",
        "87,4",
        "−1,00",
        "Đạt 27/28 (96,43%).",
        "từ 98% trở lên",
        "Thêm 1,00 điểm.",
        "Đủ cả 5 việc",
        "Lập từ kết quả.",
    ):
        assert text in page, text
        assert text in word, text


def test_where_there_is_nothing_that_is_said():
    """In each section."""
    page, word = _pages(brief_pdf(EMPTY))[0], _words(brief_docx(EMPTY))
    assert all(text in page and text in word for text in EMPTY.nothing)


def test_the_same_page_is_the_same_bytes_and_a_picture_shows_it():
    """No clock, no chance."""
    for make in (brief_pdf, brief_docx, brief_picture):
        assert make(BRIEF) == make(replace(BRIEF))
    assert brief_picture(BRIEF).startswith(b"\x89PNG")


def test_what_people_wrote_is_text_and_never_program():
    """Of the typesetter or of the word processor."""
    nasty = "#panic() $x$ *a* <b>&amp; @c \x00\ud800"
    brief = replace(BRIEF, title="Sở", lead=nasty, losses=[Loss(nasty, "−1", nasty, ["1"])])
    assert "#panic() $x$ *a* <b>&amp; @c" in _pages(brief_pdf(brief))[0]
    assert "#panic()" in _words(brief_docx(brief))
