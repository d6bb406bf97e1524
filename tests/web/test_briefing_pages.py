"""Briefings on the site: who drafts, edits, issues and reads; conclusions become tasks in one act."""

from datetime import UTC, date, datetime

import pytest
from addresses import ANYONE, WHO, address
from briefing_addresses import DRAFTING, SEEING

from parindex.apps.briefings.models import Briefing
from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Unit
from parindex.apps.plans import actions as plans
from parindex.apps.plans.actions import PlanWritten
from parindex.apps.plans.models import Task


MAY = ("minh-hoa", 2026, 5)
UNIT = "minh-hoa.so-y-te"
BEGIN = "/giao-ban/"


@pytest.fixture
def june(clock):
    """The month after the one that is briefed."""
    clock(datetime(2026, 6, 2, 3, tzinfo=UTC))


def _url(name, place=MAY, *more):
    return address(f"briefings:{name}", (*place, *more))


def _form(**more):
    return {
        "base": "1",
        "rows": "2",
        "held_on": "2026-06-02",
        "s-proposals": "Xin ý kiến về giờ làm việc",
        "c-content-1": "Mở thêm quầy buổi sáng",
        "c-unit-1": UNIT,
        "c-due-1": "2026-06-20",
        "c-content-2": "Họp tổng kết quý",
        "c-unit-2": "",
        "c-due-2": "",
        **more,
    }


def _begin(visitors, who="secretariat", unit="minh-hoa", month="2026-05"):
    return visitors[who].post(BEGIN, {"unit": unit, "month": month})


def test_only_those_who_draft_for_a_unit_begin_its_briefing(visitors, june):
    """A unit named in the form that is not theirs is refused."""
    for who in WHO:
        answer = _begin(visitors, who, unit="minh-hoa.so-tai-chinh")
        assert answer.status_code in ((302,) if who == ANYONE else (403, 422)), who
    assert not Briefing.objects.filter(unit__code="so-tai-chinh").exists()
    assert _begin(visitors, "focal", unit="").status_code == 302
    assert Briefing.objects.get(unit__code="so-y-te").month == date(2026, 5, 1)


def test_a_draft_is_for_those_who_draft_and_an_issued_one_for_all_below(visitors, june):
    """The page, its files and its acts."""
    _begin(visitors)
    page, file = _url("briefing"), _url("file", MAY, "pdf")
    for url in (page, file, _url("edit")):
        got = {who for who in WHO if visitors[who].get(url).status_code == 200}
        assert got == DRAFTING
    for act in ("refresh", "issue", "hand"):
        got = {who: visitors[who].post(_url("step"), {"act": act}).status_code for who in WHO}
        assert {who for who, status in got.items() if status == 403} == set(WHO) - DRAFTING - {ANYONE}
    visitors["assistant"].post(_url("step"), {"act": "issue", "number": "77", "on": "2026-06-02"})
    assert {who for who in WHO if visitors[who].get(page).status_code == 200} == SEEING


