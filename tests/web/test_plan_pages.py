"""Pages of plans and tasks: who opens and does what, what each button leads to, what is said of bad input."""

import pytest
from address_rows import APPRAISING
from addresses import ANYONE, WHO
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from page import Page
from plan_addresses import READING
from site_world import AT
from test_unit_evidence import own_home  # noqa: F401  a fixture

from parindex.apps.evidence.models import Document
from parindex.apps.indicators.queries import find_indicator
from parindex.apps.indicators.targets import set_targets
from parindex.apps.organisations.models import Unit
from parindex.apps.plans import actions
from parindex.apps.plans.actions import PlanWritten, TaskWritten
from parindex.apps.plans.models import HandDown, Plan, Task
from parindex.core.formats.registers import RegisterRow


OF_UNIT = frozenset({"focal", "officer", "head"})
ABOVE = frozenset({"secretariat", "assistant", "chair", "leader", "auditor"})
UPLOAD = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def health(world):
    """The department of health."""
    return Unit.objects.get(parent__code="minh-hoa", code="so-y-te")


@pytest.fixture
def plan(health):
    """Its issued plan of the demonstration."""
    return Plan.objects.get(unit=health, state="issued")


@pytest.fixture
def draft(health):
    """A draft of it."""
    made = actions.begin_plan(unit=health, written=PlanWritten("Thử", 2025), by="person:999", at=AT)
    actions.add_task(plan=made, written=TaskWritten("Việc thử"), by="person:999", at=AT)
    return made


def _url(name, *arguments):
    return reverse(f"plans:{name}", args=arguments)


def _said(response):
    """What the page that an act leads to says first."""
    return [str(m) for m in response.context["messages"]]


def _got(visitors, url):
    return {who: visitors[who].get(url).status_code for who in WHO}


def _expected(may):
    return {who: 200 if who in may else 302 if who == ANYONE else 403 for who in WHO}


@pytest.mark.parametrize("name", ["plan", "task"])
def test_an_issued_plan_is_for_its_unit_and_those_above(visitors, plan, name):
    """And for whoever appraises; no other unit, and nobody who holds no role."""
    pk = plan.pk if name == "plan" else plan.tasks.first().pk
    assert _got(visitors, _url(name, pk)) == _expected(OF_UNIT | ABOVE | APPRAISING)


def test_an_appraiser_reads_no_draft_and_reports_nothing(visitors, draft, plan):
    """Issued plans alone, and those only to read."""
    appraiser = visitors["appraiser"]
    assert appraiser.get(_url("plan", draft.pk)).status_code == 403
    listed = appraiser.get(_url("list"), {"nam": str(plan.year)}).context["others"]
    assert plan in [row["plan"] for row in listed]
    assert draft not in [row["plan"] for row in listed]
    task = plan.tasks.first()
    page = appraiser.get(_url("task", task.pk))
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    for name in ("task_report", "task_stop", "task_give", "task_hand_down"):
        assert appraiser.post(_url(name, task.pk), {"line": "x"}).status_code == 403


def test_the_provinces_plan_is_for_all_below_once_it_is_issued(visitors, plan):
    """They get their work from it."""
    above = Plan.objects.get(unit=plan.territory)
    got = _got(visitors, _url("plan", above.pk))
    assert got == _expected(READING)


@pytest.mark.parametrize("name", ["edit", "add"])
def test_only_who_makes_the_units_plans_changes_a_draft(visitors, draft, name):
    """Not its officers, and not the secretariat either: it is the unit's own plan."""
    assert _got(visitors, _url(name, draft.pk)) == _expected(OF_UNIT - {"officer"})


@pytest.mark.parametrize("name", ["task_give", "task_hand_down", "task_stop"])
def test_whatever_a_browser_sends_only_planners_change_a_task(visitors, plan, name):
    """Each is refused before anything is read."""
    url = _url(name, plan.tasks.first().pk)
    got = {who for who in WHO if who != ANYONE and visitors[who].post(url, {}).status_code in (302, 422)}
    assert got == {"focal", "head"}


