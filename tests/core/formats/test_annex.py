"""The annex of a decision read as a tree: numbers, merged cells, tables that go on; files that are none."""

import io
import zipfile
from fractions import Fraction

import docx
import pytest
import xlsxwriter

from parindex.core.formats.annex import read_annex
from parindex.core.formats.framework_rows import PROPOSED, check_plain, rows_of, with_keys
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.rule_proposals import proposed_rule


HEAD = ["STT", "Lĩnh vực/Tiêu chí", "Điểm tối đa", "Cách chấm điểm", "Tài liệu kiểm chứng"]
FIRST = [
    HEAD,
    ["1", "CÔNG TÁC CHỈ ĐẠO", "5", "", ""],
    ["1.1", "Kế hoạch CCHC", "2", "", ""],
    ["1.1.1", "Ban hành kế hoạch", "1", "Đúng hạn: 1 điểm; muộn: 0,5 điểm; không: 0 điểm", "Kế hoạch"],
    ["1.1.2", "Mức độ hoàn thành", "1", "", "Báo cáo"],
    ["", "Đạt 100%", "1", "", ""],
    ["", "Từ 80% đến dưới 100%", "0,5", "", ""],
    ["-", "Dưới 80%", "0", "", ""],
]
SECOND = [
    [
        "1.2",
        "Hồ sơ đúng hạn",
        "3",
        "(Số hồ sơ đúng hạn / tổng số hồ sơ) x 3, làm tròn 2 chữ số; dưới 70%: 0 điểm",
        "",
    ],
    ["", "TỔNG CỘNG", "5", "", ""],
]


def document(*tables, merge=None):
    """A .docx with these tables; `merge`: (table, row, first column, last column)."""
    paper = docx.Document()
    paper.add_paragraph("PHỤ LỤC I")
    for rows in tables:
        table = paper.add_table(rows=0, cols=max(map(len, rows)))
        for row in rows:
            cells = table.add_row().cells
            for k, text in enumerate(row):
                cells[k].text = text
    for which, row, first, last in merge or ():
        cells = paper.tables[which].rows[row].cells
        cells[first].merge(cells[last])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def workbook(*sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for k, row in enumerate(rows):
                sheet.write_row(k, 0, row)
    return out.getvalue()


def codes(annex):
    return [row.code for row in rows_of({"tree": annex.tree})]


def leaf(annex, code):
    return next(row.node for row in rows_of({"tree": annex.tree}) if row.code == code)


@pytest.mark.parametrize("make", [document, workbook])
def test_a_table_that_goes_on_becomes_one_tree(make):
    """Levels by the numbers, points with a comma, words of the steps joined to the row above."""
    annex = read_annex(make(FIRST, SECOND), "phu-luc")
    assert codes(annex) == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]
    assert leaf(annex, "1.1.1")["evidence"] == ["Kế hoạch"]
    assert (
        leaf(annex, "1.1.2")["printed"]
        == "Đạt 100%: 1 điểm\nTừ 80% đến dưới 100%: 0,5 điểm\nDưới 80%: 0 điểm"
    )
    assert [leaf(annex, c)["level"] for c in ("1", "1.1", "1.1.1")] == ["area", "criterion", "component"]
    assert annex.unread == []
    assert annex.proposed == 3


def test_what_was_read_makes_a_sound_set():
    """With a name, and the proposed rules as they are."""
    content = {
        "parindex": "1",
        "id": "a",
        "version": "1",
        "title": "A",
        "status": "official",
        "tree": read_annex(document(FIRST, SECOND), "a.docx").tree,
    }
    framework, problems = check_plain(with_keys(content))
    assert problems == []
    assert framework.max_for("") == 5


