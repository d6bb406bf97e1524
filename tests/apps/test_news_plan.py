"""The communication plan: which articles count for which line, what may be planned, what is measured."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_world import AT

from parindex.apps.audit.models import Entry
from parindex.apps.indicators.models import Value
from parindex.apps.news.actions import (
    Written,
    begin_article,
    publish_article,
    submit_article,
    withdraw_article,
)
from parindex.apps.news.counting import record_communication
from parindex.apps.news.feeds import Item
from parindex.apps.news.fulfilment import Wanted, fulfilments, matched
from parindex.apps.news.models import PlannedArticles
from parindex.apps.news.once import Telling, repeated
from parindex.apps.news.planned import PlannedWritten, change_planned, drop_planned, plan_articles
from parindex.apps.news.registering import register_article, register_feed, sort_article
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


ACT = {"by": "person:71", "at": AT}
DAY = legal_date(AT)
WHOLE = (date(DAY.year, 1, 1), date(DAY.year, 12, 31))
FEED = b"""<rss><item><title>Tin</title><link>https://cong.example/1</link>
<pubDate>%s</pubDate></item></rss>"""


def _written(start=WHOLE[0], end=WHOLE[1], count=1, **more):
    return PlannedWritten(
        **{"topic": "Nộp hồ sơ trực tuyến", "start": start, "end": end, "count": count} | more
    )


def _publish(unit, category="the-che", at=AT):
    text = Written(title="Bài", category=category, summary="Tóm tắt.", body="Nội dung.")
    article = begin_article(unit=unit, written=text, by="person:71", at=at)
    submit_article(article=article, by="person:71", at=at)
    return publish_article(article=article, by="person:72", at=at)


DAYS = st.integers(1, 6).map(lambda k: date(2026, 1, k))
LINES = st.builds(
    lambda a, b, category, count: Wanted(min(a, b), max(a, b), category, count),
    DAYS,
    DAYS,
    st.sampled_from(["", "x", "y"]),
    st.integers(1, 2),
)


@given(st.lists(LINES, max_size=3), st.lists(st.tuples(DAYS, st.sampled_from(["x", "y", "z"])), max_size=4))
@settings(deadline=None, max_examples=60)
def test_as_many_planned_articles_are_met_as_can_be(wanted, articles):
    """Compared with every way there is; no article counts twice, none where it does not belong."""
    found = matched(wanted, articles)
    for article, k in zip(articles, found, strict=True):
        assert k is None or wanted[k].takes(article)
    assert all(found.count(k) <= line.count for k, line in enumerate(wanted))
    choices = [[None, *(k for k, line in enumerate(wanted) if line.takes(article))] for article in articles]
    best = max(
        sum(k is not None for k in way)
        for way in product(*choices)
        if all(way.count(k) <= line.count for k, line in enumerate(wanted))
    )
    assert sum(k is not None for k in found) == best


def test_an_article_makes_room_for_one_that_fits_nowhere_else():
    """The line for all categories takes what the other cannot."""
    year, january = (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 1, 1), date(2026, 1, 31))
    wanted = [Wanted(*january, "", 1), Wanted(*year, "the-che", 1)]
    assert matched(wanted, [(date(2026, 1, 5), "the-che"), (date(2026, 1, 9), "tin-khac")]) == [1, 0]


def test_a_plan_says_what_is_done_and_where_it_is_short(small):
    """A line whose days are past is short; one of another category waits; what is more is beyond the plan."""
    unit = small.units["so-mot"]
    past = DAY - timedelta(days=3)
    if past.year != DAY.year:
        past = DAY
    plan_articles(units=[unit], written=_written(count=3, category="the-che"), **ACT)
    plan_articles(units=[unit], written=_written(category="cong-vu", document="KH 01"), **ACT)
    for _ in range(2):
        _publish(unit)
    _publish(unit, "tin-khac")
    gone = _publish(unit)
    withdraw_article(article=gone, reason="Sai", by="person:72", at=AT)
    found = fulfilments([unit.pk, small.units["so-hai"].pk], DAY.year, DAY)
    assert set(found) == {unit.pk}
    one = found[unit.pk]
    assert (one.planned, one.done, one.short, one.beyond) == (4, 2, 0, 1)
    assert [(line.done, line.missing, line.state) for line in one.lines] == [(2, 1, "open"), (0, 1, "open")]
    later = fulfilments([unit.pk], DAY.year, date(DAY.year + 1, 1, 1))[unit.pk]
    assert (later.short, {line.state for line in later.lines}) == (2, {"short"})


def test_articles_on_the_units_own_site_count_where_any_category_does(small):
    """They are registered without an area."""
    unit = small.units["so-mot"]
    plan_articles(units=[unit], written=_written(), **ACT)
    plan_articles(units=[unit], written=_written(category="the-che"), **ACT)
    stamp = AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    register_feed(unit=unit, content=FEED % stamp, origin="x", by="person:72", at=AT)
    states = [line.state for line in fulfilments([unit.pk], DAY.year, DAY)[unit.pk].lines]
    assert sorted(states) == ["done", "open"]


def _outside(unit, address="https://cong.example/9", title="Tin khác hẳn", category="the-che", at=AT):
    """An article of the unit's own site, written down by hand."""
    item = Item(address, title, at)
    return register_article(unit=unit, item=item, category=category, **ACT)


