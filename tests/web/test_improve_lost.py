"""The page of lost points: they are those of the result, each with its cause and the sheet's words."""

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parindex.apps.assessments.models import EvidenceLink, Participant, Round
from parindex.apps.improvement.losses import lost_points
from parindex.apps.improvement.queries import standing_of
from parindex.apps.improvement.years import last_year_of
from parindex.apps.results.stages import forget_books


UNIT, YEAR, COUNCIL = "so-y-te", "minh-hoa/2025-co-quan", "minh-hoa/tap-huan-hoi-dong"
MOST = 24


@pytest.fixture(autouse=True)
def anew(world):
    """No round of another test."""
    forget_books()
    yield
    forget_books()


def _points(round_):
    code = round_.partition("/")[2]
    found = Participant.objects.get(round__code=code, round__territory__code="minh-hoa", unit__code=UNIT)
    standing = standing_of(found)
    return standing, lost_points(standing, last_year_of(standing))


def test_all_that_is_missing_is_there(world):
    """Leaves and penalties together are the distance to the full index."""
    standing, points = _points(YEAR)
    bonus = sum(
        n.points
        for c, n in _nodes(standing)
        if c in {i.code for i in standing.assessment.framework.bonus.items}
    )
    lost = sum(p.loss.points for p in points)
    assert lost == standing.outcome.applicable_max - standing.outcome.points + bonus
    assert all(p.best is None or p.best >= p.middle for p in points)
    assert any(p.before is not None for p in points)


def _nodes(standing):
    return standing.assessment.nodes(standing.unit).items()


def test_what_the_appraisal_lowered_is_said_with_its_reason(world):
    """And a criterion that no document stands behind is said to be so."""
    _, points = _points(COUNCIL)
    lowered = [p for p in points if p.lowered]
    assert lowered
    assert any(p.said for p in lowered)
    bare = next(p for p in points if p.bare)
    assert not EvidenceLink.objects.filter(
        participant__unit__code=UNIT, participant__round__code=COUNCIL[9:], leaf=bare.code, detached_at=None
    )


def test_the_page_tells_each_with_the_group(read, visitors):
    """The best is shown only where the other units' points are."""
    url = address("improve:lost", (YEAR, UNIT))
    text = read(url, by=visitors["head"]).root.text
    _, points = _points(YEAR)
    assert f"ở {len(points)} nội dung" in text
    assert "khối: tốt nhất" in text
    Round.objects.filter(code="2025-co-quan").update(publicity="areas")
    assert "khối: tốt nhất" not in read(url, by=visitors["head"]).root.text
    assert "khối: tốt nhất" in read(url, by=visitors["leader"]).root.text
    assert visitors["neighbour"].get(url).status_code == 403


def test_the_page_costs_few_queries(visitors):
    """However many points are lost."""
    url = address("improve:lost", (COUNCIL, UNIT))
    visitors["leader"].get(url)
    with CaptureQueriesContext(connection) as queries:
        visitors["leader"].get(url)
    assert len(queries) <= MOST
