"""The outlook for the year after a result: from measures and tasks, by the result's own arithmetic."""

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.evidence.actions import cite_document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.improvement.actions import draft_remedies
from parindex.apps.improvement.codes import proofs_of
from parindex.apps.improvement.outlook import year_ahead
from parindex.apps.improvement.queries import standing_of
from parindex.apps.indicators.models import Value
from parindex.apps.plans.actions import (
    PlanWritten,
    TaskWritten,
    add_tasks,
    begin_plan,
    issue_plan,
    report_progress,
)
from parindex.apps.results.stages import forget_books
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.improvement import losses_of
from parindex.core.kernel.numbers import exact


UNIT, YEAR, NEWEST = "so-y-te", "minh-hoa/2024", "minh-hoa/2025-co-quan"
MOST = 20


@pytest.fixture(autouse=True)
def anew(world):
    """No round of another test."""
    forget_books()
    yield
    forget_books()


def _standing(code):
    found = Participant.objects.select_related("round__territory", "round__framework", "unit", "group")
    return standing_of(found.get(round__code=code, round__territory__code="minh-hoa", unit__code=UNIT))


def test_what_was_measured_since_takes_the_place_of_what_was(world):
    """Each measured criterion at the share of the year after; everything else as it was."""
    standing = _standing("2024")
    found = year_ahead(standing, AT.date())
    assert (found.year, len(found.measured)) == (2025, 9)
    for one in found.measured:
        values = Value.objects.filter(unit__code=UNIT, indicator=one.indicator, end__year=2025)
        newest = values.order_by("-as_of", "-version").first()
        assert one.forecast.now == exact(newest.value)
    moved = sum(
        found.outlook.points[one.leaf.code][0] - standing.assessment.node(standing.unit, one.leaf.code).points
        for one in found.measured
    )
    assert found.outlook.so_far.points - standing.outcome.points == moved
    assert found.outlook.low.index <= found.outlook.end.index <= found.outlook.high.index


def test_tasks_count_when_they_are_done_and_may_count_while_they_are_open(world):
    """Without a measure, the tasks alone tell."""
    standing = _standing("2025-co-quan")
    assert not year_ahead(standing, AT.date()).is_known
    plan = draft_remedies(participant=standing.participant, by="test", at=AT).plan
    issue_plan(plan=plan, number="1/KH", issued_on=AT.date(), by="test", at=AT)
    found = year_ahead(standing, AT.date())
    assert found.outlook.so_far.index == standing.outcome.index
    assert found.outlook.high.index > found.outlook.so_far.index
    task = next(t for t in plan.tasks.order_by("number") if not t.output and t.criterion)
    report_progress(task=task, percent=100, line="Xong", by="test", at=AT)
    done = year_ahead(standing, AT.date())
    assert (done.done, done.coming) == (1, plan.tasks.count() - 1)
    assert done.outlook.so_far.index > found.outlook.so_far.index
    assert done.outlook.high.index == found.outlook.high.index


def test_tasks_of_the_years_own_plan_bring_what_they_say(world):
    """At their criterion, up to its maximum; those of a draft, without criterion or without gain do not."""
    standing = _standing("2025-co-quan")
    lost = losses_of(standing.assessment, standing.unit)
    leaves = standing.assessment.framework.leaves
    code, points = next((one.code, one.points) for one in lost if one.code in leaves)
    unit = standing.participant.unit
    plan = begin_plan(unit=unit, written=PlanWritten("Kế hoạch", 2026), by="test", at=AT)
    rows = [
        TaskWritten("Việc một", criterion=code, gain="1000"),
        TaskWritten("Không nêu điểm", criterion=code),
        TaskWritten("Không nêu tiêu chí", gain="1"),
    ]
    add_tasks(plan=plan, rows=[(row, "") for row in rows], by="test", at=AT)
    assert not year_ahead(standing, AT.date()).is_known
    issue_plan(plan=plan, number="9/KH", issued_on=AT.date(), by="test", at=AT)
    found = year_ahead(standing, AT.date())
    assert (found.done, found.coming) == (0, 1)
    assert found.outlook.so_far.points == found.outlook.low.points == standing.outcome.points
    assert found.outlook.high.points - standing.outcome.points == points
    task = plan.tasks.get(content="Việc một")
    report_progress(task=task, percent=100, line="Xong", by="test", at=AT)
    done = year_ahead(standing, AT.date())
    assert (done.done, done.coming) == (1, 0)
    assert done.outlook.so_far.points - standing.outcome.points == points


def _planned(unit, code, gain, **more):
    """An issued plan of 2025 with one finished task at a criterion, and its proof."""
    told = Metadata(number=f"{code}/BC", issued_on=AT.date(), title="Báo cáo", issuer="Sở Y tế")
    document = cite_document(unit=unit, metadata=told, by="test", at=AT)
    plan = begin_plan(unit=unit, written=PlanWritten("Kế hoạch", 2025), by="test", at=AT, **more)
    add_tasks(plan=plan, rows=[(TaskWritten("Việc", criterion=code, gain=gain), "")], by="test", at=AT)
    issue_plan(plan=plan, number=f"{code}/KH", issued_on=AT.date(), by="test", at=AT)
    report_progress(task=plan.tasks.get(), percent=100, line="Xong", document=document, by="test", at=AT)
    return document


def test_a_criterion_of_another_set_is_found_by_the_code_map_and_not_by_its_code(world):
    """Codes changed from 2024 to 2025: 3.2.1 is another question there than 3.2.1 was here."""
    standing = _standing("2024")
    unit, old = standing.participant.unit, standing.assessment.framework
    new = by_hash(Round.objects.get(territory__code="minh-hoa", code="2025-co-quan").framework.content_hash)
    moved = {
        now: then for now, then in comparable_codes(new, old).items() if now != then and now in new.leaves
    }
    now, then = next((n, t) for n, t in moved.items() if t in old.leaves and n not in old.leaves)
    unmapped = next(c for c in new.leaves if c not in comparable_codes(new, old))
    before = year_ahead(standing, AT.date())
    _planned(unit, now, "1000")
    found = year_ahead(standing, AT.date())
    assert then in found.outlook.points
    assert (found.done, found.unmapped) == (before.done + 1, before.unmapped)
    _planned(unit, unmapped, "1000")
    again = year_ahead(standing, AT.date())
    assert (again.done, again.unmapped) == (found.done, found.unmapped + 1)
    assert again.outlook.so_far == found.outlook.so_far
    answering = _planned(unit, then, "", remedies_year=2024)
    proofs = proofs_of(_standing("2025-co-quan").participant, new)
    assert answering in proofs[now]
    assert [code for code, found in proofs.items() if answering in found] == [now]


def test_the_page_says_it_with_its_range(read, visitors):
    """Members of the unit read it; the neighbour does not; where nothing is known it says so."""
    text = read(address("improve:ahead", (YEAR, UNIT)), by=visitors["head"]).root.text
    assert "Nếu năm kết thúc hôm nay" in text
    assert "Khoảng thứ hạng" in text
    nothing = read(address("improve:ahead", (NEWEST, UNIT)), by=visitors["head"]).root.text
    assert "Chưa biết gì về năm 2026" in nothing
    assert visitors["neighbour"].get(address("improve:ahead", (YEAR, UNIT))).status_code == 403


def test_the_page_costs_few_queries(visitors):
    """However many criteria are measured."""
    url = address("improve:ahead", (YEAR, UNIT))
    visitors["head"].get(url)
    with CaptureQueriesContext(connection) as queries:
        visitors["head"].get(url)
    assert len(queries) <= MOST
