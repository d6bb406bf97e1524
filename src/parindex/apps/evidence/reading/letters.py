"""What a letter says of itself, by the layout that Decree 30/2020/NĐ-CP prescribes.

Upper left the issuing body below the one above it, then number and notation; upper right the motto, then
place and date; in the middle the kind of document with its summary (or, for a plain letter, ``V/v`` below the
number); at the end the authority to sign, the office, and the signer's name. PDF readers return the two
columns beside each other, one after the other, or mixed, so what is known to stand right is taken out first.
What is found is proposed, never believed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from parindex.apps.evidence.reading.layout import (
    AUTHORITIES,
    BEGINNINGS,
    BODIES,
    KINDS,
    OFFICES,
    STAMPS,
    SURNAMES,
)
from parindex.apps.evidence.rules import Metadata
from parindex.apps.search.folding import Letters, fold


HEAD_LINES = 45
TITLE_LINES = 6
LONGEST_SIGN = 14
LONGEST_NAME = 6
_STAMPS = frozenset(fold(s) for s in STAMPS)
_MOTTO = re.compile(
    "cong hoa xa hoi chu nghia viet nam|doc lap *[-–—] *tu do *[-–—] *hanh phuc|dang cong san viet nam"
)
_DATE = re.compile(
    r"(?:[^\s,][^,\n]{1,40},\s*)?ngay\s*([\dol]{1,2})\s*thang\s*([\dol]{1,2})\s*nam\s*([\dol]{4})"
)
_PLACED_DATE = re.compile(r"[^\s,][^,\n]{1,40},\s*ngay\b")
_NUMBER = re.compile(r"\s*so\s*[:;.]?\s*(\d{1,6})\s*([a-z]?)([/-])([^\W_][\w.&/-]*)")
_UNNUMBERED = re.compile(r"\s*so\s*[:;.]?\s*[.…_]*\s*/\s*[^\W\d_]")
_ABOUT = re.compile(r"\s*v\s*/\s*v\b[:.]?\s*")
_ITEM = re.compile(r"[ivx]+\.|\d+[.)]|[-_*–—.]{3,}")
_LOOSE_NUMBER = re.compile(r"^(\s*S\w\s*[:.])\s+(?=[/\d])")
_DASHES = re.compile(r"\s*([/–—-])\s*")


def read_letter(text: str) -> Metadata:
    """Number, date, issuing body, signer and title of a document, as far as its layout tells."""
    composed = unicodedata.normalize("NFC", text)
    first = "\n".join(composed.partition("\f")[0].splitlines()[:HEAD_LINES])
    cells = _cells(first)
    place, number = _number(cells)
    return Metadata(
        number=number,
        issued_on=_date(first),
        issuer=_issuer(cells[:place]),
        signer=_signer(composed),
        title=_title(cells, place),
    ).cleaned()


def _one(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else " "


_ONES = Letters(_one)


def _flat(text: str) -> str:
    """Folded letter by letter, so that places in it are places in the text."""
    return text.translate(_ONES)


def _begins(cell: str, words: tuple[str, ...]) -> bool:
    return _flat(cell).startswith(tuple(fold(w) for w in words))


def _capitals(cell: str) -> bool:
    return cell == cell.upper() and any(c.isalpha() for c in cell)


def _cells(page: str) -> list[str]:
    """What stands left or in the middle, line by line: without the motto and the date."""
    cells = []
    for line in page.splitlines():
        for cell in re.split(r"\t| {3,}", _LOOSE_NUMBER.sub(r"\1 ", line)):
            number, rest = _parted(_without(_MOTTO, cell))
            kept = _without(_DATE, rest) if _PLACED_DATE.search(_flat(rest)) else rest
            cells += [number, " ".join(kept.split())]
    return [c for c in cells if re.search(r"\w|[-_–—]{3}", c)]


def _parted(cell: str) -> tuple[str, str]:
    """The number that a line begins with, and what stands beside it."""
    tight = _DASHES.sub(r"\1", cell).replace("–", "-").replace("—", "-").strip()
    match = _NUMBER.match(_flat(tight))
    return (tight[: match.end()], tight[match.end() :]) if match else ("", cell)


def _without(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(_flat(text))
    return text[: match.start()] + text[match.end() :] if match else text


def _number(cells: list[str]) -> tuple[int, str]:
    """Where the head ends, and the number that stands there; "" where its place was left empty."""
    for k, cell in enumerate(cells):
        match = _NUMBER.match(_flat(cell))
        notation = cell[match.start(4) : match.end(4)].rstrip(".-/") if match else ""
        if match and next((c for c in notation if c.isalpha()), "").isupper():
            digits, letter, mark, _ = match.groups()
            return k, f"{digits}{letter}{mark}{notation}"
        if _UNNUMBERED.match(_flat(cell)) or _kind(cell) or _ABOUT.match(_flat(cell)):
            return k, ""
    return 0, ""


def _date(head: str) -> date | None:
    """The first date that follows a place."""
    for match in _DATE.finditer(_flat_lines(head)):
        if _PLACED_DATE.match(match[0]):
            # recognised digits may have come out as letters
            day, month, year = (int(g.replace("o", "0").replace("l", "1")) for g in match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _flat_lines(text: str) -> str:
    return "\n".join(_flat(line) for line in text.splitlines())


def _issuer(cells: list[str]) -> str:
    """The lower of the bodies above the number, over as many lines as its name takes."""
    upper = [c for c in cells if _capitals(c) and len(c) > 2 and fold(c).strip(" .:") not in _STAMPS]
    starts = [k for k, cell in enumerate(upper) if _begins(cell, BODIES)]
    return " ".join(upper[starts[-1] :]) if starts else ""


def _kind(cell: str) -> str:
    """The kind of document that a line names and nothing else."""
    if not _capitals(cell):
        return ""
    return next((k for k in KINDS if fold(cell).strip(" .:") == fold(k)), "")


def _title(cells: list[str], place: int) -> str:
    """Kind and summary, or what follows ``V/v``."""
    for k, cell in enumerate(cells[place:], start=place):
        about = _ABOUT.match(_flat(cell))
        if about:
            return "V/v " + " ".join([cell[about.end() :], *_summary(cells[k + 1 :])])
        kind = _kind(cell)
        if kind:
            return f"{kind.capitalize()} {_continued(' '.join(_summary(cells[k + 1 :])))}".strip()
    return ""


def _summary(cells: list[str]) -> list[str]:
    """The lines up to where the text begins."""
    said: list[str] = []
    for cell in cells[:TITLE_LINES]:
        office = _capitals(cell) and (_begins(cell, OFFICES) or _begins(cell, BODIES))
        if office or _begins(cell, BEGINNINGS) or _ITEM.match(_flat(cell)) or _kind(cell):
            break
        if cell.endswith((".", ";", ":")):
            break
        said.append(cell)
    return said


def _continued(summary: str) -> str:
    """As it goes on after the kind: its capital becomes small, unless more capitals follow."""
    second = summary[1:2]
    return summary[:1].lower() + summary[1:] if second.islower() or second == " " else summary


def _signer(text: str) -> str:
    """The name below the last office that signs: near ``Nơi nhận`` where that stands, before any annex."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    signs = [k for k, line in enumerate(lines) if _signs(line)]
    recipients = next((k for k, line in enumerate(lines) if _flat(line).startswith("noi nhan")), None)
    if recipients is not None:
        signs = [k for k in signs if recipients - 8 <= k <= recipients + 12] or signs
    for k in reversed(signs):
        for line in lines[k + 1 : k + 15]:
            name = _name(line)
            if name:
                return name
    return ""


def _signs(line: str) -> bool:
    """A line ends with an office or an authority to sign, in capitals."""
    words = line.split()
    upper = " ".join(w for w in words if w == w.upper())
    bare = upper.removeprefix("PHÓ ").removeprefix("QUYỀN ")
    offices = any(bare.endswith(o) or f"{o} " in f"{bare} " for o in OFFICES)
    return (offices and len(words) < LONGEST_SIGN) or any(w in AUTHORITIES for w in words)


def _name(line: str) -> str:
    """The person's name that a line is or ends with."""
    words = line.split()
    start = len(words)
    while start and words[start - 1].isalpha() and words[start - 1].istitle():
        start -= 1
    run = words[start:][-LONGEST_NAME:]
    for k, word in enumerate(run):
        if word in SURNAMES and len(run) - k > 1:
            return " ".join(run[k:])
    return ""
