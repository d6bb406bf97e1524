"""Charts as small SVG strings: bars, bands, lines, dots. Colour comes from classes, so they print and obey
CSP.

Every chart carries a `<title>` for screen readers; the page gives the same numbers in a table or in words.
Fractions become floats here and only here: geometry may be inexact, shown numbers never are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from parindex.core.wording.notation import number
from parindex.web.parts.languages import language


Number = Fraction | float | int


def _svg(size: tuple[float, float], title: str, body: str, *, stretch: bool = False) -> SafeString:
    """An SVG image that scales down with its column; `stretch` lets it fill the column's width."""
    width, height = size
    css = ' class="stretch" preserveAspectRatio="none"' if stretch else ""
    head = f'<svg role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"{css}>'
    return mark_safe(f"{head}<title>{escape(title)}</title>{body}</svg>")  # noqa: S308  parts are escaped above


def _shown(value: Number, decimals: int | None = None) -> str:
    """A number of an axis or a label in the page's notation."""
    return number(Fraction(value), language(), decimals=decimals)


def _share(value: Number, whole: Number) -> float:
    """value / whole, kept inside 0..1."""
    return min(max(float(value) / float(whole), 0.0), 1.0) if whole else 0.0


def score_bar(
    points: Number, maximum: Number, title: str, *, median: Number | None = None, width: int = 320
) -> SafeString:
    """Points held (solid) of an applicable maximum, with the group's median (percent) as a tick."""
    got = _share(points, maximum) * width
    body = (
        f'<rect class="bar-lost" y="3" width="{width}" height="8" rx="2"/>'
        f'<rect class="bar-got" y="3" width="{got:.1f}" height="8" rx="2"/>'
    )
    if median is not None:
        at = _share(median, 100) * width
        body += f'<line class="tick-median" x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="14"/>'
    return _svg((width, 14), title, body, stretch=True)


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar: its size, its colour class, and what it says."""

    size: Number
    css: str
    label: str


def stacked_bar(segments: Sequence[Segment], title: str, *, width: int = 640, height: int = 22) -> SafeString:
    """Parts of a whole side by side, each with its own tooltip."""
    whole = sum(float(s.size) for s in segments) or 1.0
    body, x = [], 0.0
    for segment in segments:
        w = float(segment.size) / whole * width
        if w > 0:
            size = f'x="{x:.1f}" width="{max(w - 1, 0.5):.1f}" height="{height}"'
            body.append(f'<rect class="{segment.css}" {size}><title>{escape(segment.label)}</title></rect>')
        x += w
    return _svg((width, height), title, "".join(body))


def rank_band(span: tuple[int, int], size: int, title: str, *, rank: int, width: int = 260) -> SafeString:
    """The span of ranks a unit may hold (5-95 %) and its published rank, on a scale of 1..size."""
    low, high = span
    step = (width - 20) / max(size - 1, 1)

    def at(position: int) -> float:
        return 10 + (position - 1) * step

    body = f'<line class="axis" x1="10" x2="{width - 10}" y1="12" y2="12"/>'
    left, length = at(low) - 5, at(high) - at(low) + 10
    body += f'<rect class="band" x="{left:.1f}" y="7" width="{length:.1f}" height="10" rx="5"/>'
    body += f'<circle class="band-dot" cx="{at(rank):.1f}" cy="12" r="5"/>'
    for position in sorted({1, size}):
        anchor = "start" if position == 1 else "end"
        x = 4 if position == 1 else width - 4
        body += f'<text class="axis-text" x="{x}" y="32" text-anchor="{anchor}">{position}</text>'
    return _svg((width, 36), title, body)


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a trend: a name, a colour class, and (label, value or None) points."""

    name: str
    css: str
    points: Sequence[tuple[str, Number | None]]