def test_parts_with_merged_headings_that_count_anew_keep_their_codes_apart():
    """A heading over the whole width, with its points in brackets."""
    rows = [
        HEAD,
        ["A. THẨM ĐỊNH (3 điểm)", "", "", "", ""],
        ["1", "Kế hoạch", "3", "", ""],
        ["B. ĐIỀU TRA XÃ HỘI HỌC (2 điểm)", "", "", "", ""],
        ["1", "Hài lòng", "2", "Theo kết quả điều tra", ""],
    ]
    annex = read_annex(document(rows, merge=[(0, 1, 0, 4), (0, 3, 0, 4)]), "a.docx")
    assert codes(annex) == ["A", "A.1", "B", "B.1"]
    assert [leaf(annex, c)["max"] for c in ("A", "B")] == ["3", "2"]
    assert "rule" not in leaf(annex, "B.1")


def test_a_cell_that_goes_on_below_is_said_once():
    """Merged downwards."""
    rows = [HEAD, ["1", "Kế hoạch", "3", "Có: 3 điểm; không: 0 điểm", ""], ["2", "Báo cáo", "1", "", ""]]
    paper = docx.Document(io.BytesIO(document(rows)))
    table = paper.tables[0]
    table.cell(1, 3).merge(table.cell(2, 3))
    out = io.BytesIO()
    paper.save(out)
    annex = read_annex(out.getvalue(), "a.docx")
    assert "printed" not in leaf(annex, "2")


def test_no_line_is_left_out_in_silence():
    """A total that is wrong, an odd code, a column that is not read."""
    rows = [
        [*HEAD[:3], "Cột lạ"],
        ["1", "Kế hoạch", "3", "x"],
        ["??", "Chẳng rõ", "1", ""],
        ["", "Tổng cộng", "9", ""],
    ]
    annex = read_annex(document(rows), "a.docx")
    assert [line.text for line in annex.unread] == ["Cột lạ", "?? | Chẳng rõ | 1", "Tổng cộng | 9"]
    assert [(line.table, line.row) for line in annex.unread][1:] == [(1, 3), (1, 4)]


@pytest.mark.parametrize(
    ("words", "maximum", "kind"),
    [
        ("Từ 95% trở lên: 2 điểm; từ 80% đến dưới 95%: 1 điểm; dưới 80%: 0 điểm", 2, "steps"),
        ("Đầy đủ: 2 điểm; một phần: 1 điểm; không: 0 điểm", 2, "choice"),
        ("Tỷ lệ hồ sơ đúng hạn / tổng số x 3", 3, "proportional"),
        ("Đầy đủ: 2 điểm; một phần: 1 điểm", 3, None),
        ("Hội đồng xem xét, quyết định", 3, None),
        ("", 3, None),
        ("Đầy đủ: 2 điểm", 2, None),
    ],
)
def test_a_rule_is_proposed_only_where_the_words_say_it_plainly(words, maximum, kind):
    """And only where it fits the maximum."""
    rule = proposed_rule(words, Fraction(maximum))
    assert (rule and rule["kind"]) == kind


def test_a_proposed_rule_is_marked():
    """Until somebody confirms it."""
    assert PROPOSED in leaf(read_annex(document(FIRST), "a.docx"), "1.1.1")


def _zip(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


BROKEN = bytearray(document(FIRST))
BROKEN[len(BROKEN) // 2 : len(BROKEN) // 2 + 400] = b"\0" * 400


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "annex_kind_unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "annex_kind_unknown"),
        (b"PK\x03\x04nothing", "annex_broken"),
        (_zip(readme="x"), "annex_kind_unknown"),
        (_zip(word__document="<a"), "annex_broken"),
        (bytes(BROKEN), "annex_broken"),
        (_zip(word__document=b"0" * 210_000_000), "zip_bomb"),
        (document(), "annex_without_tables"),
        (document([["a", "b"], ["c", "d"]]), "annex_without_heading"),
        (document([HEAD, ["", "Kế hoạch", "", "", ""]]), "annex_without_rows"),
        (document(FIRST)[:-300], "annex_broken"),
        (b"PK\x03\x04" + b"0" * 20_000_001, "file_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_that_is_no_annex_is_refused_in_words(content, code):
    """And nothing is read of it."""
    with pytest.raises(FileRefused) as refused:
        read_annex(content, "a.docx")
    assert [p.code for p in refused.value.problems] == [code]
