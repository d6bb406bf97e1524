"""Answers from CSV: what is understood, and what is refused at its line."""

from fractions import Fraction

import pytest

from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.problems import FileRefused
from parindex.core.kernel.assess import assess


SET = """
tree:
  - code: A
    name: Phần
    max: 10
    children:
      - {code: "1.1", name: Một, max: 4, rule: {kind: points}}
      - {code: "1.2", name: Hai, max: 6, method: survey, rule: {kind: satisfaction}}
"""
LONG = "unit,criterion,answer\nSở Y tế,1.1,3\nSở Y tế,1.2,80\nSở Nội vụ,1.1,n/a\n"
WIDE = "unit,1.1,1.2\nSở Y tế,3,80\nSở Nội vụ,n/a,\n"


def _hash(tiny, content, name="a.csv"):
    return answers_hash(tiny.answers(tiny.framework(SET), content, name).table)


@pytest.mark.parametrize(
    "content",
    [
        WIDE,
        LONG.replace("\n", "\r\n"),
        LONG.replace(",", ";"),
        LONG.replace(",", "\t"),
        "# sheet of 2024\n" + LONG.replace("Sở Y tế,1.2", "# a remark\nSở Y tế,1.2"),
        LONG.replace("Sở Y tế,1.2", '# said, "never\n#"mind\nSở Y tế,1.2') + '# "',
        "\ufeff\ufeff" + LONG,
        LONG.replace("Sở Nội vụ", "Sở\u200b Nội vụ"),
        LONG.replace("unit,criterion,answer", "Đơn vị,Tiêu chí,Kết quả"),
        LONG.replace("unit,criterion,answer", "UNIT , Criterion,ANSWER"),
        LONG.replace("Sở", "Sơ\u0309"),
        LONG.replace("Sở Y tế", "  Sở  Y tế "),
        LONG + "\n\n,,\n",
        LONG.encode("utf-8-sig"),
        LONG.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + LONG.encode("utf-16-be"),
        LONG.replace("1.2,80", '"1.2","80"'),
        "answer,unit,criterion\n3,Sở Y tế,1.1\n80,Sở Y tế,1.2\nn/a,Sở Nội vụ,1.1\n,Sở Nội vụ,1.2\n",
    ],
    ids=[
        "wide", "crlf", "semicolon", "tab", "comments", "comments with quotes", "bom twice", "unseen sign",
        "vietnamese header", "header case", "nfd", "blanks",
        "empty rows", "bom", "utf-16-le", "utf-16-be", "quoted", "columns moved",
    ],
)  # fmt: skip
def test_the_same_answers_are_the_same_however_the_file_is_made(tiny, content):
    """Delimiter, line ends, encoding, Unicode form, layout, comments."""
    assert _hash(tiny, content) == _hash(tiny, LONG)