def test_an_article_written_down_by_hand_counts_in_its_category(small):
    """And in another once it is sorted anew; the same again changes nothing."""
    unit = small.units["so-mot"]
    plan_articles(units=[unit], written=_written(category="the-che"), **ACT)
    plan_articles(units=[unit], written=_written(category="cong-vu"), **ACT)
    article = _outside(unit, "https://cong.example/9?utm_source=x#y")
    assert article.outside == "https://cong.example/9"

    def done():
        lines = fulfilments([unit.pk], DAY.year, DAY)[unit.pk].lines
        return {line.planned.category: line.done for line in lines}

    assert done() == {"the-che": 1, "cong-vu": 0}
    for _ in range(2):
        sort_article(article=article, category="cong-vu", **ACT)
    assert done() == {"the-che": 0, "cong-vu": 1}
    assert Entry.objects.filter(kind="article.sorted", chain="news:tinh-thu").count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"address": "javascript:alert(1)"}, "news_url_unusable"),
        ({"title": " "}, "news_title_missing"),
        ({"category": "khong-co"}, "news_category_unknown"),
        ({"at": AT + timedelta(days=1)}, "item_ahead"),
        ({"address": "https://cong.example/1#x"}, "news_outside_known"),
    ],
)
def test_what_cannot_be_written_down_is_said_and_nothing_is_kept(small, more, code):
    """An address that another unit has is known too."""
    _outside(small.units["so-hai"], "https://cong.example/1", "Đã có")
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        _outside(small.units["so-mot"], **more)
    assert refusal.value.code == code
    assert Entry.objects.count() == before


def test_only_articles_of_other_sites_are_sorted(small):
    unit = small.units["so-mot"]
    gone = _outside(unit)
    withdraw_article(article=gone, reason="Nhầm", by="person:72", at=AT)
    for article in (_publish(unit), gone):
        with pytest.raises(Refused, match="news_not_outside"):
            sort_article(article=article, category="cong-vu", **ACT)


def test_a_story_that_is_told_on_two_sites_counts_once(small):
    """In the plan and as a measured value; another unit's telling is its own."""
    unit, other = small.units["so-mot"], small.units["so-hai"]
    for one in (unit, other):
        plan_articles(units=[one], written=_written(count=5), **ACT)
    _publish(unit)
    _outside(unit, "https://cong.example/bai", "BÀI")
    _outside(unit, "https://cong.example/khac", "Chuyện khác")
    _outside(unit, "http://cong.example/khac", "Chuyện khác.")
    _outside(other, "https://hai.example/bai", "Bài")
    found = fulfilments([unit.pk, other.pk], DAY.year, DAY)
    assert [(f.done, f.again) for f in (found[unit.pk], found[other.pk])] == [(2, 2), (1, 0)]
    record_communication(territory=small.territory, by="system", at=AT)
    told = Value.objects.filter(indicator__code="tin-bai-cchc", unit__in=[unit, other]).standing()
    assert {v.unit_id: int(v.value) for v in told.filter(start=WHOLE[0], end=WHOLE[1])} == {
        unit.pk: 2,
        other.pk: 1,
    }


