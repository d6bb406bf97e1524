"""Pages of inspections: who opens and does what, what is sent twice, what a unit may know and when."""

import io
from datetime import date, timedelta

import pytest
from addresses import ANYONE, WHO
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from inspection_addresses import READING, RUNNING
from PIL import Image
from site_world import AT

from parindex.apps.evidence.models import Document
from parindex.apps.inspections.models import Finding, Plan, Recommendation, Visit
from parindex.apps.organisations.models import Person


pytestmark = pytest.mark.usefixtures("clocked")

DAY = date(2026, 1, 5)
OF_HEALTH = frozenset({"focal", "head"})


def _statuses(visitors, url):
    got = {}
    for who in WHO:
        response = visitors[who].get(url)
        if response.streaming:
            list(response.streaming_content)
        got[who] = response.status_code
    return got


def _expected(may):
    return {who: 200 if who in may else 302 if who == ANYONE else 403 for who in WHO}


def _photo(colour="teal"):
    out = io.BytesIO()
    Image.new("RGB", (700, 500), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "anh.jpg"
    return out


def _words(response):
    return " ".join(response.content.decode().split())


# who opens what


@pytest.mark.parametrize(
    ("unit", "may"),
    [
        ("so-y-te", READING | OF_HEALTH),
        ("so-xay-dung", READING | {"neighbour"}),
        ("so-giao-duc-va-dao-tao", READING),
        ("ban-quan-ly-cac-khu-cong-nghiep", READING),
    ],
)
def test_a_visit_is_read_by_who_follows_it_and_its_own_unit(visitors, visit, unit, may):
    """Nobody else, neighbours least."""
    assert _statuses(visitors, reverse("inspections:visit", args=[visit(unit).pk])) == _expected(may)


def test_an_unannounced_visit_is_no_page_for_its_unit_before_its_day(visitors, visit, clock):
    """Nor is it in any list; on the day itself both are there."""
    found = visit("ban-quan-ly-cac-khu-cong-nghiep")
    own = Client()
    person = Person.objects.get(username="dau-moi.ban-quan-ly-cac-khu-cong-nghiep")
    own.force_login(person)
    url, listed = reverse("inspections:visit", args=[found.pk]), reverse("inspections:unit")
    assert own.get(url).status_code == 403
    assert url not in own.get(listed).content.decode()
    clock(AT + timedelta(days=12))
    own = Client()
    own.force_login(person)
    assert own.get(url).status_code == 200
    assert url in own.get(listed).content.decode()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("inspections:finding", [1]),
        ("inspections:picture", [1, 1, 480]),
        ("inspections:checklist", ["kstt"]),
        ("inspections:paper", ["bien-ban"]),
        ("inspections:paper", ["ket-luan"]),
        ("inspections:paper_file", ["ket-luan", "docx"]),
        ("inspections:paper_page", ["bien-ban", 1]),
    ],
)
def test_what_was_found_is_read_by_the_unit_once_it_is_concluded(visitors, visit, name, more):
    """And by who follows."""
    url = reverse(name, args=[visit("so-y-te").pk, *more])
    expected = _expected(READING | OF_HEALTH)
    assert _statuses(visitors, url) == expected


@pytest.mark.parametrize(
    ("name", "more"),
    [("inspections:finding", [1]), ("inspections:checklist", ["kstt"]), ("inspections:paper", ["bien-ban"])],
)
def test_what_is_being_found_is_not_for_the_unit(visitors, visit, name, more):
    """Before the conclusion."""
    url = reverse(name, args=[visit("so-xay-dung").pk, *more])
    assert visitors["secretariat"].get(url).status_code == 200
    assert visitors["neighbour"].get(url).status_code in (403, 404)


def test_a_conclusion_is_no_paper_before_there_is_one(visitors, visit):
    for unit, kind in (
        ("so-xay-dung", "ket-luan"),
        ("so-giao-duc-va-dao-tao", "bien-ban"),
        ("so-y-te", "thu"),
    ):
        url = reverse("inspections:paper", args=[visit(unit).pk, kind])
        assert visitors["secretariat"].get(url).status_code == 404