def test_the_rest_of_a_row_is_kept(tiny):
    """Group, type, lateness, standard error, respondents, note."""
    text = 'unit,group,criterion,answer,se,n,late_days,note\nx,Khối 1,1.2,80,"1,5",400,2,theo báo cáo 12\n'
    table = tiny.answers(tiny.framework(SET), text).table
    who, column = table.participants[0], table.columns["1.2"]
    assert (who.group, who.late_days) == ("Khối 1", 2)
    assert (column.distinct[0].se, column.distinct[0].n) == (Fraction(3, 2), 400)
    assert table.notes == {(0, "1.2"): "theo báo cáo 12"}


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ("x,1.1,5\nx,1.1,3\n", [(2, "points_out_of_range"), (3, "answer_twice")]),
        ("x,1.1,\nx,1.1,3\n", [(3, "answer_twice")]),
        ("x,9.9,1\n", [(2, "criterion_unknown")]),
        ("x,A,1\n", [(2, "not_a_leaf")]),
        (",1.1,1\n", [(2, "unit_missing")]),
        ("x,1.1,hai\nx,1.2,120\n", [(2, "number_unreadable"), (3, "ratio_over_100")]),
        ("x,1.1,1,2\n", [(2, "row_too_long")]),
        ("x,1.1,1,,\n", []),
        ("Sở Y tế,1.1,1\nsở y tế,1.2,1\n", [(3, "unit_two_spellings")]),
        ('x,1.1,"1\n', [(2, "csv_broken")]),
        ('x,1.1,"1"2\n', [(2, "csv_broken")]),
        ("x,1.1,no-case\n", [(2, "no_case_not_foreseen")]),
        ("x,1.1,1\0\n", [(2, "nul_character")]),
        ('x,1.1,1\ny,1.1,"2\nz,1.1,3\n', [(3, "csv_broken")]),
        ('x,1.1,"' + "1\n" * 60_000, [(2, "csv_broken")]),
        ("x,,1\n", [(2, "criterion_missing")]),
        ("x\n", [(2, "criterion_missing")]),
        ("", [(1, "no_rows")]),
        ("x,1.1,5\nx,1.2,120\n", [(2, "points_out_of_range"), (3, "ratio_over_100")]),
        ("x,1.1,points:5\ny,9.9,1\n", [(2, "points_out_of_range"), (3, "criterion_unknown")]),
        ("Sở Hòa,1.1,1\nSở Hoà,1.2,1\n", [(3, "unit_two_spellings")]),
        ("x,1.1,points : 3\nx,1.2,Không\u00a0áp dụng\n", []),
    ],
)
def test_a_bad_row_is_refused_at_its_line(tiny, rows, problems):
    """All bad rows at once; short and padded rows are no problem."""
    framework, content = tiny.framework(SET), "unit,criterion,answer\n" + rows
    found = tiny.answer_problems(framework, content) if problems else []
    assert found == problems
    assert problems or tiny.answers(framework, content).table.participants


def test_lines_are_counted_through_quoted_line_breaks(tiny):
    """A note of three lines moves the next row."""
    text = 'unit,criterion,answer,note\nx,1.1,1,"một\nhai\nba"\nx,1.2,120,\n'
    assert tiny.answer_problems(tiny.framework(SET), text) == [(5, "ratio_over_100")]


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        ("name,criterion,answer", [(1, "header_without_unit")]),
        ("unit,criterion,answer,colour", [(1, "column_unknown")]),
        ("unit,criterion,answer,answer", [(1, "column_twice")]),
        ("unit,1.1,1.1", [(1, "column_twice")]),
        ("unit,1.1,9.9", [(1, "criterion_unknown")]),
        ("unit,1.1,A", [(1, "not_a_leaf")]),
        ("unit,group,type", [(1, "header_without_criteria")]),
        ("unit,criterion", [(1, "column_missing")]),
        ("unit,kết quả", [(1, "column_missing")]),
        ("unit,1.1,note", [(1, "column_needs_long")]),
        ("unit,1.1,se", [(1, "column_needs_long")]),
        ("unit,unit,1.1", [(1, "column_twice")]),
    ],
)
def test_a_header_that_cannot_be_meant_is_refused(tiny, header, problems):
    """Unknown and doubled columns are named."""
    found = tiny.answer_problems(
        tiny.framework(SET), header + "\n" + "x,1.1,3,3\n"[: 2 * len(header.split(",")) + 1]
    )
    assert [p for p in found if p[0] == 1] == problems


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", (0, "file_empty")),
        (b"\n\n# x\n", (0, "file_empty")),
        (
            "unit,criterion,answer\nSở Y tế,1.1,3\n".encode("cp1258", "replace").replace(b"?", b"\xd2"),
            (2, "not_utf8"),
        ),
        (LONG.encode("utf-16-le"), (2, "nul_character")),
        (b"u\0n\0i\0t\0,\0", (1, "nul_character")),
        (LONG.encode("utf-16") + b"\x00", None),
        (b"unit,criterion,answer\nx,1.1," + b"9" * 10_000_000 + b"\n", (2, "cell_too_large")),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, (0, "old_or_locked_workbook")),
    ],
)
def test_a_file_that_is_no_plain_text_is_refused(tiny, content, problem):
    """Windows-1258, UTF-16 cut or without a mark, a cell of 10 MB, an old workbook under another name."""
    found = tiny.answer_problems(tiny.framework(SET), content)
    assert len(found) == 1
    assert problem is None or found == [problem]