def test_the_same_title_on_another_day_is_another_story():
    """A monthly notice; and whatever was published here."""
    days = [date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 16)]
    outside = [Telling(k, 1, "Lịch tiếp dân", day, outside=True) for k, day in enumerate(days)]
    assert repeated(outside) == {1}
    long = "Hội nghị tập huấn nghiệp vụ tiếp nhận và trả kết quả tại Trung tâm Phục vụ hành chính công, ngày"
    assert repeated([Telling(k, 1, f"{long} {k}", days[0], outside=True) for k in range(2)]) == set()
    assert repeated([Telling(k, 1, "Lịch", days[0], outside=False) for k in range(3)]) == set()


def test_a_line_for_each_month_and_each_unit(small):
    """Cut to the days that were given."""
    written = _written(start=date(DAY.year, 1, 10), end=date(DAY.year, 3, 15), count=2)
    made = plan_articles(units=list(small.units.values()), written=written, monthly=True, given=True, **ACT)
    days = [(m.start.month, m.start.day, m.end.day) for m in made if m.unit.code == "so-hai"]
    last = 29 if DAY.year % 4 == 0 else 28
    assert days == [(1, 10, 31), (2, 1, last), (3, 1, 15)]
    assert Entry.objects.filter(kind="communication.planned", chain="news:tinh-thu").count() == 6


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"topic": "  "}, "planned_topic_missing"),
        ({"topic": "x" * 301}, "text_too_long"),
        ({"document": "x" * 251}, "text_too_long"),
        ({"category": "khong-co"}, "news_category_unknown"),
        ({"count": 0}, "planned_count"),
        ({"count": 1001}, "planned_count"),
        ({"start": date(2026, 3, 2), "end": date(2026, 3, 1)}, "planned_period_reversed"),
        ({"start": date(2026, 3, 2), "end": date(2027, 3, 1)}, "planned_two_years"),
        ({"start": date(2066, 3, 2), "end": date(2066, 3, 3)}, "planned_year_far"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_kept(small, more, code):
    """Whatever is wrong with the line."""
    with pytest.raises(Refused) as refusal:
        plan_articles(units=list(small.units.values()), written=_written(**more), **ACT)
    assert refusal.value.code == code
    assert not PlannedArticles.objects.filter(territory=small.territory).exists()


def test_a_line_is_changed_or_dropped_and_stays_to_be_seen(small):
    """Dropped it counts no more, and nothing more is done to it."""
    (line,) = plan_articles(units=[small.units["so-mot"]], written=_written(), **ACT)
    change_planned(line=line, written=_written(count=5), **ACT)
    change_planned(line=line, written=_written(count=5), **ACT)
    assert Entry.objects.filter(kind="communication.changed", chain="news:tinh-thu").count() == 1
    with pytest.raises(Refused, match="news_reason_missing"):
        drop_planned(line=line, reason=" ", **ACT)
    drop_planned(line=line, reason="Trùng", **ACT)
    for act, more in ((drop_planned, {"reason": "x"}), (change_planned, {"written": _written()})):
        with pytest.raises(Refused, match="planned_dropped"):
            act(line=line, **more, **ACT)
    found = fulfilments([line.unit_id], DAY.year, DAY)[line.unit_id]
    assert (found.planned, found.lines[0].state, found.lines[0].missing) == (0, "dropped", 0)


def test_the_share_that_is_fulfilled_is_a_measured_value(small):
    """Of the year, for units that have a plan; again only when it has changed."""
    unit = small.units["so-mot"]
    plan_articles(units=[unit], written=_written(count=4), **ACT)
    _publish(unit)
    record_communication(territory=small.territory, by="system", at=AT)
    told = Value.objects.filter(
        indicator__code="ke-hoach-truyen-thong", unit__parent=small.territory
    ).standing()
    assert [(v.unit_id, v.numerator, v.denominator) for v in told] == [(unit.pk, 1, 4)]
    assert record_communication(territory=small.territory, by="system", at=AT) == 0
