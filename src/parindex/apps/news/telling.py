"""Who is told what about an article."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from parindex.apps.news.models import Article
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import ROLES, Act, Role


REVIEWING = frozenset(role for role in Role if Act.NEWS_PUBLISH in ROLES[role].acts)


def tell_reviewers(article: Article, title: str, *, by: str, at: datetime) -> None:
    """Whoever may publish it is told that it waits."""
    held = holding_in([article.territory_id], REVIEWING, at)
    to = {ref for refs in held.values() for ref in refs} - {by}
    tell(to=sorted(to), kind="article_submitted", data=_data(article, title), at=at)


def tell_authors(
    article: Article, kind: str, title: str, *, to: Collection[str], by: str, at: datetime
) -> None:
    """Whoever wrote it is told what became of it."""
    people = sorted(ref for ref in set(to) - {by} if ref.startswith("person:"))
    tell(to=people, kind=kind, data=_data(article, title), at=at)


def _data(article: Article, title: str) -> dict[str, str]:
    return {
        "title": title,
        "unit": article.unit.name_vi,
        "unit_en": article.unit.name_en,
        "article": str(article.pk),
    }
