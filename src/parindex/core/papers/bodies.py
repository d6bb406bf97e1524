"""Who issues a paper, from the name of a unit: a place is governed by its people's committee."""

from __future__ import annotations

import re

from parindex.core.papers.paper import COMMITTEE, Signature


GOVERNED = ("Tỉnh ", "Thành phố ", "Huyện ", "Thị xã ", "Xã ", "Phường ", "Đặc khu ")
_PLACE = re.compile(r"^(?:Tỉnh|Thành phố) ")
_SILENT = frozenset({"và", "của"})
LONGEST_NOTATION = 20


def issuing_body(unit: str) -> str:
    """``Ủy ban nhân dân huyện Nguyệt Đông`` of Huyện Nguyệt Đông; a department is its own."""
    return f"{COMMITTEE} {unit[:1].lower()}{unit[1:]}" if _is_place(unit) else unit


def abbreviation(unit: str) -> str:
    """``SYT`` of Sở Y tế, ``UBND`` of a place: a proposal, the office knows its own."""
    if _is_place(unit):
        return "UBND"
    words = (w for w in re.findall(r"\w+", unit) if w not in _SILENT)
    return "".join(w if w.isupper() else w[0].upper() for w in words)[:LONGEST_NOTATION]


def place_of_issue(territory: str) -> str:
    """``Minh Họa`` of Tỉnh Minh Họa."""
    return _PLACE.sub("", territory)


def head_of(unit: str) -> Signature:
    """Who signs for a unit, without a name."""
    if _is_place(unit):
        return Signature((f"TM. {COMMITTEE}", "Chủ tịch"))
    return Signature(("Thủ trưởng cơ quan",))


def _is_place(unit: str) -> bool:
    return unit.startswith(GOVERNED)
