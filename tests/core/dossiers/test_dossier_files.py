"""Files as they are exported in real life: each row that cannot be read is refused with place and reason."""

import json
import unicodedata
from datetime import datetime

import duckdb
import pytest
import xlsxwriter
from dossier_shelf import HEADINGS

from parindex.core.dossiers import date_orders
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.mapping import Mapping, parse_mapping
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.store import ingest
from parindex.core.dossiers.units import Unit
from parindex.core.wording.dossiers import ingested_lines


GOOD = "A-1,1.001,U1,10,03/03/2025 08:30,06/03/2025,05/03/2025 09:00"
VIETNAMESE = (
    "Mã hồ sơ;Họ tên;Số CCCD;Mã TTHC;Cơ quan giải quyết;Trạng thái;Ngày tiếp nhận;Hạn trả;"
    "Ngày trả kết quả\r\n"
    "A-1;Nguyễn Văn An;001099012345;1.001;Sở Nội vụ;Đã trả kết quả;03/03/2025 08:30;06/03/2025;05/03/2025\r\n"
)


def lines(*rows, headings=HEADINGS):
    return "\n".join([headings, *rows]) + "\n"


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("B-1,1.001,U1,4,31/02/2025,06/03/2025,", "received", "date_not_in_calendar"),
        ("B-1,1.001,U1,4,12/31/2024,06/03/2025,", "received", "date_month_first"),
        ("H1-250403-0001,1.001,U1,4,04/03/2025,06/03/2025,", "received", "date_swapped"),
        ("B-1,1.001,U1,4,45719.35,06/03/2025,", "received", "date_is_number"),
        ("B-1,1.001,U1,4,hôm qua,06/03/2025,", "received", "date_unreadable"),
        ("B-1,1.001,U1,4,03/03/1025,06/03/2025,", "received", "date_far_off"),
        ("B-1,1.001,U1,4,03/03/2025,02/03/2025,", "due", "date_before_received"),
        ("B-1,1.001,U1,10,03/03/2025,05/03/2025,02/03/2025", "finished", "date_before_received"),
        ("B-1,1.001,U1,10,03/03/2025,05/03/2025,", "finished", "end_missing"),
        ("B-1,1.001,U1,4,03/03/2025,05/03/2025,04/03/2025", "status", "ended_but_open"),
        ("B-1,1.001,U1,4,03/03/2025,,", "due", "value_missing"),
        (",1.001,U1,4,03/03/2025,05/03/2025,", "code", "value_missing"),
        ("B-1,1.001,U1,11,03/03/2025,05/03/2025,", "status", "word_unknown"),
        ("B-1,1.001,U9,4,03/03/2025,05/03/2025,", "unit", "unit_unknown"),
        ("B-1,1.001", "", "row_too_short"),
        ('B-1,1.001,"U1,4,03/03/2025,05/03/2025,', "", "quote_open"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_the_rest_kept(shelf, row, field, reason):
    """With its place in the file, below one good row and above another where the file goes on."""
    after = () if reason == "quote_open" else (GOOD.replace("A-1", "C-1"),)
    found = shelf.take(shelf.file("a.csv", lines(GOOD, row, *after)), units=[Unit("U1")])
    assert shelf.places(found) == [(3, field, reason)]
    assert shelf.rows() == ["A-1", "C-1"][: 1 + len(after)]
    assert (found.rows, found.good, found.refused) == (2 + len(after), 1 + len(after), {reason: 1})


def orders(*received, due="", codes="A-{}", mapping=None, shelf):
    """A file with these days of receipt, taken in."""
    rows = [f"{codes.format(k)},1.001,U1,4,{day},{due or day}," for k, day in enumerate(received)]
    return shelf.take(shelf.file("a.csv", lines(*rows)), mapping=mapping or Mapping())


def test_a_column_of_both_orders_of_day_and_month_is_not_guessed(shelf):
    """12/31 can only have the month first, so 04/03 may be either; 31/12, 2025-03-04 and 05/05 are sure."""
    found = orders("12/31/2025", "04/03/2025", "31/12/2025", "2025-03-04", "05/05/2025", shelf=shelf)
    assert shelf.places(found) == [
        (2, "received", "date_month_first"),
        (3, "received", "date_order_unsure"),
    ]
    assert shelf.rows() == ["A-2", "A-3", "A-4"]
    assert found.day_first == ()


def test_a_single_slip_leaves_the_order_of_a_long_column_alone(shelf):
    """One in more than a thousand that tell; the slip itself is refused."""
    found = orders("12/31/2025", "04/03/2025", *["31/12/2025"] * date_orders.FEW, shelf=shelf)
    assert shelf.places(found) == [
        (2, "received", "date_month_first"),
    ]
    assert len(shelf.rows()) == date_orders.FEW + 1


def test_the_code_of_a_dossier_settles_its_day_of_receipt(shelf):
    """A code by Circular 01/2018 holds the day; another column of the row is as unsure as before."""
    days = ("12/31/2025", "04/03/2025")
    found = orders(*days, due="31/12/2025", codes="000.00.01-250304-{}", shelf=shelf)
    assert shelf.places(found) == [(2, "received", "date_month_first")]
    found = orders(*days, codes="000.00.02-250304-{}", shelf=shelf)
    assert shelf.places(found)[1:] == [(3, "due", "date_order_unsure")]


def test_an_order_that_the_mapping_says_holds(shelf):
    """Then 12/31 is a mistake of its own."""
    mapping = parse_mapping(b"dossiers: 1\ndates: [dmy]\n", "m.yaml")
    found = orders("12/31/2025", "04/03/2025", mapping=mapping, shelf=shelf)
    assert shelf.places(found) == [(2, "received", "date_month_first")]
    assert found.day_first == ()


@pytest.mark.parametrize(("day", "told"), [("05/03/2025", True), ("13/03/2025", False)])
def test_that_nothing_told_day_from_month_is_said(shelf, day, told):
    """The rule then is day first, and the report names the columns."""
    found = orders("04/03/2025", day, due="2025-03-20", shelf=shelf)
    assert found.refused == {}
    assert found.day_first == (("received",) if told else ())
    said = "\n".join(ingested_lines(found, "en"))
    assert ("read day first" in said) is told
    assert read_manifest(shelf.store).files[found.digest] == found


@pytest.mark.parametrize(
    ("fee", "kept"),
    [("25000", 25000), ("25.000 đ", 25000), ('"1,250,000.00"', 1250000), ("0", 0), ("", None)],
)
def test_a_fee_is_read_as_offices_write_it(shelf, fee, kept):
    """In whole đồng."""
    shelf.take(shelf.file("a.csv", lines(f"{GOOD},{fee}", headings=HEADINGS + ",fee")))
    assert shelf.rows("fee") == [kept]


@pytest.mark.parametrize(("fee", "reason"), [("-5000", "fee_negative"), ("=A1*2", "number_not_whole")])
def test_a_fee_that_none_can_be_is_refused(shelf, fee, reason):
    """A formula that was exported as text is no number."""
    found = shelf.take(shelf.file("a.csv", lines(f"{GOOD},{fee}", headings=HEADINGS + ",fee")))
    assert shelf.places(found) == [(2, "fee", reason)]


def test_a_place_counts_the_broken_rows_before_it(shelf):
    """Two rows that lack columns stand above one with a wrong date."""
    found = shelf.take(shelf.file("a.csv", lines("x", GOOD, "y", GOOD.replace("03/03", "31/02"), "z")))
    assert [place for place, _, _ in shelf.places(found)] == [2, 4, 5, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_every_usual_encoding_is_read(shelf, encoding):
    """Accents that Windows-1258 keeps apart from their letters are joined."""
    text = "".join(map(_tone_apart, VIETNAMESE)) if encoding == "cp1258" else VIETNAMESE
    found = shelf.take(shelf.file("a.csv", text, encoding=encoding))
    assert found.refused == {}
    assert shelf.rows("code, unit, status") == [("A-1", "Sở Nội vụ", 10)]


def _tone_apart(sign):
    """A letter with its tone mark after it, as Windows-1258 writes it."""
    apart = unicodedata.normalize("NFD", sign)
    tones = "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tones


def test_names_and_numbers_of_citizens_stay_outside(shelf):
    """Neither in the store nor beside it; what was left out is named."""
    shifted = "Trần Thị Bình;A-2;001099012345;1.001;U1;4;03/03/2025;06/03/2025;\r\n"
    found = shelf.take(shelf.file("a.csv", VIETNAMESE + shifted))
    assert found.unread == ("Họ tên", "Số CCCD")
    kept = b"".join(p.read_bytes() for p in shelf.store.rglob("*") if p.is_file())
    assert found.refused == {} or b"B\xc3\xacnh" not in kept
    assert b"001099012345" not in kept
    assert "Nguyễn".encode() not in kept


def test_a_refused_value_is_shown_only_where_it_cannot_be_a_persons(shelf):
    """A date yes; a name or an ID number that slipped into its column no."""
    rows = [GOOD.replace("A-1", f"A-{k}").replace("03/03/2025 08:30", text)
            for k, text in enumerate(("31/02/2025", "Trần Thị Bình", "001099012345"))]  # fmt: skip
    found = shelf.take(shelf.file("a.csv", lines(*rows)))
    text = (shelf.store / found.refusals).read_text(encoding="utf-8-sig")
    assert "31/02/2025" in text
    assert "Bình" not in text
    assert "001099012345" not in text


def test_no_field_is_read_from_a_column_of_names():
    """However the mapping calls it."""
    with pytest.raises(DossiersRefused, match="column_personal"):
        parse_mapping("dossiers: 1\ncolumns: {officer: Họ tên người nộp}\n".encode(), "m.yaml")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("dossiers: 2", "mapping_version", 0),
        ("dossiers: 1\ncolumn: {}", "key_unknown", 2),
        ("dossiers: 1\ncolumns:\n  recieved: Ngày", "key_unknown", 3),
        ("dossiers: 1\ndates: [dym]", "key_unknown", 2),
        ("dossiers: 1\nwords: {status: {Xong: 12}}", "status_number", 2),
        ("dossiers: 1\ncolumns: [a]", "wrong_type", 2),
        ("dossiers: [", "yaml_broken", 1),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_line(text, code, line):
    """Before any file is read."""
    with pytest.raises(DossiersRefused) as refusal:
        parse_mapping(text.encode(), "m.yaml")
    assert (refusal.value.code, refusal.value.line) == (code, line)


def test_a_mapping_names_columns_words_units_and_what_is_missing(shelf):
    """Dates month first, Excel's day numbers, a unit by its name, a channel that the file does not say."""
    mapping = parse_mapping(
        """
dossiers: 1
columns: {code: ID, procedure: TT, received: In, due: Hạn, finished: Out}
dates: [mdy, excel]
words: {status: {Hoàn thành: 9}, yes: [Rồi]}
units: {Phường Hòa An: H90}
fixed: {channel: in_person}
pauses_in_due: true
""".encode(),
        "m.yaml",
    )
    text = (
        "ID,TT,unit,Trạng thái,In,Hạn,Out,Số hóa\n"
        "A-1,t,PHƯỜNG HÒA AN,hoàn thành,45719.5,03/31/2025,03/05/2025 10:00,rồi\n"
    )
    shelf.take(shelf.file("a.csv", text), mapping=mapping)
    found = shelf.rows("unit, status, received, due, channel, due_moved, digitised")
    assert found == [("H90", 9, 45719 * 1440 - 25569 * 1440 + 720, 20178 * 1440 + 1439, 3, True, True)]


def test_a_file_that_lacks_a_column_is_refused_as_a_whole_and_others_are_read(shelf):
    """The missing column is named."""
    bad = shelf.file("bad.csv", "code,unit,status,received\nA,U,4,03/03/2025\n")
    good = shelf.file("good.csv", lines(GOOD))
    done, refused = ingest([bad, good], store=shelf.store)
    assert [(r.code, r.data["field"]) for r in refused] == [("field_missing", "procedure")]
    assert [d.added for d in done] == [1]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"\xfe\xfd\xfc;\x80\n", "encoding_unknown"),
        ("a.xlsx", b"PK\x03\x04 not a book", "not_a_workbook"),
        ("a.parquet", b"PAR1 cut off", "parquet_broken"),
        ("a.jsonl", b"[1, 2]\n", "json_lines_broken"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(shelf, name, content, code):
    """Nothing of it is kept."""
    assert shelf.refusal(shelf.file(name, content)).code == code
    assert shelf.rows() == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("a.doc", "suffix_unknown"), ("empty", "folder_empty"), ("none.doc", "file_unreadable")],
)
def test_a_path_that_cannot_be_used_is_named(shelf, name, code):
    """A suffix that nobody reads, a folder without files, nothing at all."""
    shelf.file("a.doc", "x")
    (shelf.folder / "empty").mkdir()
    with pytest.raises(DossiersRefused, match=code):
        ingest([shelf.folder / name], store=shelf.store)
    assert shelf.refusal(shelf.folder / "none.csv").code == "file_unreadable"


