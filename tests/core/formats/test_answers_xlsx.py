"""Answers from workbooks: what is read, and what is refused instead of being taken for nothing."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.problems import FileRefused


SET = """
tree:
  - {code: "1.1", name: Một, max: 4, rule: {kind: points}}
  - {code: "1.2", name: Hai, max: 6, rule: {kind: satisfaction}}
  - {code: "1.3", name: Ba, max: 1, rule: {kind: deadline, due: 2024-01-31, in_time: {points: 1}}}
  - {code: "1.4", name: Bốn, max: 1, rule: {kind: all_or_nothing, conditions: [{id: a, name: a}]}}
"""
HEADER = ["unit", "1.1", "1.2", "1.3", "1.4"]


def _book(rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _repacked(content, change):
    """The package with its parts changed by `change(name, data)`; None leaves a part out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def test_cells_read_as_they_were_typed(tiny):
    """Numbers by their shortest digits, dates as dates, true as yes, empty as no answer."""
    rows = [
        HEADER,
        ["Sở Y tế", 3.1, "340/400", datetime.fromisoformat("2024-01-31T00:00"), True],
        ["Sở X", 2.0, 80, date(2024, 2, 1), None],
    ]
    csv = "unit,1.1,1.2,1.3,1.4\nSở Y tế,3.1,340/400,2024-01-31,yes\nSở X,2,80,2024-02-01,\n"
    framework = tiny.framework(SET)
    book = tiny.answers(framework, _book(rows), "a.xlsx").table
    assert answers_hash(book) == answers_hash(tiny.answers(framework, csv).table)


def test_a_workbook_is_known_by_its_content_not_its_name(tiny):
    """A .csv that is a workbook is read; a .xlsx that is text is refused."""
    framework = tiny.framework(SET)
    assert tiny.answers(framework, _book([HEADER, ["x", 1]]), "a.csv").table.participants
    assert tiny.answer_problems(framework, "unit,1.1\nx,1\n", "a.xlsx") == [(0, "not_a_workbook")]


def test_bad_rows_are_named_by_their_row_number(tiny):
    """As the program that made the workbook counts them."""
    book = _book([HEADER, ["x", 1], [], ["y", "hai"]])
    assert tiny.answer_problems(tiny.framework(SET), book, "a.xlsx") == [(4, "number_unreadable")]


def _merge(book):
    book.active.merge_cells("B2:B3")


def _hide(book):
    book.create_sheet("bí mật").sheet_state = "hidden"


def _very_hide(book):
    book.create_sheet("bí mật").sheet_state = "veryHidden"


def _second(book):
    book.create_sheet("Hướng dẫn").append(["Ghi điểm vào trang đầu"])
    book.create_sheet("Trang 3")
    book.create_sheet("Đợt 2").append(["# thêm"])
    book["Đợt 2"].append(["Unit", "1.1"])


def _formula(book):
    book.active["B3"] = "=1+1"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (_merge, (2, "merged_cells")),
        (_hide, (0, "hidden_sheets")),
        (_very_hide, (0, "hidden_sheets")),
        (_formula, (3, "formula_without_value")),
        (_second, (0, "second_sheet")),
    ],
)
def test_what_would_read_as_empty_or_hides_is_refused(tiny, change, problem):
    """Merged cells, hidden sheets, formulas whose value was never stored."""
    book = _book([HEADER, ["x", 1], ["y", 2]], change)
    assert tiny.answer_problems(tiny.framework(SET), book, "a.xlsx") == [problem]


def test_a_formula_on_a_renamed_sheet_is_found_too(tiny):
    """The first sheet's part need not be called sheet1."""
    book = _book([HEADER, ["x", 1], ["y", 2]], _formula)

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(
                name.replace("sheet1.xml", "trang.xml"), old.read(name).replace(b"sheet1.xml", b"trang.xml")
            )
    assert tiny.answer_problems(tiny.framework(SET), stream.getvalue(), "a.xlsx") == [
        (3, "formula_without_value")
    ]


def test_a_formula_with_a_stored_value_reads_as_that_value(tiny):
    """As a spreadsheet program saves it."""
    book = _book([HEADER, ["x", 1], ["y", 2]], _formula)
    stored = _repacked(
        book,
        lambda n, d: (
            d.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
        ),
    )
    table = tiny.answers(tiny.framework(SET), stored, "a.xlsx").table
    assert [a.value for a in table.columns["1.1"].distinct] == [1, 2]


@pytest.mark.slow
def test_a_zip_bomb_is_refused_unopened(tiny):
    """A small package that unpacks to very much."""
    stream = io.BytesIO(_book([HEADER, ["x", 1]]))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/bomb", "w") as part,
    ):
        for _ in range(60):
            part.write(b"\0" * 1_000_000)
    assert tiny.answer_problems(tiny.framework(SET), stream.getvalue(), "a.xlsx") == [(0, "zip_bomb")]


