"""`parindex dossiers`: from invented files to figures, and what is refused on the way."""

import csv
import io

import pytest
import xlsxwriter


@pytest.fixture
def files(run, tmp_path):
    """A thousand invented dossiers."""
    result = run("dossiers", "generate", "1000", "--seed", "5", "--output", tmp_path / "files")
    assert (result.code, result.err) == (0, "")
    assert "1.002 dòng" in result.out
    return tmp_path / "files"


@pytest.mark.slow
def test_dossiers_are_invented_ingested_and_measured(run, files, tmp_path):
    """Each step says what it did; the table for people, and every figure as CSV."""
    store = tmp_path / "store"
    ingest = (
        "dossiers",
        "ingest",
        files / "dossiers",
        "--units",
        files / "units.csv",
        "--store",
        store,
        "--lang",
        "en",
    )
    said = run(*ingest)
    assert said.code == 0
    assert "1,002 rows, 999 added, 2 repeated, 1 refused" in said.out
    assert "1 × is not in the calendar" in said.out
    assert "ingested before" in run(*ingest).out
    asked = ("--store", store, "--units", files / "units.csv", "--holidays", files / "holidays.csv")
    shown = run("dossiers", "measure", *asked, "--by", "unit", "--as-of", "2025-12-31")
    assert shown.out.startswith("Tính đến 23:59 ngày 31/12/2025: 999 hồ sơ")
    assert any(line.startswith("MH ") for line in shown.out.splitlines())
    table = tmp_path / "out.csv"
    assert run("dossiers", "measure", *asked, "--by", "unit", "--output", table).code == 0
    rows = {r["unit"]: r for r in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))}
    assert rows["MH"]["registered"] == "999"
    assert "/" in rows["MH"]["on_time_rate"]
    engine = run("dossiers", "measure", "--store", store, "--engine", "oracle://x")
    assert engine.code == 2
    assert "duckdb" in engine.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "unit,day"), "“day”"),
        (("--as-of", "hôm qua"), "“hôm qua”"),
        ((), "Kho chưa có hồ sơ nào"),
        (("--holidays", "không-có.csv"), "không-có.csv"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(run, tmp_path, arguments, said):
    """Exit 2 and a sentence."""
    result = run("dossiers", "measure", "--store", tmp_path / "none", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.slow
def test_a_refused_file_ends_with_two_and_the_others_are_read(run, tmp_path):
    """What is wrong is told by file and line."""
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("code,unit\nA,U\n", encoding="utf-8")
    row = "code,procedure,unit,status,received,due\nA,p,U,4,03/03/2025,06/03/2025\n"
    good.write_text(row, encoding="utf-8")
    result = run("dossiers", "ingest", bad, good, "--store", tmp_path / "store")
    assert result.code == 2
    assert f"{good}: 1 dòng, 1 thêm, 0 bị từ chối" in result.out
    assert result.err.startswith(f"{bad}:1: Thiếu cột")


def test_how_many_to_invent_has_bounds(run, tmp_path):
    """Told by the parser."""
    for rows in ("999", "100000001", "viele"):
        assert run("dossiers", "generate", rows, "--output", tmp_path).code == 2


def _report(path, *rows):
    """A report of the system's: two units of the shelf, with three figures each."""
    heads = [
        "Đơn vị",
        "Tổng tiếp nhận",
        "Kỳ trước chuyển sang",
        "Trực tuyến",
        "Trực tiếp",
        "Bưu chính công ích",
    ]
    heads += ["Tổng đã xử lý", "Trước hạn", "Đúng hạn", "Quá hạn"]
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for k, cells in enumerate((heads, *rows)):
        sheet.write_row(k, 0, cells)
    book.close()
    return path


def test_a_report_is_compared_with_our_own_count(run, tmp_path):
    """Each figure that differs with the arithmetic, a total that is no sum; nothing is changed."""
    (tmp_path / "a.csv").write_text(
        "code,procedure,unit,status,received,due,finished,channel\n"
        "A,p,U1,9,03/03/2025 08:00,06/03/2025 17:00,04/03/2025 09:00,online_full\n"
        "B,p,U1,9,03/03/2025 08:00,06/03/2025 17:00,07/03/2025 09:00,in_person\n"
    )
    store = ("--store", tmp_path / "store")
    assert run("dossiers", "ingest", tmp_path / "a.csv", *store).code == 0
    asked = ("--period", "2025-03", *store)
    same = _report(tmp_path / "same.xlsx", ["U1", 2, 0, 1, 1, 0, 2, 1, 0, 1])
    said = run("dossiers", "report", same, *asked)
    assert (said.code, "0 chỗ khác số tự đếm" in said.out) == (0, True)
    other = _report(tmp_path / "other.xlsx", ["U1", 2, 0, 1, 1, 0, 5, 2, 1, 1])
    said = run("dossiers", "report", other, *asked)
    assert said.code == 1
    assert "Tổng đã xử lý: báo cáo 5, tự đếm 2 (trước hạn 1 + đúng hạn 0 + quá hạn 1), chênh +3" in said.out
    assert "cộng các phần được 2 + 1 + 1 = 4, chênh +1" in said.out
    english = run("dossiers", "report", other, *asked, "--lang", "en")
    assert "3 figures differ" in english.out
    for wrong, words in (("2025-13", "2025-13"), ("2025-03-02/2025-03-01", "kỳ"), ("tháng 3", "kỳ")):
        refused = run("dossiers", "report", same, "--period", wrong, *store)
        assert (refused.code, words in refused.err) == (2, True)
    assert run("dossiers", "report", same, "--period", "2025-Q1", "--store", tmp_path / "none").code == 2