def test_json_lines_and_parquet_give_what_csv_gives(shelf):
    """A line that was cut off is refused with its number."""
    keys = HEADINGS.split(",")
    rows = [GOOD.split(","), GOOD.replace("A-1", "A-2").split(",")]
    text = "".join(json.dumps(dict(zip(keys, r, strict=True))) + "\n" for r in rows) + '{"code": "A-3", "proc'
    found = shelf.take(shelf.file("a.jsonl", text))
    assert (shelf.places(found), shelf.rows()) == ([(3, "", "json_broken")], ["A-1", "A-2"])
    csv, parquet = shelf.file("b.csv", lines(GOOD.replace("A-1", "A-4"))), shelf.folder / "b.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (strptime(received, '%d/%m/%Y %H:%M') AS received) FROM read_csv('{csv}', "
        f"all_varchar = true)) TO '{parquet}' (FORMAT parquet)"
    )
    shelf.take(parquet)
    first, *_, last = shelf.rows("received, due, ended, month, unit, code")
    assert first[:5] == last[:5]


def test_a_workbook_keeps_its_dates_and_refuses_numbers_formulas_and_errors(shelf):
    """Date cells are dates; a bare number, a formula without a value, an error: refused with their row."""
    path = shelf.folder / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS.split(","))
    day = [datetime(2025, 3, 3, 8, 30), datetime(2025, 3, 6), datetime(2025, 3, 5, 9)]  # noqa: DTZ001
    for row in range(1, 5):
        sheet.write_row(row, 0, [f"A-{row}", "1.001", "U1", 10, *day])
    sheet.write_number(2, 4, 45719.5)
    sheet.write_formula(3, 4, "=TODAY()", value="")
    sheet.write_formula(4, 4, "=1/0", value="#DIV/0!")
    book.close()
    found = shelf.take(path)
    assert shelf.rows("code, due") == [("A-1", 20153 * 1440 + 1439)]
    assert [(p, r) for p, _, r in shelf.places(found)] == [
        (3, "date_is_number"),
        (4, "cell_broken"),
        (5, "cell_broken"),
    ]


def test_a_mapping_says_which_sheet(shelf):
    """One that is not there is refused with those that are."""
    path = shelf.folder / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Bìa").write(0, 0, "Báo cáo")
    sheet = book.add_worksheet("Hồ sơ")
    sheet.write_row(0, 0, HEADINGS.split(","))
    sheet.write_row(1, 0, GOOD.split(","))
    book.close()
    assert shelf.refusal(path, mapping=Mapping(sheet="Hồ sơ 2")).code == "sheet_missing"
    assert shelf.take(path, mapping=Mapping(sheet="Hồ sơ")).added == 1
