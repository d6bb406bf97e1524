"""Small cases counted by hand, in tests/cases/dossiers: what must come out, and why."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from dossier_shelf import Shelf

from parindex.core.dossiers.calendar import from_days
from parindex.core.dossiers.mapping import Mapping
from parindex.core.dossiers.measures import measure
from parindex.core.dossiers.record import FIELDS
from parindex.core.dossiers.units import Unit


FOLDER = Path(__file__).parents[2] / "cases" / "dossiers"
CASES = sorted(FOLDER.glob("*.yaml"))
WHOLE = (190001, 999912)  # months that leave nothing out, so that every row is counted anew


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def stored(case, folder):
    """The case's dossiers in a store."""
    names = [f.name for f in FIELDS]
    lines = [",".join(names)]
    for row in case["rows"]:
        cells = {"procedure": "1.001", "unit": "U1", **row}
        lines.append(",".join(str(cells.get(name, "")) for name in names))
    shelf = Shelf(folder)
    units = tuple(Unit(**unit) for unit in case.get("units", ()))
    mapping = Mapping(pauses_in_due=case.get("pauses_in_due", False))
    found = shelf.take(shelf.file("case.csv", "\n".join(lines) + "\n"), mapping=mapping, units=units)
    assert found.refused == {}
    return shelf.store, units


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request, tmp_path):
    """A case with its store and what to ask."""
    case = load(request.param)
    assert case["says"]
    assert case["why"]
    case["store"], case["units"] = stored(case, tmp_path)
    moment = case.get("as_of", datetime(2025, 12, 31, 23, 59))  # noqa: DTZ001
    case["asked"] = {
        "as_of": moment if isinstance(moment, datetime) else datetime.fromisoformat(moment),
        "working_days": from_days(case.get("holidays", ()), case.get("worked", ())),
    }
    return case


def test_a_case_counted_by_hand_comes_out(case):
    """Every counter and rate that the case names; those it does not name are 0 or its own affair."""
    (row,) = measure(case["store"], by=("year",), **case["asked"]).rows
    assert {name: getattr(row.counts, name) for name in case["expect"]} == case["expect"]
    rates = {name: Fraction(str(rate)) for name, rate in case.get("rates", {}).items()}
    assert {name: getattr(row.counts, name) for name in rates} == rates


def test_counting_everything_anew_gives_the_same_as_what_was_kept(case):
    """By unit and month, with percentiles; kept, kept again, and anew."""
    asked = {**case["asked"], "units": case["units"]}
    kept = measure(case["store"], **asked)
    assert measure(case["store"], **asked) == kept
    assert measure(case["store"], months=WHOLE, **asked) == kept


@pytest.mark.parametrize("successors", ["keep", "carry"])
def test_merged_units_count_as_the_choice_says(tmp_path, successors):
    """Received dossiers of every unit of the tree."""
    case = load(FOLDER / "merged-units.yaml")
    store, units = stored(case, tmp_path)
    found = measure(store, by=("unit",), units=units, successors=successors)
    assert {row.key[0]: row.counts.received for row in found.rows} == case[f"units_{successors}"]
