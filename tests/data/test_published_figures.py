"""Published figures: digits as printed, and in agreement with what is recomputed."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import load_framework, parse_framework
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.numbers import half_up, read_number
from parindex.core.surveys.estimation import Counting, Forms, Frame, exact_value
from parindex.core.surveys.questionnaire_file import load_questionnaire
from parindex.core.surveys.targets import weighted_items
from parindex.core.wording.figures import figure_words, unit_words
from parindex.data import PublishedFigure, answers_path, framework_path, published_figures
from parindex.data.surveys import questionnaire_path


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
        number = figure.value.lstrip("+-") if "change" in figure.figure else figure.value
        assert not number or read_number(number) >= 0
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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_figure_and_unit_has_words(language):
    """No code of the files stands on a page."""
    figures = published_figures()
    assert {f.figure for f in figures if figure_words(f.figure, language) == f.figure} == set()
    same = {f.unit_of_value for f in figures if unit_words(f.unit_of_value, "en") == f.unit_of_value}
    assert same == {"", "%"}


def papi(year: int) -> Assessment:
    """A year of PAPI, added up and ranked by the set of its make-up."""
    first = max(y for y in (2011, 2018, 2019, 2021) if y <= year)
    framework = load_framework(framework_path(f"papi-{first}"))
    return assess(framework, read_answers(framework, answers_path(f"papi-{year}")).table)


@pytest.mark.parametrize("year", range(2011, 2025))
def test_each_papi_year_has_63_provinces_and_ranks_the_complete_ones(year):
    """Provinces without scores: 2 in 2014, 2 in 2018, 3 in 2021, 2 each in 2022, 2023 and 2024."""
    result = papi(year)
    unranked = sum(u.rank is None for u in result.units)
    assert (len(result.units), unranked) == (
        63,
        {2014: 2, 2018: 2, 2021: 3, 2022: 2, 2023: 2, 2024: 2}.get(year, 0),
    )
    assert all(u.grade is None for u in result.units)


PRINTED_OTHERWISE = {(2021, "Bình Thuận")}
PAPI_YEARS = [2017, 2020, 2021, 2022, 2023, 2024]


def printed(year: int) -> list[PublishedFigure]:
    """What newspapers printed of a year's totals; none of it comes from the data set of dimensions."""
    return [f for f in published_figures() if (f.index, f.year, f.figure) == ("PAPI", year, "index")]


def test_all_years_with_printed_papi_totals_are_held_against_them():
    """A figure added for another year is not left unchecked."""
    assert sorted({f.year for f in published_figures() if f.index == "PAPI"}) == PAPI_YEARS
    assert not any("ml-mcdm" in f.source for year in PAPI_YEARS for f in printed(year))


@pytest.mark.parametrize("year", PAPI_YEARS)
def test_recomputed_papi_ranks_are_the_printed_ones(year):
    """Ranks from the news of each announcement (data/published/papi-provinces.csv), the last places too."""
    units = {u.participant.name: u for u in papi(year).units}
    ranks = {f.unit: f.rank for f in printed(year) if f.rank}
    assert ranks
    assert {unit: units[unit].rank for unit in ranks} == ranks
    last = max(u.rank for u in units.values() if u.rank)
    for figure in printed(year):
        assert "xếp cuối" not in figure.source or units[figure.unit].rank == last


@pytest.mark.parametrize("year", PAPI_YEARS)
def test_recomputed_papi_totals_have_the_printed_digits(year):
    """Within one of the last printed digit: some newspapers cut off what others round."""
    units = {u.participant.name: u for u in papi(year).units}
    away = set()
    for figure in printed(year):
        if figure.value:
            last_digit = Fraction(1, 10 ** len(figure.value.partition(".")[2]))
            # dimensions were rounded to four decimals each before they were added up
            if abs(units[figure.unit].index - Fraction(figure.value)) >= last_digit + Fraction(4, 10**4):
                away.add((year, figure.unit))
    assert away == {known for known in PRINTED_OTHERWISE if known[0] == year}


PARTS = Path(__file__).parents[1] / "cases" / "surveys"