def trend(
    series: Sequence[Series], title: str, *, width: int = 400, height: int = 190, shown: Sequence[str] = ()
) -> SafeString:
    """Lines over periods; a missing value breaks the line. `shown` are value labels of the first series."""
    labels = [label for label, _ in series[0].points]
    low, high = _bounds([float(v) for s in series for _, v in s.points if v is not None])
    left, right, top, bottom = 34, width - 16, 22, height - 26
    last = len(labels) - 1

    def x(k: int) -> float:
        return left + (right - left) * (k / last if last else 0.5)

    def y(value: Number) -> float:
        return bottom - (bottom - top) * (float(value) - low) / (high - low)

    def words(k: int, at: float, *, css: str, text: str) -> str:
        anchor = "start" if k == 0 and last else "end" if k == last and last else "middle"
        return f'<text class="{css}" x="{x(k):.1f}" y="{at:.1f}" text-anchor="{anchor}">{escape(text)}</text>'

    body = [_gridline((left, right), y(v), v) for v in (low, (low + high) / 2, high)]
    body += [
        words(k, height - 6, css="axis-text", text=label)
        for k, label in enumerate(labels)
        if (last - k) % _every(last) == 0
    ]
    body += [_polyline(s, x, y) for s in series]
    for k, ((_, value), text) in enumerate(zip(series[0].points, shown, strict=False)):
        if value is not None and text:
            body.append(words(k, y(value) - 10, css="value-text", text=text))
    return _svg((width, height), title, "".join(body))


def _every(last: int) -> int:
    """Every how many-th period is labelled so that labels do not touch."""
    return 1 + last // 7


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """A readable axis around the values: multiples of five, never of zero height."""
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    step = 5 if high > 12 else 0.5
    low, high = (low // step) * step, -(-high // step) * step
    return (low, high) if high > low else (low - step, high + step)


def _gridline(ends: tuple[float, float], y: float, value: float) -> str:
    """A horizontal rule with its value at the left."""
    left, right = ends
    return (
        f'<line class="axis" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="axis-text" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{_shown(value)}</text>'
    )


def _polyline(series: Series, x: Callable[[int], float], y: Callable[[Number], float]) -> str:
    """The strokes and dots of one series."""
    parts: list[list[tuple[float, float, str, Number]]] = []
    run: list[tuple[float, float, str, Number]] = []
    for k, (label, value) in enumerate(series.points):
        if value is None:
            parts.append(run)
            run = []
            continue
        run.append((x(k), y(value), label, value))
    parts.append(run)
    strokes = [" ".join(f"{a:.1f},{b:.1f}" for a, b, _, _ in part) for part in parts if len(part) > 1]
    dots = [
        f'<circle class="dot {series.css}" cx="{a:.1f}" cy="{b:.1f}" r="4">'
        f"<title>{escape(series.name)} {escape(label)}: {_shown(value, 2)}</title></circle>"
        for part in parts
        for a, b, label, value in part
    ]
    lines = [f'<polyline class="line {series.css}" points="{stroke}"/>' for stroke in strokes]
    return "".join(lines + dots)


def dot_strip(
    values: Sequence[tuple[str, Number]], here: str, title: str, *, high: Number = 100, width: int = 520
) -> SafeString:
    """Where one unit stands among its group: a dot for each value on 0..high, its own marked; equals are
    stacked."""
    heights: dict[int, int] = {}
    dots, mine = [], ""
    for name, value in values:
        x = 12 + _share(value, high) * (width - 24)
        level = heights.get(round(x / 8), 0)
        heights[round(x / 8)] = level + 1
        y = 50 - min(level, 5) * 8
        dot = f'cx="{x:.1f}" cy="{y}"><title>{escape(name)}</title></circle>'
        if name == here:
            mine = f'<circle class="dot-here" r="7" {dot}'
        else:
            dots.append(f'<circle class="dot-other" r="3.6" {dot}')
    scale = f'<line class="axis" x1="12" x2="{width - 12}" y1="58" y2="58"/>'
    scale += '<text class="axis-text" x="12" y="74">0</text>'
    scale += f'<text class="axis-text" x="{width - 12}" y="74" text-anchor="end">{_shown(high)}</text>'
    return _svg((width, 80), title, scale + "".join(dots) + mine)