def test_a_task_stays_whose_it_is_when_nobody_of_the_unit_was_chosen(visitors, plan):
    """An unknown choice is refused; only an empty one takes the task back."""
    task = plan.tasks.filter(person__isnull=False, done_on=None, cancelled_on=None).first()
    sent = {"person": "999999", "lead": ""}
    said = visitors["focal"].post(_url("task_give", task.pk), sent, follow=True)
    assert "Người thực hiện: hãy chọn trong danh sách" in _said(said)[0]
    assert plan.tasks.get(pk=task.pk).person == task.person


def test_a_plan_is_made_filled_and_issued(visitors, health):
    """By the focal officer; what is wrong is said with its field, and what was typed stands."""
    focal = visitors["focal"]
    sent = {"title": "Kế hoạch khắc phục", "year": "2025", "areas": "Cải cách thể chế\nViệc riêng"}
    wrong = focal.post(_url("begin"), {**sent, "start": "31/02/2025"})
    assert wrong.status_code == 422
    assert "Ngày bắt đầu: “31/02/2025” không phải ngày trong lịch" in wrong.content.decode()
    assert "Kế hoạch khắc phục" in wrong.content.decode()
    focal.post(_url("begin"), sent)
    made = Plan.objects.get(title="Kế hoạch khắc phục")
    assert [a["code"] for a in made.areas] == ["the-che", "viec-rieng"]
    task = {"content": "Ban hành quy chế", "area": "the-che", "due": "2025-12-15", "weight": "2,5"}
    focal.post(_url("add", made.pk), task)
    refused = focal.post(_url("add", made.pk), {**task, "lead": "1"})
    assert "hãy chọn trong danh sách" in refused.content.decode()
    assert made.tasks.get().weight == "5/2"
    refused = focal.post(_url("step", made.pk), {"number": "9/KH-SYT", "issued_on": "x"})
    assert refused.status_code == 422
    assert "Ngày ban hành: “x” không phải ngày" in refused.content.decode()
    assert 'value="9/KH-SYT"' in refused.content.decode()
    focal.post(_url("step", made.pk), {"number": "9/KH-SYT", "issued_on": "2026-01-05"})
    made.refresh_from_db()
    assert (made.state, made.number) == ("issued", "9/KH-SYT")


def test_an_officer_hands_in_a_file_and_the_head_accepts_it(visitors, plan, own_home):  # noqa: F811
    """The file is in the unit's store, the task done."""
    task = plan.tasks.get(content__startswith="Cắt giảm giấy tờ")
    url = _url("task_report", task.pk)
    told = {"line": "Đã trình", "percent": "100", "then": "done"}
    refused = visitors["officer"].post(url, told)
    assert refused.status_code == 422
    assert "hãy chọn văn bản" in refused.content.decode()
    file = SimpleUploadedFile("Tờ trình.txt", "Tờ trình phương án cắt giảm".encode())
    sent = visitors["officer"].post(url, {**told, "file": file, "checked": "1"}, follow=True)
    assert "chờ xác nhận" in _said(sent)[-1]
    report = task.reports.get(answer="waiting")
    assert report.document.file_name == "Tờ trình.txt"
    _opened(visitors, task, report.document)
    answer = _url("task_answer", task.pk, report.pk)
    assert visitors["officer"].post(answer, {"then": "accept"}).status_code == 403
    visitors["head"].post(answer, {"then": "accept"})
    task.refresh_from_db()
    assert task.done_on is not None


def _opened(visitors, task, document):
    """By whoever judges it, from the page of the task; by nobody who only reads issued plans."""
    url = _url("task_file", task.pk, document.key)
    for who in ("head", "focal", "officer", "secretariat", "leader"):
        assert f'href="{url}"' in visitors[who].get(_url("task", task.pk)).content.decode(), who
        sent = visitors[who].get(url)
        assert b"".join(sent.streaming_content) == "Tờ trình phương án cắt giảm".encode()
        assert "attachment" in sent["Content-Disposition"]
    other = task.plan.tasks.exclude(pk=task.pk).first()
    assert visitors["head"].get(_url("task_file", other.pk, document.key)).status_code == 404
    assert visitors["neighbour"].get(url).status_code == 403
    assert visitors["appraiser"].get(url).status_code == 404
    assert url not in visitors["appraiser"].get(_url("task", task.pk)).content.decode()


