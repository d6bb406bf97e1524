"""Results for machines: exact, whole, and harmless in a spreadsheet."""

import csv
import io
import json
from fractions import Fraction

import openpyxl
import pytest

from parindex.core.formats.problems import FileRefused
from parindex.core.formats.results_file import (
    as_csv,
    as_json,
    rows_as_csv,
    rows_as_xlsx,
    table_rows,
    write_whole,
)
from parindex.core.formats.stored import from_stored, to_stored
from parindex.core.wording.reasons import reason_sentence


SET = """
tree:
  - {code: "1", name: Một, level: area, max: 3, rule: {kind: proportional}}
  - {code: "2", name: Hai, level: area, max: 4, rule: {kind: points}}
grades: {bands: [{id: tot, name: Tốt, min: 50}]}
"""
ROWS = "unit,group,criterion,answer\nSở A,I,1,1/7\nSở A,I,2,2.5\nSở B,I,1,100\nSở B,I,2,4\n"


def _json(result):
    return json.loads(as_json(result, lambda reason, leaf: reason_sentence(reason, leaf, "vi")))


def test_a_terminating_number_is_a_decimal_any_other_has_twenty_digits_and_its_fraction(tiny):
    """3/7 + 5/2 = 41/14 of 7."""
    last = _json(tiny.assess(SET, ROWS))["units"][1]
    assert last["points"] == "2.9285714285714285714"
    assert last["exact"] == {"points": "41/14", "index": "2050/49"}
    assert last["nodes"]["1"]["points"] == "0.42857142857142857143"
    assert last["nodes"]["1"]["exact"]["points"] == "3/7"
    assert last["nodes"]["2"] == {
        "points": "2.5",
        "max": "4",
        "index": "62.5",
        "reason": {
            "code": "points.given",
            "data": {"given": "5/2", "maximum": "4"},
            "text": "Cơ quan thẩm định cho 2,50 trên 4 điểm.",
        },
    }
    assert Fraction(last["exact"]["index"]) == Fraction(41, 14) / 7 * 100


def test_units_stand_in_ranking_order_with_group_grade_and_rank(tiny):
    """The best first."""
    document = _json(tiny.assess(SET, ROWS))
    assert [(u["unit"], u["group"], u["grade"], u["rank"]) for u in document["units"]] == [
        ("Sở B", "I", "tot", 1),
        ("Sở A", "I", None, 2),
    ]
    assert set(document["framework"]) == {"id", "version", "title", "hash"}


def test_a_unit_without_index_has_null_not_zero(tiny):
    """In JSON null, in CSV empty."""
    result = tiny.assess(SET, "unit,criterion,answer\nx,1,n/a\nx,2,n/a\n")
    unit = _json(result)["units"][0]
    assert (unit["index"], unit["rank"], unit["nodes"]["1"]["index"]) == (None, None, None)
    assert next(iter(csv.DictReader(io.StringIO(as_csv(result)))))["index"] == ""


def test_csv_has_one_row_a_unit_with_its_areas(tiny):
    """Exact decimals with a point."""
    rows = list(csv.DictReader(io.StringIO(as_csv(tiny.assess(SET, ROWS)))))
    assert [(r["unit"], r["rank"], r["points"], r["index:2"]) for r in rows] == [
        ("Sở B", "1", "7", "100"),
        ("Sở A", "2", "2.9285714285714285714", "62.5"),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_a_unit_named_like_a_formula_stays_text(name):
    """In CSV behind an apostrophe, in a workbook as a string."""
    row = next(csv.reader(io.StringIO(rows_as_csv(["unit"], [[name]]).partition("\n")[2])))
    assert row == ["'" + name]
    book = openpyxl.load_workbook(io.BytesIO(rows_as_xlsx(["unit"], [[name]])))
    assert (book.active["A2"].value, book.active["A2"].data_type) == (name, "s")


@pytest.mark.parametrize("change", ["+1.59", "-0,3", "+2"])
def test_a_change_as_printed_stays_as_it_is(change):
    """It is a number, and a spreadsheet reads it as one."""
    assert rows_as_csv(["change"], [[change]]).splitlines()[1].strip('"') == change


@pytest.mark.parametrize("title", ["[2024]: a/b\\c*?", "'", "x" * 40])
def test_a_workbook_can_have_any_title(title):
    """The name of a sheet is made from it."""
    book = openpyxl.load_workbook(io.BytesIO(rows_as_xlsx(["a"], [[1]], title=title)))
    assert 1 <= len(book.sheetnames[0]) <= 31


def test_a_workbook_has_numbers_as_numbers(tiny):
    """Ready to be summed."""
    book = openpyxl.load_workbook(io.BytesIO(rows_as_xlsx(*table_rows(tiny.assess(SET, ROWS)))))
    header, first, *_ = book.active.iter_rows(values_only=True)
    assert dict(zip(header, first, strict=True))["points"] == 7


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    """The old one stays until the new one is complete; nothing is left behind."""
    path = tmp_path / "out.json"
    path.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", _full_disk)
    with pytest.raises(FileRefused) as refusal:
        write_whole(path, b"new")
    assert [p.code for p in refusal.value.problems] == ["output_unwritable"]
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def _full_disk(self, target):
    raise OSError(28, "No space left on device")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    """By name."""
    with pytest.raises(FileRefused):
        write_whole(tmp_path / "none" / "out.json", b"x")


def test_a_reason_is_stored_and_read_back_the_same(tiny):
    """Fractions, dates, ids and texts keep their types."""
    text = SET + "ranking: {not_ranked: [{units: [Sở A], ground: {vi: mới, en: new}}]}\n"
    result = tiny.assess(text, ROWS)
    reasons = [n.reason for u in range(2) for n in result.nodes(u).values()] + list(result.units[0].remarks)
    for reason in reasons:
        assert from_stored(json.loads(json.dumps(to_stored(reason)))) == reason
