"""Invented dossiers: the same for a seed, as many rows to refuse as they say; what is counted of them."""

import json

import duckdb
import pytest
from dossier_shelf import Shelf

from parindex.core.dossiers.counts import Counts
from parindex.core.dossiers.expressions import COUNTERS
from parindex.core.dossiers.generate import HOLIDAYS, generate
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.measures import measure
from parindex.core.dossiers.units import read_units


ROWS = 6_000


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """Files, what was said of them, and their store."""
    folder = tmp_path_factory.mktemp("province")
    made = generate(ROWS, seed=3, output=folder / "files")
    shelf = Shelf(folder)
    units = read_units(folder / "files" / "units.csv")
    found = shelf.take(folder / "files" / "dossiers" / "001.parquet", units=units)
    return made, found, shelf, units


@pytest.mark.slow
def test_as_many_rows_are_refused_as_were_made_wrong(province):
    """For the reasons that were meant; older versions give way."""
    made, found, shelf, _ = province
    assert found.refused == made.dirty
    assert (found.rows, found.repeated) == (made.rows, made.repeated)
    assert json.loads((shelf.folder / "files" / "generated.json").read_text())["dirty"] == made.dirty
    assert found.added == ROWS - sum(made.dirty.values())


@pytest.mark.slow
def test_a_seed_invents_the_same_and_another_something_else(province, tmp_path):
    """To the byte of every value."""
    _, _, shelf, _ = province
    generate(ROWS, seed=3, output=tmp_path / "again")
    generate(ROWS, seed=4, output=tmp_path / "other")

    def rows(folder):
        return duckdb.execute(f"SELECT * FROM '{folder}/dossiers/001.parquet'").fetchall()

    assert rows(tmp_path / "again") == rows(shelf.folder / "files")
    assert rows(tmp_path / "other") != rows(shelf.folder / "files")


@pytest.mark.slow
def test_a_unit_above_others_counts_what_they_count(province):
    """The province is the sum of its units; so are its percentiles those of all dossiers."""
    _, _, shelf, units = province
    found = measure(shelf.store, by=("unit", "month"), units=units, working_days=HOLIDAYS)
    whole = [row for row in found.rows if row.key[0] == "MH"]
    parts = [row for row in found.rows if row.key[0] != "MH"]
    assert sum((r.counts for r in whole), Counts()) == sum((r.counts for r in parts), Counts())
    assert sum(r.counts.registered for r in whole) == read_manifest(shelf.store).rows
    flat = measure(shelf.store, by=("month",), working_days=HOLIDAYS)
    assert [(r.counts, r.percentiles) for r in flat.rows] == [(r.counts, r.percentiles) for r in whole]


@pytest.mark.slow
def test_what_is_counted_adds_up(province):
    """A received dossier is resolved, withdrawn, stopped or open; a resolved one early, on time or late."""
    _, _, shelf, _ = province
    for row in measure(shelf.store, by=("field",), working_days=HOLIDAYS).rows:
        c = row.counts
        open_ = c.open_in_time + c.open_overdue + c.paused_in_time + c.paused_overdue
        assert c.received == c.resolved + c.withdrawn + c.stopped + open_
        assert c.resolved == c.early + c.on_time + c.late + c.undated
        assert c.received == c.online_full + c.online_part + c.in_person + c.post


@pytest.mark.slow
def test_a_days_file_is_added_to_what_was_kept(province, tmp_path):
    """What was kept, and one more file: the same digits as all counted anew."""
    made, _, shelf, units = province
    other = Shelf(tmp_path)
    files = f"'{shelf.folder}/files/dossiers/001.parquet'"
    for k, where in enumerate(("received LIKE '%/01/2025%'", "received NOT LIKE '%/01/2025%'")):
        part = tmp_path / f"{k}.parquet"
        duckdb.execute(f"COPY (SELECT * FROM {files} WHERE {where}) TO '{part}'")
        other.take(part, units=units)
        measure(other.store, units=units, working_days=HOLIDAYS)
    kept = measure(other.store, units=units, working_days=HOLIDAYS)
    assert kept == measure(shelf.store, units=units, working_days=HOLIDAYS, months=(190001, 999912))
    assert made.rows > kept.dossiers > 0


def test_every_counter_has_its_place():
    """The expression and the class of counts name the same, in the same order."""
    from dataclasses import fields

    assert tuple(f.name for f in fields(Counts)) == COUNTERS


@pytest.mark.slow
def test_pieces_follow_one_another(tmp_path, monkeypatch):
    """More rows than one piece holds: files after files, no code twice, as many wrong rows as in one."""
    from parindex.core.dossiers import generate as module

    monkeypatch.setattr(module, "PIECE", 2_500)
    made = generate(ROWS, seed=3, output=tmp_path)
    assert [p.name for p in sorted((tmp_path / "dossiers").iterdir())] == [
        "001.parquet",
        "002.parquet",
        "003.parquet",
    ]
    files = f"'{tmp_path}/dossiers/*.parquet'"
    (rows, codes), *_ = duckdb.execute(f"SELECT count(*), count(DISTINCT code) FROM {files}").fetchall()
    wrong = sum(count for reason, count in made.dirty.items() if reason == "value_missing")
    assert (rows, codes) == (made.rows, ROWS - wrong + 1)
