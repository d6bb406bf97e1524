"""Charts as small SVG strings: bars, bands, lines, dots. Colour comes from classes, so they print and obey
CSP.

Widths are percentages and heights pixels, so that a chart fills its column while letters and dots keep their
size. Every chart carries a `<title>` for screen readers; the page gives the same numbers in a table or in
words. Fractions become floats here and only here: geometry may be inexact, shown numbers never are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from parindex.core.wording.notation import number
from parindex.web.parts.languages import language


Number = Fraction | float | int


def _svg(height: float, title: str, body: str, *, css: str = "") -> SafeString:
    """An SVG image as wide as its column."""
    named = f' class="{css}"' if css else ""
    head = f'<svg role="img" width="100%" height="{height:g}"{named}>'
    return mark_safe(f"{head}<title>{escape(title)}</title>{body}</svg>")  # noqa: S308  parts are escaped above


def _shown(value: Number, decimals: int | None = None) -> str:
    """A number of an axis or a label in the page's notation."""
    return number(Fraction(value), language(), decimals=decimals)


def _share(value: Number, whole: Number) -> float:
    """value / whole, kept inside 0..1."""
    return min(max(float(value) / float(whole), 0.0), 1.0) if whole else 0.0


def _text(x: float, y: float, words: str, *, css: str = "axis-text", anchor: str = "middle") -> str:
    return f'<text class="{css}" x="{x:.1f}%" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'


def _tick(at: float, *, top: float, bottom: float) -> str:
    """A vertical mark that stays visible on a bar: its halo first."""
    ends = f'x1="{at:.1f}%" x2="{at:.1f}%" y1="{top:g}" y2="{bottom:g}"'
    return f'<line class="tick-halo" {ends}/><line class="tick-median" {ends}/>'


def score_bar(points: Number, maximum: Number, title: str, *, median: Number | None = None) -> SafeString:
    """Points held (solid) of an applicable maximum, with the group's median (percent) as a tick."""
    body = '<rect class="bar-lost" y="3" width="100%" height="8" rx="2"/>'
    body += f'<rect class="bar-got" y="3" width="{_share(points, maximum) * 100:.1f}%" height="8" rx="2"/>'
    if median is not None:
        body += _tick(_share(median, 100) * 100, top=0, bottom=14)
    return _svg(14, title, body)


def diverging_bar(difference: Number, limit: Number, title: str) -> SafeString:
    """A difference as a bar to the right (better) or left (worse) of a middle line; `limit` fills a half."""
    length = _share(abs(float(difference)), limit) * 48
    left, css = (50.0, "bar-got") if difference >= 0 else (50 - length, "bar-low")
    body = f'<rect class="{css}" x="{left:.1f}%" y="3" width="{length:.1f}%" height="10" rx="1"/>'
    body += '<line class="tick-median" x1="50%" x2="50%" y1="0" y2="16"/>'
    return _svg(16, title, body)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar: its size, its colour class, and what it says."""

    size: Number
    css: str
    label: str


def stacked_bar(segments: Sequence[Segment], title: str, *, height: int = 22) -> SafeString:
    """Parts of a whole side by side, each with its own tooltip."""
    whole = sum(float(s.size) for s in segments) or 1.0
    body, x = [], 0.0
    for segment in segments:
        w = float(segment.size) / whole * 100
        if w > 0:
            size = f'x="{x:.2f}%" width="{max(w - 0.3, 0.3):.2f}%" height="{height}"'
            body.append(f'<rect class="{segment.css}" {size}><title>{escape(segment.label)}</title></rect>')
        x += w
    return _svg(height, title, "".join(body))


def rank_band(span: tuple[int, int], size: int, title: str, *, rank: int) -> SafeString:
    """The span of ranks a unit may hold (5-95 %) and its published rank, on a scale of 1..size."""
    low, high = span

    def at(position: float) -> float:
        return 3 + 94 * (position - 1) / max(size - 1, 1)

    half = 94 / max(size - 1, 1) / 2
    left, right = max(at(low) - half, 0), min(at(high) + half, 100)
    body = '<line class="axis" x1="1%" x2="99%" y1="34" y2="34"/>'
    body += f'<rect class="band" x="{left:.1f}%" y="27" width="{right - left:.1f}%" height="14" rx="7"/>'
    body += f'<circle class="band-dot" cx="{at(rank):.1f}%" cy="34" r="6"/>'
    body += _text(at(rank), 19, str(rank), css="value-text")
    marks = {p for p in (low, high) if p not in (1, size)}
    body += "".join(_text(at(p), 57, str(p)) for p in sorted(marks))
    body += _text(1, 57, "1", anchor="start") + _text(99, 57, str(size), anchor="end")
    return _svg(62, title, body)


def interval_bar(value: Number, span: tuple[Number, Number] | None, title: str) -> SafeString:
    """A percentage as a dot on 0..100, and how sure it is as a band around it; without one where nobody
    knows."""
    body = '<line class="axis" x1="0" x2="100%" y1="10" y2="10"/>'
    body += "".join(
        f'<line class="axis" x1="{at}%" x2="{at}%" y1="7" y2="13"/>' for at in (0, 25, 50, 75, 100)
    )
    if span is not None:
        low, high = (_share(end, 100) * 100 for end in span)
        body += f'<rect class="band" x="{low:.1f}%" y="5" width="{high - low:.1f}%" height="10" rx="5"/>'
    body += f'<circle class="band-dot" cx="{1 + 0.98 * _share(value, 100) * 100:.1f}%" cy="10" r="4"/>'
    return _svg(20, title, body)


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend: a name, a colour class, and (label, value or None) points."""

    name: str
    css: str
    points: Sequence[tuple[str, Number | None]]


