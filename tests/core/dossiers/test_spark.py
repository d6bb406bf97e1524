"""Spark, started on this machine, gives the digits that DuckDB gives: `make test-spark`."""

from datetime import date, datetime

import pytest

from parindex.core.dossiers.generate import HOLIDAYS, generate
from parindex.core.dossiers.measures import measure
from parindex.core.dossiers.periods import activity
from parindex.core.dossiers.store import ingest
from parindex.core.dossiers.units import read_units


ROWS = 1_000_000
LOCAL = "spark:local[2]"
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """A million invented dossiers in a store, and their units."""
    folder = tmp_path_factory.mktemp("province")
    generate(ROWS, seed=7, output=folder / "files")
    units = read_units(folder / "files" / "units.csv")
    _, refused = ingest([folder / "files" / "dossiers"], store=folder / "store", units=units)
    assert refused == []
    return folder / "store", units


@pytest.mark.parametrize("by", [("unit", "month"), ("field", "year"), ("procedure",)])
def test_spark_measures_what_duckdb_measures(province, by):
    """Every counter and percentile of a million dossiers, in the middle of the year."""
    store, units = province
    asked = {"by": by, "units": units if "unit" in by else (), "working_days": HOLIDAYS}
    moment = datetime(2025, 8, 14, 11, 30)  # noqa: DTZ001
    ours = measure(store, as_of=moment, **asked)
    assert sum(row.counts.registered for row in ours.rows) > ROWS // 2
    assert measure(store, as_of=moment, engine=LOCAL, **asked) == ours


def test_spark_counts_a_period_as_duckdb_does(province):
    """Carried over, came, handled, open."""
    store, units = province
    asked = {"first": date(2025, 6, 1), "last": date(2025, 6, 30), "units": units, "working_days": HOLIDAYS}
    assert activity(store, engine=LOCAL, **asked) == activity(store, **asked)
