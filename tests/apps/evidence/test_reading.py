"""Text is read from what officers upload, in a process that a hostile file cannot leave."""

import io
import os
import signal
from datetime import date
from pathlib import Path

import pytest
from evidence_files import LETTER, archive, docx, pdf, scan, xlsx
from small_round import ACT

from parindex.apps.evidence import apart, reading
from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.queries import documents_of
from parindex.apps.evidence.reading import read_file
from parindex.apps.evidence.refusals import EvidenceRefused


CONTENT = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
SLIDE = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.fixture
def reading_here():
    """Not here: in the process that the site uses."""


def _inspect(content: bytes, name: str):
    with inspect_upload(stream=io.BytesIO(content), name=name) as upload:
        return upload


def _words(text: str) -> list[str]:
    return " ".join(text.split()).split()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf(*LETTER)),
        ("a.docx", docx(*LETTER)),
        ("a.txt", "\n".join(LETTER).encode("utf-8-sig")),
    ],
)
def test_a_letter_proposes_what_it_says(name, content):
    """Letter for letter, accents and all."""
    upload = _inspect(content, name)
    assert upload.reading.text.splitlines() == LETTER
    assert (upload.reading.source, upload.reading.whole) == ("file", True)
    proposed = upload.proposed
    assert (proposed.number, proposed.issued_on, proposed.issuer) == ("74/KH-SM", date(2024, 1, 9), "SỞ MỘT")
    assert (proposed.signer, proposed.title) == ("Nguyễn Văn Bình", "Kế hoạch cải cách hành chính năm 2024")
    assert upload.findings == ()


@pytest.mark.tesseract
def test_a_scan_is_recognised(settings):
    """Number, date and signer come out; without pages to look at nothing does, and that is said."""
    content = scan(pdf(*LETTER))
    upload = _inspect(content, "scan.pdf")
    assert upload.reading.source == "ocr"
    assert (upload.proposed.number, upload.proposed.signer) == ("74/KH-SM", "Nguyễn Văn Bình")
    assert upload.proposed.issued_on == date(2024, 1, 9)
    settings.PARINDEX_OCR_PAGES = 0
    upload = _inspect(content, "scan.pdf")
    assert (upload.reading.text, [f.code for f in upload.findings]) == ("", ["text_unread"])


def test_a_workbook_is_read_row_by_row():
    upload = _inspect(xlsx(["Số", "Tên"], ["1", "Nguyễn Văn A\t060089001234"]), "a.xlsx")
    assert "Số\tTên" in upload.reading.text
    assert [f.code for f in upload.findings] == ["citizen_ids"]
    assert upload.findings[0].data == {"count": 1, "example": "0600…"}


def test_slides_and_open_documents_are_read():
    """In their order."""
    slide = f'<a:p xmlns:a="{SLIDE}"><a:r><a:t>Trang {{}}</a:t></a:r></a:p>'
    slides = {f"ppt/slides/slide{k}.xml": slide.format(k).encode() for k in (10, 2, 1)}
    pptx = archive({"[Content_Types].xml": b"", "ppt/presentation.xml": b"<x/>", **slides})
    assert _inspect(pptx, "a.pptx").reading.text == "Trang 1\nTrang 2\nTrang 10"
    body = (
        f'<o:x xmlns:o="{CONTENT}" xmlns:t="{TEXT}"><t:h>Tiêu đề</t:h>'
        "<t:p>Đoạn <t:span>một</t:span></t:p></o:x>"
    )
    odt = archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": body.encode()})
    assert _words(_inspect(odt, "a.odt").reading.text) == ["Tiêu", "đề", "Đoạn", "một"]


