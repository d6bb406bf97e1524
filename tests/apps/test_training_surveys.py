"""The demonstration's surveys: loaded once, counted with errors, open for whoever plays."""

from fractions import Fraction

import pytest
from site_world import AT

from parindex.apps.assessments.models import Round, Ruling
from parindex.apps.assessments.queries import participants_of
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.indicators.models import Value
from parindex.apps.surveys.models import Answer, Survey
from parindex.config.training_surveys import surveys
from parindex.core.kernel.numbers import exact
from parindex.data.indicators import SURVEY_COUNT
from parindex.data.minhhoa import surveys as sample


def test_one_survey_is_counted_and_one_is_open(world):
    """The counted one gave values with their errors; a second loading does nothing."""
    counted, open_ = Survey.objects.filter(territory__code="minh-hoa").order_by("kind")
    assert (counted.state, counted.year, open_.state) == ("counted", 2025, "open")
    values = Value.objects.filter(origin__startswith=f"survey:{counted.slug}", indicator=counted.indicator)
    assert values.count() == 15
    assert all(v.se and v.n and 40 < float(v.exact) < 100 for v in values)
    assert open_.answers.filter(first=True).count() == 5
    assert Answer.objects.filter(survey=open_).count() == 15
    assert not surveys(AT)


def test_each_factor_gives_values_of_its_own_indicator(world):
    """Five factors of four units that the enumerators went to; their mean is the whole, exactly."""
    counted = Survey.objects.get(territory__code="minh-hoa", state="counted")
    told = Value.objects.filter(origin__startswith=f"survey:{counted.slug}").select_related(
        "indicator", "unit"
    )
    of_unit = {v.indicator.code: v for v in told if v.unit.code == "so-y-te"}
    factors = [of_unit[code] for code in sample.CITIZENS_FACTORS.values()]
    assert {v.n for v in of_unit.values()} == {153}
    assert len({v.value for v in factors}) == 5
    mean = sum(v.exact for v in factors) / 5
    assert abs(mean - of_unit["hai-long-nguoi-dan"].exact) < Fraction(1, 10_000)
    assert all(0 < exact(v.se) < 5 for v in factors)


def test_what_the_survey_found_is_what_the_published_round_scored(world):
    """The year's answers to the survey's criterion are the count's values, with error and n."""
    round_ = Round.objects.get(territory__code="minh-hoa", code=sample.SURVEYED)
    proposals = proposals_for(round_, participants_of(round_), leaves=[sample.LEAF])
    rulings = {
        r.participant_id: r for r in Ruling.objects.filter(participant__round=round_, leaf=sample.LEAF)
    }
    assert len(proposals) == len(rulings) == 14
    for (participant, _), one in proposals.items():
        ruling = rulings[participant]
        assert not one.differs(ruling.answer)
        assert str(one.value.n) == ruling.n
        assert f"{float(exact(one.value.se)):.2f}" == f"{float(ruling.se):.2f}"
        assert one.value.source == SURVEY_COUNT


@pytest.mark.parametrize("code", ["2023", "2024", "2025-cap-xa"])
def test_surveys_of_other_years_stand_beside_their_answers(world, code):
    """Each survey criterion names its indicator, whose values say what was answered."""
    round_ = Round.objects.get(territory__code="minh-hoa", code=code)
    framework = by_hash(round_.framework.content_hash)
    leaves = [c for c, n in framework.leaves.items() if framework.method_of(c) == "survey" and n.indicator]
    assert len(leaves) == {"2025-cap-xa": 1}.get(code, 9)
    proposals = proposals_for(round_, participants_of(round_), leaves=leaves)
    written = Ruling.objects.filter(participant__round=round_, leaf__in=leaves).exclude(se="")
    answers = {(r.participant_id, r.leaf): r for r in written}
    assert set(proposals) == set(answers)
    assert not [key for key, one in proposals.items() if one.differs(answers[key].answer)]
    assert not [key for key, one in proposals.items() if one.why_not or one.points is None]


def test_what_is_invented_says_so(world):
    """Title and rules."""
    for survey in Survey.objects.filter(territory__code="minh-hoa"):
        assert "minh họa" in survey.title_vi
        assert "invented" in survey.title_en
        assert survey.territory.illustrative
