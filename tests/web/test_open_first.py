"""A first round opened in the browser: proposed, read through, opened whole, or refused at its field."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from page import Page
from site_world import AT
from small_round import ACT, UNITS, small_set

from parindex.apps.assessments.models import Assignment, Participant, Round
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.organisations.actions import (
    NewPerson,
    NewUnit,
    add_person,
    add_units,
    found_territory,
    grant_role,
)
from parindex.apps.organisations.roles import Role
from parindex.core.kernel.text import Text


URL = "/dieu-hanh/mo-ky/"


class House:
    """A territory that never had a round, and whoever runs it."""

    def __init__(self, units=UNITS):
        self.territory = found_territory(
            code="tinh-moi", name=Text("Tỉnh Mới", "New Province"), type_="tinh", illustrative=True, **ACT
        )
        self.units = add_units(territory=self.territory, units=units, **ACT)
        self.set = store_framework(content=small_set(), file="small.yaml", **ACT)
        self.clerk = self.person("thu-ky", Role.SECRETARIAT)

    def person(self, name, role):
        """Somebody with a role in the territory, signed in."""
        person = add_person(new=NewPerson(name, "Người thử", ""), by="test", at=AT)
        grant_role(person=person, role=role, unit=self.territory, **ACT)
        client = Client()
        client.force_login(person)
        return client

    def form(self, **more):
        """A form filled in as it should be."""
        lead, stand_in = (str(u.pk) for u in list(self.units.values())[:2])
        return {
            "dia-ban": str(self.territory.pk),
            "title": "Kỳ đầu",
            "title_en": "First round",
            "code": "2026",
            "year": "2026",
            "framework": self.set.content_hash,
            "turns": "0",
            "unit": [str(u.pk) for u in self.units.values()],
            "type-so": "Khối sở",
            "opens-self-1": "2026-02-01T08:00",
            "closes-self-1": "2026-02-15T17:00",
            "opens-appraisal-1": "2026-02-16T08:00",
            "closes-appraisal-1": "2026-02-20T17:30",
            "opens-council-1": "2026-02-21T08:00",
            "closes-council-1": "2026-02-22T17:00",
            "lead-A": lead,
            "stand-A": stand_in,
        } | more

    def send(self, step, **more):
        """One press of a button."""
        return self.clerk.post(URL, self.form(step=step, **more))


@pytest.fixture
def house(db):
    """See the class."""
    return House()


def page_of(response) -> Page:
    """What came back, sound."""
    page = Page(response.content.decode())
    assert page.faults == []
    return page


def value(page: Page, name: str) -> str:
    """What stands in a field."""
    return next(e.attributes.get("value", "") for e in page.root.all("input") if e.attributes["name"] == name)


def seen(response) -> str:
    """The mark of what was read through."""
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def test_a_territory_without_a_round_opens_its_first(house):
    """From the start page, by way of a review; until then nothing is kept."""
    assert f"{URL}?dia-ban={house.territory.pk}" in house.clerk.get("/ban-lam-viec/").content.decode()
    looked = house.send("review")
    assert looked.status_code == 200
    text = page_of(looked).root.text
    assert "Khối sở: 2" in text
    assert "Cần xem trước khi mở" not in text
    assert not Round.objects.filter(territory=house.territory).exists()
    opened = house.send("open", seen=seen(looked))
    assert opened.headers["Location"].endswith("/tinh-moi.2026/")
    round_ = Round.objects.get(territory=house.territory)
    assert round_.state == Round.State.RUNNING
    assert [p.kind for p in round_.phases.all()] == ["self", "appraisal", "council"]
    assert round_.groups.get().name_vi == "Khối sở"
    assert Participant.objects.filter(round=round_, sheet__isnull=False).count() == 2
    part = Assignment.objects.get(round=round_)
    form = house.form()
    assert (part.node, str(part.lead_id), str(part.stand_in_id)) == ("A", form["lead-A"], form["stand-A"])
    assert house.clerk.get(opened.headers["Location"]).status_code == 200
    assert "Mở kỳ đánh giá" not in house.clerk.get("/ban-lam-viec/").content.decode()


def test_what_was_not_read_through_is_not_opened(house):
    """A form that changed after the review is shown again; one that never was reviewed too."""
    mark = seen(house.send("review"))
    for more in ({"seen": mark, "title": "Kỳ khác"}, {}):
        again = house.send("open", **more)
        assert again.status_code == 200
        assert "hãy xem lại rồi mở" in page_of(again).root.text
    assert not Round.objects.filter(territory=house.territory).exists()


def test_the_form_proposes_a_calendar_and_the_units(house):
    """At first from tomorrow; then from the day, the lengths and the turns that are asked for."""
    page = page_of(house.clerk.get(URL))
    assert value(page, "opens-self-1").endswith("T08:00")
    assert sum("checked" in e.attributes for e in page.root.all("input")) == 2
    days = {"days-self": "10", "days-appraisal": "5", "days-explanation": "3", "days-council": "1"}
    page = page_of(house.send("propose", start="2026-03-02", **days | {"turns": "3"}))
    assert value(page, "closes-self-1") == "2026-03-11T17:00"
    assert value(page, "opens-appraisal-1") == "2026-03-12T08:00"
    assert value(page, "closes-council-1").startswith("2026-04-")
    assert value(page, "title") == "Kỳ đầu"
    assert sum(e.attributes.get("name", "").startswith("opens-") for e in page.root.all("input")) == 9
    wrong = house.send("propose", start="mai", **days | {"days-self": "0"})
    assert wrong.status_code == 422
    text = page_of(wrong).root.text
    assert "Hãy ghi ngày bắt đầu" in text
    assert "từ 1 đến 366" in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "Hãy ghi tên kỳ đánh giá."),
        ({"year": "năm nay"}, "Hãy ghi năm"),
        ({"framework": "x"}, "Hãy chọn bộ tiêu chí."),
        ({"code": "Kỳ 1"}, "chỉ gồm chữ thường"),
        ({"unit": []}, "ít nhất một đơn vị"),
        ({"unit": ["999999", "x"]}, "ít nhất một đơn vị"),
        ({"type-so": ""}, "chưa có khối xếp hạng"),
        ({"closes-self-1": "2026-01-01T08:00"}, "phải kết thúc sau khi bắt đầu"),
        ({"opens-appraisal-1": "2026-02-10T08:00"}, "không chồng lên giai đoạn trước"),
        ({"opens-self-1": ""}, "Hãy ghi thời điểm mở"),
        ({"opens-self-1": "0001-01-01T00:00"}, "Hãy ghi thời điểm mở"),
        ({"lead-A": "999999"}, "không còn trong danh sách"),
        ({"lead-A": ""}, "trước khi chọn cơ quan thay thế"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_form_stays(house, more, words):
    """Whichever button is pressed; nothing is kept."""
    for step in ("review", "open"):
        answer = house.send(step, **more)
        assert answer.status_code == 422
        page = page_of(answer)
        assert words in page.root.text
        assert "1 chỗ cần sửa" in page.root.text
        assert value(page, "closes-council-1") == "2026-02-22T17:00"
    assert not Round.objects.filter(territory=house.territory).exists()


def test_a_code_that_is_taken_and_a_stand_in_for_itself_are_refused(house):
    """Each at its field."""
    house.send("open", seen=seen(house.send("review")))
    lead = house.form()["lead-A"]
    text = page_of(house.send("review", **{"stand-A": lead})).root.text
    assert "Đã có kỳ đánh giá mã 2026" in text
    assert "Cơ quan thay thế phải khác" in text
    assert Round.objects.filter(territory=house.territory).count() == 1


def test_the_review_says_what_nobody_would_appraise(house):
    """A leaf without a department; a department that would rule on itself."""
    assert "chưa phân công" in page_of(house.send("review", **{"lead-A": "", "stand-A": ""})).root.text
    assert "sẽ tự thẩm định 2 tiêu chí" in page_of(house.send("review", **{"stand-A": ""})).root.text


def test_groups_of_the_same_short_name_stay_two(house):
    """A unit's own group goes before that of its type."""
    one, two = house.units.values()
    more = {f"group-{one.pk}": "Khối Một", f"group-{two.pk}": "Khối một"}
    house.send("open", seen=seen(house.send("review", **more)), **more)
    groups = Round.objects.get(territory=house.territory).groups.all()
    assert [(g.code, g.name_vi) for g in groups] == [("khoi-mot", "Khối Một"), ("khoi-mot-2", "Khối một")]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR, Role.ASSISTANT, Role.AUDITOR])