LEFT, RIGHT, TOP = 12.0, 95.0, 24


def trend(
    series: Sequence[Series], title: str, *, height: int = 190, shown: Sequence[str] = ()
) -> SafeString:
    """Lines over periods; a missing value breaks the line. `shown` are value labels of the first series."""
    labels = [label for label, _ in series[0].points]
    low, high = _bounds([float(v) for s in series for _, v in s.points if v is not None])
    bottom, last = height - 28, len(labels) - 1

    def x(k: int) -> float:
        return LEFT + 2 + (RIGHT - LEFT - 2) * (k / last if last else 0.5)

    def y(value: Number) -> float:
        return bottom - (bottom - TOP) * (float(value) - low) / (high - low)

    body = [_gridline(y(v), v) for v in (low, (low + high) / 2, high)]
    body += [_text(x(k), height - 8, w) for k, w in enumerate(labels) if (last - k) % _every(last) == 0]
    body += [_strokes(s, x, y) for s in series]
    for k, ((_, value), text) in enumerate(zip(series[0].points, shown, strict=False)):
        if value is not None and text:
            at, anchor = x(k), "middle"
            if last and k in (0, last):
                at, anchor = (99.0, "end") if k else (at - 1, "start")
            body.append(_text(at, y(value) - 11, text, css="value-text", anchor=anchor))
    return _svg(height, title, "".join(body))


