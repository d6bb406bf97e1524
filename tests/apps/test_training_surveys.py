"""The demonstration's surveys: loaded once, counted with errors, open for whoever plays."""

from site_world import AT

from parindex.apps.indicators.models import Value
from parindex.apps.surveys.models import Answer, Survey, Tally
from parindex.config.training_surveys import surveys


def test_one_survey_is_counted_and_one_is_open(world):
    """The counted one gave values with their errors; a second loading does nothing."""
    counted, open_ = Survey.objects.filter(territory__code="minh-hoa").order_by("kind")
    assert (counted.state, counted.year, open_.state) == ("counted", 2025, "open")
    values = Value.objects.filter(indicator=counted.indicator)
    assert values.count() == 4
    assert all(v.se and v.n and 40 < float(v.exact) < 100 for v in values)
    assert Tally.objects.get(survey=open_).used == 5
    assert Answer.objects.filter(survey=open_).count() == 15
    assert not surveys(AT)


def test_what_is_invented_says_so(world):
    """Title and rules."""
    for survey in Survey.objects.filter(territory__code="minh-hoa"):
        assert "minh họa" in survey.title_vi
        assert "invented" in survey.title_en
        assert survey.territory.illustrative
