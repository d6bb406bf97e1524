"""The page of lost points: they are those of the result, each with its cause and the sheet's words."""

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parindex.apps.assessments.models import EvidenceLink, Participant, Round
from parindex.apps.improvement.losses import lost_points
from parindex.apps.improvement.queries import standing_of
from parindex.apps.improvement.years import last_year_of
from parindex.apps.plans.models import Task
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


def test_the_head_drafts_the_plan_in_one_act_and_accepts_the_rest(read, visitors):
    """The page says of every lost point what answers it, and what is still open."""
    url, _ = address("improve:lost", (YEAR, UNIT)), visitors["head"]
    code = _points(YEAR)[1][0].code
    visitors["head"].post(address("improve:accept", (YEAR, UNIT)), {"code": code, "reason": "Do dân số ít"})
    assert "Chấp nhận, vì Do dân số ít" in read(url, by=visitors["head"]).root.text
    page = read(
        visitors["head"].post(address("improve:draft", (YEAR, UNIT))).headers["Location"], by=visitors["head"]
    )
    assert "nhiệm vụ vào dự thảo" in page.root.text
    assert "Lập dự thảo kế hoạch khắc phục cho" not in page.root.text
    assert (
        Task.objects.filter(origin__startswith="lost:2025-co-quan/", plan__unit__code=UNIT).count()
        == len(_points(YEAR)[1]) - 1
    )
    visitors["head"].post(address("improve:accept", (YEAR, UNIT)), {"code": code, "withdraw": "1"})
    page = read(url, by=visitors["head"])
    assert "Lập dự thảo kế hoạch khắc phục cho 1 nội dung" in page.root.text


def test_only_who_makes_the_plans_answers(read, visitors):
    """Officers and leaders read; neighbours see nothing."""
    for who, status in {
        "focal": 302,
        "secretariat": 302,
        "officer": 403,
        "leader": 403,
        "neighbour": 403,
    }.items():
        for name in ("improve:draft", "improve:accept"):
            sent = visitors[who].post(address(name, (YEAR, UNIT)), {"code": "x", "reason": ""})
            refused = status == 302 and name == "improve:accept"
            assert sent.status_code == (422 if refused else status), (who, name)
    text = read(address("improve:lost", (YEAR, UNIT)), by=visitors["officer"]).root.text
    assert "Chấp nhận, không khắc phục" not in text
    assert (
        visitors["head"]
        .post(address("improve:accept", (YEAR, UNIT)), {"code": "x", "withdraw": "1"})
        .status_code
        == 404
    )


def test_the_page_costs_few_queries(visitors):
    """However many points are lost."""
    url = address("improve:lost", (COUNCIL, UNIT))
    visitors["leader"].get(url)
    with CaptureQueriesContext(connection) as queries:
        visitors["leader"].get(url)
    assert len(queries) <= MOST