@pytest.mark.parametrize(
    ("more", "why"),
    [({"percent": "²"}, "từ 0 đến 100"), ({"percent": "101"}, "từ 0 đến 100"), ({"line": ""}, "")],
)
def test_a_report_that_is_refused_stands_in_the_form_again(visitors, plan, more, why):
    """With the reason beside it; the task stays as it was."""
    task = plan.tasks.get(content__startswith="Công khai tiến độ")
    sent = {"percent": "40", "line": "Đã gõ rất lâu", **more}
    answer = visitors["officer"].post(_url("task_report", task.pk), sent)
    assert answer.status_code == 422
    page = Page(answer.content.decode())
    assert why in page.root.text
    boxes = {box.attributes.get("name"): box.attributes.get("value", "") for box in page.root.all("input")}
    assert sent.items() <= boxes.items()
    assert not task.reports.exists()


def test_a_file_of_a_refused_report_is_not_sent_again(visitors, plan, own_home):  # noqa: F811
    """It lies in the store, and is chosen; one that is not taken is asked about, not lost silently."""
    task = plan.tasks.get(content__startswith="Cắt giảm giấy tờ")
    url = _url("task_report", task.pk)
    file = SimpleUploadedFile("Tờ trình.txt", "Tờ trình phương án cắt giảm".encode())
    answer = visitors["officer"].post(url, {"line": "", "percent": "100", "then": "done", "file": file})
    assert answer.status_code == 422
    kept = Document.objects.get(unit=plan.unit, file_name="Tờ trình.txt")
    assert f'<option value="{kept.key}" selected>' in answer.content.decode()
    empty = SimpleUploadedFile("Rỗng.exe", b"MZ")
    answer = visitors["officer"].post(url, {"line": "Đã xong", "percent": "100", "file": empty})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa nhận được tệp" in page
    assert 'name="checked"' in page
    assert 'value="Đã xong"' in page
    assert not task.reports.filter(line__in=["", "Đã xong"]).exists()


@pytest.mark.parametrize(
    ("year", "title", "kept"),
    [
        ("2027", None, "Kế hoạch cải cách hành chính năm 2027"),
        ("2027", "Kế hoạch năm 2026 và 2027", "Kế hoạch năm 2026 và 2027"),
        ("2026", None, "Kế hoạch cải cách hành chính năm 2026"),
    ],
)
def test_a_proposed_title_follows_the_year(visitors, health, clock, year, title, kept):
    """One that somebody wrote stays as it is."""
    clock(AT)
    proposed = visitors["focal"].get(_url("begin")).context["typed"]
    sent = {**proposed, "year": year, "title": title or proposed["title"]}
    visitors["focal"].post(_url("begin"), sent)
    made = Plan.objects.get(unit=health, state="draft")
    assert (made.year, made.title) == (int(year), kept)
    change = {**visitors["focal"].get(_url("edit", made.pk)).context["typed"], "year": "2028"}
    visitors["focal"].post(_url("edit", made.pk), change)
    made.refresh_from_db()
    assert (made.year, made.title) == (2028, kept.replace(year, "2028"))


def test_a_unit_takes_what_it_is_handed_or_says_why_not(visitors, plan):
    """Nobody answers for another unit."""
    handed = HandDown.objects.get(unit=plan.unit, state="offered")
    url = _url("answer", handed.pk)
    assert visitors["neighbour"].post(url, {"plan": plan.pk}).status_code == 403
    focal = visitors["focal"]
    assert "ghi lý do" in _said(focal.post(url, {"then": "decline"}, follow=True))[0]
    focal.post(url, {"plan": str(plan.pk)})
    own = Task.objects.get(parent=handed.task, plan=plan)
    page = focal.get(_url("task", own.pk)).content.decode()
    assert "Cấp trên giao" in page
    handed.refresh_from_db()
    assert handed.state == "accepted"


def test_a_task_of_a_draft_is_taken_out_and_one_with_history_cancelled(visitors, plan, draft):
    """Each by its button."""
    focal = visitors["focal"]
    focal.post(_url("task_stop", draft.tasks.get().pk), {"then": "remove"})
    assert not draft.tasks.exists()
    task = plan.tasks.get(content__startswith="Rà soát vị trí")
    assert "ghi lý do" in _said(focal.post(_url("task_stop", task.pk), {}, follow=True))[-1]
    focal.post(_url("task_stop", task.pk), {"reason": "Trùng việc"})
    task.refresh_from_db()
    assert task.cancelled_because == "Trùng việc"


