"""The invented province's criteria set of 2023: that of 2024 with every date a year earlier and no real
document behind it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from parindex.data import framework_path


PLAN = {  # stands for the real plan of 2024, which the year before does not have
    "vi": "Kế hoạch cải cách hành chính năm 2023 của tỉnh Minh Họa, ngày 15/12/2022",
    "en": "Minh Họa’s reform plan for 2023, of 15 December 2022",
}
NOTE = {
    "vi": "Dữ liệu minh họa. Bộ tiêu chí năm 2023 của tỉnh Minh Họa (không có thật) lấy nguyên "
    "bộ tiêu chí dựng cho năm 2024, các mốc ngày lùi một năm.",
    "en": "Demonstration data. The 2023 set of Minh Họa, a province that does not exist, is the "
    "one constructed for 2024 with every date a year earlier.",
}
HOLIDAYS_2023 = [
    date(2023, 1, 2),
    date(2023, 1, 20),
    date(2023, 1, 23),
    date(2023, 1, 24),
    date(2023, 1, 25),
    date(2023, 1, 26),
    date(2023, 5, 1),
    date(2023, 5, 2),
    date(2023, 5, 3),
    date(2023, 9, 1),
    date(2023, 9, 4),
]


def framework_of_2023() -> bytes:
    """The file of the 2023 set."""
    document = _a_year_earlier(yaml.safe_load(framework_path("binhthuan-2024").read_text()))
    document |= {
        "id": "minhhoa-2023",
        "title": {
            "vi": "Bộ tiêu chí đánh giá, xếp hạng cải cách hành chính năm 2023, tỉnh Minh Họa",
            "en": "Reform criteria set 2023, Minh Họa Province",
        },
        "status": "constructed",
        "status_note": NOTE,
        "legal_basis": [],
        "sources": ["Constructed from binhthuan-2024"],
        "holidays": HOLIDAYS_2023,
        "worked_days": [],
        "code_maps": [
            {"id": "binhthuan-2024", "version": "1", "codes": [_same(code) for code in _codes(document)]}
        ],
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=200).encode()


def _same(code: str) -> dict[str, Any]:
    return {"relation": "same", "old": [code], "new": [code]}


def _codes(document: dict[str, Any]) -> list[str]:
    found, waiting = [], list(document["tree"])
    for part in ("bonus", "penalty"):
        waiting += document.get(part, {}).get("items", [])
    while waiting:
        node = waiting.pop(0)
        found.append(node["code"])
        waiting += node.get("children", [])
    return found


def _a_year_earlier(value: Any) -> Any:
    """Dates, and years in sentences, one year back; the plan is the invented one, ISO 9001:2015 stays."""
    if isinstance(value, dict):
        return {k: PLAN if k == "base_name" else _a_year_earlier(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_a_year_earlier(v) for v in value]
    if isinstance(value, date):
        return value.replace(year=value.year - 1, day=min(value.day, 28) if value.month == 2 else value.day)
    if isinstance(value, str):
        return re.sub(r"(?<!:)\b(20\d\d)\b", lambda year: str(int(year[1]) - 1), value)
    return value
