"""Office files as PDF, where LibreOffice is present; nothing where it is not."""

import io
import time

import pytest
from evidence_files import archive, docx, pdf

from parindex.apps.evidence import viewing
from parindex.apps.evidence.viewing import pdf_view


RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = {
    "[Content_Types].xml": (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    ).encode(),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{DOC}" Target="word/document.xml"/>'
        "</Relationships>"
    ).encode(),
}


def _letter(*lines: str) -> bytes:
    """A Word document that Word itself would open."""
    import zipfile

    body = zipfile.ZipFile(io.BytesIO(docx(*lines))).read("word/document.xml")
    return archive({**PARTS, "word/document.xml": body})


def _text(file) -> str:
    import pypdfium2

    with file:
        return pypdfium2.PdfDocument(file.read())[0].get_textpage().get_text_bounded()


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_letter_is_shown_as_pdf_and_made_once(desk, monkeypatch):
    """With its accents; the second look takes what the first made."""
    document = desk.upload(_letter("Kế hoạch cải cách hành chính"), "a.docx").document
    assert "Kế hoạch cải cách hành chính" in _text(pdf_view(document))
    monkeypatch.setattr(viewing, "convert", None)
    assert "Kế hoạch" in _text(pdf_view(document))


def test_a_pdf_is_its_own_view(desk):
    content = pdf("x")
    with pdf_view(desk.upload(content).document) as file:
        assert file.read() == content


def test_without_libreoffice_there_is_no_view(desk, monkeypatch):
    document = desk.upload(docx("x"), "a.docx").document
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert pdf_view(document) is None


@pytest.mark.parametrize("script", ["sleep 30", "exit 1", "true"])
def test_a_conversion_that_hangs_or_fails_gives_none(desk, monkeypatch, tmp_path, script):
    """In the time that it is given; nothing is kept."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(program))
    monkeypatch.setattr(viewing, "SECONDS", 0.3)
    document = desk.upload(docx("x"), "a.docx").document
    began = time.monotonic()
    assert pdf_view(document) is None
    assert time.monotonic() - began < 10


def test_what_has_no_pages_has_no_view(desk):
    assert pdf_view(desk.upload(b"mot hai", "a.txt").document) is None
