"""Keeping and finding words. The same question has the same answer on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from parindex.apps.search.folding import asked_words, indexed_words
from parindex.apps.search.models import Findable


MATCHES = {
    "sqlite": "SELECT rowid FROM search_words WHERE search_words MATCH %s",
    "postgresql": "SELECT id FROM search_findable WHERE vector @@ to_tsquery('simple', %s)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found."""

    kind: str
    subject: str
    unit: int
    title: str


def index_text(*, kind: str, subject: str, unit: int, title: str, text: str) -> None:
    """Make a thing findable by its title and text, in the caller's transaction; again: replaced."""
    head = indexed_words(title)
    row = Findable(
        kind=kind,
        subject=subject,
        unit=unit,
        title=title[:1200],
        head=" " + " ".join(head),
        words=" ".join([*head, *indexed_words(text)]),
    )
    Findable.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["kind", "subject"],
        update_fields=["unit", "title", "head", "words"],
    )


def forget(*, kind: str, subject: str) -> None:
    """Make a thing findable no longer."""
    Findable.objects.filter(kind=kind, subject=subject).delete()


def matching(query: str, *, units: Collection[int], kind: str = "") -> QuerySet[Findable]:
    """What has every word of a query among these units' things; those with all of them in the title first.

    A word is found by its beginning, with or without accents. A query without a word finds nothing.
    """
    words = asked_words(query)
    if not words:
        return Findable.objects.none()
    # the SQL is ours alone; words are its parameter
    hits = RawSQL(MATCHES[connection.vendor], [_asked(words)])  # noqa: S611
    things = Findable.objects.filter(unit__in=units, pk__in=hits)
    if kind:
        things = things.filter(kind=kind)
    in_title = Q()
    for word in words:
        in_title &= Q(head__contains=f" {word}")
    place = Case(When(in_title, then=Value(0)), default=Value(1), output_field=IntegerField())
    return things.order_by(place, "-id")


def find(query: str, *, units: Collection[int], limit: int = 50) -> list[Found]:
    """The first `limit` things of `matching`, in one query."""
    rows = matching(query, units=units).values_list("kind", "subject", "unit", "title")
    return [Found(*row) for row in rows[:limit]]


def _asked(words: list[str]) -> str:
    """All words, each as a beginning, in the database's own notation; words hold letters and digits only."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{word}"*' for word in words)
    return " & ".join(f"'{word}':*" for word in words)
