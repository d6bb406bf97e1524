"""What changes an article: each act is one transaction and one entry of the article's chain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.audit.record import record
from parindex.apps.news.markup import body_from, plain
from parindex.apps.news.models import Article, LiveTag, Revision
from parindex.apps.news.rules import (
    check_due,
    check_others,
    check_reason,
    check_step,
    check_tags,
    check_text,
    check_whole,
)
from parindex.apps.news.telling import tell_authors, tell_reviewers
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import check_living
from parindex.apps.search.index import forget, index_text
from parindex.core.formats.canonical import digest
from parindex.core.formats.slugs import slug
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


KIND = "news"
"""What articles are called among the things that can be found."""
State = Article.State
SAID = ("title", "summary", "body", "byline", "category", "tags", "pictures")
"""All that a revision says."""


@dataclass(frozen=True, slots=True)
class Written:
    """An article as somebody typed it; see `parindex.apps.news.models.Revision`."""

    title: str
    category: str
    summary: str = ""
    body: str = ""
    byline: str = ""
    tags: Sequence[str] = ()


def chain_of(article: Article) -> str:
    """The chain of one article."""
    return f"news:{article.pk}"


@transaction.atomic
def begin_article(*, unit: Unit, written: Written, by: str, at: datetime) -> Article:
    """Begin an article of a unit, as a draft.

    Raises:
        Refused: as `save_article`; ``unit_ended``.
    """
    check_living(unit)
    article = new_article(unit, written.title, by=by, at=at)
    _revise(article, written, by=by, at=at)
    return article


def new_article(unit: Unit, title: str, *, outside: str = "", by: str, at: datetime) -> Article:
    """The next number of the territory, in the caller's transaction."""
    territory = Unit.objects.select_for_update().get(pk=way_up(unit)[-1].pk)
    last = Article.objects.filter(territory=territory).aggregate(last=Max("number"))["last"]
    return Article.objects.create(
        territory=territory,
        unit=unit,
        number=(last or 0) + 1,
        slug=_slug(title),
        outside=outside,
        by=by,
        at=at,
    )


def _slug(title: str) -> str:
    return slug(title)[:80].strip("-") or "bai-viet"


@transaction.atomic
def save_article(*, article: Article, written: Written, base: int, by: str, at: datetime) -> Article:
    """Add a revision; what is live stays so until the new one is published. The same again adds none.

    Args:
        base: the number of the revision that was open before the person.

    Raises:
        Refused: ``news_not_now``, ``news_outside``; ``news_changed``: somebody else saved meanwhile;
            ``news_title_missing``, ``text_too_long``, ``news_body_long``, ``news_category_unknown``,
            ``news_tags_many``, ``news_tag_long``.
    """
    locked = lock(article)
    check_step(locked, "save")
    newest = newest_of(locked)
    if newest is not None and newest.number != base:
        raise Refused("news_changed", number=newest.number)
    _revise(locked, written, by=by, at=at)
    return locked


@transaction.atomic
def restore_revision(*, article: Article, number: int, base: int, by: str, at: datetime) -> Article:
    """Go back to what an article said in an earlier revision, pictures included: it becomes the newest, as a
    draft; what is live stays so until that is published.

    Args:
        number: of the revision to go back to. `base`: as of `save_article`.

    Raises:
        Refused: ``news_not_now``, ``news_outside``, ``news_changed``; ``news_revision_unknown``.
    """
    locked = lock(article)
    check_step(locked, "save")
    newest, wanted = newest_of(locked), locked.revisions.filter(number=number).first()
    if wanted is None:
        raise Refused("news_revision_unknown", number=number)
    if newest is not None and newest.number != base:
        raise Refused("news_changed", number=newest.number)
    said = {name: getattr(wanted, name) for name in SAID}
    if newest is None or any(getattr(newest, k) != v for k, v in said.items()):
        add_revision(locked, said, by=by, at=at)
    return locked


def _revise(article: Article, written: Written, *, by: str, at: datetime) -> None:
    """Add a revision where it says something else than the newest."""
    title, summary, byline = map(one_line, (written.title, written.summary, written.byline))
    body, tags = body_from(written.body), _tags(written.tags)
    check_text(title=title, summary=summary, body=body, byline=byline, category=written.category)
    check_tags(tags)
    newest = newest_of(article)
    said = {
        "title": title,
        "summary": summary,
        "body": body,
        "byline": byline,
        "category": written.category,
        "tags": tags,
        "pictures": newest.pictures if newest else [],
    }
    if newest is not None and all(getattr(newest, k) == v for k, v in said.items()):
        return
    add_revision(article, said, by=by, at=at)


def add_revision(article: Article, said: Mapping[str, object], *, by: str, at: datetime) -> Revision:
    """The next revision, in the caller's transaction; the article is a draft again."""
    newest = newest_of(article)
    number = newest.number + 1 if newest else 1
    made = Revision.objects.create(article=article, number=number, by=by, at=at, **said)
    article.state = State.DRAFT
    if article.published_at is None:
        article.slug = _slug(made.title)
    article.save()
    payload = {"v": 1, "revision": number, "category": made.category, "content": content_hash(made)}
    _record(article, "article.saved", payload, by=by, at=at, title=made.title)
    return made


def content_hash(revision: Revision) -> str:
    """SHA-256 over all that a revision says."""
    return digest([getattr(revision, name) for name in SAID])


def _tags(typed: Sequence[str]) -> list[str]:
    """Tags without repetitions, whatever their accents and case."""
    found = {slug(tag): tag for tag in map(one_line, reversed(list(typed))) if tag}
    return list(reversed(found.values()))


