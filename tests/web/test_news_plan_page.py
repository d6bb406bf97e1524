"""The page of the communication plan: who plans for whom, what a mistake says, what the files hold."""

import csv
import io
from datetime import date

import pytest
from addresses import ANYONE, FOLLOWING, OF_THE_UNIT, WHO, address
from news_addresses import PUBLISHING

from parindex.apps.news.models import PlannedArticles
from parindex.apps.organisations.models import Unit


URL = "/tin-tuc/bien-tap/ke-hoach/minh-hoa.so-y-te/"
TERRITORY = "/tin-tuc/bien-tap/ke-hoach/minh-hoa/"
YEAR = 2031
NEW = {
    "topic": "Khám bệnh bằng căn cước",
    "start": f"{YEAR}-01-01",
    "end": f"{YEAR}-12-31",
    "count": "2",
    "document": "KH 12",
}
PLANNING = PUBLISHING | {"focal", "head"}


@pytest.fixture
def near(clock):
    """The site lives in the year that is planned."""
    from datetime import UTC, datetime

    clock(datetime(YEAR, 5, 4, 3, tzinfo=UTC))


def test_whoever_plans_for_a_unit_adds_lines_and_nobody_else(visitors, near):
    """Its head and focal officer, and those who publish for the territory."""
    got = {who: visitors[who].post(URL, NEW).status_code for who in WHO}
    assert {who for who, status in got.items() if status == 302} - {ANYONE} == PLANNING
    assert {status for who, status in got.items() if who not in PLANNING | {ANYONE}} == {403}
    made = PlannedArticles.objects.filter(year=YEAR)
    assert [m.given for m in made.order_by("pk")].count(True) == len(PUBLISHING)


def test_the_plan_of_the_territory_is_seen_by_who_follows_it(visitors, near):
    """A unit sees its own."""
    got = {who for who in WHO if visitors[who].get(TERRITORY).status_code == 200}
    assert got == FOLLOWING | PUBLISHING
    assert {who for who in OF_THE_UNIT if visitors[who].get(URL).status_code == 200} == OF_THE_UNIT


def test_one_act_plans_a_year_of_months_for_every_unit(visitors, near):
    """Each unit reads of it, and cannot change what it was given."""
    page = visitors["editor"].post(TERRITORY, {**NEW, "each": "each", "monthly": "1"}, follow=True)
    units = Unit.objects.filter(parent__code="minh-hoa", parent__parent=None, valid_to=None)
    assert f"Đã thêm {12 * units.count()} dòng." in page.content.decode()
    notices = visitors["focal"].get(address("account:notices", ())).content.decode()
    assert "24 tin, bài trong kế hoạch truyền thông" in notices
    line = PlannedArticles.objects.filter(year=YEAR, unit__code="so-y-te").first()
    url = address("news:plan_line", (line.pk,))
    assert visitors["focal"].get(url).status_code == 403
    assert visitors["focal"].post(url, {"drop": "1", "reason": "x"}).status_code == 403
    assert visitors["editor"].get(url).status_code == 200


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"count": "nhiều"}, "số nguyên từ 1 đến"),
        ({"count": "²"}, "số nguyên từ 1 đến"),
        ({"start": "mồng một"}, "Không đọc được ngày “mồng một”"),
        ({"end": f"{YEAR - 1}-01-01"}, "đứng trước ngày đầu kỳ"),
        ({"topic": ""}, "Hãy ghi nội dung truyền thông"),
        ({"category": "x"}, "Hãy chọn chuyên mục"),
    ],
)
def test_a_mistake_is_said_beside_what_was_typed(visitors, near, more, words):
    """And nothing is kept."""
    answer = visitors["focal"].post(URL, {**NEW, **more})
    text = answer.content.decode()
    assert (answer.status_code, words in text, "KH 12" in text) == (422, True, True)
    assert not PlannedArticles.objects.filter(year=YEAR).exists()


def test_a_line_is_changed_and_dropped(visitors, near, read):
    """It stays on the page with the reason."""
    visitors["focal"].post(URL, NEW)
    line = PlannedArticles.objects.get(year=YEAR)
    url = address("news:plan_line", (line.pk,))
    assert visitors["head"].post(url, {**NEW, "count": "0"}).status_code == 422
    assert visitors["head"].post(url, {**NEW, "count": "3"}).status_code == 302
    assert "0/3" in visitors["focal"].get(URL).content.decode()
    assert visitors["head"].post(url, {"drop": "1", "reason": ""}).status_code == 422
    assert visitors["head"].post(url, {"drop": "1", "reason": "Làm chung với Sở khác"}).status_code == 302
    read(URL, by=visitors["officer"])
    assert "Làm chung với Sở khác" in visitors["officer"].get(URL).content.decode()
    read(url, by=visitors["focal"])
    read(f"/en{URL}", by=visitors["focal"])


def test_the_file_holds_every_line_of_all_units(visitors, near):
    """With numbers as numbers."""
    visitors["editor"].post(TERRITORY, {**NEW, "each": "each"})
    answer = visitors["secretariat"].get(address("news:plan_file", ("minh-hoa", "csv")))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    one = next(r for r in rows if r["Mã đơn vị"] == "minh-hoa.so-y-te")
    told = [one[name] for name in ("Nội dung", "Kế hoạch", "Đã có tin, bài", "Còn thiếu")]
    assert told == [NEW["topic"], "2", "0", "2"]


def test_queries_do_not_grow_with_the_plan(visitors, near, django_assert_max_num_queries):
    """However many units and lines."""
    visitors["editor"].post(TERRITORY, {**NEW, "each": "each", "monthly": "1"})
    visitors["editor"].get(TERRITORY)
    with django_assert_max_num_queries(16):
        assert visitors["editor"].get(TERRITORY).status_code == 200
    with django_assert_max_num_queries(16):
        assert visitors["editor"].get(URL).status_code == 200


def test_a_year_that_is_none_is_this_one(visitors, near):
    """Whatever stands in the address."""
    for asked in ("0000", "x", "20311", "²⁰³¹"):
        assert f"năm {YEAR}" in visitors["focal"].get(URL, {"nam": asked}).content.decode()
    assert date(YEAR, 1, 1).isoformat() in visitors["focal"].get(URL).content.decode()