def _with_parts(year: int) -> tuple[Assessment, list[str]]:
    """A year of PAPI from its sub-dimensions: each an own leaf below its dimension; and their codes."""
    path = PARTS / f"papi-parts-{year}.csv"
    codes = path.read_text(encoding="utf-8").splitlines()[0].split(",")[2:]
    plain = yaml.safe_load(framework_path("papi-2021").read_bytes())
    for area in plain["tree"]:
        below = [code for code in codes if code.startswith(f"SC{area['code'][2]}")]
        leaf = {"level": "criterion", "max": f"10/{len(below)}", "method": "survey", "rule": area.pop("rule")}
        area["children"] = [{"code": code, "name": code, **leaf} for code in below]
        del area["method"]
    del plain["code_maps"]
    framework = parse_framework(json.dumps(plain).encode())
    return assess(framework, read_answers(framework, path).table), codes


@pytest.mark.parametrize(("year", "parts"), [(2020, 29), (2024, 28)])
def test_published_sub_dimensions_of_papi_add_up_to_its_dimensions_and_printed_totals(year, parts):
    """Each dimension to its four decimals, each total to the digits of the newspaper, and its rank; who lacks
    a part has neither."""
    found, codes = _with_parts(year)
    assert len(codes) == parts
    whole = papi(year)
    complete = 0
    for k, (unit, beside) in enumerate(zip(found.units, whole.units, strict=True)):
        assert (unit.participant.name, unit.rank) == (beside.participant.name, beside.rank)
        complete += unit.rank is not None
        for code in (f"C0{n}" for n in range(1, 9) if unit.rank is not None):
            assert half_up(found.node(k, code).points, 4) == whole.node(k, code).points
    assert complete > 60
    units = {u.participant.name: u for u in found.units}
    shown = [f for f in printed(year) if f.value]
    assert shown
    for figure in shown:
        decimals = len(figure.value.partition(".")[2])
        away = abs(units[figure.unit].index - Fraction(figure.value))
        assert away < Fraction(1, 10**decimals), figure.unit


def test_the_contents_of_sipas_give_the_printed_whole():
    """Hà Nội 2024: 86.51 of policies and 86.49 of services are 86.50, whatever their number of questions. The
    ready form adds up in this way: shares of ten thousand forms, as many satisfied as were printed."""
    form = load_questionnaire(questionnaire_path("sipas-2023"))
    parts = {"policy": 8651, "services": 8649}
    below = {f.code: f.part_of or f.code for f in form.factors}
    answers = {}
    for item, _ in weighted_items(form, "", "share"):
        told = [o.satisfied for o in item.question.options]
        yes, no = told.index(True), told.index(False)
        count = parts[below[item.factor]]
        answers[item.code] = np.array([yes] * count + [no] * (10_000 - count), np.int16)
    nobody = np.zeros(10_000, np.int64)
    counting = Counting(Forms(nobody, nobody, answers), Frame((None,), (Fraction(1),)), 1)
    told = {
        code: exact_value(counting, weighted_items(form, code, "share"), "share", unit=0)
        for code in ("", *parts)
    }
    assert told == {"": Fraction("0.8650"), "policy": Fraction("0.8651"), "services": Fraction("0.8649")}


def test_a_rise_in_rank_is_what_the_two_years_give():
    """Thừa Thiên Huế, first in 2021 and "up nine on 2020"."""
    (figure,) = [f for f in published_figures() if f.index == "PAPI" and f.figure == "rank_change"]
    (now, before) = (
        next(u.rank for u in papi(year).units if u.participant.name == figure.unit)
        for year in (figure.year, figure.year - 1)
    )
    assert before - now == int(figure.value)


def test_printed_indexes_of_units_are_points_over_the_applicable_maximum():
    """Bình Thuận 2018: 93.76 of 95 is 98.7 %; Sở Nội vụ has 95.27 % where 95.38 would be right."""
    known: dict[tuple[str, int, str], dict[str, Fraction]] = {}
    for figure in published_figures():
        if figure.index == "Chỉ số CCHC" and figure.value:
            at = known.setdefault((figure.authority, figure.year, figure.unit), {})
            at[figure.figure] = Fraction(figure.value)
    shown = {
        unit: half_up(found["points"] / found["applicable_max"] * 100, 1) == half_up(found["index"], 1)
        for (_, _, unit), found in known.items()
        if {"points", "applicable_max", "index"} <= found.keys()
    }
    assert shown == {"Văn phòng UBND tỉnh": True, "Sở Nội vụ": False}
