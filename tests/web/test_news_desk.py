"""The desk of the reform section: who opens and does what, and what each button leads to."""

import io
from datetime import UTC, datetime

import pytest
from addresses import ANYONE, WHO
from django.urls import reverse
from news_addresses import PUBLISHING, WRITING
from PIL import Image
from site_world import AT

from parindex.apps.news.actions import Written, begin_article
from parindex.apps.news.models import Article, Feed
from parindex.apps.organisations.models import Unit


OF_UNIT = frozenset({"focal", "officer", "head"}) | PUBLISHING
FEED = b"<rss><item><title>Tin</title><link>https://cong.example/1</link><pubDate>2026-01-02T03:00:00Z</pubDate></item></rss>"


@pytest.fixture
def article(world):
    """A draft of the department of health, by nobody who is a visitor here."""
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    text = Written(title="Bài thử", category="the-che", summary="Tóm tắt.", body="<p>Nội dung.</p>")
    return begin_article(unit=unit, written=text, by="person:999", at=AT)


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (200, 150), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "anh.png"
    return out


def _step(client, article, act, **more):
    return client.post(reverse("news:step", args=[article.pk]), {"act": act, **more}, follow=True)


def _page(client, article):
    return client.get(reverse("news:edit", args=[article.pk])).content.decode()


@pytest.mark.parametrize(
    ("name", "more"), [("news:edit", ()), ("news:preview", ()), ("news:revision", (1,))], ids=str
)
def test_an_article_before_it_is_public_is_for_its_unit_and_for_editors(visitors, article, name, more):
    """Everybody else, a neighbour who writes for another unit too, reads that it is not theirs."""
    url = reverse(name, args=[article.pk, *more])
    got = {who: visitors[who].get(url).status_code for who in WHO}
    assert got == {who: 200 if who in OF_UNIT else 302 if who == ANYONE else 403 for who in WHO}


@pytest.mark.parametrize("act", ["publish", "schedule", "return", "withdraw"])
def test_only_editors_take_the_steps_of_editors(visitors, article, act):
    """Whatever a browser sends."""
    url = reverse("news:step", args=[article.pk])
    got = {who: visitors[who].post(url, {"act": act}).status_code for who in WHO}
    assert got == {who: 302 if who in PUBLISHING or who == ANYONE else 403 for who in WHO}
    article.refresh_from_db()
    assert article.state == "draft"


@pytest.mark.parametrize("name", ["news:edit", "news:add_picture"])
def test_only_its_writers_change_it(visitors, article, name):
    """A page that is refused changes nothing."""
    url = reverse(name, args=[article.pk])
    got = {who: visitors[who].post(url, {"title": ""}).status_code for who in WHO if who not in OF_UNIT}
    assert got == {who: 302 if who == ANYONE else 403 for who in WHO if who not in OF_UNIT}
    assert article.revisions.count() == 1


def test_nobody_writes_for_a_unit_that_is_not_theirs(visitors, world):
    """By a unit typed into the form."""
    url = reverse("news:begin")
    new = {"unit": "minh-hoa.so-xay-dung", "title": "Lạ", "category": "the-che"}
    answer = visitors["focal"].post(url, new)
    assert (answer.status_code, "chưa được giao quyền" in answer.content.decode().lower()) == (422, True)
    assert visitors["neighbour"].post(url, new).status_code == 302
    assert visitors["editor"].post(url, {**new, "unit": "minh-hoa.khong-co"}).status_code == 422
    assert Article.objects.filter(revisions__title="Lạ").distinct().count() == 1


def test_an_editor_writes_and_another_publishes(visitors, world):
    """The author's own button says why not; the reviewer's leads to the public page."""
    new = {
        "unit": "minh-hoa.so-y-te",
        "title": "Khám bệnh không chờ",
        "category": "thu-tuc-hanh-chinh",
        "summary": "Hẹn giờ qua mạng.",
        "body": "<p>Hẹn giờ <script>alert(1)</script>trước một ngày.</p>",
        "tags": "hẹn giờ, y tế",
        "then": "submit",
    }
    visitors["editor"].post(reverse("news:begin"), new)
    article = Article.objects.get(revisions__title="Khám bệnh không chờ")
    assert article.state == "review"
    assert "người khác phải duyệt" in _page(visitors["editor"], article)
    assert "người khác phải duyệt" in _step(visitors["editor"], article, "publish").content.decode()
    assert "Khám bệnh không chờ" in visitors["secretariat"].get(reverse("account:notices")).content.decode()
    assert "2 bài chờ duyệt" in visitors["secretariat"].get(reverse("account:start")).content.decode()
    _step(visitors["secretariat"], article, "publish")
    article.refresh_from_db()
    assert article.state == "published"
    page = visitors[ANYONE].get(reverse("news:article", args=["minh-hoa", article.number, article.slug]))
    assert "trước một ngày" in page.content.decode()
    assert "alert(1)" not in page.content.decode()


