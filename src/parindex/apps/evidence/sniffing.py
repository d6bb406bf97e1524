"""What a file is, by its content: the name it came under is only compared with that."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.types import DANGEROUS_ENDINGS, ENDINGS


HEAD = 4096
BLOCK = 1 << 20
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\0asm", b"L\0\0\0\x01\x14\x02\0", b"dex\n",
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (OLE, "ole"),
)
KNOWN_BUT_CLOSED = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
)
_MP4 = re.compile(rb"....ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash)", re.S)
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(!doctype|\?xml|\?php|%|html|head|body|script|style|svg|iframe|img|meta|link|div|a\s|b>|p>)",
    re.I | re.S,
)
_SCRIPT = re.compile(
    r"\s*(?:@echo\s+off|(?:sub|function)\s+\w+\s*\(|on error resume next|import\s+os\b|<\?php|powershell)",
    re.I,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# the names of an OLE file's streams are UTF-16 and may stand anywhere in it
_OLE_TYPES = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))


def sniff(file: BinaryIO, name: str) -> str:
    """The type of a file (a name of `types.TYPES`), its name agreeing; the position is at the start again.

    Raises:
        EvidenceRefused: a program or script, markup that a browser would run, macros, a password, a type that
            is not known, or a content of another type than the name says.
    """
    ending = PurePosixPath(name).suffix.casefold()
    kind = _kind(file, name)
    file.seek(0)
    if kind == "program" or ending in DANGEROUS_ENDINGS:
        raise EvidenceRefused("file_runs", name=name)
    if kind == "markup":
        raise EvidenceRefused("file_markup", name=name)
    if not kind:
        raise EvidenceRefused("type_unknown", name=name)
    named = ENDINGS.get(ending)
    if named is not None and named != kind:
        raise EvidenceRefused("content_not_as_named", name=name, type=kind)
    return kind


def _kind(file: BinaryIO, name: str) -> str:
    """A type's name, or program, markup, or nothing."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(PROGRAMS):
        return "program"
    for magic, kind in KNOWN_BUT_CLOSED:
        if head.startswith(magic):
            raise EvidenceRefused("type_closed", name=name, type=kind)
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return _INSIDE[kind](file, name) if kind in _INSIDE else kind
    if _MP4.match(head):
        return "mp4"
    return _text_kind(file, head)


def _text_kind(file: BinaryIO, head: bytes) -> str:
    """Plain text in UTF-8, markup, a script, or nothing."""
    text = head.decode("utf-8-sig", errors="ignore")
    if _MARKUP.match(text):
        return "markup"
    if _SCRIPT.match(text):
        return "program"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            if _CONTROLS.search(block):
                return ""
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return ""
    return "txt"


def _zip_kind(file: BinaryIO, name: str) -> str:
    """docx, xlsx, pptx, an OpenDocument, or a plain archive."""
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            if any(PurePosixPath(n).name == "vbaProject.bin" for n in names):
                raise EvidenceRefused("file_has_macros", name=name)
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE_PARTS if part in names), "")
            if "mimetype" in names and package.getinfo("mimetype").file_size < HEAD:
                return _open_document(package, names, name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise EvidenceRefused("archive_broken", name=name, detail=str(error)[:200]) from error
    return "zip"


def _open_document(package: zipfile.ZipFile, names: set[str], name: str) -> str:
    """odt, ods or odp, without macros and password; "" for other packages."""
    kind = _OPEN_DOCUMENTS.get(package.read("mimetype").strip(), "")
    if any(n.startswith(("Basic/", "Scripts/")) for n in names):
        raise EvidenceRefused("file_has_macros", name=name)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in package.open(manifest).read(BLOCK):
        raise EvidenceRefused("file_encrypted", name=name)
    return kind


def _ole_kind(file: BinaryIO, name: str) -> str:
    """doc, xls, ppt by the names of its streams; "" for other OLE files, such as installers."""
    file.seek(0)
    content = file.read()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise EvidenceRefused("file_encrypted", name=name)
    if holds("_VBA_PROJECT"):
        raise EvidenceRefused("file_has_macros", name=name)
    return next((kind for stream, kind in _OLE_TYPES if holds(stream)), "")


_INSIDE: dict[str, Callable[[BinaryIO, str], str]] = {"zip": _zip_kind, "ole": _ole_kind}
