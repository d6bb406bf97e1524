"""Tasks from a plan's Word and Excel tables: each with its place, none passed over in silence."""

import io
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.plan_columns import Field, field_of
from parindex.core.formats.plan_tables import match_area, one_line, read_tables, rows_of, tables_of
from parindex.core.formats.problems import FileRefused
from parindex.core.formats.table_grids import GridRow, TableGrid
from parindex.core.formats.unit_names import book_of_names, match_name, parties, several
from tests.plan_files import TASKS, excel_plan, word_plan


AREAS = {
    "chi-dao": "Công tác chỉ đạo, điều hành cải cách hành chính",
    "the-che": "Cải cách thể chế",
    "thu-tuc": "Cải cách thủ tục hành chính",
    "bo-may": "Cải cách tổ chức bộ máy",
    "cong-vu": "Cải cách chế độ công vụ",
    "tai-chinh": "Cải cách tài chính công",
    "so-hoa": "Xây dựng, phát triển chính quyền điện tử, chính quyền số",
}


def _read(content):
    return rows_of(read_tables(content, "ke-hoach"))


@pytest.mark.parametrize(
    "content", [word_plan(), word_plan(parted=False), excel_plan()], ids=["pages", "one", "excel"]
)
def test_each_task_is_read_whole_whatever_the_file(content):
    """Two lines of headings, merged leads, area rows, the second page: the same eight rows."""
    tasks, passed = _read(content)
    wanted = [tuple(task[:6]) for task in TASKS if len(task) > 2]
    fields = [Field.NUMBER, Field.CONTENT, Field.OUTPUT, Field.LEAD, Field.COORDINATING, Field.DUE]
    assert [tuple(t.cells[f] for f in fields) for t in tasks] == wanted
    assert [match_area(t.heading, AREAS) for t in tasks] == ["chi-dao"] * 3 + ["thu-tuc"] * 2 + ["so-hoa"]
    assert [p.text for p in passed if p.why == "heading"] == [" | ".join(t) for t in TASKS if len(t) == 2]


def test_the_place_of_a_row_is_that_of_the_file():
    """Table and row, as somebody counts them in Word; the row of the sheet in Excel."""
    tasks, _ = _read(word_plan())
    assert [(t.table, t.row) for t in tasks] == [(2, 5), (2, 6), (2, 7), (3, 2), (3, 3), (3, 5)]
    tasks, _ = _read(excel_plan())
    assert [t.row for t in tasks] == [8, 9, 10, 12, 13, 15]


def test_tables_that_hold_no_tasks_are_named():
    """Letterhead and signature."""
    others = read_tables(word_plan(), "a").others
    assert [number for number, _ in others] == [1, 4]
    assert others[1][1].startswith("Nơi nhận")


def test_a_column_can_be_made_another_by_hand():
    """What was proposed is only a proposal."""
    reading = read_tables(excel_plan(), "a")
    tasks, _ = rows_of(reading, {1: {Field.CONTENT: 2, Field.DUE: 5}})
    assert tasks[0].cells == {Field.CONTENT: "Kế hoạch", Field.DUE: "Tháng 01/2025"}


def test_headings_repeated_on_the_next_page_are_no_task():
    """Word repeats them; people copy them."""
    paper = docx.Document(io.BytesIO(word_plan()))
    second = paper.tables[2]
    row = second.add_row().cells
    for k, text in enumerate(
        ["TT", "Nội dung nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian", "Kinh phí"]
    ):
        row[k].text = text
    out = io.BytesIO()
    paper.save(out)
    tasks, passed = _read(out.getvalue())
    assert len(tasks) == 6
    assert [p.row for p in passed if p.why == "headings_again"] == [6]


