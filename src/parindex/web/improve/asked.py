"""What an address asks: a goal, levels to try, efforts, criteria left alone. What it cannot mean is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext

from parindex.core.kernel.improvement import Goal, Move
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import Refused


LEVEL, EFFORT, LEFT = "m.", "cs.", "giu"
LESS = "b"
"""Before the number of a level below what is held."""
MOST_EFFORT = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """An address in words of the field.

    Attributes:
        goal: None where none was named, or it cannot be meant.
        efforts: by criterion, > 0, where given.
        left: criteria to leave as they are.
        wrong: what could not be read, in sentences.
    """

    goal: Goal | None
    efforts: Mapping[str, Fraction]
    left: frozenset[str]
    wrong: Sequence[str]


def read(sent: QueryDict, codes: Sequence[str]) -> Asked:
    """Read what was sent; `codes` are the criteria there are."""
    wrong: list[str] = []
    efforts = {}
    for code in codes:
        text = sent.get(EFFORT + code, "").strip()
        if text and text != "1":
            value = _number(text)
            if value is None or not 0 < value <= MOST_EFFORT or value.denominator > MOST_EFFORT:
                wrong.append(
                    gettext("Công sức của tiêu chí %(code)s phải là số từ 0,01 đến 100.") % {"code": code}
                )
            else:
                efforts[code] = value
    goal = _goal(sent, wrong)
    return Asked(goal, efforts, frozenset(sent.getlist(LEFT)) & frozenset(codes), wrong)


def tried(
    sent: QueryDict, moves: Mapping[str, Sequence[Move]], falls: Mapping[str, Sequence[Move]]
) -> dict[str, Move]:
    """The levels to try, by criterion, above or below what is held; a level that there is not is no level."""
    found = {}
    for code in {**moves, **falls}:
        text = sent.get(LEVEL + code, "")
        options = falls.get(code, ()) if text.startswith(LESS) else moves.get(code, ())
        text = text.removeprefix(LESS)
        if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(options):
            found[code] = options[int(text) - 1]
    return found


def _goal(sent: QueryDict, wrong: list[str]) -> Goal | None:
    """``hang-4``, ``loai-tot``, ``chi-so`` with a number beside it."""
    kind, _, value = sent.get("muc-tieu", "").partition("-")
    margin = _number(sent.get("cong", "").strip() or "0")
    if margin is None or not 0 <= margin <= 100:
        wrong.append(gettext("Phần các đơn vị khác cùng tăng phải là số từ 0 đến 100."))
        return None
    if kind == "hang" and value.isascii() and value.isdigit() and len(value) < 6:
        return Goal("rank", Fraction(int(value)), margin=margin)
    if kind == "loai" and value:
        return Goal("grade", grade=value)
    if kind == "chi":
        index = _number(sent.get("chi-so", "").strip())
        if index is not None and 0 <= index <= 1000:
            return Goal("index", index)
        wrong.append(gettext("Chỉ số cần đạt phải là số, ví dụ 90 hoặc 87,5."))
    return None


def _number(text: str) -> Fraction | None:
    try:
        return read_number(text) if len(text) < 12 else None
    except Refused:
        return None