def test_nobody_else_opens_a_round(house, role):
    """Whatever they send; nor whoever runs another territory."""
    client = house.person("nguoi-khac", role)
    form = house.form(step="open", seen=seen(house.send("review")))
    assert client.get(URL).status_code == 403
    assert client.post(URL, form).status_code == 403
    elsewhere = found_territory(
        code="noi-khac", name=Text("Nơi Khác"), type_="tinh", illustrative=True, **ACT
    )
    person = add_person(new=NewPerson("xa", "Người xa", ""), by="test", at=AT)
    grant_role(person=person, role=Role.SECRETARIAT, unit=elsewhere, **ACT)
    client = Client()
    client.force_login(person)
    assert client.post(URL, form).status_code == 403
    assert not Round.objects.filter(territory__in=[house.territory, elsewhere]).exists()


def test_the_page_costs_as_much_for_142_units_as_for_two(db):
    """A few queries, in both languages."""
    house = House([NewUnit(f"so-{k}", Text(f"Sở {k}", f"Office {k}"), "so") for k in range(142)])
    house.clerk.get(URL)
    for path in (URL, f"/en{URL}"):
        with CaptureQueriesContext(connection) as queries:
            assert house.clerk.get(path).status_code == 200
        assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        looked = house.send("review")
    assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        house.send("open", seen=seen(looked))
    assert Participant.objects.filter(round__territory=house.territory).count() == 142
    assert len(queries) <= 40