def test_a_recommendation_is_read_by_who_follows_and_who_answers(visitors, visit):
    one = Recommendation.objects.filter(finding__visit=visit("so-y-te")).first()
    url = reverse("inspections:recommendation", args=[one.pk])
    assert _statuses(visitors, url) == _expected(READING | OF_HEALTH)


def test_plans_are_read_by_who_follows_and_made_by_who_runs(visitors, visit):
    plan = visit("so-y-te").plan
    assert _statuses(visitors, reverse("inspections:plan", args=[plan.pk])) == _expected(READING)
    for name in ("inspections:change", "inspections:add"):
        assert _statuses(visitors, reverse(name, args=[plan.pk])) == _expected(RUNNING)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("inspections:step", []),
        ("inspections:find", []),
        ("inspections:change_visit", []),
        ("inspections:finding", [1]),
        ("inspections:finding_add", [1]),
        ("inspections:checklist", ["kstt"]),
        ("inspections:paper", ["bien-ban"]),
    ],
)
def test_nobody_but_who_runs_it_changes_a_visit(visitors, visit, name, more):
    """Whatever a browser sends."""
    found = visit("so-xay-dung")
    url = reverse(name, args=[found.pk, *more])
    sent = {"act": "begin", "text": "x", "met": "met", "position": "1", "on": "2026-01-05"}
    before = (Finding.objects.count(), found.questions.exclude(met="").count())
    for who in WHO:
        if who not in RUNNING:
            assert visitors[who].post(url, sent).status_code in (403, 404, 302 if who == ANYONE else 403)
    assert (Finding.objects.count(), found.questions.exclude(met="").count()) == before


def test_a_member_of_the_team_runs_their_visit_and_plans_nothing(inspector, visit):
    """Being in the team is the right; the plan is the secretariat's."""
    running = visit("so-xay-dung")
    assert inspector.get(reverse("inspections:today")).status_code == 200
    assert inspector.get(reverse("inspections:visit", args=[running.pk])).status_code == 200
    assert inspector.get(reverse("inspections:find", args=[running.pk])).status_code == 200
    assert inspector.get(reverse("inspections:plan", args=[running.plan_id])).status_code == 403
    assert inspector.get(reverse("inspections:change_visit", args=[running.pk])).status_code == 403


def test_the_cards_of_the_start_page_lead_to_what_waits(visitors, inspector, read):
    """Of whoever is in a team, runs, follows or has to answer."""
    start = reverse("account:start")
    assert "Cuộc kiểm tra của tôi" in _words(inspector.get(start))
    assert "Kiểm tra cải cách hành chính" in _words(visitors["leader"].get(start))
    assert "1 kiến nghị chưa khắc phục" in _words(visitors["focal"].get(start))
    for who, name in (("secretariat", "today"), ("secretariat", "overview"), ("focal", "unit")):
        read(reverse(f"inspections:{name}"), by=visitors[who])


# in the field


