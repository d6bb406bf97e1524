"""`parindex dossiers`: from invented files to figures, and what is refused on the way."""

import csv
import io

import pytest


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
        (("--by", "unit,week"), "“week”"),
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
