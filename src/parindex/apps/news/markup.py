"""Text of articles: cleaned by an allow-list, made of plain typing, cut where pictures go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

import nh3


TAGS = frozenset(
    {"p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "hr", "a", "strong", "b", "em", "i", "u", "s"}
    | {"sub", "sup", "table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = frozenset({"http", "https", "mailto"})
_BLOCK = re.compile(r"<(?:p|h[1-6]|ul|ol|blockquote|table|div|br|hr)\b", re.I)
_PICTURE = re.compile(r"<p>\s*\[(?:ảnh|hình|picture)\s*(\d{1,3})\]\s*</p>", re.I)
_TAG = re.compile(r"<[^>]+>")
_BREAKS = re.compile(r"</(?:p|h2|h3|li|th|td|blockquote)>|<br>|<hr>")
_EMPTY = re.compile(r"<(p|h2|h3)>(?:\s|&nbsp;|<br>)*</\1>")
_SPACES = re.compile(r"\s+")


def clean(html: str) -> str:
    """What is left of HTML when only text, headings, lists, quotes, tables and links may stay.

    Scripts and styles go with all they hold; of any other unknown element only its text stays. Links lead to
    http, https, mail or this site, and tell the other side nothing.
    """
    return nh3.clean(
        unicodedata.normalize("NFC", html),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
        clean_content_tags={"script", "style"},
        strip_comments=True,
    )


def body_from(typed: str) -> str:
    """Clean HTML from what the editor or a bare text field sends.

    Text without any block of HTML is plain: an empty line begins a paragraph, ``## `` a heading, ``- `` an
    item of a list.
    """
    made = typed if _BLOCK.search(typed) else "".join(_blocks(typed))
    return _EMPTY.sub("", clean(made)).strip()


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and all(line.startswith(("- ", "* ")) for line in lines):
            yield "<ul>" + "".join(f"<li>{escape(line[2:])}</li>" for line in lines) + "</ul>"
        elif len(lines) == 1 and lines[0].startswith("## "):
            yield f"<h2>{escape(lines[0][3:])}</h2>"
        elif lines:
            yield "<p>" + "<br>".join(map(escape, lines)) + "</p>"


def plain(html: str) -> str:
    """The words of clean HTML, for searching and comparing."""
    return _SPACES.sub(" ", unescape(_TAG.sub("", _BREAKS.sub(" ", html)))).strip()


def lines_of(html: str) -> list[str]:
    """The text of clean HTML, a block a line, for comparing two revisions."""
    return [line for part in _BREAKS.split(html) if (line := plain(part))]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an article's body: clean HTML, or the number of the picture that stands there."""

    html: str = ""
    picture: int = 0


def parts_of(body: str) -> list[Part]:
    """A body cut at the places of its pictures: a paragraph that says ``[ảnh 2]`` and nothing else."""
    found: list[Part] = []
    for k, piece in enumerate(_PICTURE.split(body)):
        if k % 2:
            found.append(Part(picture=int(piece)))
        elif piece.strip():
            found.append(Part(html=piece))
    return found