def test_an_inspector_works_through_a_visit_on_small_pages(visitors, inspector, visit, read):
    """Checklist, finding with photos, recommendation, conclusion: every form may come twice."""
    running = visit("so-xay-dung")
    line = reverse("inspections:checklist", args=[running.pk, "kstt"])
    for _ in range(2):
        sent = inspector.post(line, {"position": "6", "met": "not_met", "note": "Thu tiền mặt"})
    assert sent.headers["Location"].endswith("#q6")
    assert "Thu tiền mặt" in read(line, by=inspector).content
    begin = reverse("inspections:find", args=[running.pk])
    page = read(f"{begin}?linh-vuc=kstt&tieu-chi=KS6", by=inspector)
    key = next(e.attributes["value"] for e in page.root.all("input") if e.attributes.get("name") == "key")
    for _ in range(2):
        form = {
            "key": key,
            "about": "kstt|KS6",
            "severity": "shortcoming",
            "text": "Chưa có thanh toán trực tuyến",
            "photos": [_photo(), _photo("red")],
        }
        sent = inspector.post(begin, form)
    found = Finding.objects.get(key=key)
    assert found.photos.count() == 2
    assert sent.headers["Location"] == reverse("inspections:finding", args=[running.pk, found.number])
    add = reverse("inspections:finding_add", args=[running.pk, found.number])
    for _ in range(2):
        advice = {"act": "recommend", "key": "k1", "text": "Lắp máy thanh toán", "due": "2026-02-01"}
        inspector.post(add, advice)
    assert found.recommendations.count() == 1
    read(reverse("inspections:finding", args=[running.pk, found.number]), by=inspector)


def test_an_inspector_concludes_and_the_unit_reads_it(visitors, inspector, visit):
    """Not before each finding has its recommendation, and what was not looked at is said."""
    running = visit("so-xay-dung")
    step = reverse("inspections:step", args=[running.pk])
    note = {"act": "note", "present": "Ông A, Giám đốc", "summary": "Tốt"}
    inspector.post(step, note)
    refused = inspector.post(step, {"act": "conclude"}, follow=True)
    assert "nội dung chưa kiểm tra" in _words(refused)
    refused = inspector.post(step, {"act": "conclude", "rest_unseen": "1"}, follow=True)
    assert "Tồn tại số 1 chưa có kiến nghị" in _words(refused)
    first = reverse("inspections:finding_add", args=[running.pk, 1])
    inspector.post(
        first, {"act": "recommend", "key": "k2", "text": "Lắp máy thanh toán", "due": "2026-01-20"}
    )
    inspector.post(step, {"act": "conclude", "rest_unseen": "1"})
    running.refresh_from_db()
    assert (running.state, running.summary) == ("concluded", "Tốt")
    assert "Lắp máy thanh toán" in _words(visitors["neighbour"].get(reverse("inspections:unit")))


def test_documents_behind_a_finding_lie_in_the_inspecting_vault(visitors, inspector, visit):
    """And are fetched by who may read the finding."""
    running = visit("so-xay-dung")
    url = reverse("inspections:finding_add", args=[running.pk, 1])
    for _ in range(2):
        file = io.BytesIO("Biên bản làm việc".encode())
        file.name = "bien-ban.txt"
        inspector.post(url, {"act": "documents", "files": [file]})
    document = Document.objects.get(proving__finding__visit=running)
    assert document.unit_id == running.plan.territory_id
    got = {w: visitors[w].get(reverse("inspections:file", args=[running.pk, document.key])) for w in WHO}
    for response in got.values():
        if response.streaming:
            list(response.streaming_content)
    assert {w for w, r in got.items() if r.status_code == 200} == READING


@pytest.mark.parametrize("area", ["Z", "1", "%00"])
def test_an_area_that_is_not_inspected_is_no_page(inspector, visit, area):
    url = reverse("inspections:checklist", args=[visit("so-xay-dung").pk, "kstt"]).replace("kstt", area)
    assert inspector.get(url).status_code == 404


# what the unit answers