def test_a_far_cell_does_not_fill_the_memory(tiny):
    """One cell at the last corner of a sheet spans 17 thousand million cells."""

    def far(book):
        book.active["XFD1048576"] = 1

    assert tiny.answer_problems(tiny.framework(SET), _book([HEADER, ["x", 1]], far), "a.xlsx") == [
        (0, "sheet_too_large")
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and then nothing", "workbook_broken"),
        (_book([HEADER])[:-200], "workbook_broken"),
        (_repacked(_book([HEADER]), lambda n, d: None if n == "xl/workbook.xml" else d), "not_a_workbook"),
        (_repacked(_book([HEADER]), lambda n, d: d[:40] if "sheet1" in n else d), "workbook_broken"),
        (_book([]), "file_empty"),
        (_book([HEADER, ["x", "9" * 32_000 * 1]]), "number_unreadable"),
    ],
)
def test_a_broken_package_is_refused(tiny, content, code):
    """Cut off, without its parts, with broken parts, or empty."""
    assert [c for _, c in tiny.answer_problems(tiny.framework(SET), content, "a.xlsx")] == [code]


def test_an_error_value_in_a_cell_is_refused(tiny):
    """#DIV/0! is no answer."""

    def broken(book):
        book.active["B3"] = "#DIV/0!"

    problems = tiny.answer_problems(
        tiny.framework(SET), _book([HEADER, ["x", 1], ["y", 2]], broken), "a.xlsx"
    )
    assert [line for line, _ in problems] == [3]


@pytest.mark.parametrize("shown", ["0%", "0.00%", "0.0%;[Red]-0.0%"])
def test_a_cell_shown_as_a_percentage_is_one(tiny, shown):
    """A spreadsheet stores 80% as 0.8; taken as typed it would be 0.8 percent."""

    def as_percent(book):
        for place, value in (("C2", 0.8), ("C3", 0.57), ("C4", 1.0)):
            book.active[place] = value
            book.active[place].number_format = shown

    book = _book([HEADER, ["x", 1], ["y", 2], ["z", 3], ["w", 1, 80]], as_percent)
    table = tiny.answers(tiny.framework(SET), book, "a.xlsx").table
    assert [a.text for a in table.columns["1.2"].distinct] == ["80%", "57%", "100%", "80"]


def test_a_ratio_that_became_a_date_is_told_of(tiny):
    """12/15 typed into a spreadsheet is 15 December."""
    book = _book([HEADER, ["x", 1, date(2024, 12, 15)]])
    assert tiny.answer_problems(tiny.framework(SET), book, "a.xlsx") == [(2, "ratio_became_date")]


def test_a_guide_on_a_second_sheet_is_no_answer(tiny):
    """Only a sheet with the heading of the first one is."""
    book = _book([HEADER, ["x", 1]], lambda b: b.create_sheet("Hướng dẫn").append(["Ghi điểm"]))
    assert tiny.answers(tiny.framework(SET), book, "a.xlsx").table.participants


def test_merged_cells_are_named(tiny):
    """By their range."""
    with pytest.raises(FileRefused) as refusal:
        tiny.answers(tiny.framework(SET), _book([HEADER, ["x", 1], ["y", 2]], _merge), "a.xlsx")
    assert [p.data["cells"] for p in refusal.value.problems] == ["B2:B3"]


def test_a_number_has_the_digits_that_a_spreadsheet_shows(tiny):
    """The binary rest of a sum would break ties."""
    book = _repacked(
        _book([HEADER, ["x", 3.3]]),
        lambda n, d: d.replace(b"<v>3.3</v>", b"<v>3.3000000000000003</v>") if "sheet1" in n else d,
    )
    table = tiny.answers(tiny.framework(SET), book, "a.xlsx").table
    assert [a.text for a in table.columns["1.1"].distinct] == ["3.3"]


TEN = """
tree:
  - {code: "1.1", name: Một, max: 4, rule: {kind: points}}
  - {code: "1.10", name: Mười, max: 4, rule: {kind: points}}
"""
LONG = ["unit", "criterion", "answer"]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([LONG, ["x", 1.1, 3]], [(2, "code_is_number")]),
        ([LONG, ["x", 1.1, "hai"]], [(2, "code_is_number")]),
        ([["unit", 1.1], ["x", 3]], [(1, "code_is_number")]),
        ([LONG, ["x", "1.1", 1.1], ["x", "1.10", 1.1]], []),
        ([["unit", "1.1", "1.10"], ["x", 1.1, 1.1]], []),
    ],
)
def test_a_code_typed_as_a_number_is_refused_where_it_may_be_two(tiny, rows, problems):
    """1.10 typed into a cell of numbers is kept as 1.1, another criterion."""
    framework = tiny.framework(TEN)
    if problems:
        assert tiny.answer_problems(framework, _book(rows), "a.xlsx") == problems
    else:
        assert set(tiny.answers(framework, _book(rows), "a.xlsx").table.columns) == {"1.1", "1.10"}


def test_a_code_typed_as_a_number_is_read_where_it_can_be_one_only(tiny):
    """1.1 is no other code of the set."""
    book = _book([LONG, ["x", 1.1, 3]])
    assert set(tiny.answers(tiny.framework(SET), book, "a.xlsx").table.columns) == {"1.1"}
