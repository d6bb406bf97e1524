"""What the invented province concluded in the briefing of a month; the next one is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


ISSUED, DRAFTED = date(2025, 11, 1), date(2025, 12, 1)
HELD, NUMBER = date(2025, 12, 2), "118"
DRAWN_BY = "giup-viec"
PROPOSALS = (
    "- Đề nghị các cơ quan rà soát ngay hồ sơ quá hạn, có lịch giải quyết từng hồ sơ.\n"
    "- Xin ý kiến về việc công khai số hồ sơ quá hạn của từng cơ quan hằng tuần."
)


@dataclass(frozen=True, slots=True)
class SampleConclusion:
    """One conclusion: what, which unit below the province, until when."""

    content: str
    unit: str
    due: date


CONCLUSIONS: Sequence[SampleConclusion] = (
    SampleConclusion(
        "Giải quyết dứt điểm hồ sơ đang quá hạn; báo cáo lý do từng hồ sơ còn lại",
        "so-xay-dung",
        date(2025, 12, 20),
    ),
    SampleConclusion(
        "Hướng dẫn thanh toán trực tuyến tại quầy, mỗi quầy có người hỗ trợ trong giờ cao điểm",
        "so-y-te",
        date(2025, 12, 15),
    ),
    SampleConclusion(
        "Tổng hợp chỉ tiêu chưa đạt, đề xuất giải pháp cho hai tháng cuối năm",
        "so-noi-vu",
        date(2025, 12, 10),
    ),
)
