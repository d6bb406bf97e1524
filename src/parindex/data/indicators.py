"""Indicators that every province measures, as they are defined before any value comes in.

`legal_source` names what the definition rests on as far as it is known; a definition that a province sets
itself says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SampleIndicator:
    """One definition; all of these are shares of dossiers, in percent, the higher the better."""

    code: str
    name: Text
    definition: Text
    legal_source: str
    source: str


DOSSIER_SYSTEM = "Hệ thống thông tin giải quyết TTHC"
PORTAL = "Cổng Dịch vụ công quốc gia"
DECISION_766 = "Quyết định số 766/QĐ-TTg ngày 23/6/2022"

INDICATORS: Sequence[SampleIndicator] = (
    SampleIndicator(
        "ho-so-dung-han",
        Text("Hồ sơ giải quyết trước hạn, đúng hạn", "Dossiers handled in time"),
        Text(
            "Số hồ sơ thủ tục hành chính đã giải quyết trước hạn hoặc đúng hạn, trên tổng số hồ sơ đã giải "
            "quyết trong kỳ.",
            "Dossiers handled before or on their due time, of all dossiers handled in the period.",
        ),
        DECISION_766,
        DOSSIER_SYSTEM,
    ),
    SampleIndicator(
        "ho-so-truc-tuyen",
        Text("Hồ sơ nộp trực tuyến", "Dossiers filed online"),
        Text(
            "Số hồ sơ nộp qua dịch vụ công trực tuyến, trên tổng số hồ sơ tiếp nhận trong kỳ.",
            "Dossiers filed through the online services, of all dossiers received in the period.",
        ),
        DECISION_766,
        PORTAL,
    ),
    SampleIndicator(
        "thanh-toan-truc-tuyen",
        Text("Thanh toán trực tuyến", "Online payment"),
        Text(
            "Số hồ sơ phải thu phí, lệ phí được thanh toán trực tuyến, trên tổng số hồ sơ phải thu phí, lệ "
            "phí trong kỳ.",
            "Dossiers with a fee that was paid online, of all dossiers with a fee in the period.",
        ),
        DECISION_766,
        PORTAL,
    ),
    SampleIndicator(
        "so-hoa-ho-so",
        Text("Số hóa hồ sơ, kết quả giải quyết", "Dossiers and results digitised"),
        Text(
            "Số hồ sơ được số hóa thành phần và kết quả giải quyết, trên tổng số hồ sơ đã giải quyết trong "
            "kỳ.",
            "Dossiers whose parts and result were digitised, of all dossiers handled in the period.",
        ),
        DECISION_766,
        DOSSIER_SYSTEM,
    ),
)
