"""The reform section as readers see it: found, light, counted, in feeds; no script wherever it hides."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from addresses import LANGUAGES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from site_world import AT

from parindex.apps.news import actions
from parindex.apps.news.actions import Written, begin_article, publish_article, submit_article
from parindex.apps.news.models import Article, ReadCount, Revision
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.time import legal_date
from parindex.web.parts import middleware


PATH = "/tin-tuc/minh-hoa/5/khong-con-ho-so-qua-han-trong-ba-thang/"
MARK = "/tin-tuc/minh-hoa/5/luot-doc.gif"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _publish(**more):
    unit = Unit.objects.get(parent__code="minh-hoa", code="so-y-te")
    fields = {"title": "Bài thử", "category": "the-che", "summary": "Tóm tắt.", "body": "Nội dung."}
    article = begin_article(unit=unit, written=Written(**fields | more), by="person:998", at=AT)
    submit_article(article=article, by="person:998", at=AT)
    return publish_article(article=article, by="person:999", at=AT)


def _url(article):
    return reverse("news:article", args=["minh-hoa", article.number, article.slug])


def test_the_newest_three_stand_on_the_home_page(read):
    """With the way to all of them; and feeds are found by themselves."""
    page = read("/")
    news = next(s for s in page.root.all("section") if s.attributes.get("aria-labelledby") == "news")
    assert len(news.all("article")) == 3
    assert "/tin-tuc/minh-hoa/" in page.links
    assert 'type="application/rss+xml"' in read("/tin-tuc/").content


def test_an_article_has_one_address_for_good(client):
    """Other words, a changed title lead to it; a draft has none."""
    wrong = client.get("/tin-tuc/minh-hoa/5/ten-khac/")
    assert (wrong.status_code, wrong.headers["Location"]) == (301, PATH)
    drafts = Article.objects.filter(live=None)
    assert {client.get(f"/tin-tuc/minh-hoa/{a.number}/{a.slug}/").status_code for a in drafts} == {404}


def test_a_withdrawn_article_says_that_it_is_gone(client):
    """410, without a word of what it said; its pictures and its pixel are gone too."""
    article = Article.objects.get(territory__code="minh-hoa", number=3)
    actions.withdraw_article(article=article, reason="Nhầm", by="person:999", at=AT)
    answer = client.get(_url(article))
    assert answer.status_code == 410
    assert "Bài viết đã được gỡ" in answer.content.decode()
    assert "Một bàn tiếp nhận" not in answer.content.decode()
    assert client.get("/tin-tuc/minh-hoa/3/anh/1/480.webp").status_code == 404
    assert client.get("/tin-tuc/minh-hoa/3/luot-doc.gif").status_code == 404


def test_lists_are_narrowed_and_searched(read):
    """By category, unit, tag, month, words with or without accents; what is not there is missing."""
    counts = {
        "": 8,
        "?chuyen-muc=thu-tuc-hanh-chinh": 2,
        "?don-vi=so-y-te": 1,
        "?nhan=dung-han": 1,
        "?thang=2025-10": 1,
        "?tim=giay to": 1,
        "?tim=xyzzy": 0,
        "?chuyen-muc=the-che&don-vi=so-y-te": 0,
    }
    found = {q: len(read(f"/tin-tuc/minh-hoa/{q}").root.all("article")) for q in counts}
    assert found == counts
    for query in ("?chuyen-muc=x", "?don-vi=x", "?thang=2025-13", "?thang=x"):
        read(f"/tin-tuc/{query}", status=404)
    for query in ("?trang=999", "?trang=x", "?tim=%00", "?nhan=%00"):
        read(f"/tin-tuc/{query}")


def test_long_lists_have_pages_and_no_more_queries(client, read):
    """Thirty more articles cost nothing more."""
    client.get("/tin-tuc/")
    with CaptureQueriesContext(connection) as few:
        client.get("/tin-tuc/")
    for n in range(30):
        _publish(title=f"Bài số {n}")
    with CaptureQueriesContext(connection) as many:
        page = read("/tin-tuc/")
    assert len(many) <= len(few)
    assert len(page.root.all("article")) == 12
    assert len(read("/tin-tuc/?trang=4").root.all("article")) == 2


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", PATH])
def test_pages_are_light_and_set_no_cookie(client, path):
    """Without style sheet and font, which every page shares."""
    answer = client.get(path)
    assert len(answer.content) < 30_000
    assert not answer.cookies


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_a_script_stays_text_wherever_it_is_put(client, read):
    """In title, summary, text, author and tags; in both languages, in lists and in feeds."""
    article = _publish(title=EVIL, summary=EVIL, body=f"<p>{EVIL}</p>", byline=EVIL, tags=[EVIL[:40]])
    live = Revision.objects.get(pk=article.live_id)
    live.body = (
        f"<p>x</p>{EVIL}<a href='javascript:alert(1)' onclick='alert(1)'>y</a>"  # as if put there by hand
    )
    live.save()
    for prefix in LANGUAGES.values():
        for path in (_url(article), "/tin-tuc/", "/", "/tin-tuc/?tim=script"):
            page = read(prefix + path)
            assert not page.root.all("script")
            said = [(name, value) for e in page.root.walk() for name, value in e.attributes.items()]
            assert not [name for name, _ in said if name.startswith("on")]
            assert not [value for _, value in said if value.lower().startswith("javascript")]
    for kind in ("rss", "atom"):
        feed = ET.fromstring(client.get(f"/tin-tuc/minh-hoa/{kind}.xml").content)
        assert "script" not in {e.tag.rpartition("}")[2] for e in feed.iter()}


def test_no_page_of_the_section_may_run_a_script_or_fetch_from_outside(client, visitors):
    """The editor's page runs the site's own scripts, no inline ones; no other page changes its policy."""
    for path in ("/", "/tin-tuc/", PATH):
        assert client.get(path).headers["Content-Security-Policy"] == middleware.POLICY
    editor = visitors["editor"]
    assert editor.get(reverse("news:desk")).headers["Content-Security-Policy"] == middleware.POLICY
    policy = editor.get(reverse("news:begin")).headers["Content-Security-Policy"]
    assert policy == f"{middleware.POLICY}; script-src 'self'; connect-src 'self'"
    assert "unsafe" not in policy


def test_feeds_hold_the_newest_of_the_section_a_category_a_unit(client):
    """With whole addresses, dates and authors; RSS and Atom alike."""
    queries = {"": 8, "?chuyen-muc=thu-tuc-hanh-chinh": 2, "?don-vi=so-y-te": 1}
    for query, count in queries.items():
        rss = ET.fromstring(client.get(f"/tin-tuc/minh-hoa/rss.xml{query}").content)
        atom = ET.fromstring(client.get(f"/tin-tuc/minh-hoa/atom.xml{query}").content)
        links = [item.findtext("link") for item in rss.iter("item")]
        assert len(links) == count
        assert links == [e.find("a:link", ATOM).get("href") for e in atom.findall("a:entry", ATOM)]
        assert all(link.startswith("http://testserver/tin-tuc/minh-hoa/") for link in links)
    assert client.get("/tin-tuc/minh-hoa/rss.xml?chuyen-muc=x").status_code == 404


def test_a_reader_is_counted_by_the_pixel_though_the_page_is_kept(world, settings, monkeypatch, clock):
    """Once a day; not a second time, not a program, not ahead, not another site; without a cookie."""
    settings.PARINDEX_CACHE = True
    monkeypatch.setattr(middleware, "LOOK_AGAIN", -1.0)
    clock(AT)
    reader = Client(headers={"user-agent": BROWSER})

    def read(**headers):
        assert MARK in reader.get(PATH).content.decode()
        answer = reader.get(MARK, headers=headers)
        assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/gif", "no-store")
        assert not answer.cookies
        return sum(ReadCount.objects.values_list("count", flat=True))

    assert [read(), read()] == [1, 1]
    assert read(**{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}) == 1
    assert read(**{"user-agent": f"{BROWSER} other", "sec-purpose": "prefetch"}) == 1
    assert read(**{"user-agent": f"{BROWSER} other", "sec-fetch-site": "cross-site"}) == 1
    reader.head(MARK, headers={"user-agent": f"{BROWSER} other"})
    assert read(**{"user-agent": f"{BROWSER} other"}) == 2
    clock(AT + timedelta(days=1))
    reader = Client(headers={"user-agent": BROWSER})
    assert read() == 3


def test_the_page_says_how_often_it_was_read_until_the_day_before(world, read, clock):
    """Never of the day that is not over, and nothing on the article's first day."""
    article = _publish()
    day = legal_date(AT)
    ReadCount.objects.create(article=article, day=day, count=12)
    ReadCount.objects.create(article=article, day=day + timedelta(days=1), count=5)

    def shown(days):
        clock(AT + timedelta(days=days))
        return read(_url(article)).root.text

    assert "lượt đọc" not in shown(0)
    assert f"12 lượt đọc đến hết ngày {day:%d/%m/%Y}" in shown(1)
    assert "17 lượt đọc" in shown(2)


def test_who_writes_or_reviews_an_article_is_no_reader_of_it(visitors, world):
    """Anybody else who is signed in is."""
    for who, count in (("focal", 0), ("editor", 0), ("neighbour", 1)):
        visitors[who].get(MARK, headers={"user-agent": BROWSER})
        assert sum(ReadCount.objects.values_list("count", flat=True)) == count


def test_a_public_picture_is_kept_by_browsers_and_says_what_it_is(client):
    """Its address is of this very size."""
    answer = client.get("/tin-tuc/minh-hoa/3/anh/1/480.webp")
    assert answer.content[8:12] == b"WEBP"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]


def test_every_picture_of_the_section_has_its_words(read):
    """Those beside a title in a list are passed over, for the title says it."""
    for number in (3, 5, 6):
        article = Article.objects.get(territory__code="minh-hoa", number=number)
        figures = read(_url(article)).root.all("figure")
        assert figures
        assert all(image.attributes.get("alt") for figure in figures for image in figure.all("img"))
