"""What heads answer for: seen by that head, the chair and the secretariat alone; tasks, states and points."""

from datetime import date
from fractions import Fraction

import pytest
from addresses import WHO, address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from site_world import AT

from parindex.apps.assessments.models import Participant
from parindex.apps.improvement.actions import accept_loss, draft_remedies
from parindex.apps.improvement.duties import duties_of
from parindex.apps.improvement.unanswered import unanswered_of
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.roles import Role
from parindex.apps.plans.actions import (
    PlanWritten,
    TaskWritten,
    add_task,
    begin_plan,
    cancel_task,
    issue_plan,
    report_progress,
)


DO = {"by": "test", "at": AT}
MOST = 24


@pytest.fixture
def unit(world):
    """The department of health."""
    return Unit.objects.get(code="so-y-te", parent__code="minh-hoa")


@pytest.fixture
def tasks(unit):
    """A plan of 2026: the head's by name, nobody's, an officer's; one done, one late, one stopped."""
    plan = begin_plan(unit=unit, written=PlanWritten("Kế hoạch", 2026), **DO)
    head, officer = (Person.objects.get(username=WHO[who]) for who in ("head", "officer"))
    rows = {
        "late": TaskWritten("Việc quá hạn", person=head, due=date(2026, 1, 2), gain="1.5"),
        "own": TaskWritten("Việc của đơn vị", due=date(2026, 12, 1), gain="0.5", criterion="1.1.1"),
        "done": TaskWritten("Việc đã xong", person=head, due=date(2026, 12, 1), gain="2"),
        "others": TaskWritten("Việc của chuyên viên", person=officer, due=date(2026, 1, 1), gain="4"),
        "stopped": TaskWritten("Việc đã dừng", person=head, gain="8"),
    }
    made = {name: add_task(plan=plan, written=written, **DO) for name, written in rows.items()}
    issue_plan(plan=plan, number="7/KH", issued_on=AT.date(), **DO)
    report_progress(task=made["done"], percent=100, line="Xong", **DO)
    cancel_task(task=made["stopped"], reason="Thôi", **DO)
    return made


def test_what_is_the_heads_is_told_from_what_was_given_to_others(unit, tasks):
    """By name, or nobody's; the points are those of the tasks that are not finished."""
    found = duties_of([unit], 2026, AT)[0]
    assert [one.task for one in found.overdue] == [tasks["late"]]
    assert [one.task for one in found.open] == [tasks["own"]]
    assert [one.task for one in found.done] == [tasks["done"]]
    assert [one.task for one in found.others] == [tasks["others"]]
    assert (found.hanging, found.brought, found.others_overdue) == (2, 2, 1)
    assert found.heads == [Person.objects.get(username=WHO["head"]).full_name]
    assert duties_of([unit], 2030, AT)[0].tasks == []


def test_only_that_head_the_chair_and_the_secretariat_see_it(visitors, unit, tasks):
    """Not the unit's own officers, nor other heads, nor leaders; the unit's own secretariat neither."""
    url = address("improve:duties", ("minh-hoa.so-y-te",))
    assert {who for who in WHO if visitors[who].get(url).status_code == 200} == {
        "head",
        "secretariat",
        "chair",
    }
    other = address("improve:duties", ("minh-hoa.so-tu-phap",))
    assert visitors["head"].get(other).status_code == 403
    focal = visitors.person("focal")
    Grant.objects.create(person=focal, role=Role.SECRETARIAT, unit=unit)
    assert visitors["focal"].get(url).status_code == 403
    heads = address("improve:heads", ())
    assert visitors["head"].get(heads).status_code == 403


