"""Published figures: digits as printed, and in agreement with what is recomputed."""

from fractions import Fraction

import pytest

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework
from parindex.core.kernel.assess import assess
from parindex.core.kernel.numbers import read_number
from parindex.data import answers_path, framework_path, published_figures


SCOPES = {"ca-nuoc", "vung", "tinh", "so", "huyen", "xa", "nganh-doc", "don-vi-su-nghiep", "tat-ca"}


def test_every_figure_says_something_and_has_a_source():
    """A row without value, rank and grade would say nothing."""
    figures = published_figures()
    assert [f for f in figures if not (f.value or f.rank or f.grade)] == []
    assert [f for f in figures if not f.source or f.scope not in SCOPES] == []
    assert len({(f.authority, f.index, f.year, f.scope, f.unit, f.figure) for f in figures}) == len(figures)


def test_values_are_exact_decimals_as_printed():
    """Nothing went through a float: 90.10 keeps its zero."""
    figures = published_figures()
    for figure in figures:
        assert not figure.value or read_number(figure.value.removeprefix("+")) >= 0
    quang_ninh = [f for f in figures if (f.index, f.year, f.unit) == ("PAR INDEX", 2022, "Quảng Ninh")]
    assert [f.value for f in quang_ninh] == ["90.10"]


def test_pci_2020_is_complete():
    """63 provinces with the ranks 1 to 63, each once (pcivietnam.vn)."""
    ranks = sorted(f.rank for f in published_figures() if f.index == "PCI" and f.year == 2020)
    assert ranks == list(range(1, 64))


def test_parts_of_the_766_index_add_up_to_the_published_total():
    """Quảng Nam: 80.1 on 19 August and 82.8 on 28 October 2024."""
    figures = [f for f in published_figures() if f.index == "Chỉ số 766" and f.unit == "Quảng Nam"]
    totals = {f.figure.partition("@")[2]: Fraction(f.value) for f in figures if f.figure.startswith("index@")}
    for day in ("2024-08-19", "2024-10-28"):
        parts = [
            Fraction(f.value) for f in figures if f.figure.startswith("area.") and f.figure.endswith(day)
        ]
        assert sum(parts) == totals[day]


@pytest.mark.parametrize("year", range(2011, 2025))
def test_each_papi_year_has_63_provinces_and_ranks_the_complete_ones(year):
    """Provinces without scores: 2 in 2014, 2 in 2018, 3 in 2021, 2 each in 2022, 2023 and 2024."""
    framework = load_framework(framework_path("papi-2011" if year < 2018 else "papi-2018"))
    result = assess(framework, read_answers(framework, answers_path(f"papi-{year}")).table)
    unranked = sum(u.rank is None for u in result.units)
    assert (len(result.units), unranked) == (
        63,
        {2014: 2, 2018: 2, 2021: 3, 2022: 2, 2023: 2, 2024: 2}.get(year, 0),
    )
    assert all(u.grade is None for u in result.units)


@pytest.mark.parametrize("year", [2021, 2024])
def test_recomputed_papi_ranks_are_the_published_ones(year):
    """Ranks from the news of each announcement (data/published/papi-provinces.csv)."""
    framework = load_framework(framework_path("papi-2018"))
    result = assess(framework, read_answers(framework, answers_path(f"papi-{year}")).table)
    ranks = {u.participant.name: u.rank for u in result.units}
    published = {f.unit: f.rank for f in published_figures() if f.index == "PAPI" and f.year == year}
    assert published
    assert {unit: ranks[unit] for unit in published} == published
