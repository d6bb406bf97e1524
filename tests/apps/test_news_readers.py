"""Readings: one a person, article and day; no programs; nothing kept of anybody."""

from datetime import timedelta

import pytest
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.news.actions import Written, begin_article, publish_article, submit_article
from parindex.apps.news.models import ReadCount, ReadDay, ReadMark
from parindex.apps.news.reading import count_reading, forget_readers, is_reader, reads_of
from parindex.config.jobs import jobs


BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
DAY = timedelta(days=1)


@pytest.fixture
def article(small):
    """A published one."""
    text = Written(title="Được đọc", category="the-che", summary="Đọc.", body="Đọc.")
    made = begin_article(unit=small.units["so-mot"], written=text, by="person:71", at=AT)
    submit_article(article=made, by="person:71", at=AT)
    return publish_article(article=made, by="person:72", at=AT)


@pytest.mark.parametrize(
    ("method", "headers", "counts"),
    [
        ("GET", {}, True),
        ("GET", {"sec-fetch-site": "same-origin", "sec-fetch-dest": "image"}, True),
        ("HEAD", {}, False),
        ("GET", {"sec-purpose": "prefetch;prerender"}, False),
        ("GET", {"purpose": "prefetch"}, False),
        ("GET", {"x-moz": "prefetch"}, False),
        ("GET", {"sec-fetch-site": "cross-site"}, False),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-dest": "document"}, False),
        ("GET", {"user-agent": ""}, False),
        ("GET", {"user-agent": "curl/8.1"}, False),
        ("GET", {"user-agent": "python-requests/2.32"}, False),
        (
            "GET",
            {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
            False,
        ),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; coccocbot-web/1.0)"}, False),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; YandexBot/3.0)"}, False),
        ("GET", {"user-agent": f"{BROWSER} HeadlessChrome/140"}, False),
        ("GET", {"user-agent": "Mozilla/5.0 (X11) Baiduspider/2.0"}, False),
        ("GET", {"user-agent": "Mozilla/5.0 SkypeUriPreview Preview/0.5"}, False),
        ("GET", {"user-agent": f"{BROWSER} coc_coc_browser/120"}, True),
        ("GET", {"user-agent": f"{BROWSER} Zalo/24"}, True),
        ("GET", {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/605.1"}, True),
    ],
)
def test_programs_and_pages_that_nobody_sees_are_no_readers(method, headers, counts):
    """By what they say of themselves; a browser of this country is one."""
    assert is_reader(method, {"user-agent": BROWSER} | headers) is counts


def test_a_reader_is_counted_once_a_day(article):
    """Again the next day; another reader at once; and the ledger stays as it is."""
    entries = Entry.objects.count()
    first = {"address": "203.113.1.1", "agent": BROWSER}
    assert [count_reading(article, **first, at=AT) for _ in range(3)] == [True, False, False]
    assert count_reading(article, address="203.113.1.2", agent=BROWSER, at=AT)
    assert count_reading(article, **first, at=AT + DAY)
    assert reads_of([article.pk]) == {article.pk: 3}
    assert reads_of([article.pk], last=AT.date()) == {article.pk: 2}
    assert Entry.objects.count() == entries


def test_a_day_is_the_one_of_this_country(article):
    """Which begins at 17:00 of the day before by Greenwich."""
    evening = AT.replace(hour=16, minute=59)
    who = {"address": "203.113.1.1", "agent": BROWSER}
    assert count_reading(article, **who, at=evening)
    assert count_reading(article, **who, at=evening + timedelta(minutes=2))


def test_nothing_of_a_reader_is_kept_when_the_day_is_over(article):
    """What is kept during it says nothing: neither address nor browser, nor the same in two articles."""
    count_reading(article, address="203.113.1.1", agent=BROWSER, at=AT)
    (mark,) = ReadMark.objects.all()
    assert len(mark.mark) == 64
    (forget,) = [j for j in jobs() if j.name == "news.forget"]
    assert forget.act(AT) == 0
    assert [forget.act(AT + DAY), forget_readers(AT + DAY)] == [1, 0]
    assert not ReadDay.objects.exists()
    assert not ReadMark.objects.exists()
    assert list(ReadCount.objects.values_list("article", "count")) == [(article.pk, 1)]


def test_the_same_reader_has_another_mark_on_another_day(article):
    """The secret of the day makes it."""
    for k in range(2):
        count_reading(article, address="203.113.1.1", agent=BROWSER, at=AT + k * DAY)
    assert len(set(ReadMark.objects.values_list("mark", flat=True))) == 2


def test_what_is_not_public_is_not_read(small):
    """A draft has no readers."""
    text = Written(title="Nháp", category="the-che")
    draft = begin_article(unit=small.units["so-mot"], written=text, by="person:71", at=AT)
    assert not count_reading(draft, address="203.113.1.1", agent=BROWSER, at=AT)
