"""Who issues a paper, from the name of a unit: a place is governed by its people's committee."""

from __future__ import annotations

import re

from parindex.core.papers.paper import COMMITTEE, Signature


GOVERNED = ("Tỉnh ", "Thành phố ", "Huyện ", "Thị xã ", "Xã ", "Phường ", "Đặc khu ")
_PLACE = re.compile(r"^(?:Tỉnh|Thành phố) ")
_SILENT = frozenset({"và", "của"})
_HEADS = (
    ("Sở ", "Giám đốc"),
    ("Trung tâm ", "Giám đốc"),
    ("Văn phòng ", "Chánh Văn phòng"),
    ("Thanh tra ", "Chánh Thanh tra"),
    ("Ban ", "Trưởng ban"),
    ("Phòng ", "Trưởng phòng"),
)
HEAD = "Thủ trưởng cơ quan"
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
    return Signature((_head(unit) or HEAD,))


def head_named(unit: str) -> str:
    """The head of an office with the office: ``Giám đốc Sở Nội vụ``, ``Chánh Văn phòng UBND tỉnh``; the
    office alone where its kind says nothing of how its head is called."""
    words = _head(unit).split()
    said = range(len(words))
    twice = next((k for k in said if unit.casefold().startswith(" ".join(words[k:]).casefold())), len(words))
    return " ".join([*words[:twice], unit])


def _head(unit: str) -> str:
    return next((head for kind, head in _HEADS if unit.startswith(kind)), "")


def _is_place(unit: str) -> bool:
    return unit.startswith(GOVERNED)
