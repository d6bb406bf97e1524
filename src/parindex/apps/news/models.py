"""Articles, kept revision by revision; their pictures; feeds of other sites; how often they were read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit


class Article(models.Model):
    """One article of a unit, and where it stands.

    Attributes:
        number: counts the articles of a territory from 1; with `slug` its permanent address, which is fixed
            when it is first published.
        state: of the newest revision. `live` is what everybody reads meanwhile; None: nothing.
        due_at: when a scheduled one is to be published.
        outside: the address of an article on another site, which is only registered here; else empty.
        published_at: when it was first published; of an outside one, the date that its feed gives.
    """

    class State(models.TextChoices):
        """Where the newest revision stands."""

        DRAFT = "draft", "đang soạn"
        REVIEW = "review", "chờ duyệt"
        SCHEDULED = "scheduled", "hẹn giờ đăng"
        PUBLISHED = "published", "đã đăng"
        WITHDRAWN = "withdrawn", "đã gỡ"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="territory_articles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="articles")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    live = models.OneToOneField("Revision", models.PROTECT, null=True, blank=True, related_name="shown")
    due_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    outside = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-published_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["territory", "-published_at"], name="news_article_newest"),
            models.Index(fields=["state", "due_at"], name="news_article_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "number"],
                name="news_article_number_once",
                violation_error_message="Số của bài viết đã có.",
            ),
            models.UniqueConstraint(
                fields=["territory", "outside"],
                condition=~models.Q(outside=""),
                name="news_outside_once",
                violation_error_message="Bài viết này đã được ghi nhận.",
            ),
            models.CheckConstraint(
                condition=models.Q(live=None) | models.Q(published_at__isnull=False),
                name="news_live_has_its_date",
                violation_error_message="Bài đã đăng phải có ngày đăng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id}/{self.number}-{self.slug}"


class Revision(models.Model):
    """What an article said at one moment. Immutable: who changes it adds one.

    Attributes:
        body: clean HTML (`parindex.apps.news.markup`).
        byline: the author as printed; empty: the unit.
        tags: words as typed. pictures: number, alternative text and caption of each picture, in order.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=600, blank=True)
    body = models.TextField(blank=True)
    byline = models.CharField(max_length=150, blank=True)
    category = models.CharField(max_length=40)
    tags = models.JSONField(default=list)
    pictures = models.JSONField(default=list)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["article_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="news_revision_number_once",
                violation_error_message="Bản này của bài viết đã có.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LiveTag(models.Model):
    """A tag of what everybody reads, for finding articles by it; `name` as it was written first."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="live_tags")
    slug = models.SlugField(max_length=60, db_index=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["article_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "slug"],
                name="news_tag_once",
                violation_error_message="Nhãn này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """A picture of an article, decoded and encoded anew; what the camera wrote into it is gone.

    `sizes`: width, height, bytes and SHA-256 of each size as WebP, smallest first.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="pictures")
    number = models.PositiveIntegerField()
    sizes = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["article_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="news_picture_number_once",
                violation_error_message="Số của ảnh đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"


class PlannedArticles(models.Model):
    """A line of a communication plan: so many articles of a unit, on something, within some days of a year.

    Attributes:
        topic: what they are to say. `category`: of the articles that count for it; empty: any.
        document: number and date of the plan that says so.
        given: by those who plan for the territory: it is theirs to change, not the unit's.
        dropped: why it holds no more; empty: it holds.
    """

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="territory_planned_articles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="planned_articles")
    year = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    start = models.DateField()
    end = models.DateField()
    count = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=250, blank=True)
    given = models.BooleanField(default=False)
    dropped = models.CharField(max_length=600, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["unit_id", "start", "end", "id"]
        indexes: ClassVar = [models.Index(fields=["territory", "year"], name="news_planned_of_year")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="news_planned_period",
                violation_error_message="Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.",
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="news_planned_count",
                violation_error_message="Số tin, bài phải từ 1 trở lên.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.start}–{self.end}: {self.count}"


class Feed(models.Model):
    """The feed or sitemap of a unit's own site, fetched once a day while it is followed.

    `fault`, `fault_data`: why the last fetch was refused, as a code with data; empty: it was not.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="feeds")
    url = models.CharField(max_length=500)
    followed = models.BooleanField(default=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=60, blank=True)
    fault_data = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["unit_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "url"],
                name="news_feed_once",
                violation_error_message="Nguồn này đã được ghi cho đơn vị.",
            ),
        ]

    def __str__(self) -> str:
        return self.url


class ReadDay(models.Model):
    """The secret of one day by which readers are told apart; gone with the day, and all marks with it."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)


class ReadMark(models.Model):
    """That somebody, nobody knows who, has read an article on a day: a hash with the day's secret."""

    day = models.ForeignKey(ReadDay, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "mark"],
                name="news_read_mark_once",
                violation_error_message="Lượt đọc này đã được tính.",
            ),
        ]

    def __str__(self) -> str:
        return self.mark


class ReadCount(models.Model):
    """How many read an article on a day."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["article_id", "day"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "day"],
                name="news_read_count_once",
                violation_error_message="Số lượt đọc của ngày này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.count}"
