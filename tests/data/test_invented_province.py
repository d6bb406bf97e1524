"""Tỉnh Minh Họa: the structure of the example, figures that could be true, and nothing of a real place."""

import re
import statistics
from collections import Counter
from datetime import date
from functools import cache

import pytest
from invented_round import answers_file

from parindex.core.formats.answers_file import read_answers
from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.assess import Assessment, assess
from parindex.data import minhhoa, published_figures
from parindex.data.minhhoa.answers import Written
from parindex.data.minhhoa.units import units_of


ROUNDS = {r.code: r for r in minhhoa.ROUNDS}
SIXTH = "Sở Văn hóa, Thể thao và Du lịch"


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> dict[str, Assessment]:
    """Every round, scored from its files."""
    found = {}
    for code, sample in ROUNDS.items():
        path = tmp_path_factory.mktemp("rounds") / "answers.csv"
        path.write_text(answers_file(sample), encoding="utf-8")
        framework = parse_framework(minhhoa.framework_file(sample), "framework.yaml")
        found[code] = assess(framework, read_answers(framework, path).table)
    return found


@cache
def answers(code: str) -> tuple[Written, ...]:
    """What the units of a round answer."""
    return tuple(minhhoa.answers_of(ROUNDS[code])[1])


def grades(result: Assessment, group: str) -> Counter[str]:
    return Counter(u.grade.id for u in result.units if u.grade and u.participant.group == group)


def test_the_structure_is_that_of_the_example():
    """18 agencies, the board and 10 districts; after the merger 13, the board, and 124 communes."""
    sizes = {code: Counter((u.group, u.type) for u in units_of(code)) for code in ROUNDS}
    year_2024 = {("co-quan", "so"): 18, ("co-quan", "bql"): 1, ("cap-huyen", "huyen"): 10}
    assert sizes["2024"] == sizes["2023"] == year_2024
    assert sizes["2025-co-quan"] == {("co-quan", "so"): 13, ("co-quan", "bql"): 1}
    assert sizes["2025-cap-xa"] == {("cap-xa", "xa"): 124}


def test_the_department_of_culture_comes_sixth_with_tot(results):
    unit = next(u for u in results["2024"].units if u.participant.name == SIXTH)
    assert (unit.rank, unit.grade.id) == (6, "tot")


def test_grades_are_spread_as_in_real_results(results):
    """Bình Thuận 2018-2021 and Lâm Đồng 2025: most agencies Tốt, most others Khá, none Kém."""
    agencies, districts = grades(results["2024"], "co-quan"), grades(results["2024"], "cap-huyen")
    communes = grades(results["2025-cap-xa"], "cap-xa")
    assert agencies.most_common(1)[0][0] == "tot"
    assert {districts.most_common(1)[0][0], communes.most_common(1)[0][0]} == {"kha"}
    for found in (agencies, districts, communes):
        assert len(found) > 1
        assert "kem" not in found


def test_every_kind_of_circumstance_occurs_and_is_rare(results):
    """Bonus, penalty, late sheets, not applicable, no case: seen, and not the rule."""
    units = [u for r in results.values() for u in r.units]
    remarks = Counter(m.code for u in units for m in u.remarks)
    for code in ("bonus", "penalty", "late"):
        assert 0 < remarks[code] < len(units) / 4, code
    assert remarks["grade_cap"] >= 1
    assert remarks["incomplete"] == 0
    written = [a.text for code in ROUNDS for a in answers(code)]
    for word in ("n/a", "no-case"):
        assert 0 < written.count(word) < len(written) / 20, word


def test_survey_scores_lie_where_surveys_lie(results):
    """Satisfaction of communes: most between 60 and 95 percent, as SIPAS of provinces is (75 to 92)."""
    result = results["2025-cap-xa"]
    shares = [result.node(u, "7.1").index for u in range(len(result.units))]
    assert 65 < statistics.median(shares) < 90
    assert 40 < min(shares) < max(shares) <= 100


def test_the_same_answers_come_again():
    """The same seed, the same answers, whatever was made before."""
    assert tuple(minhhoa.answers_of(ROUNDS["2025-co-quan"])[1]) == answers("2025-co-quan")


def test_places_have_names_that_no_place_with_real_figures_has():
    """Departments are called alike everywhere; districts and communes are not."""
    real = {bare(f.unit) for f in published_figures()}
    invented = {bare(u.name.vi) for code in ROUNDS for u in units_of(code) if u.group != "co-quan"}
    assert len(invented) == 10 + 124 - 1  # one island was a district and became a special zone
    assert invented & real == set()


def bare(name: str) -> str:
    """A place's name without its kind."""
    kinds = r"^(thành phố|thị xã|huyện|quận|phường|xã|đặc khu|tp\.?) "
    return re.sub(kinds, "", name.casefold())


@pytest.mark.parametrize("code", ROUNDS)
def test_one_ground_of_not_applicable_holds_for_all_its_criteria(code):
    """An office without procedures has none to publish, and none to be late with."""
    framework = parse_framework(minhhoa.framework_file(ROUNDS[code]), "f.yaml")
    said: dict[tuple[str, str], set[bool]] = {}
    for a in answers(code):
        ground = framework.leaves[a.leaf].not_applicable_if
        if ground:
            said.setdefault((a.unit, ground.vi), set()).add(a.text == "n/a")
    assert said
    assert [key for key, ways in said.items() if len(ways) > 1] == []


def test_letters_of_apology_are_counted_over_the_late_dossiers():
    """3.2.2 of 2024 has as its whole what 3.2.1 leaves over; without late dossiers no case arose."""
    by = {(a.unit, a.leaf): a.text for a in answers("2024")}
    checked = 0
    for (unit, leaf), text in by.items():
        if leaf == "3.2.2":
            part, whole = map(int, by[unit, "3.2.1"].split("/"))
            late = whole - part
            assert (text == "no-case") == (late == 0)
            assert late == 0 or int(text.split("/")[1]) == late
            checked += 1
    assert checked == 28  # all but Ban Dân tộc, which is exempt


@pytest.mark.parametrize("code", ROUNDS)
def test_documents_are_issued_on_working_days_of_the_period(code):
    framework = parse_framework(minhhoa.framework_file(ROUNDS[code]), "f.yaml")
    days = [
        date.fromisoformat(a.text[:10])
        for a in answers(code)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", a.text[:10])
    ]
    assert [d for d in days if not framework.calendar.is_working(d)] == []
    assert all(framework.period.start <= d <= framework.period.end for d in days)


def test_the_standard_error_of_weighted_answers_is_that_of_their_mean():
    """108 of 129 chose A (100), 16 B (60), 5 C (20): the deviations' root mean square, by hand."""
    answer = next(a for a in answers("2024") if (a.unit, a.leaf) == ("so-van-hoa-the-thao-va-du-lich", "B.1"))
    given = [100] * 108 + [60] * 16 + [20] * 5
    assert (answer.text, answer.n) == ("A=108;B=16;C=5;D=0", "129")
    assert answer.se == f"{statistics.stdev(given) / 129**0.5:.2f}"


def test_the_year_before_names_no_real_document_with_another_date():
    """2023 takes the set of 2024 a year back: without its decisions, with the ISO standard of 2015."""
    text = minhhoa.framework_file(ROUNDS["2023"]).decode()
    assert "4912" not in text
    assert "1013" not in text
    assert "ISO 9001:2015" in text
    framework = parse_framework(text.encode(), "f.yaml")
    assert (framework.legal_basis, framework.period.end) == ((), date(2023, 11, 30))