def test_a_mark_in_the_header_of_a_document_is_seen():
    """Stamps stand in headers and text boxes."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    header = f'<w:hdr xmlns:w="{word}"><w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p></w:hdr>'
    upload = _inspect(docx(*LETTER, more={"word/header1.xml": header.encode()}), "a.docx")
    assert [(f.code, f.data) for f in upload.findings] == [("secrecy_mark", {"mark": "TỐI MẬT"})]


def test_who_uploads_a_marked_document_was_asked(desk):
    """The server refuses it unless the page says that a person was."""
    content = docx("MẬT", *LETTER)
    with pytest.raises(EvidenceRefused) as refusal:
        desk.upload(content, "a.docx")
    assert (refusal.value.code, refusal.value.data["codes"]) == ("ask_first", ("secrecy_mark",))
    assert documents_of(desk.unit).total == 0
    assert desk.upload(content, "a.docx", despite=["secrecy_mark"]).already is False


def test_text_and_proposals_are_kept_with_the_document(desk):
    """And found by the words within."""
    document = desk.upload(pdf(*LETTER), "a.pdf").document
    assert (document.number, document.confirmed, document.text_from) == ("74/KH-SM", False, "file")
    assert documents_of(desk.unit, query="uy ban nhan dan").documents == [document]


def test_a_long_document_is_read_to_a_limit_and_to_its_end(tmp_path, monkeypatch):
    """The signature stands on the last page."""
    from parindex.apps.evidence.reading import pdf as reader

    monkeypatch.setattr(reader, "LONGEST", 500)
    path = tmp_path / "a.pdf"
    path.write_bytes(_pages(6))
    told = reader.read(path, 0)
    assert "trang 1 " in told.text
    assert "trang 6 " in told.text
    assert "trang 4 " not in told.text
    assert (told.whole, len(told.text) <= 500) == (False, True)


def _pages(count: int) -> bytes:
    import pypdfium2 as pdfium

    joined = pdfium.PdfDocument.new()
    for k in range(1, count + 1):
        joined.import_pages(pdfium.PdfDocument(pdf(*[f"trang {k} " + "chữ " * 12] * 3)))
    out = io.BytesIO()
    joined.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"), [(pdf("x")[:200], "pdf_broken"), (b"%PDF-1.7\n" + b"\0" * 500, "pdf_broken")]
)
def test_a_broken_pdf_is_refused(content, code):
    with pytest.raises(EvidenceRefused) as refusal:
        _inspect(content, "a.pdf")
    assert refusal.value.code == code


@pytest.fixture
def stuck(monkeypatch):
    """The process that opens files is there and does nothing."""
    _inspect(pdf("x"), "a.pdf")
    process = reading.reader._process.pid
    os.kill(process, signal.SIGSTOP)
    monkeypatch.setattr(apart, "SECONDS", 0.1)
    yield
    os.kill(process, signal.SIGCONT)


def test_a_reader_that_never_ends_costs_a_warning(desk, stuck):
    """The file itself is kept."""
    upload = _inspect(pdf(*LETTER), "a.pdf")
    assert (upload.reading.text, [f.code for f in upload.findings]) == ("", ["text_unread"])
    document = desk.upload(pdf(*LETTER), "a.pdf").document
    assert (document.text_from, document.number) == ("", "")


def test_an_entity_bomb_in_a_document_yields_no_text(tmp_path):
    """The XML reader stops; nothing hangs."""
    levels = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><w><t>&a11;</t></w>'
    path = tmp_path / "a.docx"
    path.write_bytes(archive({"[Content_Types].xml": b"", "word/document.xml": bomb.encode()}))
    assert read_file(path, "docx", "a.docx", ocr_pages=0).text == ""


def test_what_a_database_cannot_keep_is_left_out(desk):
    """A NUL in a text."""
    from parindex.apps.evidence.reading.told import clean

    assert clean("a\0b\ud800c\r\nd\xa0e") == "abc\nd e"
    document = desk.upload(docx("tab\tvà dấu"), "a.docx", **ACT).document
    document.refresh_from_db()
    assert document.text == "tab\tvà dấu"


def test_types_that_hold_no_letters_are_not_opened(tmp_path):
    assert read_file(Path("nowhere"), "zip", "a.zip", ocr_pages=3) == reading.NOTHING_READ
