"""Feeds and sitemaps of other sites, read from bytes: RSS, Atom, sitemap with or without its news part.

Whatever declares a document type or an entity is refused before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError  # the types only; what reads is defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from parindex.apps.news.markup import plain
from parindex.apps.news.rules import LONGEST_SUMMARY, LONGEST_TITLE, plain_url
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import LEGAL_ZONE


LARGEST = 5_000_000
MOST_ITEMS = 5_000
DAY = len("2025-01-31")


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a feed tells of it. `summary` may be empty; `title` is never."""

    url: str
    title: str
    at: datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that is not taken, and why: ``item_without_link``, ``item_without_date``,
    ``item_ahead``, ``news_url_unusable``."""

    place: int
    title: str
    code: str


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """What a feed holds: newest or oldest first, as it stands there."""

    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def read_feed(content: bytes, *, at: datetime) -> ReadFeed:
    """Read a feed or sitemap.

    Raises:
        Refused: ``feed_heavy``, ``feed_entities``, ``feed_broken`` (`line`, `column`), ``feed_kind``
            (`name`), ``feed_long``, ``feed_empty``.
    """
    if len(content) > LARGEST:
        raise Refused("feed_heavy", limit=LARGEST // 1_000_000)
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise Refused("feed_entities") from None
    except ParseError as error:
        line, column = error.position
        raise Refused("feed_broken", line=line, column=column + 1) from None
    except (ValueError, LookupError):  # an encoding that is unknown, or is not what the bytes are in
        raise Refused("feed_broken", line=1, column=1) from None
    found = ReadFeed()
    for place, told in enumerate(_told(root), start=1):
        if place > MOST_ITEMS:
            raise Refused("feed_long", limit=MOST_ITEMS)
        _take(found, place, told, at=at)
    if not found.items and not found.skipped:
        raise Refused("feed_empty")
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry word for word."""

    url: str
    title: str
    date: str
    summary: str = ""


def _take(found: ReadFeed, place: int, told: _Told, *, at: datetime) -> None:
    """Add an entry to what is taken or to what is not."""
    title = one_line(plain(told.title))[:LONGEST_TITLE]
    code, when = "", read_instant(told.date)
    try:
        url = plain_url(told.url) if told.url.strip() else ""
    except Refused as refusal:
        url, code = "", refusal.code
    if not code and not url:
        code = "item_without_link"
    elif not code and when is None:
        code = "item_without_date"
    elif not code and when is not None and when > at:
        code = "item_ahead"
    if code or when is None:
        found.skipped.append(Skipped(place, title, code))
        return
    summary = one_line(plain(told.summary))[:LONGEST_SUMMARY]
    found.items.append(Item(url, title or _title_of(url), when, summary))


def _title_of(url: str) -> str:
    """The last words of an address, where nothing else says what the article is called."""
    path = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    words = path.rpartition(".")[0] or path
    return one_line(words.replace("-", " ").replace("_", " "))[:LONGEST_TITLE] or url[:LONGEST_TITLE]


def read_instant(text: str) -> datetime | None:
    """A date as RSS (RFC 822) or Atom and sitemaps (ISO 8601) write it; a day alone is its noon here; None
    where it is neither."""
    typed = text.strip()
    try:
        if len(typed) == DAY:
            return datetime.fromisoformat(typed).replace(hour=12, tzinfo=LEGAL_ZONE)
        found = datetime.fromisoformat(typed)
    except ValueError:
        try:
            found = parsedate_to_datetime(typed)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        aware = found if found.tzinfo else found.replace(tzinfo=LEGAL_ZONE)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _name(element: Element) -> str:
    """A tag without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def _told(root: Element) -> Iterator[_Told]:
    """Every entry of a document of a known kind. Raises Refused ``feed_kind``."""
    kind = _name(root)
    if kind in ("rss", "rdf"):
        yield from (_rss(e) for e in root.iter() if _name(e) == "item")
    elif kind == "feed":
        yield from (_atom(e) for e in root if _name(e) == "entry")
    elif kind == "urlset":
        yield from (_sitemap(e) for e in root if _name(e) == "url")
    else:
        raise Refused("feed_kind", name=kind[:40])


def _texts(element: Element) -> dict[str, str]:
    """The text of each child by its name; the first counts."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(_name(child), "".join(child.itertext()))
    return found


def _rss(item: Element) -> _Told:
    said = _texts(item)
    url = said.get("link", "")
    if not url.strip() and said.get("guid", "").strip().startswith("http"):
        url = said["guid"]
    return _Told(
        url, said.get("title", ""), said.get("pubdate") or said.get("date", ""), said.get("description", "")
    )


def _atom(entry: Element) -> _Told:
    said = _texts(entry)
    links = [e for e in entry if _name(e) == "link" and e.get("rel", "alternate") == "alternate"]
    url = links[0].get("href", "") if links else ""
    return _Told(
        url, said.get("title", ""), said.get("published") or said.get("updated", ""), said.get("summary", "")
    )


def _sitemap(url: Element) -> _Told:
    said, news = _texts(url), next((_texts(e) for e in url if _name(e) == "news"), {})
    return _Told(
        said.get("loc", ""), news.get("title", ""), news.get("publication_date") or said.get("lastmod", "")
    )
