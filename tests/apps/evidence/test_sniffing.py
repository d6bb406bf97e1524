"""What is not what it says, or would harm whoever opens it, is refused by name."""

import io
import zipfile

import pytest
from evidence_files import archive, bomb, docx, locked, lying, ole, pdf, xlsx

from parindex.apps.evidence.inspecting import inspect_upload
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.core.wording.refusals import refusal_sentence


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
ACCEPTED = {
    "a.pdf": (pdf("x"), "pdf"),
    "a.PDF": (pdf("x"), "pdf"),
    "a.docx": (docx("x"), "docx"),
    "a.xlsx": (xlsx(["x"]), "xlsx"),
    "a.doc": (ole("WordDocument"), "doc"),
    "a.xls": (ole("Workbook"), "xls"),
    "a.png": (PNG, "png"),
    "a.jpeg": (b"\xff\xd8\xff\xe0" + b"\0" * 64, "jpg"),
    "a.tif": (b"II*\0" + b"\0" * 64, "tif"),
    "a.odt": (archive(ODT), "odt"),
    "a.csv": ("số,tên\n1,Bộ Nội vụ\n".encode("utf-8-sig"), "txt"),
    "a.zip": (archive({"1.1/a.pdf": pdf("x"), "1.2/b.docx": docx("x")}), "zip"),
    "không có đuôi": (pdf("x"), "pdf"),
    "Kế hoạch 74.KH-UBND": (pdf("x"), "pdf"),
}
MANIFEST = b"<manifest:encryption-data/>"
REFUSED = {
    "script named pdf": ("a.pdf", b"#!/bin/sh\nrm -rf /\n", "file_runs"),
    "program named docx": ("a.docx", b"MZ" + b"\0" * 100, "file_runs"),
    "program for Linux": ("a.pdf", b"\x7fELF" + b"\0" * 100, "file_runs"),
    "batch file named txt": ("a.txt", b"@echo off\r\ndel *.*\r\n", "file_runs"),
    "shortcut": ("a.pdf", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "file_runs"),
    "harmless content, running name": ("a.js", pdf("x"), "file_runs"),
    "two endings": ("a.pdf.exe", pdf("x"), "file_runs"),
    "SVG with script": ("a.svg", SVG, "file_runs"),
    "SVG named png": ("a.png", SVG, "file_markup"),
    "HTML named pdf": ("a.pdf", b"\n <!DOCTYPE html><script>alert(1)</script>", "file_markup"),
    "HTML named txt": ("a.txt", b"\xef\xbb\xbf<html>", "file_markup"),
    "HTML behind a comment": ("a.txt", b"<!-- x --><script>alert(1)</script>", "file_markup"),
    "text named pdf": ("a.pdf", b"abc", "content_not_as_named"),
    "PDF named docx": ("a.docx", pdf("x"), "content_not_as_named"),
    "workbook named docx": ("a.docx", xlsx(["x"]), "content_not_as_named"),
    "unknown bytes": ("a.pdf", b"\x01\x02\x03" * 50, "type_unknown"),
    "text of an old code": ("a.txt", "Bộ Nội vụ".encode("cp1258", "replace") + b"\xff", "type_unknown"),
    "installer": ("a.doc", ole("Installer"), "type_unknown"),
    "package of something else": ("a.docx", archive({"[Content_Types].xml": b""}), "type_unknown"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x01\0", "type_closed"),
    "macros": ("a.docx", docx("x", more={"word/vbaProject.bin": b"x"}), "file_has_macros"),
    "old macros": ("a.doc", ole("WordDocument", "_VBA_PROJECT"), "file_has_macros"),
    "macros of LibreOffice": ("a.odt", archive({**ODT, "Basic/x.xml": b"x"}), "file_has_macros"),
    "password": ("a.docx", ole("EncryptedPackage"), "file_encrypted"),
    "password of LibreOffice": (
        "a.odt", archive({**ODT, "META-INF/manifest.xml": MANIFEST}), "file_encrypted",
    ),
    "locked zip": ("a.zip", locked(archive({"a.txt": b"abc"})), "file_encrypted"),
    "broken docx": ("a.docx", docx("x" * 1000)[:-30], "archive_broken"),
    "zip with a program": ("a.zip", archive({"a/b.pdf": b"MZ" + b"\0" * 90}), "file_runs"),
    "zip with a page": ("a.zip", archive({"a/b.html": b"<html>"}), "file_runs"),
    "bomb": ("a.docx", bomb(60), "archive_bomb"),
    "bomb in a zip": ("a.zip", archive({"a/b.docx": bomb(60)}, method=zipfile.ZIP_STORED), "archive_bomb"),
    "nested zips": (
        "a.zip", archive({"b.zip": archive({"c.zip": archive({"d.txt": b"x"})})}), "archive_too_deep",
    ),
    "a size that lies": ("a.zip", lying(archive({"a.txt": b"abc" * 1000}), 5), "archive_broken"),
    "nothing": ("a.pdf", b"", "evidence_empty"),
    "no name": (" ", pdf("x"), "file_name_missing"),
    "a folder in the name": ("../a.pdf", pdf("x"), "file_name_unusable"),
    "a folder of Windows": ("..\\a.pdf", pdf("x"), "file_name_unusable"),
    "a name written backwards": ("a\u202efdp.exe.pdf", pdf("x"), "file_name_unusable"),
    "a line break in the name": ("a\n.pdf", pdf("x"), "file_name_unusable"),
    "a name of 256 letters": ("ắ" * 252 + ".pdf", pdf("x"), "file_name_too_long"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_officers_upload_is_recognised(name):
    content, kind = ACCEPTED[name]
    with inspect_upload(stream=io.BytesIO(content), name=name) as upload:
        assert (upload.type.name, upload.size, upload.name) == (kind, len(content), name)


@pytest.mark.parametrize("case", REFUSED)
def test_the_rest_is_refused_with_its_reason(case):
    """A sentence in both languages that names the file."""
    name, content, code = REFUSED[case]
    with pytest.raises(EvidenceRefused) as refusal:
        inspect_upload(stream=io.BytesIO(content), name=name)
    assert refusal.value.code == code
    for language in ("vi", "en"):
        assert refusal_sentence(refusal.value.code, refusal.value.data, language).endswith(".")


def test_a_bomb_spread_over_many_small_archives_is_seen(monkeypatch):
    """The whole upload has one budget."""
    monkeypatch.setattr("parindex.apps.evidence.archives.MAX_UNPACKED", 3_000_000)
    monkeypatch.setattr("parindex.apps.evidence.archives.Budget.__init__", _budget)
    inner = docx("x", more={"word/a.bin": b"\0" * 900_000})
    content = archive({f"{k}.docx": inner for k in range(5)})
    with pytest.raises(EvidenceRefused) as refusal:
        inspect_upload(stream=io.BytesIO(content), name="a.zip")
    assert refusal.value.code == "archive_bomb"


def _budget(self):
    self.left = 3_000_000


def test_limits_are_settings(settings):
    """Size and types."""
    settings.PARINDEX_EVIDENCE_MAX_BYTES = 2_000_000
    with pytest.raises(EvidenceRefused) as refusal:
        inspect_upload(stream=io.BytesIO(b"a" * 2_000_001), name="a.txt")
    assert (refusal.value.code, refusal.value.data["limit"]) == ("evidence_too_large", 2)
    settings.PARINDEX_EVIDENCE_TYPES = ("pdf",)
    with pytest.raises(EvidenceRefused) as refusal:
        inspect_upload(stream=io.BytesIO(docx("x")), name="a.docx")
    assert (refusal.value.code, refusal.value.data["allowed"]) == ("type_not_allowed", ("pdf",))


def test_a_refused_upload_leaves_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(EvidenceRefused):
        inspect_upload(stream=io.BytesIO(b"MZ"), name="a.pdf")
    with inspect_upload(stream=io.BytesIO(pdf("x")), name="a.pdf"):
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