@pytest.mark.parametrize("chosen", ["overdue", "waiting", "mine", "done"])
def test_the_list_is_cut_down_by_status(visitors, plan, chosen):
    """And what is no filter is no page."""
    page = visitors["officer"].get(_url("plan", plan.pk), {"loc": chosen})
    assert page.status_code == 200
    assert visitors["officer"].get(_url("plan", plan.pk), {"loc": "x"}).status_code == 404


def test_my_work_shows_what_is_mine_by_its_time(visitors, plan):
    """The officer's own, and what nobody was given."""
    page = visitors["officer"].get(_url("work"))
    shown = {k: [line.task.content for line in page.context[k]] for k in ("overdue", "soon", "later")}
    assert any("Công khai tiến độ" in c for c in shown["overdue"])
    assert page.context["nobodys"]


@pytest.mark.parametrize(("name", "who", "most"), [("list", "secretariat", 12), ("work", "officer", 10)])
def test_lists_ask_a_fixed_number_of_queries(visitors, plan, django_assert_max_num_queries, name, who, most):
    """However many plans and tasks there are."""
    client = visitors[who]
    with django_assert_max_num_queries(most):
        client.get(_url(name))
    rows = [(TaskWritten(f"Việc {k}", person=visitors.person(who)), "") for k in range(12)]
    actions.add_tasks(plan=plan, rows=rows, by="person:999", at=AT)
    with django_assert_max_num_queries(most):
        client.get(_url(name))


@pytest.mark.parametrize("who", ["officer", "leader", "chair"])
def test_a_list_leads_nobody_to_a_page_that_is_not_theirs(visitors, plan, who):
    """Work is for who does tasks, handing down for who makes plans."""
    page = visitors[who].get(_url("list")).content.decode()
    for name in ("work", "offered", "begin"):
        may = visitors[who].get(_url(name)).status_code == 200
        assert (f'href="{_url(name)}"' in page) == may


def test_a_plan_shows_the_targets_of_its_unit_and_year(visitors, plan):
    """With what they stand at, the document that set them, and the way to set more for who makes the plan."""
    indicator = find_indicator("ho-so-dung-han")
    told = {"indicator": indicator.code, "unit": "so-y-te", "year": str(plan.year), "goal": "98"}
    rows = [RegisterRow(1, {**told, "baseline": "91,5", "document": plan.number}, {})]
    set_targets(territory=plan.territory, rows=rows, by="person:999", at=AT)
    page = visitors["focal"].get(_url("plan", plan.pk)).content.decode()
    assert "≥ 98,00%" in page
    assert "Hiện trạng 91,50%" in page
    assert "Đặt, sửa chỉ tiêu" in page
    assert "Đặt, sửa chỉ tiêu" not in visitors["leader"].get(_url("plan", plan.pk)).content.decode()


def test_planners_see_the_next_step_on_their_desk(visitors, plan):
    """What is due, what waits for an answer."""
    page = visitors["focal"].get(reverse("account:start")).content.decode()
    assert "Nhiệm vụ cấp trên giao" in page


@pytest.fixture
def ahead(health, plan):
    """A draft of the year after its issued plan."""
    written = PlanWritten("Năm sau", plan.year + 1)
    return actions.begin_plan(unit=health, written=written, by="person:999", at=AT)


def test_a_draft_of_next_year_does_not_hide_this_years_plan(visitors, plan, ahead, clock):
    """The list opens at the current year."""
    clock(AT.replace(year=plan.year))
    response = visitors["focal"].get(_url("list"))
    assert response.context["year"] == plan.year
    assert plan in [row["plan"] for row in response.context["own"]]
    assert ahead.year in response.context["years"]


def test_what_is_handed_down_goes_first_into_the_plan_of_its_year(visitors, plan, ahead):
    """Whoever takes it without looking puts it where it belongs."""
    rows = [
        r for r in visitors["focal"].get(_url("offered")).context["rows"] if r[0].task.plan.year == plan.year
    ]
    assert rows
    assert all(plans[0].year == plan.year and ahead in plans for _, plans in rows)
