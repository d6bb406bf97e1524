"""Files as officers upload them, and as they should not: made here from nothing."""

import ctypes
import io
import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import fontpkg_be_vietnam_pro
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import xlsxwriter


A4 = (595, 842)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LETTER = """UBND TỈNH THỬ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ MỘT Độc lập - Tự do - Hạnh phúc
Số: 74/KH-SM Thành phố Thử, ngày 09 tháng 01 năm 2024
KẾ HOẠCH
Cải cách hành chính năm 2024
Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh.
Nơi nhận: GIÁM ĐỐC
- Lưu: VT. Nguyễn Văn Bình""".splitlines()


@cache
def pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF with these lines on its first page, in a font that has every Vietnamese letter."""
    document = pdfium.PdfDocument.new()
    font_file = next(Path(fontpkg_be_vietnam_pro.ROOT).rglob("*Regular.ttf"))
    data = font_file.read_bytes()
    buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
    font = raw.FPDFText_LoadFont(document, buffer, len(data), raw.FPDF_FONT_TRUETYPE, True)
    for number in range(pages):
        page = document.new_page(*A4)
        for k, line in enumerate(lines if number == 0 else ()):
            made = raw.FPDFPageObj_CreateTextObj(document, font, 13)
            encoded = (line + "\0").encode("utf-16-le")
            raw.FPDFText_SetText(made, ctypes.cast(encoded, raw.FPDF_WIDESTRING))
            raw.FPDFPageObj_Transform(made, 1, 0, 0, 1, 60, 780 - 22 * k)
            raw.FPDFPage_InsertObject(page, made)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scan(content: bytes) -> bytes:
    """The first page of a PDF as a picture in a PDF, as a scanner makes it."""
    source = pdfium.PdfDocument(content)
    bitmap = source[0].render(scale=200 / 72)
    document = pdfium.PdfDocument.new()
    page = document.new_page(*A4)
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(*A4))
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(*lines: str, more: dict[str, bytes] | None = None) -> bytes:
    """A Word document of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>'.encode(),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode(),
    }
    return archive({**parts, **(more or {})})


def xlsx(*rows: list[str]) -> bytes:
    """A workbook of these rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for k, row in enumerate(rows):
        sheet.write_row(k, 0, row)
    book.close()
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """What stands out of an old Office file: its magic number and the names of its streams."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(s.encode("utf-16-le") for s in streams)
    )


def bomb(megabytes: int) -> bytes:
    """A Word document of a few kilobytes that unpacks to so many megabytes."""
    return docx("x", more={"word/media/image1.bin": b"\0" * (megabytes * 1_000_000)})


def lying(content: bytes, claimed: int) -> bytes:
    """An archive of one file, whose directory claims another size for it."""
    central = content.rindex(b"PK\x01\x02")
    local = content.index(b"PK\x03\x04")
    changed = bytearray(content)
    changed[central + 24 : central + 28] = claimed.to_bytes(4, "little")
    changed[local + 22 : local + 26] = claimed.to_bytes(4, "little")
    return bytes(changed)


def locked(content: bytes) -> bytes:
    """An archive whose entries say that they need a password."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)
