"""A plan as board, timeline and list; several tasks at once; deadlines in other calendars."""

import re

import pytest
from addresses import ANYONE, WHO
from django.test import Client
from django.urls import reverse
from page import Page

from parindex.apps.audit.models import Entry
from parindex.apps.organisations.models import Unit
from parindex.apps.plans.models import Plan


OF_UNIT = frozenset({"focal", "officer", "head"})
ABOVE = frozenset({"secretariat", "assistant", "chair", "leader", "auditor"})
CONSULTING = frozenset({"appraiser", "lead_head"})


@pytest.fixture
def plan(world):
    """The issued plan of the department of health."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    return Plan.objects.filter(unit=unit, state="issued").first()


def _url(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


def _page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert page.faults == []
    return page


@pytest.mark.parametrize("name", ["board", "timeline", "marking"])
def test_each_view_is_for_who_sees_the_plan_and_shows_every_task(visitors, plan, name):
    """In a bounded number of queries."""
    got = {who: visitors[who].get(_url(name, plan.pk)).status_code for who in WHO}
    may = OF_UNIT | ABOVE | CONSULTING
    assert got == {who: 200 if who in may else 302 if who == ANYONE else 403 for who in WHO}
    text = _page(visitors["focal"], _url(name, plan.pk)).root.text
    for task in plan.tasks.filter(cancelled_on=None):
        assert f"{task.number}. {task.content[:30]}" in text


@pytest.mark.parametrize("name", ["board", "timeline", "marking"])
def test_a_view_takes_no_query_for_each_task(visitors, plan, name, django_assert_max_num_queries):
    """However many there are."""
    visitors["focal"].get(_url(name, plan.pk))
    with django_assert_max_num_queries(25):
        visitors["focal"].get(_url(name, plan.pk))


def test_the_timeline_says_the_same_in_a_table(visitors, plan):
    """The picture has a title, and each stretch its words."""
    page = _page(visitors["focal"], _url("timeline", plan.pk))
    dated = plan.tasks.filter(due__isnull=False, cancelled_on=None).count()
    bars = [r for svg in page.root.all("svg") for r in svg.all("rect") if r.all("title")]
    assert len(bars) == dated
    rows = [a for a in page.root.all("a") if "/nhiem-vu/" in a.attributes.get("href", "")]
    assert len(rows) == plan.tasks.filter(cancelled_on=None).count()


def test_the_list_is_cut_down_and_its_marked_tasks_are_given_moved_and_stopped(visitors, plan):
    """One act, one entry."""
    url = _url("marking", plan.pk)
    tasks = [t for t in plan.tasks.order_by("number") if t.done_on is None and t.cancelled_on is None]
    dated = [t for t in tasks if t.due]
    one = _page(visitors["focal"], f"{url}?tim={dated[0].content[:20].upper()}").root.text
    assert f"{dated[0].number}. " in one
    assert "Không có nhiệm vụ nào như vậy" in _page(visitors["focal"], f"{url}?tim=khongcodau").root.text
    head = visitors.person("head")
    before = Entry.objects.count()
    marked = [t.pk for t in tasks[:2]]
    said = visitors["focal"].post(url, {"act": "give", "person": head.pk, "task": marked}, follow=True)
    assert "Đã giao" in said.content.decode()
    assert Entry.objects.count() == before + 1
    shift = {"act": "shift", "days": "+5", "reason": "Chờ hướng dẫn", "task": [dated[0].pk]}
    visitors["focal"].post(url, shift)
    was = dated[0].due
    dated[0].refresh_from_db()
    assert (dated[0].due - was).days == 5
    visitors["focal"].post(url, {"act": "cancel", "reason": "Không còn", "task": [dated[0].pk]})
    dated[0].refresh_from_db()
    assert dated[0].cancelled_because == "Không còn"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "give", "person": "1"}, "hãy chọn trong danh sách"),
        ({"act": "shift", "days": "²", "reason": "x"}, "Số ngày dời là số nguyên"),
        ({"act": "shift", "days": "3", "reason": ""}, "Hãy ghi lý do"),
        ({"act": "cancel", "reason": "x", "task": ["999999999"]}, "không thuộc kế hoạch này"),
        ({"act": "cancel", "reason": "x", "task": []}, "Hãy đánh dấu"),
        ({}, "Hãy ghi lý do"),
    ],
)
def test_what_cannot_be_done_with_the_marked_is_said(visitors, plan, sent, words):
    """And nothing is."""
    task = next(t for t in plan.tasks.all() if t.due and not t.done_on and not t.cancelled_on)
    said = visitors["focal"].post(_url("marking", plan.pk), {"task": [task.pk], **sent})
    assert said.status_code == 422
    page = Page(said.content.decode())
    assert words in page.root.text
    boxes = [box.attributes for box in page.root.all("input")]
    marked = [box["value"] for box in boxes if box.get("name") == "task" and "checked" in box]
    assert marked == ([] if "task" in sent else [str(task.pk)])
    typed = {box["name"]: box["value"] for box in boxes if box.get("name") in ("reason", "days")}
    assert typed == {name: sent.get(name, "") for name in ("reason", "days")}
    task.refresh_from_db()
    assert task.cancelled_on is None


def test_only_who_makes_the_plan_acts_on_marked_tasks(visitors, plan):
    """Whatever a browser sends."""
    sent = {"act": "cancel", "reason": "x", "task": [plan.tasks.first().pk]}
    got = {who for who in WHO if visitors[who].post(_url("marking", plan.pk), sent).status_code != 403}
    assert got - {ANYONE} == {"focal", "head"}


def _secret(page):
    (address,) = [
        i.attributes["value"] for i in page.root.all("input") if i.attributes.get("id") == "address"
    ]
    return address


def test_a_calendar_is_fetched_by_a_secret_address_until_it_is_revoked(visitors, plan):
    """By anybody who has it; a new address ends the old one."""
    focal, program = visitors["focal"], Client()
    first = _secret(Page(focal.post(_url("calendar"), {"act": "make"}).content.decode()))
    answer = program.get(first)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    content = answer.content.decode()
    dated = plan.tasks.exclude(due=None)
    for task in dated:
        assert f"UID:task-{task.pk}@minh-hoa.parindex" in content
    assert first not in focal.get(_url("calendar")).content.decode()
    second = _secret(Page(focal.post(_url("calendar"), {"act": "make"}).content.decode()))
    assert [program.get(a).status_code for a in (first, second)] == [404, 200]
    focal.post(_url("calendar"), {"act": "revoke"})
    assert program.get(second).status_code == 404
    kinds = Entry.objects.filter(kind__startswith="calendar.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["calendar.made", "calendar.made", "calendar.revoked"]


def test_an_address_opens_nothing_once_its_person_may_not_sign_in(visitors):
    """Nor does a made-up one."""
    focal = visitors["focal"]
    address = _secret(Page(focal.post(_url("calendar"), {"act": "make"}).content.decode()))
    person = visitors.person("focal")
    person.is_active = False
    person.save()
    assert Client().get(address).status_code == 404
    assert Client().get(re.sub(r"[^/]+\.ics$", "x" * 400 + ".ics", address)).status_code == 404


def test_who_is_signed_in_fetches_the_file_with_their_own_tasks_only(visitors, plan):
    """An officer those that they were given; who holds no role nothing."""
    answer = visitors["officer"].get(_url("calendar_file"))
    mine = plan.tasks.filter(person=visitors.person("officer")).exclude(due=None)
    found = set(re.findall(r"UID:task-(\d+)@", answer.content.decode()))
    assert {str(t.pk) for t in mine} <= found
    other = plan.tasks.exclude(person=visitors.person("officer")).exclude(due=None).first()
    assert other is None or str(other.pk) not in found
    assert visitors["stranger"].get(_url("calendar_file")).status_code == 403
