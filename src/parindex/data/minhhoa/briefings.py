"""What the invented province concluded in the briefing of a month; the next one is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


ISSUED, DRAFTED = date(2025, 11, 1), date(2025, 12, 1)
HELD, NUMBER = date(2025, 12, 2), "118"
PLAN_OVER, PLAN_NUMBER = "Nhiệm vụ theo kết luận giao ban cải cách hành chính cuối năm", "4870/KH-UBND"
DRAWN_BY = "giup-viec"
PROPOSALS = (
    "- Đề nghị các cơ quan rà soát ngay hồ sơ quá hạn, có lịch giải quyết từng hồ sơ.\n"
    "- Xin ý kiến về việc công khai số hồ sơ quá hạn của từng cơ quan hằng tuần."
)


@dataclass(frozen=True, slots=True)
class SampleConclusion:
    """One conclusion: what, which unit below the province, until when; once its year is over, when it was
    done and what was said of that."""

    content: str
    unit: str
    due: date
    done: date
    line: str


CONCLUSIONS: Sequence[SampleConclusion] = (
    SampleConclusion(
        "Giải quyết dứt điểm hồ sơ đang quá hạn; báo cáo lý do từng hồ sơ còn lại",
        "so-xay-dung",
        date(2025, 12, 20),
        date(2025, 12, 19),
        "Đã giải quyết hết hồ sơ quá hạn, xin lỗi bằng văn bản từng trường hợp.",
    ),
    SampleConclusion(
        "Hướng dẫn thanh toán trực tuyến tại quầy, mỗi quầy có người hỗ trợ trong giờ cao điểm",
        "so-y-te",
        date(2025, 12, 15),
        date(2025, 12, 15),
        "Mỗi quầy có một người hướng dẫn từ 8 đến 10 giờ.",
    ),
    SampleConclusion(
        "Tổng hợp chỉ tiêu chưa đạt, đề xuất giải pháp cho hai tháng cuối năm",
        "so-noi-vu",
        date(2025, 12, 10),
        date(2025, 12, 12),
        "Đã trình bảng tổng hợp, chậm hai ngày do chờ số liệu của các đơn vị.",
    ),
)