def test_a_task_of_which_all_but_the_content_is_missing_is_still_a_task():
    """Only what is headed as one is a heading."""
    tasks, _ = _read(excel_plan([("1", "Rà soát thủ tục", "", "", "", "", ""), *TASKS]))
    assert tasks[0].cells[Field.CONTENT] == "Rà soát thủ tục"
    assert tasks[0].heading == ""


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "number"),
        ("TT", "number"),
        ("Nhiệm vụ, giải pháp", "content"),
        ("NỘI DUNG CÔNG VIỆC", "content"),
        ("Sản phẩm/Kết quả", "output"),
        ("Dự kiến kết quả", "output"),
        ("Kết quả thực hiện", None),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Phòng phụ trách", "lead"),
        ("Đơn vị phối hợp", "coordinating"),
        ("Người thực hiện", "person"),
        ("Thời gian bắt đầu", "start"),
        ("Thời gian hoàn thành", "due"),
        ("Tiến độ", "due"),
        ("Thời hạn", "due"),
        ("Kinh phí thực hiện", None),
        ("Ghi chú", None),
        ("Lĩnh vực", "area"),
        ("Mã tiêu chí", "criterion"),
        ("Lãnh đạo phụ trách", None),
    ],
)
def test_columns_are_told_by_the_words_of_their_headings(heading, field):
    """As plans head them; what is not asked for is left aside."""
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I. CẢI CÁCH THỂ CHẾ", "the-che"),
        ("Cải cách thủ tục hành chính", "thu-tuc"),
        ("4. Tổ chức bộ máy hành chính nhà nước", "bo-may"),
        ("Cải cách chế độ công vụ", "cong-vu"),
        ("Tài chính công", "tai-chinh"),
        ("VII - Công tác chỉ đạo điều hành", "chi-dao"),
        ("Xây dựng và phát triển chính quyền điện tử, chính quyền số", "so-hoa"),
        ("thu-tuc", "thu-tuc"),
        ("Cải cách hành chính", ""),
        ("Nhiệm vụ khác", ""),
        ("", ""),
    ],
)
def test_an_area_is_known_by_its_particular_words(text, code):
    """And asked about where none or several could be meant."""
    assert match_area(text, AREAS) == code


UNITS = [
    ("1", "Văn phòng Sở", "vp"),
    ("2", "Phòng Quản lý Văn hóa và Gia đình", "qlvh"),
    ("3", "Sở Văn hóa, Thể thao và Du lịch tỉnh Minh Họa", "svhttdl"),
    ("4", "Phòng Tổ chức, Hành chính", "tchc"),
    ("5", "Sở Nội vụ", "so-noi-vu"),
    ("6", "Phòng Tài chính - Hà Châu", "tc1"),
    ("7", "Thanh tra", "tt"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Văn phòng Sở", "1"),
        ("VĂN PHÒNG SỞ", "1"),
        ("Phòng QLVHGĐ", "2"),
        ("Sở VHTT&DL", "3"),
        ("Sở VHTTDL", "3"),
        ("SVHTTDL", "3"),
        ("Sở Văn hoá, Thể thao và Du lịch", "3"),
        ("Phòng Tổ chức - Hành chính", "4"),
        ("Sở Nội vụ tỉnh", "5"),
        ("Văn phòng UBND tỉnh", ""),
        ("Phòng Tổ chứt, Hành chính", ""),
        ("Các đơn vị", ""),
        ("", ""),
    ],
)
def test_units_are_known_by_the_ways_in_which_officials_write_them(text, key):
    """A misspelt name is proposed, never taken."""
    assert match_name(text, book_of_names(UNITS)).key == key


def test_a_misspelt_name_is_proposed():
    """To whoever confirms."""
    assert match_name("Phòng Tổ chứt, Hành chính", book_of_names(UNITS)).near == ("4",)


def test_one_cell_may_say_who_leads_and_who_coordinates():
    """And a list is parted only where every part is a unit: names hold commas."""
    book = book_of_names(UNITS)
    assert parties("Chủ trì: Văn phòng Sở; phối hợp: Phòng QLVHGĐ") == ("Văn phòng Sở", "Phòng QLVHGĐ")
    assert several("Phòng Tổ chức, Hành chính", book) == ["Phòng Tổ chức, Hành chính"]
    assert several("Văn phòng Sở, Thanh tra", book) == ["Văn phòng Sở", "Thanh tra"]


