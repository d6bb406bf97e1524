"""Deadlines as plans print them: understood word by word, or asked about; never guessed.

The whole text must be understood. One word too many, two dates where one is wanted, a day that no calendar
has: then there is no date, and a question that says why.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from parindex.core.formats.days import EARLIEST, LATEST
from parindex.core.formats.folded import folded


LONGEST = 200
FAR = 5  # years from the plan's own beyond which a year is more likely a slip


class DueKind(StrEnum):
    """What a deadline's text says."""

    DAY = "day"
    PERIOD = "period"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as understood.

    Attributes:
        text: as printed, in one line.
        start: the first day of a period that the text names; None elsewhere.
        due: the last day that is in time; None where it recurs, goes on all the time, or is asked about.
        question, data: why it is asked about: ``deadline_missing``, ``deadline_unclear`` (`text`),
            ``deadline_depends`` (`text`), ``deadline_several`` (`text`), ``deadline_impossible`` (`text`),
            ``deadline_reversed`` (`text`), ``deadline_far`` (`text`, `year`); "" where all is understood.
    """

    kind: DueKind
    text: str
    start: date | None = None
    due: date | None = None
    question: str = ""
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_understood(self) -> bool:
        """Whether nothing has to be asked."""
        return self.kind is not DueKind.ASKED


@dataclass(frozen=True, slots=True)
class _Span:
    """A day, or the days of a month, quarter, half or year."""

    start: date
    end: date


class _Asked(Exception):  # noqa: N818  says what happened
    """The text is not understood: why."""

    def __init__(self, question: str, **data: object) -> None:
        super().__init__(question)
        self.question, self.data = question, data


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"(?:iv|i{1,3}|[1-4])"
_Q = rf"(?P<q>{_QUARTER})"
_Y = r"(?: ?[/-] ?|,? (?:cua )?(?:nam )?)(?P<y>\d{4})"
_DAY_WORD = r"(?:ngay )?"
_SHORT_YEAR = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2}")
_DAYS = tuple(
    re.compile(p)
    for p in (
        _DAY_WORD + r"(?P<d>\d{1,2}) ?[/.] ?(?P<m>\d{1,2})(?: ?[/.] ?(?P<y>\d{4})| nam (?P<y2>\d{4}))?",
        _DAY_WORD + r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[t ]00:00(?::00)?)?",
        _DAY_WORD + rf"(?P<d>\d{{1,2}}) (?:thang )(?P<m>\d{{1,2}})(?:{_Y})?",
    )
)
_MONTHS = (
    re.compile(rf"(?P<last>cuoi |het )?(?:thang ?|t\.?)(?P<m>\d{{1,2}})(?:{_Y})?"),
    re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"),
)
_QUARTERS = (re.compile(rf"(?P<last>cuoi |het )?(?:quy ?|q\.?){_Q}(?:{_Y})?"),)
_PARTS = (re.compile(rf"(?:(?P<n>6|sau|9|chin|3|ba) thang|nua) (?P<h>dau|cuoi) nam(?:{_Y})?"),)
_YEARS = (re.compile(r"(?P<last>cuoi |het )?(?:ca )?nam(?: (?P<y>\d{4}))?"),)
_BOUND = re.compile(
    r"(?:(?:phai |can )?(?:hoan thanh|thuc hien|xong|ket thuc)(?: xong)? ?)?"
    r"(?P<bound>truoc|cham nhat|muon nhat|han cuoi|han chot|han|khong qua|den het|den|toi|het|trong|vao)?"
    r"(?: ?(?:la|den|vao|trong|thoi diem|:))* ?(?P<rest>.*)"
)
_RANGE = re.compile(
    r"(?:tu (?P<a>.+?) (?:den(?: het)?|-) (?P<b>.+)|(?P<c>.+?) ?(?:-| den(?: het)?) ?(?P<e>.+))"
)
_SHARED = re.compile(rf"(quy|thang) ({_QUARTER}|\d{{1,2}}) ?- ?({_QUARTER}|\d{{1,2}})(?=$|[/ ,])")
_DEPENDS = re.compile(
    r"(?:ngay )?(?:sau khi|khi co|khi |sau \d+ ngay|trong vong|ke tu|theo (?!dinh ky\b)|tuy theo|cung voi)"
)
_IN_YEAR = r"(?:,? ?(?:trong (?:ca )?nam|ca nam|hang nam|cac thang trong nam)(?: (?:\d{4}))?)?"
_CONTINUOUS = re.compile(
    r"(?:thuc hien )?(?:thuong xuyen|lien tuc|hang ngay)(?:[, ]+(?:thuong xuyen|lien tuc|hang ngay))*"
    + _IN_YEAR
)
_EVERY = r"(?:ngay|tuan|thang|quy|nam|6 thang|9 thang)"
_RECURRING = re.compile(
    r"(?:(?:thuc hien|bao cao|theo) )*"
    rf"(?:(?:(?:dinh ky )?(?:hang|moi)|dinh ky) {_EVERY}|dinh ky)"
    rf"(?: ?(?:,|va|;) ?(?:(?:hang |moi |dinh ky )*{_EVERY}(?: dau nam| cuoi nam)?))*" + _IN_YEAR
)
_DAY_OF_EACH = re.compile(
    r"(?:truoc |vao |cham nhat )?(?:ngay )?(?:\d{1,2}(?:/\d{1,2})?|cuoi|dau) ?(?:cua )?(?:hang|moi) "
    rf"{_EVERY}"
)
_SEVERAL = re.compile(r"[;,\n]| va | hoac ")


def read_deadline(text: str, *, year: int) -> Deadline:
    """What a deadline's text says, in a plan of a year.

    A period (quarter, month, half a year) is due on its last day, its end (“cuối quý III”) on that day.
    “Trước” leaves out the day or the period that it names: “trước 15/12” is due on the 14th.
    """
    shown = " ".join(text.split())
    if not shown:
        return Deadline(DueKind.ASKED, "", question="deadline_missing")
    try:
        if len(shown) > LONGEST:
            raise _Asked("deadline_unclear")
        return _read(shown, _plain(shown), year)
    except _Asked as asked:
        data = {"text": shown[:LONGEST], **asked.data}
        return Deadline(DueKind.ASKED, shown, question=asked.question, data=data)


def _plain(text: str) -> str:
    """Folded, without what ends a sentence or stands around it."""
    bare = folded(text).strip(" .;,()[]")
    bare = re.sub(r"\b(?:moi|hang) (?=6 thang|9 thang)", "hang ", bare)
    return _SHARED.sub(r"\1 \2 - \1 \3", bare)


def _read(shown: str, plain: str, year: int) -> Deadline:
    if _CONTINUOUS.fullmatch(plain):
        return Deadline(DueKind.CONTINUOUS, shown)
    if _is_recurring(plain):
        return Deadline(DueKind.RECURRING, shown)
    bound = _BOUND.fullmatch(plain)
    if bound is None:
        raise _Asked("deadline_unclear")
    rest, exclusive = bound["rest"].strip(), bound["bound"] == "truoc"
    span = _span(rest, year)
    if span is not None:
        return _of_span(shown, span, year, exclusive=exclusive)
    between = None if bound["bound"] else _between(rest, year)
    if between is not None:
        return _from_to(shown, *between)
    if _DEPENDS.match(plain):
        raise _Asked("deadline_depends")
    if _SEVERAL.search(plain) and re.search(r"\d|quy|thang", plain):
        raise _Asked("deadline_several")
    raise _Asked("deadline_unclear")


def _is_recurring(plain: str) -> bool:
    """Every part of it recurs, or goes on all the time."""
    if _RECURRING.fullmatch(plain) or _DAY_OF_EACH.fullmatch(plain):
        return True
    parts = [p.strip() for p in re.split(r"[,;]| va ", plain)]
    return len(parts) > 1 and all(
        _RECURRING.fullmatch(p) or _CONTINUOUS.fullmatch(p) or _DAY_OF_EACH.fullmatch(p) for p in parts
    )


def _of_span(shown: str, span: _Span, year: int, *, exclusive: bool) -> Deadline:
    if exclusive and span.start <= date(year, 1, 1) < span.end:
        raise _Asked("deadline_unclear")  # “trước năm”, “trước quý I”: before the plan's own year
    if exclusive:
        return Deadline(DueKind.DAY, shown, due=span.start - timedelta(days=1))
    if span.start == span.end:
        return Deadline(DueKind.DAY, shown, due=span.end)
    return Deadline(DueKind.PERIOD, shown, start=span.start, due=span.end)


def _from_to(shown: str, start: date, due: date) -> Deadline:
    if due < start:
        raise _Asked("deadline_reversed")
    return Deadline(DueKind.PERIOD, shown, start=start, due=due)


def _between(rest: str, year: int) -> tuple[date, date] | None:
    """The first and last day of “từ … đến …”, “… - …”; a year at the end is the year of both."""
    found = _RANGE.fullmatch(rest)
    if found is None:
        return None
    first, last = (found["a"], found["b"]) if found["a"] else (found["c"], found["e"])
    end = _span(last.strip(), year)
    if end is None:
        return None
    start = _span(first.strip(), end.end.year)
    return None if start is None else (start.start, end.end)


def _span(plain: str, year: int) -> _Span | None:
    """The days that a text names as a whole; None where it is no such text."""
    if _SHORT_YEAR.fullmatch(plain.removeprefix("ngay ")):
        raise _Asked("deadline_unclear")
    for patterns, make in _KINDS:
        for pattern in patterns:
            found = pattern.fullmatch(plain)
            if found is not None:
                return make(found, _year(found, year))
    return None


def _year(found: re.Match[str], year: int) -> int:
    """The year that is said, or the plan's."""
    groups = found.groupdict()
    said = groups.get("y") or groups.get("y2")
    if said is None:
        return year
    if abs(int(said) - year) > FAR:
        raise _Asked("deadline_far", year=year)
    return int(said)