@transaction.atomic
def submit_article(*, article: Article, by: str, at: datetime) -> Article:
    """Send it to whoever reviews. Raises Refused ``news_not_now``, ``news_outside``, ``news_unfinished``."""
    locked = lock(article)
    check_step(locked, "submit")
    newest = standing(locked)
    check_whole(summary=newest.summary, body=newest.body)
    tell_reviewers(locked, newest.title, by=by, at=at)
    return _move(locked, State.REVIEW, "article.submitted", by=by, at=at)


@transaction.atomic
def take_back_article(*, article: Article, by: str, at: datetime) -> Article:
    """Take it back from review. Raises Refused ``news_not_now``."""
    locked = lock(article)
    check_step(locked, "take_back")
    return _move(locked, State.DRAFT, "article.taken_back", by=by, at=at)


@transaction.atomic
def return_article(*, article: Article, reason: str, by: str, at: datetime) -> Article:
    """Give it back to its author with a reason; a scheduled one is not published.

    Raises:
        Refused: ``news_not_now``, ``news_reason_missing``, ``text_too_long``.
    """
    locked, said = lock(article), one_line(reason)
    check_step(locked, "return")
    check_reason(said)
    title = standing(locked).title
    tell_authors(locked, "article_returned", title, to=authors_of(locked), by=by, at=at)
    locked.due_at = None
    return _move(locked, State.DRAFT, "article.returned", by=by, at=at, reason=said)


@transaction.atomic
def publish_article(*, article: Article, due_at: datetime | None = None, by: str, at: datetime) -> Article:
    """Approve what was reviewed: it is public at once, or when its time has come.

    Raises:
        Refused: ``news_not_now``; ``news_own_work``: the person wrote a part of it; ``news_due_past``,
            ``news_due_far``.
    """
    locked = lock(article)
    check_step(locked, "publish")
    check_others(authors_of(locked), by)
    if due_at is None:
        return _publish(locked, by=by, at=at)
    check_due(due_at, at)
    locked.due_at = due_at
    return _move(locked, State.SCHEDULED, "article.scheduled", by=by, at=at, due=due_at.isoformat())


def publish_due(*, by: str, at: datetime) -> int:
    """Publish every scheduled article whose time has come, each in its own transaction. Returns how many."""
    waiting = Article.objects.filter(state=State.SCHEDULED, due_at__lte=at).order_by("due_at", "pk")
    return sum(_publish_waiting(pk, by=by, at=at) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _publish_waiting(pk: int, *, by: str, at: datetime) -> bool:
    locked = Article.objects.select_for_update(of=("self",)).select_related("unit").get(pk=pk)
    if locked.state != State.SCHEDULED or locked.due_at is None or locked.due_at > at:
        return False
    _publish(locked, by=by, at=at)
    return True


def _publish(article: Article, *, by: str, at: datetime) -> Article:
    newest, authors = standing(article), authors_of(article)
    when = article.due_at or at
    show(article, newest, published_at=article.published_at or when)
    article.due_at = None
    tell_authors(article, "article_published", newest.title, to=authors, by=by, at=at)
    return _move(article, State.PUBLISHED, "article.published", by=by, at=at, revision=newest.number)


def show(article: Article, revision: Revision, *, published_at: datetime) -> None:
    """Make a revision what everybody reads and finds, in the caller's transaction; the caller saves."""
    article.live, article.published_at = revision, published_at
    LiveTag.objects.filter(article=article).delete()
    LiveTag.objects.bulk_create(
        LiveTag(article=article, slug=slug(tag), name=tag)
        for tag in {slug(t): t for t in revision.tags}.values()
    )
    words = " ".join((revision.summary, plain(revision.body), revision.byline, *revision.tags))
    text = f"{words} {article.unit.name_vi}"
    index_text(kind=KIND, subject=str(article.pk), unit=article.territory_id, title=revision.title, text=text)


@transaction.atomic
def withdraw_article(*, article: Article, reason: str, by: str, at: datetime) -> Article:
    """Take what is live away from the public; its address says so. It is kept, and may be published again.

    Raises:
        Refused: ``news_not_now``, ``news_reason_missing``, ``text_too_long``.
    """
    locked, said = lock(article), one_line(reason)
    check_step(locked, "withdraw")
    check_reason(said)
    locked.live, locked.due_at = None, None
    LiveTag.objects.filter(article=locked).delete()
    forget(kind=KIND, subject=str(locked.pk))
    return _move(locked, State.WITHDRAWN, "article.withdrawn", by=by, at=at, reason=said)


def lock(article: Article) -> Article:
    """The article as it stands, held until the transaction ends."""
    locked = Article.objects.select_for_update(of=("self",)).select_related("unit", "territory", "live")
    return locked.get(pk=article.pk)


def newest_of(article: Article) -> Revision | None:
    """The last revision; None before the first."""
    return article.revisions.order_by("-number").first()


def standing(article: Article) -> Revision:
    """The last revision of an article that has one."""
    return article.revisions.order_by("-number")[0]


def authors_of(article: Article) -> Collection[str]:
    """Who wrote what is not public yet: the revisions since the one that is live."""
    since = article.live.number if article.live else 0
    return set(article.revisions.filter(number__gt=since).values_list("by", flat=True))


def _move(article: Article, state: str, kind: str, *, by: str, at: datetime, **said: object) -> Article:
    """Put an article into a state and tell the ledger; `reason` is a text beside the entry."""
    article.state = state
    article.save()
    reason = str(said.pop("reason", ""))
    payload = {"v": 1, "state": state, **said}
    _record(article, kind, payload, by=by, at=at, reason=reason)
    return article


def _record(
    article: Article, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    subject = f"{article.unit.code}/{article.number}"
    record(chain=chain_of(article), kind=kind, subject=subject, payload=payload, texts=texts, by=by, at=at)
