"""From a counted survey to the points on a sheet, with how sure they are."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from addresses import address
from test_unit_sheet import OPEN, UNIT, on_the_day, participant  # noqa: F401  fixtures

from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.queries import answer_table
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.indicators.models import Value
from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import assess
from parindex.core.kernel.robustness import simulate
from parindex.data.minhhoa import surveys as sample


TABLE = ("steer:values", (OPEN,))
SURE = re.compile(r"[0-9]+,[0-9] ± [0-9]+,[0-9] → [0-9,]+ trên [0-9,]+ điểm")
SURE_ENGLISH = re.compile(r"[0-9]+\.[0-9] ± [0-9]+\.[0-9] → [0-9.]+ of [0-9.]+ points")


@pytest.fixture
def supplied(visitors):
    """The secretariat looked at what surveys found, and took it over."""
    return _taken_over(visitors["secretariat"], _offered(visitors["secretariat"]))


def _offered(client):
    """Criteria that name an indicator, as the page offers them: all ticked."""
    return re.findall(r'name="leaf" value="([^"]+)" checked', client.get(address(*TABLE)).content.decode())


def _taken_over(client, leaves):
    """What is shown of these criteria, before it is kept."""
    shown = client.post(address(*TABLE), {"measured": "1", "leaf": leaves}).content.decode()
    carried = shown.split('name="confirmed" value="')[1].split('"')[0]
    assert client.post(address(*TABLE), {"confirmed": carried}).status_code == 302
    return shown


def test_what_is_not_ticked_is_left_to_the_units(visitors, participant):  # noqa: F811
    """One criterion's figures are taken over and no other's; of none nothing is."""
    client = visitors["secretariat"]
    assert {"B.1", "C.1"} < set(_offered(client))
    answer = client.post(address(*TABLE), {"measured": "1"}, follow=True)
    assert "Hãy chọn ít nhất một tiêu chí." in answer.content.decode()
    _taken_over(client, ["C.1"])
    opening = Ruling.objects.filter(
        participant__round=participant.round, by=f"person:{client.session['_auth_user_id']}"
    )
    assert set(opening.values_list("leaf", flat=True)) == {"C.1"}


def test_the_secretariat_sees_error_and_points_before_it_takes_a_survey_over(supplied):
    """Each figure with half of its interval and what it gives by the rule."""
    assert len(SURE.findall(supplied)) > 9


def test_what_a_survey_found_stands_on_the_sheet_with_its_error(supplied, participant, read, visitors):  # noqa: F811
    """The ruling keeps value, standard error and n; the unit reads them on its sheet's leaf."""
    kept = {r.leaf: r for r in Ruling.objects.filter(participant=participant, leaf__in=["B.1", "C.1"])}
    assert set(kept) == {"B.1", "C.1"}
    values = Value.objects.filter(unit=participant.unit, start__year=2024).select_related("indicator")
    of_code = {v.indicator.code: v for v in values}
    for leaf, code in (("B.1", "danh-gia-chi-dao"), ("C.1", "hai-long-tiep-can")):
        ruling, value = kept[leaf], of_code[code]
        assert (ruling.answer, ruling.se, ruling.n) == (value.written, value.written_se, str(value.n))
        page = read(address("unit:leaf", (OPEN, UNIT, leaf)), by=visitors["officer"])
        assert SURE.search(page.root.text), leaf
        assert "khớp với số liệu" in page.root.text
    entry = sheet_view(participant).entries["C.1"]
    assert entry.outcome.points == Fraction(round(float(kept["C.1"].answer) * 2), 100)


def test_the_same_figures_again_are_nothing_new(supplied, visitors):
    """Nor is a figure that somebody has ruled on since put in the way of the others."""
    client = visitors["secretariat"]
    answer = client.post(address(*TABLE), {"measured": "1", "leaf": _offered(client)}, follow=True)
    assert "Không có kết quả mới nào" in answer.content.decode()