def test_a_unit_answers_with_its_documents_and_who_inspects_verifies(visitors, visit, read):
    """Sent twice it is one answer; returned, it is answered anew."""
    one = Recommendation.objects.get(finding__visit=visit("so-y-te"), state="open")
    url = reverse("inspections:recommendation", args=[one.pk])
    assert "quá hạn" in read(url, by=visitors["focal"]).root.text
    for _ in range(2):
        file = io.BytesIO("Đã kiểm điểm".encode())
        file.name = "kiem-diem.txt"
        form = {"act": "answer", "key": "k", "text": "Đã kiểm điểm", "files": [file]}
        assert visitors["focal"].post(url, form).status_code == 302
    assert one.answers.count() == 1
    assert one.answers.get().documents.get().unit.code == "so-y-te"
    assert visitors["focal"].post(url, {"act": "accept"}).status_code == 403
    assert visitors["secretariat"].post(url, {"act": "answer", "key": "z", "text": "x"}).status_code == 403
    assert visitors["secretariat"].post(url, {"act": "other"}).status_code == 404
    visitors["secretariat"].post(url, {"act": "return", "reason": "Chưa có văn bản kiểm điểm"})
    assert "Chưa có văn bản kiểm điểm" in read(url, by=visitors["head"]).root.text
    visitors["head"].post(url, {"act": "answer", "key": "k2", "text": "Bổ sung văn bản"})
    visitors["secretariat"].post(url, {"act": "accept"})
    one.refresh_from_db()
    assert one.state == "verified"


@pytest.mark.parametrize("document", ["khong-co", "0" * 32])
def test_a_document_of_elsewhere_proves_nothing(visitors, visit, document):
    one = Recommendation.objects.get(finding__visit=visit("so-y-te"), state="open")
    url = reverse("inspections:recommendation", args=[one.pk])
    form = {"act": "answer", "key": "k", "text": "x", "document": document}
    assert visitors["focal"].post(url, form).status_code == 404
    assert not one.answers.exists()


# the plan


def test_the_secretariat_makes_a_plan_by_the_form_on_the_page(visitors, read):
    """Sent twice it is one."""
    secretariat = visitors["secretariat"]
    page = read(reverse("inspections:begin"), by=secretariat)
    key = next(e.attributes["value"] for e in page.root.all("input") if e.attributes.get("name") == "key")
    framework = Plan.objects.get().framework_id
    form = {"key": key, "year": "2026", "title": "Kiểm tra đợt hai", "framework": framework}
    for _ in range(2):
        sent = secretariat.post(reverse("inspections:begin"), form)
    plan = Plan.objects.get(title="Kiểm tra đợt hai")
    assert sent.headers["Location"] == reverse("inspections:plan", args=[plan.pk])


@pytest.fixture
def second(visitors):
    """Another plan, still a draft."""
    form = {"key": "k", "year": "2026", "title": "Đợt hai", "framework": Plan.objects.get().framework_id}
    visitors["secretariat"].post(reverse("inspections:begin"), form)
    return Plan.objects.get(title="Đợt hai")


def _visit_form():
    people = {p.username: p.pk for p in Person.objects.filter(username__in=["thuong-truc", "thanh-tra"])}
    return {
        "key": "v1",
        "unit": Visit.objects.get(unit__code="so-y-te").unit_id,
        "announced": "0",
        "starts": "2026-03-02",
        "ends": "2026-03-03",
        "areas": ["kstt"],
        "leader": people["thuong-truc"],
        "members": [people["thanh-tra"]],
    }


def test_a_visit_is_added_once_and_the_plan_issued_with_its_number(visitors, second, read):
    """Days in the wrong order are said to be so."""
    secretariat, plan, visit = visitors["secretariat"], second, _visit_form()
    add = reverse("inspections:add", args=[plan.pk])
    read(add, by=secretariat)
    answer = secretariat.post(add, visit | {"ends": "2026-03-01"})
    assert answer.status_code == 422
    assert "trước ngày bắt đầu" in _words(answer)
    for _ in range(2):
        secretariat.post(add, visit)
    made = plan.visits.get()
    assert (made.announced, made.members.count(), made.questions.count()) == (False, 2, 8)
    step = reverse("inspections:plan_step", args=[plan.pk])
    secretariat.post(step, {"act": "issue", "number": "", "on": "2026-01-05"})
    plan.refresh_from_db()
    assert plan.state == "draft"
    secretariat.post(step, {"act": "issue", "number": "7/KH-UBND", "on": "2026-01-05"})
    plan.refresh_from_db()
    assert (plan.state, plan.number) == ("issued", "7/KH-UBND")
    assert secretariat.post(step, {"act": "other"}).status_code == 404
    read(reverse("inspections:plan", args=[plan.pk]), by=secretariat)