def test_wide_rows_name_a_unit_once(tiny):
    """The second row would silently win."""
    assert tiny.answer_problems(tiny.framework(SET), WIDE + "Sở Y tế,1,1\n") == [(4, "unit_twice")]


def test_a_wide_row_longer_than_its_header_is_refused(tiny):
    """A value without a column would vanish."""
    assert tiny.answer_problems(tiny.framework(SET), WIDE + "x,1,1,1\n") == [(4, "row_too_long")]


def test_problems_of_a_wide_table_are_told_row_by_row_each_time_they_occur(tiny):
    """Columns are read one after the other; the reader of the file goes down its rows."""
    text = "unit,1.1,1.2\na,x,80\nb,3,y\nc,x,y\nd,3\n"
    found = tiny.answer_problems(tiny.framework(SET), text)
    assert found == [(line, "number_unreadable") for line in (2, 3, 4, 4)]


def test_a_wide_row_that_stops_early_leaves_the_rest_unanswered(tiny):
    """As a spreadsheet's CSV does."""
    assert _hash(tiny, WIDE.replace("n/a,\n", "n/a\n")) == _hash(tiny, LONG)


def test_facts_of_a_unit_are_said_once_or_the_same(tiny):
    """Two groups for one unit cannot both hold."""
    text = "unit,group,criterion,answer\nx,I,1.1,1\nx,,1.2,1\n"
    assert tiny.answers(tiny.framework(SET), text).table.participants[0].group == "I"
    assert tiny.answer_problems(tiny.framework(SET), text.replace("x,,", "x,II,")) == [
        (3, "unit_fact_differs")
    ]


@pytest.mark.parametrize("days", ["-1", "1.5", "hai", "99999"])
def test_days_late_are_whole_and_bearable(tiny, days):
    """At most ten years."""
    text = f"unit,late_days,criterion,answer\nx,{days},1.1,1\n"
    assert tiny.answer_problems(tiny.framework(SET), text) == [(2, "late_days_unreadable")]


@pytest.mark.parametrize(("given", "code"), [("", "unit_type_missing"), ("xa", "unit_type_not_declared")])
def test_a_unit_needs_a_declared_type_where_there_are_several(tiny, given, code):
    """With one declared type it is that one."""
    two = "unit_types: [{code: so, name: Sở}, {code: huyen, name: Huyện}]\n" + SET
    text = f"unit,type,criterion,answer\nx,{given},1.1,1\n"
    assert tiny.answer_problems(tiny.framework(two), text) == [(2, code)]
    one = "unit_types: [{code: so, name: Sở}]\n" + SET
    assert tiny.answers(tiny.framework(one), LONG).table.participants[0].type == "so"


def test_points_above_the_maximum_are_placed_in_the_file(tiny):
    """What only scoring can see is told with the line of the answer as well."""
    framework = tiny.framework(SET)
    file = tiny.answers(framework, "unit,criterion,answer\nx,1.1,3\ny,1.1,5\n")
    with pytest.raises(Exception, match="table_refused") as refusal:
        assess(framework, file.table)
    located = file.locate(refusal.value)
    assert isinstance(located, FileRefused)
    assert [(p.line, p.code, p.data["unit"]) for p in located.problems] == [(3, "points_out_of_range", "y")]


def test_the_hash_sees_every_change_of_an_answer(tiny):
    """And a lateness, a group, a standard error."""
    base = "unit,group,late_days,criterion,answer,se\nx,I,0,1.2,80,1\n"
    changes = [("80", "81"), ("I", "II"), (",0,", ",1,"), (",1\n", ",2\n"), ("x", "y")]
    assert len({_hash(tiny, base), *(_hash(tiny, base.replace(*c)) for c in changes)}) == 6


def test_a_file_that_is_not_there_is_refused(tiny):
    """By name."""
    from parindex.core.formats.answers_file import read_answers

    with pytest.raises(FileRefused) as refusal:
        read_answers(tiny.framework(SET), tiny.folder / "none.csv")
    assert [p.code for p in refusal.value.problems] == ["file_unreadable"]