def test_a_unit_without_a_survey_is_left_out_and_never_zero(participant, read, visitors):  # noqa: F811
    """No survey: its maximum is not counted; a survey that found nobody satisfied is 0 points."""
    view = sheet_view(participant)
    survey = [c for c in view.framework.leaves if view.framework.method_of(c) == "survey"]
    assert {view.entries[c].outcome.reason.code for c in survey} == {"no_survey"}
    assert sum(view.entries[c].outcome.max for c in survey) == 0
    page = read(address("unit:leaf", (OPEN, UNIT, "C.1")), by=visitors["officer"])
    assert "Không có điều tra" in page.root.text
    assert "không phải 0 điểm" in page.root.text
    leaf = view.framework.leaves["C.1"]
    Ruling.objects.create(
        participant=participant,
        leaf="C.1",
        stage=Ruling.Stage.OPENING,
        turn=1,
        answer="0",
        se="0.5",
        n="40",
        framework_hash=participant.round.framework.content_hash,
        by="system",
        at=participant.round.phases.first().opens_at,
    )
    outcome = sheet_view(participant).entries["C.1"].outcome
    assert (outcome.points, outcome.max) == (0, leaf.max)


@pytest.mark.parametrize(("language", "sure"), [("vi", SURE), ("en", SURE_ENGLISH)])
def test_everybody_reads_how_sure_a_survey_point_is(read, language, sure):
    """On the unit's page and on its criterion's."""
    unit = ("minh-hoa", 2025, "co-quan", "so-y-te")
    way = "" if language == "vi" else "/en"
    for name, of in (("public:unit", unit), ("public:criterion", (*unit, "8.1.1"))):
        page = read(way + address(name, of))
        found = sure.search(page.root.text)
        assert found, page.root.text[:200]
        assert found[0].startswith("81,7 ± 5,1" if language == "vi" else "81.7 ± 5.1")


def _sure(answer):
    """The answer without an error."""
    return replace(answer, se=None) if isinstance(answer, Input) else answer


def test_the_rank_band_moves_with_the_error_of_surveys_alone(world):
    """Weights held fast, only what the survey leaves open changes ranks; without errors none does."""
    round_ = Round.objects.get(territory__code="minh-hoa", code=sample.SURVEYED)
    framework = by_hash(round_.framework.content_hash)
    table, _ = answer_table(round_)
    spread = simulate(assess(framework, table), draws=400, weights=0, seed=1)
    header, rows = spread.rows()
    low, high = header.index("low_rank"), header.index("high_rank")
    assert spread.survey_errors == 14
    assert any(row[low] != row[high] for row in rows)
    plain = {c: replace(k, distinct=[_sure(a) for a in k.distinct]) for c, k in table.columns.items()}
    _, still = simulate(assess(framework, replace(table, columns=plain)), draws=400, weights=0, seed=1).rows()
    assert all(row[low] == row[high] for row in still)


def test_a_survey_says_what_its_criterion_gives_for_whom(visitors, read):
    """The desk's page of results names the year's criteria, each with figures, errors and points."""
    from parindex.apps.surveys.models import Survey

    survey = Survey.objects.get(territory__code="minh-hoa", state="counted")
    page = read(address("surveys:results", (survey.slug,)), by=visitors["secretariat"])
    assert "Thành điểm tiêu chí 8.1.1" in page.root.text
    assert "Thành điểm tiêu chí 7.1" in page.root.text
    assert re.search(r"81,7 ± [0-9,]+\s*→ 8,17 trên 10 điểm", page.root.text)


def test_a_proposal_tells_a_percentage_from_a_difference(world, participant):  # noqa: F811
    """However an answer is written: counts, a share, or the percentage itself."""
    proposals = proposals_for(participant.round, [participant], leaves=["B.1", "C.1"])
    share = proposals[participant.pk, "C.1"]
    assert not share.differs(share.answer)
    assert share.differs("0")
    assert share.differs("khong-doc-duoc")