def test_a_visit_is_changed_called_off_and_the_plan_ended(visitors, second, read):
    """In this order."""
    secretariat, plan, visit = visitors["secretariat"], second, _visit_form()
    secretariat.post(reverse("inspections:add", args=[plan.pk]), visit)
    step = reverse("inspections:plan_step", args=[plan.pk])
    secretariat.post(step, {"act": "issue", "number": "7/KH-UBND", "on": "2026-01-05"})
    made = plan.visits.get()
    change = reverse("inspections:change_visit", args=[made.pk])
    read(change, by=secretariat)
    secretariat.post(change, visit | {"ends": "2026-03-04", "areas": ["kstt", "3"]})
    made.refresh_from_db()
    assert (made.ends, made.areas) == (date(2026, 3, 4), ["kstt", "3"])
    secretariat.post(reverse("inspections:step", args=[made.pk]), {"act": "cancel", "reason": "Trùng lịch"})
    secretariat.post(step, {"act": "close"})
    plan.refresh_from_db()
    assert plan.state == "closed"


@pytest.mark.parametrize(
    "bad",
    [
        {"unit": "x"},
        {"unit": str(10**11)},
        {"leader": ""},
        {"areas": ["\0"]},
        {"starts": "mồng ba"},
        {"members": ["-1", "x"], "leader": "9" * 30},
    ],
    ids=str,
)
def test_a_visit_with_bad_input_is_asked_for_again(visitors, bad):
    plan = Plan.objects.get()
    unit, leader = Visit.objects.first().unit_id, Person.objects.get(username="thuong-truc").pk
    form = {
        "key": "v",
        "unit": unit,
        "starts": "2026-02-02",
        "ends": "2026-02-02",
        "areas": "kstt",
        "leader": leader,
    }
    answer = visitors["secretariat"].post(reverse("inspections:add", args=[plan.pk]), form | bad)
    assert answer.status_code == 422
    assert plan.visits.count() == 6


def test_number_and_date_of_papers_are_typed_in_later(visitors, visit, read):
    """By who runs the visit; a date to come is refused."""
    found = visit("so-xay-dung")
    url = reverse("inspections:paper", args=[found.pk, "bien-ban"])
    visitors["secretariat"].post(url, {"number": "", "on": "2026-01-06", "signer": ""})
    assert not found.papers.exists()
    visitors["secretariat"].post(url, {"number": "02/BB-ĐKT", "on": "2026-01-05", "signer": "Ông B"})
    assert "02/BB-ĐKT" in read(url, by=visitors["secretariat"]).root.text
    for form in ("docx", "pdf"):
        file = visitors["secretariat"].get(
            reverse("inspections:paper_file", args=[found.pk, "bien-ban", form])
        )
        assert len(file.content) > 10_000
    gone = reverse("inspections:paper_file", args=[found.pk, "bien-ban", "odt"])
    assert visitors["secretariat"].get(gone).status_code == 404


def test_lists_cost_the_same_however_many_visits_there_are(visitors, visit):
    """Of a plan, of a person, of a unit."""
    base = visit("so-y-te").pk
    for name, who in (("overview", "secretariat"), ("today", "secretariat"), ("unit", "focal")):
        url = reverse(f"inspections:{name}")
        visitors[who].get(url)
        with CaptureQueriesContext(connection) as few:
            visitors[who].get(url)
        for k in range(8):
            copy = Visit.objects.get(pk=base)
            copy.pk, copy.key = None, f"copy{name}{k}"
            copy.save()
            copy.members.create(person=Person.objects.get(username="thuong-truc"), leads=True)
        with CaptureQueriesContext(connection) as many:
            visitors[who].get(url)
        assert len(many) <= len(few) < 25, name