def _every(last: int) -> int:
    """Every how many-th period is labelled so that labels do not touch."""
    return 1 + last // 7


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """A readable axis around the values: multiples of five, never of zero height."""
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    step = 5 if high > 12 else 0.5
    low, high = (low // step) * step, -(-high // step) * step
    return (low, high) if high > low else (low - step, high + step)


def _gridline(y: float, value: float) -> str:
    """A horizontal rule with its value at the left."""
    rule = f'<line class="axis" x1="{LEFT}%" x2="{RIGHT + 2}%" y1="{y:.1f}" y2="{y:.1f}"/>'
    return rule + _text(LEFT - 2, round(y + 4, 1), _shown(value), anchor="end")


def _strokes(series: Series, x: Callable[[int], float], y: Callable[[Number], float]) -> str:
    """The strokes and dots of one series."""
    known = [(k, v) for k, (_, v) in enumerate(series.points) if v is not None]
    lines = [
        f'<line class="line {series.css}" x1="{x(a):.1f}%" y1="{y(v):.1f}" x2="{x(b):.1f}%" y2="{y(w):.1f}"/>'
        for (a, v), (b, w) in pairwise(known)
        if b == a + 1
    ]
    dots = [
        f'<circle class="dot {series.css}" cx="{x(k):.1f}%" cy="{y(v):.1f}" r="4">'
        f"<title>{escape(series.name)} {escape(series.points[k][0])}: {_shown(v, 2)}</title></circle>"
        for k, v in known
    ]
    return "".join(lines + dots)


BINS = 60


def dot_strip(
    values: Sequence[tuple[str, Number]],
    here: str,
    title: str,
    *,
    high: Number = 100,
    median: Number | None = None,
) -> SafeString:
    """Where one unit stands among its group: a dot for each value on 0..high, its own marked; equals are
    stacked, and the group's median is a tick."""
    heights: dict[int, int] = {}
    own = next((round(_share(value, high) * BINS) for name, value in values if name == here), None)
    dots, mine = [], ""
    for name, value in sorted(values, key=lambda pair: pair[0] != here):
        place = round(_share(value, high) * BINS)
        level = heights[place] = heights.get(place, -1) + 1
        lift = 4 if level and place == own else 0
        at = f'cx="{2 + 96 * place / BINS:.1f}%" cy="{72 - lift - min(level, 6) * 9}"'
        dot = f"{at}><title>{escape(name)}</title></circle>"
        if name == here:
            mine = f'<circle class="dot-here" r="7" {dot}'
        else:
            dots.append(f'<circle class="dot-other" r="4" {dot}')
    body = '<line class="axis" x1="2%" x2="98%" y1="81" y2="81"/>'
    if median is not None:
        body += _tick(2 + 96 * _share(median, high), top=4, bottom=85)
    body += _text(2, 97, "0", anchor="start") + _text(98, 97, _shown(high), anchor="end")
    return _svg(102, title, body + "".join(dots) + mine)


MARKS = "●■▲◆"


def mark_strip(values: Sequence[Number | None], span: tuple[Number, Number], title: str) -> SafeString:
    """Two to four values on one line: each unit keeps its shape (`MARKS`) and its colour (c1 to c4)."""
    low, high = float(span[0]), float(span[1])
    body = '<line class="axis" x1="2%" x2="98%" y1="11" y2="11"/>'
    for k, value in reversed(list(enumerate(values))):
        if value is not None:
            body += _text(4 + 92 * _share(float(value) - low, high - low), 16, MARKS[k], css=f"mark c{k + 1}")
    return _svg(22, title, body)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts from a day to a day, both inclusive; `said` stands at its end."""

    label: str
    first: date
    last: date
    css: str
    said: str = ""


ROW, LETTERS = 42, 40
"""The height of a stretch, and how many letters of a label are sure to fit on a telephone."""


def stretches(
    rows: Sequence[Stretch], span: tuple[date, date], title: str, *, today: date | None = None
) -> SafeString:
    """Stretches of days below one another, each with its label above; months are ruled, today is a tick."""
    first, last = span
    whole = (last - first).days + 1
    height = 24 + ROW * len(rows)

    def x(day: date) -> float:
        return 1 + 98 * _share((day - first).days, whole)

    body = [_month(day, x(day), height) for day in _months(first, last)]
    if today is not None and first <= today <= last:
        body.append(_tick(x(today), top=20, bottom=height))
    for k, row in enumerate(rows):
        top = 24 + ROW * k
        label = row.label if len(row.label) <= LETTERS else f"{row.label[: LETTERS - 1].rstrip()}…"
        body.append(_text(1, top + 14, label, css="axis-text", anchor="start"))
        left, right = x(row.first), x(row.last + timedelta(days=1))
        width = max(right - left, 1.2)
        shape = f'x="{min(left, 99 - width):.1f}%" y="{top + 20}" width="{width:.1f}%" height="12" rx="3"'
        said = f"<title>{escape(row.label)}: {escape(row.said)}</title>"
        body.append(f'<rect class="{row.css}" {shape}>{said}</rect>')
    return _svg(height, title, "".join(body))


def _months(first: date, last: date) -> list[date]:
    """The first days of the months of a span."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    found = [date(m // 12, m % 12 + 1, 1) for m in months]
    return [day for day in found if day >= first]


def _month(day: date, at: float, height: int) -> str:
    """A month's rule; every third has its number."""
    rule = f'<line class="axis" x1="{at:.1f}%" x2="{at:.1f}%" y1="18" y2="{height}"/>'
    words = f"{day.month}/{day.year}" if day.month == 1 else str(day.month)
    return rule + (_text(at, 13, words, anchor="start") if day.month % 3 == 1 and at < 92 else "")
