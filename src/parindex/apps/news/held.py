"""What the ledger says of articles, planned articles and feeds: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from parindex.apps.audit.held import Act, Hashed, Key, Table, standing, text
from parindex.apps.news.actions import SAID, content_hash
from parindex.apps.news.models import Article, Feed, PlannedArticles, Revision


Said = Iterator[tuple[Key, Mapping[str, object]]]


def _saved(act: Act) -> Said:
    yield (act.chain,), {"state": "draft"}


def _moved(act: Act) -> Said:
    live = {"live": act.said["revision"]} if act.kind == "article.published" else {}
    gone = {"live": ""} if act.kind == "article.withdrawn" else {}
    due = datetime.fromisoformat(act.said["due"]) if "due" in act.said else None
    yield (act.chain,), {"state": act.said["state"], "due": due, **live, **gone}


def _revised(act: Act) -> Said:
    said = {"content": act.said["content"], "title": act.said["title"], "by": act.by}
    yield (act.chain, str(act.said["revision"])), said


def _revisions() -> Iterator[tuple[Key, Mapping[str, object]]]:
    """Articles of other sites have no text here; theirs stand in the territory's chain."""
    for one in Revision.objects.filter(article__outside="").order_by("pk").iterator(chunk_size=500):
        said = {
            "content": Hashed(content_hash(one), [getattr(one, name) for name in SAID]),
            "title": one.title,
            "by": one.by,
        }
        yield (f"news:{one.article_id}", str(one.number)), said


def _planned(act: Act) -> Said:
    said = {name: act.said[name] for name in ("category", "start", "end", "count")}
    texts = {"topic": act.said.get("topic", ""), "document": act.said.get("document", "")}
    dropped = act.said.get("reason", "") if act.kind == "communication.dropped" else ""
    yield (str(act.said["line"]),), {**said, **texts, "dropped": dropped}


def _followed(act: Act) -> Said:
    yield (act.subject, act.said["url"]), {"followed": act.said["followed"]}


def _outside(act: Act) -> Said:
    for number, url, at in act.said["rows"]:
        yield (act.chain, str(number)), {"outside": url, "unit": act.subject, "at": at}


def _registered() -> Iterator[tuple[Key, Mapping[str, object]]]:
    found = Article.objects.exclude(outside="").select_related("territory", "unit").order_by("pk")
    for one in found.iterator(chunk_size=500):
        said = {"outside": one.outside, "unit": one.unit.code, "at": text(one.published_at)}
        yield (f"news:{one.territory.code}", str(one.number)), said


MOVES = {
    f"article.{move}": _moved
    for move in ("submitted", "taken_back", "returned", "scheduled", "published", "withdrawn")
}
QUIET = frozenset({"article.*", "articles.*", "communication.*", "feed.*"})
PLANNED = ("category", "start", "end", "count", "topic", "document", "dropped")
HELD = (
    Table(
        "news.Article",
        ("news:",),
        {"article.saved": _saved, **MOVES},
        QUIET,
        standing(
            Article.objects.filter(outside=""),
            ("news:{pk}",),
            {"state": "state", "due": "due_at", "live": "live__number"},
        ),
    ),
    Table("news.Article (outside)", ("news:",), {"articles.registered": _outside}, QUIET, _registered),
    Table("news.Revision", ("news:",), {"article.saved": _revised}, QUIET, _revisions),
    Table(
        "news.PlannedArticles",
        ("news:",),
        {f"communication.{act}": _planned for act in ("planned", "changed", "dropped")},
        QUIET,
        standing(PlannedArticles.objects.all(), ("pk",), {name: name for name in PLANNED}),
    ),
    Table(
        "news.Feed",
        ("news:",),
        {"feed.followed": _followed},
        QUIET,
        standing(Feed.objects.all(), ("unit__code", "url"), {"followed": "followed"}),
    ),
)