def test_a_briefing_from_its_draft_to_tasks(visitors, june, read):
    """Begun, edited, issued, its conclusions made tasks once; the unit is told and reads it."""
    _begin(visitors)
    read(_url("edit"), by=visitors["secretariat"])
    assert visitors["secretariat"].post(_url("edit"), _form()).status_code == 302
    text = visitors["secretariat"].get(_url("edit")).content.decode()
    assert "Mở thêm quầy buổi sáng" in text
    assert "đã sửa tay" in text
    issue = {"act": "issue", "number": "", "on": "2026-06-02"}
    back = visitors["secretariat"].post(_url("step"), issue, follow=True).content.decode()
    assert "Hãy ghi số của văn bản" in back
    back = (
        visitors["secretariat"].post(_url("step"), {**issue, "on": "hôm nay"}, follow=True).content.decode()
    )
    assert "Không đọc được ngày “hôm nay”" in back
    visitors["secretariat"].post(_url("step"), {**issue, "number": "77"})
    assert visitors["secretariat"].get(_url("edit")).headers["Location"] == _url("briefing")
    assert (
        "có kết luận giao đơn vị bạn"
        in visitors["focal"].get(address("account:notices", ())).content.decode()
    )
    province = Unit.objects.get(parent=None, code="minh-hoa")
    written = PlanWritten(year=2026, title="Kế hoạch thử", start=date(2026, 1, 1), end=date(2026, 12, 31))
    at = datetime(2026, 1, 10, tzinfo=UTC)
    plan = plans.begin_plan(unit=province, written=written, by="t", at=at)
    page = read(_url("briefing"), by=visitors["secretariat"])
    assert "2 kết luận chưa thành nhiệm vụ" in page.root.text
    hand = {"act": "hand", "plan": str(plan.pk)}
    for said in ("Đã đưa 2 kết luận vào kế hoạch.", "Mọi kết luận đã là nhiệm vụ; không thêm gì."):
        assert said in visitors["secretariat"].post(_url("step"), hand, follow=True).content.decode()
    assert Task.objects.filter(plan=plan).count() == 2
    text = visitors["focal"].get(_url("briefing")).content.decode()
    assert "chưa thực hiện" in text
    read(address("briefings:briefing", MAY, "en"), by=visitors["focal"])
    assert visitors["secretariat"].post(_url("step"), {**hand, "plan": "0"}).status_code == 404
    assert visitors["assistant"].post(_url("step"), hand).status_code == 403  # plans are not theirs to make


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"c-due-1": "hôm nào"}, "Kết luận 1: không đọc được thời hạn"),
        ({"c-unit-1": "minh-hoa.khong-co"}, "Kết luận 1: đơn vị"),
        ({"c-content-2": "", "c-due-2": "2026-06-20"}, "Kết luận 2: hãy ghi nội dung"),
        ({"held_on": "mai"}, "Không đọc được ngày “mai”"),
        ({"base": "9"}, "Người khác đã lưu bản 1"),
        ({"base": "x", "rows": "²"}, "Người khác đã lưu bản 1"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(visitors, june, more, words):
    """Nothing of the form is kept."""
    _begin(visitors)
    answer = visitors["secretariat"].post(_url("edit"), _form(**more))
    text = answer.content.decode()
    assert (answer.status_code, words in text, "Xin ý kiến về giờ làm việc" in text) == (422, True, True)
    assert Briefing.objects.get(unit__code="minh-hoa", month=date(2026, 5, 1)).revisions.count() == 1


@pytest.mark.parametrize("month", ["", "2026-13", "tháng 5", "2026-07", "1890-01"])
def test_a_month_that_is_none_is_said(visitors, june, month):
    """Or one that has not begun."""
    assert _begin(visitors, month=month).status_code == 422


def test_a_second_one_of_the_month_is_refused(visitors, june):
    """With the way to the first in the list."""
    _begin(visitors)
    answer = _begin(visitors)
    assert answer.status_code == 422
    assert "đã có; hãy mở báo cáo đó" in answer.content.decode()
    assert _url("edit") in answer.content.decode()


def test_the_start_page_leads_to_the_draft(visitors, read):
    """Of the demonstration; for those who only read to the list."""
    start = address("account:start", ())
    assert _url("edit", ("minh-hoa", 2025, 12)) in read(start, by=visitors["assistant"]).links
    assert BEGIN in read(start, by=visitors["chair"]).links


def test_queries_do_not_grow(visitors, june, django_assert_max_num_queries):
    """However many briefings and conclusions."""
    _begin(visitors)
    visitors["secretariat"].get(BEGIN)
    for url, most in ((BEGIN, 14), (_url("edit"), 16), (_url("briefing", ("minh-hoa", 2025, 11)), 20)):
        with django_assert_max_num_queries(most):
            assert visitors["secretariat"].get(url).status_code == 200


def test_an_english_page_has_the_table_in_its_own_words_and_notation(world, visitors, read):
    """The text stays the paper's; the Vietnamese page is as the paper has it."""
    url = _url("briefing", ("minh-hoa", 2025, 11))
    paper = read(url, by=visitors["leader"]).root.text
    page = read(f"/en{url}", by=visitors["leader"]).root.text
    assert "≥ 96,00%" in paper
    assert "điểm %" in paper
    assert "≥ 96.00%" in page
    assert " points" in page
    assert "≥ 96,00%" not in page
    name = Indicator.objects.get(code="ho-so-dung-han")
    assert (name.name_vi in paper, name.name_en in page) == (True, True)
