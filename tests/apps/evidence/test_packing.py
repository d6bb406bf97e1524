"""Everything that proves a unit's answers comes out as one archive, and goes in again."""

import io
import zipfile
from datetime import date

import pytest
from evidence_files import LETTER, docx, pdf
from python_calamine import load_workbook
from small_round import ACT

from parindex.apps.evidence.actions import cite_document, cite_secret
from parindex.apps.evidence.packing import Group, Packed, pack
from parindex.apps.evidence.refusals import EvidenceRefused
from parindex.apps.evidence.rules import Metadata
from parindex.apps.evidence.unpacking import plan_archive
from parindex.core.wording.evidence_index import HEADINGS, KINDS


LONG = "ắ" * 251 + ".pdf"
INDEX = "Danh mục tài liệu kiểm chứng"


@pytest.fixture
def groups(desk):
    """One file at two criteria, equal names, a name of 757 bytes, a citation and a secret."""
    plan = desk.upload(pdf(*LETTER), "Kế hoạch.pdf").document
    other = desk.upload(docx("khác"), "KẾ HOẠCH.pdf.docx").document
    same = desk.upload(pdf("hai"), "kế hoạch.pdf").document
    long = desk.upload(pdf("ba"), LONG).document
    cited = cite_document(
        unit=desk.unit, metadata=Metadata("=1+1", date(2024, 2, 1), title="Tin"), link="https://a.vn", **ACT
    )
    secret = cite_secret(
        unit=desk.unit, metadata=Metadata("5/BC", date(2024, 3, 1)), where="Văn thư Sở Một", **ACT
    )
    return [
        Group("1.1", "Ban hành kế hoạch", [Packed(plan, "trang 2"), *map(Packed, (same, other, long))]),
        Group("1.2", "Thực hiện", [Packed(plan), Packed(cited), Packed(secret)]),
        Group("2/3:x", "Mã lạ", [Packed(same)]),
    ]


def _packed(groups, **more) -> bytes:
    with pack(groups, title="Sở Một, năm 2024", at=ACT["at"], **more) as file:
        return file.read()


def test_files_lie_in_folders_by_criterion(groups):
    """Accents kept, equal names numbered, long names shortened, every file whole."""
    with zipfile.ZipFile(io.BytesIO(_packed(groups))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert archive.read("1.2/Kế hoạch.pdf") == pdf(*LETTER)
        assert archive.read("1.1/kế hoạch (2).pdf") == pdf("hai")
    assert names[:3] == ["1.1/Kế hoạch.pdf", "1.1/kế hoạch (2).pdf", "1.1/KẾ HOẠCH.pdf.docx"]
    assert names[4:] == ["1.2/Kế hoạch.pdf", "2_3_x/kế hoạch.pdf", f"{INDEX}.xlsx", f"{INDEX}.txt"]
    short = names[3].removeprefix("1.1/")
    assert len(short.encode()) <= 255
    assert short.endswith("ắ.pdf")


def test_the_index_tells_everything_files_or_not(groups):
    """As a workbook and as text; what looks like a formula is text."""
    with zipfile.ZipFile(io.BytesIO(_packed(groups))) as archive:
        workbook = load_workbook(io.BytesIO(archive.read(f"{INDEX}.xlsx")))
        text = archive.read(f"{INDEX}.txt").decode("utf-8-sig")
    rows = workbook.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Sở Một, năm 2024"
    assert rows[2][:4] == ["Mã", "Tiêu chí", "Số, ký hiệu", "Ngày ban hành"]
    assert rows[3][2:8] == [
        "74/KH-SM", "09/01/2024", "Kế hoạch cải cách hành chính năm 2024", "SỞ MỘT", "Nguyễn Văn Bình",
        "trang 2",
    ]  # fmt: skip
    assert [r[8] for r in rows[7:10]] == ["Có tệp", "Chỉ dẫn, không kèm tệp", "Tài liệu mật"]
    assert (rows[8][2], rows[8][10], rows[9][10]) == ("=1+1", "https://a.vn", "Văn thư Sở Một")
    assert len(rows) == 3 + 8
    assert "Tệp: 1.1/Kế hoạch.pdf\r\n" in text
    assert "Trang, mục: trang 2" in text


def test_what_is_packed_can_be_unpacked(groups):
    """The round trip: every file finds its criterion again; only the index has none."""
    rows = plan_archive(io.BytesIO(_packed(groups)), "a.zip", ["1.1", "1.2"])
    assert [r.code for r in rows] == ["1.1", "1.1", "1.1", "1.1", "1.2", "", "", ""]
    assert all(r.usable for r in rows)


def test_the_same_pack_has_the_same_files(groups):
    """Byte by byte, but for the workbook, which has its own clock; in English with English words."""
    one, two = (zipfile.ZipFile(io.BytesIO(_packed(groups))) for _ in range(2))
    for name in one.namelist():
        assert one.getinfo(name).date_time == two.getinfo(name).date_time == (2026, 1, 5, 9, 30, 14)
        assert name.endswith(".xlsx") or one.read(name) == two.read(name)
    with zipfile.ZipFile(io.BytesIO(_packed(groups, language="en"))) as english:
        assert "Index of evidence.xlsx" in english.namelist()


def test_a_damaged_file_is_named_and_no_half_archive_given(groups, evidence_folder):
    for path in evidence_folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"x")
    with pytest.raises(EvidenceRefused) as refusal:
        _packed(groups)
    assert refusal.value.code == "content_damaged"


def test_every_form_of_document_has_its_word():
    from parindex.apps.evidence.models import Document

    assert set(KINDS) == set(Document.Kind.values)
    assert all(vi and en for vi, en in HEADINGS.values())
