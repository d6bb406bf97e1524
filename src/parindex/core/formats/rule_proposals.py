"""A rule that printed scoring words seem to say, for a person to confirm; none where they are not plain.

Only three forms are tried: steps of a percentage, levels with their points, and a share times the maximum.
Every proposal is checked by the rule itself against the maximum; what does not fit is not proposed.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from parindex.core.formats.framework_writer import number_text
from parindex.core.formats.slugs import slug
from parindex.core.kernel.numbers import read_number


Plain = dict[str, Any]
MOST = 20
_STEP = re.compile(
    r"^[-–+•\s]*(?P<what>.{1,300}?)\s*[:=]\s*(?:được\s+)?(?P<points>\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*\.?$",
    re.IGNORECASE | re.S,
)
_PERCENT = r"(\d+(?:[.,]\d+)?)\s*%"
_FROM_TO = re.compile(rf"từ {_PERCENT}\s*(?:đến|-|–)\s*(dưới )?{_PERCENT}", re.IGNORECASE)
_UP = re.compile(rf"(?:từ |đạt |đạt từ )?{_PERCENT} (?:trở lên|số)", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:trên|hơn) {_PERCENT}", re.IGNORECASE)
_BELOW = re.compile(rf"dưới {_PERCENT}", re.IGNORECASE)
_EXACT = re.compile(rf"(?:đạt |đủ )?{_PERCENT}", re.IGNORECASE)
_SHARE = re.compile(
    r"(?:tỷ lệ|kết quả|số [^;:]{3,80})[^;:]{0,60}(?:/|chia)\s*[^;:]{2,120}[x×*]\s*(?P<max>\d+(?:[.,]\d+)?)",
    re.IGNORECASE,
)
_ROUND = re.compile(r"làm tròn (\d) chữ số", re.IGNORECASE)
_ZERO = re.compile(rf"dưới {_PERCENT}\s*(?:thì\s*)?[:=]?\s*(?:được\s+)?0 điểm", re.IGNORECASE)


def proposed_rule(printed: str, maximum: Fraction) -> Plain | None:
    """The rule that the words seem to say for that maximum; None where they say none plainly."""
    share = _SHARE.search(printed)
    if share and read_number(share["max"]) == maximum:
        return _proportional(printed)
    pieces = [p.strip() for p in re.split(r"[;\n]", printed) if p.strip()]
    matches = [_STEP.match(p) for p in pieces]
    if not 2 <= len(pieces) <= MOST or not all(matches):
        return None
    levels = [(" ".join(m["what"].split()), read_number(m["points"])) for m in matches if m]
    if max(points for _, points in levels) != maximum:
        return None
    steps = [_range(what) for what, _ in levels]
    if all(s is not None for s in steps):
        found = [{**(s or {}), "points": number_text(p)} for s, (_, p) in zip(steps, levels, strict=True)]
        return {"kind": "steps", "steps": found}
    options: list[Plain] = []
    used: set[str] = set()
    for what, points in levels:
        name = _unused(slug(what), used)
        options.append({"id": name, "name": what, "points": number_text(points)})
    return {"kind": "choice", "options": options}


def _unused(name: str, used: set[str]) -> str:
    """A short id that no other option has."""
    free = next(n for n in (name, *(f"{name}-{k}" for k in range(2, MOST + 2))) if n not in used)
    used.add(free)
    return free


def _proportional(printed: str) -> Plain:
    rule: Plain = {"kind": "proportional"}
    if zero := _ZERO.search(printed):
        rule["zero_below"] = number_text(read_number(zero[1]))
    if digits := _ROUND.search(printed):
        rule["round"] = digits[1]
    return rule


def _range(what: str) -> Plain | None:
    """A step's bounds from its words: whole phrases only."""
    what = what.strip(" .,")
    if found := _FROM_TO.fullmatch(what):
        return {"from": _digits(found[1]), "below" if found[2] else "to": _digits(found[3])}
    for pattern, key in ((_UP, "from"), (_ABOVE, "above"), (_BELOW, "below"), (_EXACT, "equals")):
        if found := pattern.fullmatch(what):
            return {key: _digits(found[1])}
    return None


def _digits(text: str) -> str:
    return number_text(read_number(text))
