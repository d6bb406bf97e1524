"""A round opened like the one before: all that it had is proposed a year later, and can be changed."""

from datetime import date

import pytest
from addresses import address
from django.db import connection
from django.test.utils import CaptureQueriesContext
from page import Page
from test_open_first import URL, House, page_of, seen, value
from test_unit_sheet import NOW, OPEN, on_the_day  # noqa: F401  the fixture

from parindex.apps.assessments.models import Assignment, RankingGroup, Round, Ruling
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Unit
from parindex.apps.schedule.holidays import SetDay, set_year


LAST = "/dieu-hanh/tinh-moi.2026/mo-ky-tiep/"
WHY = "Không quản lý lĩnh vực này"


@pytest.fixture
def house(db):
    """A territory whose first round was opened, with an exception and a group of its own."""
    house = House()
    one = house.units["so-mot"]
    more = {f"group-{one.pk}": "Khối Riêng", "left-out": f'{{"{WHY}":{{"so-mot":["A1"]}}}}'}
    house.send("open", seen=seen(house.send("review", **more)), **more)
    house.last = Round.objects.get(territory=house.territory)
    RankingGroup.objects.filter(round=house.last, name_vi="Khối sở").update(code="ma-cu", name_en="Offices")
    return house


def fields(page: Page) -> dict:
    """The form as a browser would send it back."""
    found: dict = {}
    for box in page.root.all("input"):
        kind, name = box.attributes.get("type", "text"), box.attributes.get("name", "")
        if not name or kind == "file" or (kind == "checkbox" and "checked" not in box.attributes):
            continue
        found.setdefault(name, []).append(box.attributes.get("value", ""))
    for choice in page.root.all("select"):
        picked = [o for o in choice.all("option") if "selected" in o.attributes]
        found[choice.attributes["name"]] = [o.attributes.get("value", o.text) for o in picked]
    return found


def test_everything_is_proposed_a_year_later_and_opened_as_it_stands(house):
    """Names, set, units, groups, appraisal, exceptions; the new round knows the one that it follows."""
    sent = fields(page_of(house.clerk.get(LAST)))
    assert (sent["code"], sent["year"], sent["title"]) == (["2027"], ["2027"], ["Kỳ đầu"])
    looked = house.clerk.post(LAST, sent | {"step": "review"})
    assert looked.status_code == 200
    assert "1 ngoại lệ" in page_of(looked).root.text
    house.clerk.post(LAST, sent | {"step": "open", "seen": seen(looked)})
    opened = Round.objects.get(territory=house.territory, code="2027")
    assert (opened.previous, opened.note_vi) == (house.last, house.last.note_vi)
    groups = opened.participants.values_list("unit__code", "group__code", "group__name_en")
    assert ("so-hai", "ma-cu", "Offices") in groups
    assert len({code for _, code, _ in groups}) == 2
    ruling = Ruling.objects.get(participant__round=opened)
    assert (ruling.participant.unit.code, ruling.leaf, ruling.reason) == ("so-mot", "A1", WHY)
    old, new = (list(r.assignments.values_list("node", "lead", "stand_in")) for r in (house.last, opened))
    assert old == new


def test_opening_afresh_leads_to_opening_like_the_last(house):
    """Where there is one."""
    assert LAST in [a.attributes.get("href") for a in page_of(house.clerk.get(URL)).root.all("a")]


def test_phases_are_proposed_on_working_days_of_the_new_year(house):
    """A day off moves on to the next working day, by the year’s decision where there is one."""
    page = page_of(house.clerk.get(LAST))
    # 1 and 15 February 2027 are Mondays; the appraisal ended on the 20th, a Saturday
    assert value(page, "opens-self-1") == "2027-02-01T08:00"
    assert value(page, "closes-appraisal-1") == "2027-02-22T17:30"
    assert value(page, "opens-council-1") == "2027-02-23T08:00"
    assert "Năm 2027 chưa có quyết định" in page.root.text
    days = [SetDay(date(2027, 2, 15), False, "Nghỉ bù"), SetDay(date(2027, 2, 21), True, "Làm bù")]
    set_year(year=2027, days=days, document="01/TB", by="test", at=NOW)
    page = page_of(house.clerk.get(LAST))
    assert value(page, "closes-self-1") == "2027-02-16T17:00"
    assert value(page, "opens-appraisal-1") == "2027-02-17T08:00"
    assert value(page, "closes-appraisal-1") == "2027-02-21T17:30"
    assert value(page, "opens-council-1") == "2027-02-22T08:00"
    assert "Năm 2027 chưa có quyết định" not in page.root.text


def test_a_unit_that_is_no_more_is_not_proposed_and_its_exception_is_said(house):
    """A unit that came since is offered, not ticked; so is one from elsewhere that took part."""
    Unit.objects.filter(code="so-mot", parent=house.territory).update(valid_to=date(2025, 6, 30))
    page = page_of(house.clerk.get(LAST))
    assert "Sở Một, A1" in page.root.text
    assert fields(page)["unit"] == [str(house.units["so-hai"].pk)]


def test_a_plan_for_one_group_is_carried_for_that_group(house):
    """Beside the plan for all."""
    group = house.last.groups.get(code="ma-cu")
    lead = house.units["so-mot"]
    Assignment.objects.create(round=house.last, node="A2", group=group, lead=lead)
    page = page_of(house.clerk.get(LAST))
    sent = fields(page)
    assert "chỉ Khối sở" in page.root.text
    assert sent["lead-A2--ma-cu"] == [str(lead.pk)]
    looked = house.clerk.post(LAST, sent | {"step": "review"})
    house.clerk.post(LAST, sent | {"step": "open", "seen": seen(looked)})
    opened = Round.objects.get(territory=house.territory, code="2027")
    assert opened.assignments.get(node="A2").group == opened.groups.get(code="ma-cu")


def test_another_set_without_a_code_map_loses_the_exceptions_and_says_so(house, world):
    """And units of a type that it does not know are not proposed."""
    other = FrameworkVersion.objects.get(identifier="minhhoa-2025-communes")
    sent = fields(page_of(house.clerk.get(LAST)))
    again = house.clerk.post(LAST, sent | {"step": "propose", "framework": other.content_hash})
    page = page_of(again)
    assert "Sở Một, A1" in page.root.text
    assert value(page, "left-out") == ""
    assert "unit" not in fields(page)


def test_a_running_round_is_followed_in_a_few_clicks_by_the_units_that_go_on(visitors, world):
    """The demonstration's, in both languages; of its 29 units 17 have ended since."""
    url, secretariat = address("steer:open_next", (OPEN,)), visitors["secretariat"]
    with CaptureQueriesContext(connection) as queries:
        page = page_of(secretariat.get(url))
    assert len(queries) <= 40
    sent = fields(page)
    assert len(sent["unit"]) == 12
    looked = secretariat.post(url, sent | {"step": "review", "code": "ky-sau"})
    assert looked.status_code == 200, page_of(looked).root.text
    mark = {"step": "open", "seen": seen(looked), "code": "ky-sau"}
    assert secretariat.post(url, sent | mark).status_code == 302
    opened = Round.objects.get(code="ky-sau")
    assert opened.participants.count() == 12
    page_of(secretariat.get(address("steer:open_next", (OPEN,), "en")))