def _day(found: re.Match[str], year: int) -> _Span:
    try:
        made = date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        raise _Asked("deadline_impossible") from None
    if not EARLIEST < made < LATEST:
        raise _Asked("deadline_impossible")
    return _Span(made, made)


def _months(found: re.Match[str], year: int, *, first: int, last: int) -> _Span:
    if not 1 <= first <= last <= 12:
        raise _Asked("deadline_impossible")
    end = date(year, last, monthrange(year, last)[1])
    return _Span(end if found.groupdict().get("last") else date(year, first, 1), end)


def _month(found: re.Match[str], year: int) -> _Span:
    return _months(found, year, first=int(found["m"]), last=int(found["m"]))


def _quarter(found: re.Match[str], year: int) -> _Span:
    number = _ROMAN[found["q"]]
    return _months(found, year, first=3 * number - 2, last=3 * number)


def _part_of_year(found: re.Match[str], year: int) -> _Span:
    count = {"9": 9, "chin": 9, "3": 3, "ba": 3}.get(found["n"] or "", 6)
    if found["h"] == "cuoi":
        return _months(found, year, first=13 - count, last=12)
    return _months(found, year, first=1, last=count)


def _whole_year(found: re.Match[str], year: int) -> _Span:
    return _months(found, year, first=1, last=12)


_KINDS: tuple[tuple[tuple[re.Pattern[str], ...], Callable[[re.Match[str], int], _Span]], ...] = (
    (_DAYS, _day),
    (_MONTHS, _month),
    (_QUARTERS, _quarter),
    (_PARTS, _part_of_year),
    (_YEARS, _whole_year),
)
