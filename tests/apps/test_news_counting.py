"""Communication of a unit as measured values: how many, in how many months, on what, how often read."""

from datetime import date, timedelta

import pytest
from site_world import AT

from parindex.apps.indicators.models import Value
from parindex.apps.news.actions import (
    Written,
    begin_article,
    publish_article,
    submit_article,
    withdraw_article,
)
from parindex.apps.news.counting import record_all_communication, record_communication, tallies
from parindex.apps.news.reading import count_reading
from parindex.apps.news.registering import register_feed
from parindex.config.jobs import jobs
from parindex.data.indicators import NEWS_COUNT


YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FEED = b"""<rss><item><title>Tin</title><link>https://cong.example/1</link>
<pubDate>2026-01-02T03:00:00Z</pubDate></item></rss>"""


def _publish(small, category, at, unit="so-mot"):
    text = Written(title=f"Bài {category}", category=category, summary="Tóm tắt.", body="Nội dung.")
    article = begin_article(unit=small.units[unit], written=text, by="person:71", at=at)
    submit_article(article=article, by="person:71", at=at)
    return publish_article(article=article, by="person:72", at=at)


def _values(small, end=date(2026, 12, 31)):
    found = Value.objects.filter(unit__parent=small.territory, end=end, source=NEWS_COUNT).standing()
    return {(v.unit.code, v.indicator.code): v.value for v in found.select_related("unit", "indicator")}


@pytest.fixture
def written(small):
    """Three articles of one unit in two months, on one area and on none; one outside; some readers."""
    later = AT + timedelta(days=31)
    first = _publish(small, "the-che", AT)
    _publish(small, "the-che", later)
    _publish(small, "tin-khac", later)
    register_feed(unit=small.units["so-hai"], content=FEED, origin="x", by="person:72", at=AT)
    for n in range(3):
        count_reading(first, address=f"203.113.1.{n}", agent="Mozilla/5.0", at=AT)
    return first


def test_a_year_is_counted_by_unit(small, written):
    """An article on another site counts for its unit too; units without any are not told of."""
    counted = tallies(small.territory, YEAR)
    assert {unit: tally.values() for unit, tally in counted.items()} == {
        small.units["so-mot"].pk: {
            "tin-bai-cchc": 3,
            "thang-co-tin-bai": 2,
            "chu-de-tin-bai": 1,
            "luot-doc-tin-bai": 3,
        },
        small.units["so-hai"].pk: {
            "tin-bai-cchc": 1,
            "thang-co-tin-bai": 1,
            "chu-de-tin-bai": 0,
            "luot-doc-tin-bai": 0,
        },
    }


def test_values_are_recorded_with_their_source_and_only_when_they_change(small, written):
    """So a sheet may show them; the daily job of a day on which nothing was written says nothing."""
    at = AT + timedelta(days=40)
    assert record_communication(territory=small.territory, by="system", at=at) > 0
    values = _values(small)
    assert values["so-mot", "tin-bai-cchc"] == "3"
    assert values["so-hai", "thang-co-tin-bai"] == "1"
    assert _values(small, date(2026, 1, 31))["so-mot", "tin-bai-cchc"] == "1"
    assert record_all_communication(at + timedelta(days=1), by="system") == 0


def test_what_is_withdrawn_counts_no_more(small, written):
    """The value follows, in a new version."""
    record_communication(territory=small.territory, by="system", at=AT)
    withdraw_article(article=written, reason="Nhầm", by="person:72", at=AT)
    record_communication(territory=small.territory, by="system", at=AT + timedelta(hours=1))
    standing = Value.objects.filter(unit=small.units["so-mot"], indicator__code="tin-bai-cchc").standing()
    assert {v.version for v in standing.filter(end=date(2026, 1, 31))} == {2}
    assert _values(small, date(2026, 1, 31))["so-mot", "tin-bai-cchc"] == "0"


def test_the_tick_counts_once_a_day():
    """After the day's articles are out."""
    names = [job.name for job in jobs()]
    assert names.index("news.publish") < names.index("news.record")
    assert {j.name: j.every for j in jobs()}["news.record"] == timedelta(days=1)