def test_lines_of_a_cell_become_one_line():
    """Bullets become semicolons."""
    assert one_line("Báo cáo\n- quý\n- Năm") == "Báo cáo quý; Năm"


def _changed(content, change, part="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def _laughing(xml):
    return xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document', 1)


def _begun_with(more):
    """The document with something more at its beginning."""
    return _changed(word_plan(), lambda xml: xml.replace(b"<w:body>", b"<w:body>" + more, 1))


def _spanning(xml):
    return xml.replace(b'w:gridSpan w:val="6"', b'w:gridSpan w:val="9999"')


NESTED = b"<w:tbl><w:tr><w:tc>" * 30 + b"</w:tc></w:tr></w:tbl>" * 30
HOSTILE = {
    "nothing": (b"", "file_empty"),
    "not a package": (b"TT;Noi dung", "annex_kind_unknown"),
    "an old file": (b"\xd0\xcf\x11\xe0" + bytes(600), "annex_kind_unknown"),
    "cut short": (word_plan()[:3000], "annex_broken"),
    "entities": (_changed(word_plan(), _laughing), "annex_broken"),
    "broken XML": (_changed(word_plan(), lambda xml: xml[:2000]), "annex_broken"),
    "grows": (_changed(word_plan(), lambda xml: xml + b" " * 61_000_000), "zip_bomb"),
    "spans": (_changed(word_plan(), _spanning), "tables_too_large"),
    "many tables": (_begun_with(b"<w:tbl></w:tbl>" * 300), "tables_too_large"),
    "tables within tables": (_begun_with(NESTED), "tables_too_large"),
    "no table of tasks": (
        word_plan(heads=[*"abcd", "", "e", "f"], lower=[""] * 7),
        "plan_table_missing",
    ),
    "a long cell": (excel_plan([("1", "x" * 25_000, "", "", "", "", "")]), "cell_too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plan_is_refused_with_its_reason(name):
    """Before it can grow."""
    content, code = HOSTILE[name]
    with pytest.raises(FileRefused) as refused:
        read_tables(content, "a.docx")
    assert refused.value.problems[0].code == code


def test_what_tracked_changes_deleted_is_not_there():
    """A row struck out, a name replaced."""

    def strike(xml):
        at = xml.index("Niêm yết".encode())
        begin = xml.rindex(b"<w:tr>", 0, at)
        return xml[:begin] + xml[begin:].replace(
            b"<w:tr>", b'<w:tr><w:trPr><w:del w:id="1" w:author="a"/></w:trPr>', 1
        )

    tasks, _ = _read(_changed(word_plan(), strike))
    assert [t.cells[Field.NUMBER] for t in tasks] == ["1", "2", "3", "4", "6"]


def test_a_workbook_with_a_hidden_sheet_is_told_of():
    """Nothing is taken that the sender does not see."""
    book = openpyxl.load_workbook(io.BytesIO(excel_plan()))
    book["Ghi chú"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(FileRefused) as refused:
        read_tables(out.getvalue(), "a.xlsx")
    assert refused.value.problems[0].code == "hidden_sheets"


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=6))
def test_every_row_that_holds_something_is_a_task_or_told_of(rows):
    """Whatever stands in it."""
    texts = [["TT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn", "Ghi chú"], *rows]
    lines = [
        GridRow(k, tuple(" ".join(t.split()) for t in row), tuple(range(9 * k, 9 * k + 7)))
        for k, row in enumerate(texts, 1)
    ]
    tasks, passed = rows_of(tables_of([TableGrid(1, "", (), lines)], "a"))
    filled = {line.number for line in lines[1:] if any(line.texts)}
    assert {t.row for t in tasks} | {p.row for p in passed} == filled
    assert not {t.row for t in tasks} & {p.row for p in passed}