def test_the_page_shows_the_next_act(read, visitors, tasks):
    """Overdue first, and the lost points that nothing answers, one click away; also from the desk."""
    page = read(f"{address('improve:duties', ('minh-hoa.so-y-te',))}?nam=2026", by=visitors["head"])
    assert page.root.text.index("Việc quá hạn") < page.root.text.index("Việc của đơn vị")
    assert "Việc đã dừng" not in page.root.text
    lost = address("improve:lost", ("minh-hoa/2025-co-quan", "so-y-te"))
    assert lost in page.links
    desk = read(address("account:start", ()), by=visitors["head"])
    assert lost in desk.links
    assert address("improve:duties", ("minh-hoa.so-y-te",)) in desk.links
    assert address("improve:heads", ()) in read(address("account:start", ()), by=visitors["chair"]).links


def test_whoever_follows_sees_every_head_with_the_most_overdue_first(read, visitors, tasks):
    """One line a unit, few queries however many."""
    url = f"{address('improve:heads', ())}?nam=2026"
    page = read(url, by=visitors["secretariat"])
    links = [link for link in page.links if "nguoi-dung-dau/minh-hoa." in link]
    assert links[0] == f"{address('improve:duties', ('minh-hoa.so-y-te',))}?nam=2026"
    assert len(links) > 20
    with CaptureQueriesContext(connection) as queries:
        visitors["secretariat"].get(url)
    assert len(queries) <= MOST


def test_heads_are_those_of_the_units_of_the_year(read, visitors):
    """A district that ended in the middle of 2025 has a head that year, and none the year after; a unit that
    began in 2026 has none before."""
    Unit.objects.filter(code="huyen-tram-son").update(valid_to=date(2025, 6, 30))
    Unit.objects.filter(code="xa-bac-tram").update(valid_from=date(2026, 1, 1))

    def listed(year):
        links = read(f"{address('improve:heads', ())}?nam={year}", by=visitors["secretariat"]).links
        return [
            any(f"minh-hoa.{code}/?" in link for link in links) for code in ("huyen-tram-son", "xa-bac-tram")
        ]

    assert [listed(year) for year in (2025, 2026)] == [[True, False], [False, True]]


def test_what_is_open_is_counted_from_the_kept_result(unit):
    """As the unit's own page counts it, without computing the round."""
    before = unanswered_of([unit.pk])[unit.pk]
    found = Participant.objects.select_related("round__territory", "round__framework", "unit", "group").get(
        round__code="2025-co-quan", unit=unit
    )
    drafted = draft_remedies(participant=found, **DO)
    assert drafted.made == before.places
    gains = sum((Fraction(task.gain) for task in drafted.plan.tasks.all()), Fraction(0))
    assert gains == before.points
    assert unanswered_of([unit.pk])[unit.pk].places == 0
    task = drafted.plan.tasks.first()
    cancel_task(task=task, reason="Thôi", **DO)
    assert unanswered_of([unit.pk])[unit.pk].places == 1
    accept_loss(participant=found, code=task.criterion, reason="Vì", **DO)
    assert unanswered_of([unit.pk])[unit.pk].places == 0


@pytest.mark.parametrize("year", ["", "x", "9999", "²", "99999999999"])
def test_a_year_that_is_none_is_this_one(read, visitors, year):
    """Whatever is typed into the address."""
    page = read(f"{address('improve:duties', ('minh-hoa.so-y-te',))}?nam={year}", by=visitors["head"])
    assert "trách nhiệm người đứng đầu" in page.root.text


def test_a_years_list_has_the_units_of_that_year(visitors, world):
    """Districts ended in 2025, when communes began; departments that were merged are not asked afterwards."""
    found = {}
    for year in (2024, 2026):
        response = visitors["secretariat"].get(f"{address('improve:heads', ())}?nam={year}")
        found[year] = {
            row["duties"].unit.code for table in response.context["tables"] for row in table["rows"]
        }
    assert {"huyen-nguyet-dong", "so-tai-nguyen-va-moi-truong"} <= found[2024] - found[2026]
    assert {"dac-khu-cu-lao-nguyet", "so-nong-nghiep-va-moi-truong"} <= found[2026] - found[2024]
    assert "so-y-te" in found[2024] & found[2026]