def test_what_cannot_be_saved_stands_in_the_form_again(visitors, article):
    """With what was typed, and why."""
    url, typed = reverse("news:edit", args=[article.pk]), {"title": "", "body": "Đã gõ rất lâu", "base": "1"}
    answer = visitors["focal"].post(url, typed)
    assert answer.status_code == 422
    assert "Đã gõ rất lâu" in answer.content.decode()
    other = {"title": "Của người khác", "category": "the-che", "base": "1"}
    visitors["editor"].post(url, other)
    answer = visitors["focal"].post(url, {**other, "title": "Của tôi"})
    assert answer.status_code == 422
    assert "Người khác đã lưu bản 2" in answer.content.decode()
    assert "Của tôi" in answer.content.decode()


def test_a_time_that_cannot_be_read_schedules_nothing(visitors, article, clock):
    """It is said; the right one schedules."""
    clock(AT)
    _step(visitors["focal"], article, "submit")
    said = _step(visitors["secretariat"], article, "schedule", day="mai", time="8")
    assert "Không đọc được giờ hẹn đăng" in said.content.decode()
    said = _step(visitors["secretariat"], article, "schedule", day="2026-01-09", time="08:00")
    article.refresh_from_db()
    assert (article.state, article.due_at) == ("scheduled", datetime(2026, 1, 9, 1, tzinfo=UTC))


def test_a_return_needs_its_reason_and_is_told(visitors, article):
    """Then it is a draft again, with all that was written."""
    _step(visitors["focal"], article, "submit")
    assert "Hãy ghi lý do" in _step(visitors["secretariat"], article, "return", reason=" ").content.decode()
    _step(visitors["secretariat"], article, "return", reason="Thiếu số liệu")
    article.refresh_from_db()
    assert article.state == "draft"


def test_pictures_are_added_described_and_left_out(visitors, article):
    """What is refused says why; before it is public nobody else sees them."""
    client, url = visitors["focal"], reverse("news:add_picture", args=[article.pk])
    said = client.post(url, {"file": io.BytesIO(b"GIF89a"), "alt": "x"}, follow=True).content.decode()
    assert "không phải ảnh JPEG, PNG hoặc WebP" in said
    assert "Hãy chọn tệp ảnh" in client.post(url, {"alt": "x"}, follow=True).content.decode()
    client.post(url, {"file": _picture(), "alt": '"><script>alert(1)</script>', "caption": "<b>x</b>"})
    page = _page(client, article)
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    picture = reverse("news:picture", args=["minh-hoa", article.number, 1, 200])
    assert client.get(picture).headers["Cache-Control"] == "private, no-store"
    assert [visitors[who].get(picture).status_code for who in ("neighbour", ANYONE, "editor")] == [
        404,
        404,
        200,
    ]
    client.post(url, {"number": "1", "alt": "Một màu", "caption": ""})
    client.post(url, {"number": "1", "drop": "1"})
    assert [len(r.pictures) for r in article.revisions.order_by("number")] == [0, 1, 1, 0]


def test_a_revision_shows_what_it_changed(visitors, article, read):
    """Side by side with what went."""
    url = reverse("news:edit", args=[article.pk])
    visitors["focal"].post(
        url, {"title": "Bài đã sửa", "category": "the-che", "body": "Nội dung mới.", "base": "1"}
    )
    page = read(reverse("news:revision", args=[article.pk, 2]), by=visitors["focal"])
    assert {e.text for e in page.root.all("ins")} >= {"Bài đã sửa", "Nội dung mới."}
    assert {e.text for e in page.root.all("del")} >= {"Bài thử", "Nội dung."}
    assert read(url, by=visitors["focal"]).heading == "Bài đã sửa"


def test_an_earlier_revision_comes_back_in_one_act(visitors, article, read):
    """As a new one, with its pictures; the page says what to do next, and nothing is lost."""
    edit = reverse("news:edit", args=[article.pk])
    changed = {"title": "Bài đã sửa", "category": "the-che", "body": "Nội dung mới.", "base": "1"}
    visitors["focal"].post(edit, changed)
    page = read(reverse("news:revision", args=[article.pk, 1]), by=visitors["focal"])
    assert "Trở lại bản này" in page.root.text
    back = reverse("news:restore", args=[article.pk, 1])
    assert visitors["neighbour"].post(back, {"base": "2"}).status_code == 403
    said = visitors["focal"].post(back, {"base": "1"}, follow=True).content.decode()
    assert "Người khác đã lưu bản 2" in said
    visitors["focal"].post(back, {"base": "2"})
    newest = article.revisions.order_by("number").last()
    assert (newest.number, newest.title, newest.body) == (3, "Bài thử", "<p>Nội dung.</p>")
    visitors["focal"].post(back, {"base": "3"})
    assert article.revisions.count() == 3
    assert visitors["focal"].post(reverse("news:restore", args=[article.pk, 9])).status_code == 404
    _step(visitors["focal"], article, "submit")
    page = read(reverse("news:revision", args=[article.pk, 1]), by=visitors["focal"])
    assert "Trở lại bản này" not in page.root.text


