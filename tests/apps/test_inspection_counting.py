"""Inspections as measured values: units inspected, findings, recommendations remedied in time."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from inspection_world import DAY, WHO, inspecting_in
from site_world import AT

from parindex.apps.indicators.models import Value
from parindex.apps.inspections.actions import answer_recommendation, verify_answer, withdraw_finding
from parindex.apps.inspections.counting import record_all_inspections, record_inspections, tally_of
from parindex.apps.inspections.papers import facts_of
from parindex.apps.inspections.queries import find_visit
from parindex.config.jobs import jobs
from parindex.core.papers.inspections import conclusion
from parindex.data.indicators import INSPECTION_COUNT
from parindex.web.manage.operating import words_of_jobs


@pytest.fixture
def world_of(small):
    """See `inspection_world`."""
    return inspecting_in(small)


def _values(territory="tinh-thu", year=2026):
    place = Q(unit__code=territory, unit__parent=None) | Q(unit__parent__code=territory)
    found = Value.objects.filter(place, source=INSPECTION_COUNT, start__year=year).standing()
    said = found.select_related("unit", "indicator")
    return {
        (v.unit.code, v.indicator.code): (v.numerator, v.denominator)
        if v.denominator is not None
        else v.value
        for v in said
    }


def _remedy(world_of, made, *, days):
    at = AT + timedelta(days=days)
    answer_recommendation(recommendation=made, text="Đã làm", key=world_of.key(), by="person:1", at=at)
    verify_answer(recommendation=made, accepted=True, by="person:900", at=at + timedelta(days=30))


def test_a_year_is_counted_for_the_territory_and_its_units(world_of):
    """One of two units, one finding, of three recommendations due one kept in time."""
    territory = world_of.territory
    _, first = world_of.concluded(days=5)
    _, second = world_of.concluded(days=5)
    _, third = world_of.concluded(days=200)
    world_of.concluded(days=300)
    _remedy(world_of, first, days=5)
    _remedy(world_of, second, days=6)
    _remedy(world_of, third, days=1)
    at = AT + timedelta(days=40)
    assert record_inspections(territory=territory, by="system", at=at) == 5
    assert _values() == {
        ("tinh-thu", "don-vi-duoc-kiem-tra"): (1, 2),
        ("tinh-thu", "ton-tai-kiem-tra"): "4",
        ("tinh-thu", "kien-nghi-khac-phuc-dung-han"): (2, 3),
        ("so-mot", "ton-tai-kiem-tra"): "4",
        ("so-mot", "kien-nghi-khac-phuc-dung-han"): (2, 3),
    }
    assert record_inspections(territory=territory, by="system", at=at + timedelta(days=1)) == 0
    record_all_inspections(at + timedelta(days=1), by="system")
    later = AT + timedelta(days=310)
    assert record_inspections(territory=territory, by="system", at=later) == 2
    assert _values()["so-mot", "kien-nghi-khac-phuc-dung-han"] == (2, 4)


def test_what_still_runs_or_is_withdrawn_does_not_count(world_of):
    """So an unannounced visit shows in no figure before it is concluded."""
    world_of.running()
    visit = world_of.running()
    withdraw_finding(finding=world_of.finding(visit), reason="Nhầm", **WHO)
    assert record_inspections(territory=world_of.territory, by="system", at=AT) == 0
    assert tally_of(world_of.territory, 2026, DAY).inspected == set()
    assert _values() == {}


def test_the_demonstrations_values_follow_from_its_visits(world):
    """Two of its units were inspected, by the plan of the year before."""
    values = _values("minh-hoa", 2025)
    assert values["minh-hoa", "don-vi-duoc-kiem-tra"][0] == 2
    assert values["so-y-te", "ton-tai-kiem-tra"] == "3"
    assert values["so-y-te", "kien-nghi-khac-phuc-dung-han"][0] == 1


def test_the_papers_of_a_visit_are_made_from_it(world_of):
    """The counts of the checklist, findings and deadlines."""
    visit, made = world_of.concluded()
    facts = facts_of(find_visit(visit.pk), AT)
    assert (len(facts.looked), len(facts.found)) == (10, 1)
    assert facts.found[0].advice[0].due == made.due
    assert facts.planned.number == "12/KH-UBND"
    assert conclusion(facts).as_of == date(2026, 1, 5)


def test_the_jobs_of_inspections_have_words(world):
    names = {job.name for job in jobs()}
    assert {"inspections.remind", "inspections.record"} <= names
    assert names <= set(words_of_jobs())
