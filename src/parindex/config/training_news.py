"""The demonstration's news section: a year of articles, and one at each step, so that each role can play."""

from __future__ import annotations

import io
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from parindex.apps.evidence.photos_apart import encoded_sizes
from parindex.apps.news.actions import Written, begin_article, publish_article, submit_article
from parindex.apps.news.counting import record_communication
from parindex.apps.news.models import Article
from parindex.apps.news.picturing import keep_picture, kept
from parindex.apps.news.planned import PlannedWritten, plan_articles
from parindex.apps.notices.actions import mark_read
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person, Unit
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.data import minhhoa
from parindex.data.minhhoa.news import ARTICLES, PLANNED, SampleArticle


if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

REVIEWER = "thuong-truc"
YOUNG = timedelta(days=150)
AHEAD = timedelta(days=4)
WIDE, HIGH = 960, 540
INK, PAPER, SOFT, WARM = "#17406d", "#f3efe4", "#9fb3c8", "#d29a2e"


@transaction.atomic
def articles(at: datetime) -> bool:
    """Every invented article, as far as it goes, and what they count for their units."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Article.objects.filter(territory=territory).exists():
        return False
    refs = {p.username: p.ref for p in Person.objects.filter(illustrative=True)}
    units = {u.code: u for u in Unit.objects.filter(parent=territory)}
    drawn = {name: kept(encoded_sizes(_picture(draw))) for name, draw in DRAWINGS.items()}
    for sample in ARTICLES:
        article = _begun(sample, units[sample.unit], by=refs[sample.writer], at=_moment(sample, at))
        if sample.picture:
            keep_picture(
                article=article,
                sizes=drawn[sample.picture],
                alt=sample.alt,
                caption="",
                by=refs[sample.writer],
                at=_moment(sample, at),
            )
        _send(sample, article, refs, at=at)
    _plan(units, refs, at)
    _have_read(at)
    record_communication(territory=territory, by="demo", at=at)
    return True


def _plan(units: Mapping[str, Unit], refs: Mapping[str, str], at: datetime) -> None:
    """The communication plan of this year, and of the last where it is still young."""
    today = legal_date(at)
    for year in sorted({(today - YOUNG).year, today.year}):
        begun = min(datetime(year, 1, 6, 8, 15, tzinfo=LEGAL_ZONE), at)
        for sample in PLANNED:
            first, last = sample.months
            written = PlannedWritten(
                topic=sample.topic,
                category=sample.category,
                start=date(year, first, 1),
                end=date(year, last, monthrange(year, last)[1]),
                count=sample.count,
                document=sample.document,
            )
            plan_articles(
                units=[units[code] for code in sample.units],
                written=written,
                given=sample.writer == REVIEWER,
                by=refs[sample.writer],
                at=begun,
            )


def _have_read(at: datetime) -> None:
    """Everybody has read what they were told, but of what waits for review."""
    kinds = Q(kind__startswith="article_") | Q(kind="communication_planned")
    told = Notice.objects.filter(kinds, read_at=None)
    waiting = Article.objects.filter(state=Article.State.REVIEW).values_list("pk", flat=True)
    old = told.exclude(kind="article_submitted", data__article__in=[str(pk) for pk in waiting])
    for to in sorted(set(old.values_list("to", flat=True))):
        mark_read(to=to, at=at, only=set(old.filter(to=to).values_list("pk", flat=True)))


def _moment(sample: SampleArticle, at: datetime) -> datetime:
    """In the morning of its day, before the demonstration begins."""
    day = at.astimezone(LEGAL_ZONE) - timedelta(days=max(sample.days, 2))
    return day.replace(hour=8, minute=15, second=0, microsecond=0)


def _begun(sample: SampleArticle, unit: Unit, *, by: str, at: datetime) -> Article:
    written = Written(
        title=sample.title,
        category=sample.category,
        summary=sample.summary,
        body=sample.body,
        byline=sample.byline,
        tags=sample.tags,
    )
    return begin_article(unit=unit, written=written, by=by, at=at)


def _send(sample: SampleArticle, article: Article, refs: Mapping[str, str], *, at: datetime) -> None:
    """Through the steps that it has taken."""
    if sample.stage == "draft":
        return
    when = _moment(sample, at)
    submit_article(article=article, by=refs[sample.writer], at=when + timedelta(hours=1))
    approved = when + timedelta(hours=2)
    if sample.stage == "scheduled":
        due = (at + AHEAD).astimezone(LEGAL_ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
        publish_article(article=article, due_at=due, by=refs[REVIEWER], at=approved)
    elif not sample.stage:
        publish_article(article=article, by=refs[REVIEWER], at=approved)


def _picture(draw: Callable[[ImageDraw], None]) -> bytes:
    """A plain drawing as PNG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDE, HIGH), PAPER)
    draw(ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def board_picture() -> bytes:
    """The drawing of a hall with its board, as PNG."""
    return _picture(_hall)


def _hall(pen: ImageDraw) -> None:
    """Counters that are all alike, a board above them, people who wait."""
    pen.rectangle((330, 50, 630, 130), fill=INK)
    for k in range(4):
        pen.rectangle((380 + 55 * k, 75, 415 + 55 * k, 105), fill=WARM)
    for k in range(5):
        pen.rounded_rectangle((70 + 170 * k, 230, 210 + 170 * k, 330), 10, fill=SOFT)
        pen.ellipse((118 + 170 * k, 170, 162 + 170 * k, 214), fill=INK)
    for k in range(7):
        pen.ellipse((110 + 115 * k, 400, 160 + 115 * k, 450), fill=WARM if k % 3 else INK)
        pen.rounded_rectangle((100 + 115 * k, 455, 170 + 115 * k, 540), 18, fill=WARM if k % 3 else INK)


def _bars(pen: ImageDraw) -> None:
    """Columns that become lower and end in nothing."""
    pen.line((110, 460, 850, 460), fill=INK, width=4)
    for k, height in enumerate((330, 250, 170, 90, 40)):
        pen.rectangle((140 + 120 * k, 460 - height, 220 + 120 * k, 460), fill=INK if k < 3 else SOFT)
    pen.ellipse((748, 422, 792, 466), outline=WARM, width=8)


def _evening(pen: ImageDraw) -> None:
    """A lit house at night, two people at a screen."""
    pen.rectangle((0, 0, WIDE, HIGH), fill=INK)
    pen.ellipse((760, 60, 840, 140), fill=PAPER)
    pen.polygon([(180, 230), (480, 90), (780, 230)], fill=SOFT)
    pen.rectangle((220, 230, 740, 470), fill=WARM)
    pen.rectangle((420, 330, 560, 410), fill=PAPER)
    for x in (350, 590):
        pen.ellipse((x - 25, 300, x + 25, 350), fill=INK)
        pen.rounded_rectangle((x - 38, 355, x + 38, 470), 18, fill=INK)
    pen.rectangle((0, 470, WIDE, HIGH), fill="#0e2a49")


DRAWINGS: Mapping[str, Callable[[ImageDraw], None]] = {"hall": _hall, "bars": _bars, "evening": _evening}