def test_an_article_of_another_site_is_written_down_and_sorted(visitors, world):
    """What was typed stays where it is refused; only who publishes for the territory may."""
    client, url = visitors["editor"], reverse("news:sources")
    said = {"unit": "minh-hoa.so-y-te", "address": "https://y-te.example/9", "title": "Tiêm chủng"}
    wrong = client.post(url, {**said, "day": "hôm qua", "category": "the-che"})
    assert wrong.status_code == 422
    assert "https://y-te.example/9" in wrong.content.decode()
    assert client.post(url, {**said, "day": "2025-12-01", "category": "the-che"}).status_code == 302
    article = Article.objects.get(outside="https://y-te.example/9")
    sort = reverse("news:sort", args=[article.pk])
    assert {w: visitors[w].post(sort).status_code for w in ("focal", "leader")} == {
        "focal": 403,
        "leader": 403,
    }
    assert "Đã xếp chuyên mục." in client.post(sort, {"category": "cong-vu"}, follow=True).content.decode()
    client.post(sort, {"category": "khong-co\0"})
    article.refresh_from_db()
    assert article.live.category == "cong-vu"
    assert (
        client.post(reverse("news:sort", args=[Article.objects.filter(outside="").first().pk])).status_code
        == 404
    )


def test_a_feed_is_registered_from_a_file_or_followed(visitors, world):
    """The second time nothing is new; what is refused leaves nothing."""
    client, url = visitors["editor"], reverse("news:sources")

    def send(content, **more):
        return client.post(
            url, {"unit": "minh-hoa.so-y-te", "file": io.BytesIO(content), **more}
        ).content.decode()

    assert "Ghi nhận 1 bài mới" in send(FEED)
    assert "1 bài đã có từ trước" in send(FEED)
    assert "DOCTYPE" in send(b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>")
    assert "Hãy chọn đơn vị" in send(FEED, unit="viet-nam")
    page = client.get(reverse("news:list"), {"tim": "tin"}).content.decode()
    assert "bài trên cong.example" in page
    assert 'href="https://cong.example/1"' in page
    article = Article.objects.get(outside="https://cong.example/1")
    assert client.get(reverse("news:edit", args=[article.pk])).status_code == 404
    assert "Đã gỡ bài." in _step(client, article, "withdraw", reason="Nhầm đơn vị").content.decode()
    assert "Ghi nhận 0 bài mới" in send(FEED)
    followed = {"unit": "minh-hoa.so-y-te", "url": "https://cong.example/rss"}
    assert "https://cong.example/rss" in client.post(url, followed, follow=True).content.decode()
    assert client.post(url, {**followed, "url": "javascript:alert(1)"}).status_code == 422
    feed = Feed.objects.get()
    leave = reverse("news:leave", args=[feed.pk])
    assert {w: visitors[w].post(leave).status_code for w in ("focal", "leader", ANYONE)} == {
        "focal": 403,
        "leader": 403,
        ANYONE: 302,
    }
    client.post(leave)
    feed.refresh_from_db()
    assert not feed.followed
    assert client.post(reverse("news:leave", args=[987654])).status_code == 404


def test_the_desk_asks_the_database_as_often_for_many_articles_as_for_few(
    visitors, world, django_assert_num_queries
):
    """By state too; whoever writes for one unit sees that unit's."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = visitors["secretariat"], reverse("news:desk")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url, {"buoc": "draft"})
    with CaptureQueriesContext(connection) as many:
        page = client.get(url).content.decode()
    assert len(many) <= len(few) + 1
    assert "chờ duyệt" in page
    own = visitors["focal"].get(url).content.decode()
    assert "Không còn hồ sơ quá hạn" in own
    assert "Cắt bảy loại giấy tờ" not in own
    assert client.get(url, {"buoc": "khong-co"}).status_code == 404


def test_whoever_writes_finds_the_desk_from_the_start_page(visitors, world):
    """And nobody else."""
    found = {
        who: reverse("news:desk") in visitors[who].get(reverse("account:start")).content.decode()
        for who in WHO
    }
    assert {who for who, is_there in found.items() if is_there} == WRITING
