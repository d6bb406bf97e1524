"""A packed folder becomes a plan: codes from folders, names as written, nothing left out or escaping."""

import io
import unicodedata
import zipfile

import pytest
from evidence_files import LETTER, archive, bomb, docx, locked, pdf

from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.unpacking import guess_code, open_planned, plan_archive


CODES = ["1", "1.1", "1.1.1", "1.2", "1.10", "2.3", "A1", "8.2"]


def _plan(content: bytes):
    return plan_archive(io.BytesIO(content), "ho so.zip", CODES)


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("1.1", "1.1"),
        ("TC 1.1", "1.1"),
        ("TC1.1", "1.1"),
        ("tc_1.1", "1.1"),
        ("Tiêu chí 1.1", "1.1"),
        ("TIÊU CHÍ THÀNH PHẦN 1.1.1", "1.1.1"),
        ("TCTP 1.1.1", "1.1.1"),
        ("1.1 - Ban hành kế hoạch", "1.1"),
        ("1.1. Ban hành kế hoạch", "1.1"),
        ("1.1_Ban hành", "1.1"),
        ("(1.1)", "1.1"),
        ("1.1.1 Kịp thời", "1.1.1"),
        ("1.10", "1.10"),
        ("A1 Chung", "A1"),
        ("a1", "A1"),
        ("Mục 2.3", "2.3"),
        ("1.1.9", ""),
        ("1.11", ""),
        ("1.", "1"),
        ("11", ""),
        ("năm 1.1", ""),
        ("Văn bản", ""),
    ],
)
def test_codes_in_names_of_folders(folder, code):
    """The longest known code that begins the name, and only a whole one."""
    assert guess_code([folder], CODES) == code


def test_the_innermost_telling_folder_counts():
    assert guess_code(["Sở Một", "1", "1.2 Kế hoạch", "bản ký số"], CODES) == "1.2"


def test_a_plan_names_every_file(tmp_path):
    """With its criterion and what is to be looked at; in the archive's order."""
    rows = _plan(
        archive(
            {
                "Sở Một/1.1 - Ban hành kế hoạch/Kế hoạch 74.pdf": pdf("x"),
                "Sở Một/TC 1.2/báo cáo.docx": docx("x"),
                "Sở Một/2.3 tài liệu khác.pdf": pdf("y"),
                "Sở Một/9.9/z.pdf": pdf("z"),
                "Sở Một/Khác/z.pdf": pdf("z"),
                "Sở Một/1.1/chạy.exe": b"MZ",
                "Sở Một/1.1/rỗng.txt": b"",
                "Sở Một/1.1/.DS_Store": b"x",
                "__MACOSX/Sở Một/1.1/._a.pdf": b"x",
                "Sở Một/1.1/~$a.docx": b"x",
            }
        )
    )
    assert [(r.name, r.code, r.guessed_by, r.usable, [p.code for p in r.problems]) for r in rows] == [
        ("Kế hoạch 74.pdf", "1.1", "folder", True, []),
        ("báo cáo.docx", "1.2", "folder", True, []),
        ("2.3 tài liệu khác.pdf", "2.3", "name", True, []),
        ("z.pdf", "", "", True, ["code_unknown"]),
        ("z.pdf", "", "", True, ["code_missing"]),
        ("chạy.exe", "1.1", "folder", False, ["file_runs"]),
        ("rỗng.txt", "1.1", "folder", False, ["evidence_empty"]),
        (".DS_Store", "1.1", "folder", False, ["system_file"]),
        ("._a.pdf", "1.1", "folder", False, ["system_file"]),
        ("~$a.docx", "1.1", "folder", False, ["system_file"]),
    ]


@pytest.mark.parametrize(
    "path", ["../../etc/a.pdf", "/etc/a.pdf", "C:/a.pdf", "..\\..\\a.pdf", "1.1/../../a.pdf"]
)
def test_no_path_leads_out(path):
    """Such a row is shown and cannot be used."""
    (row,) = _plan(archive({path: pdf("x")}))
    assert (row.usable, row.problems[0].code) == (False, "path_unsafe")


def test_a_link_in_an_archive_is_not_followed():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo("1.1/a.pdf")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    (row,) = _plan(out.getvalue())
    assert (row.usable, row.problems[0].code) == (False, "path_unsafe")


TONES = "\u0300\u0301\u0303\u0309\u0323"
NAME = "1.1/Kế hoạch số 74 của Sở Đường.pdf"


def _named(raw: bytes, extra: bytes = b"") -> bytes:
    """An archive whose one file is named by these bytes, without saying in which code."""
    ascii_name = "x" * len(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        entry = zipfile.ZipInfo(ascii_name)
        entry.extra = extra
        made.writestr(entry, pdf("x"))
    return out.getvalue().replace(ascii_name.encode(), raw)


def _windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: a letter, and its tone after it."""
    written = b""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
        written += (base + "".join(c for c in apart if c in TONES)).encode("cp1258")
    return written


def _unicode_path(name: str) -> bytes:
    body = b"\x01" + b"\0\0\0\0" + name.encode()
    return (0x7075).to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (archive({NAME: pdf("x")}), []),
        (_named(NAME.encode()), []),
        (_named(b"1.1/K? ho?ch.pdf", _unicode_path(NAME)), []),
        (_named(_windows_1258(NAME)), ["name_guessed"]),
    ],
    ids=["utf-8", "utf-8 unsaid", "extra field", "Windows-1258"],
)  # fmt: skip
def test_vietnamese_names_are_read_in_every_way_they_are_packed(content, problems):
    """The way of each packer; only a guess is marked as one."""
    (row,) = _plan(content)
    assert (row.path, row.code, [p.code for p in row.problems]) == (NAME, "1.1", problems)


def test_an_old_name_of_another_language_is_kept_as_it_is():
    """With the warning."""
    (row,) = _plan(_named("1.1/caf\u00e9.pdf".encode("cp437")))
    assert [p.code for p in row.problems] == ["name_guessed"]


def test_a_planned_file_is_opened_again(desk):
    """By its position, and becomes a document under its own name."""
    content = archive({"1.1/a.txt": b"mot", NAME: pdf(*LETTER)})
    row = _plan(content)[1]
    with open_planned(io.BytesIO(content), "ho so.zip", row.position) as file:
        document = desk.upload(file.read(), row.name).document
    assert (document.file_name, document.number) == ("Kế hoạch số 74 của Sở Đường.pdf", "74/KH-SM")
    with pytest.raises(EvidenceRefused) as refusal:
        open_planned(io.BytesIO(content), "ho so.zip", 7)
    assert refusal.value.code == "archive_broken"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (locked(archive({"a.txt": b"x"})), "file_encrypted"),
        (bomb(60), "archive_bomb"),
        (b"PK", "archive_broken"),
    ],
)
def test_an_archive_that_cannot_be_planned_is_refused_whole(content, code):
    with pytest.raises(EvidenceRefused) as refusal:
        _plan(content)
    assert refusal.value.code == code


def test_limits_hold_for_every_file(settings):
    settings.PARINDEX_EVIDENCE_TYPES = ("pdf",)
    settings.PARINDEX_EVIDENCE_MAX_BYTES = 200_000
    rows = _plan(archive({"1.1/a.docx": docx("x"), "1.1/b.txt": b"a" * 300_000, "1.1/c.pdf": pdf("x")}))
    assert [[p.code for p in r.problems] for r in rows] == [["type_not_allowed"], ["evidence_too_large"], []]
