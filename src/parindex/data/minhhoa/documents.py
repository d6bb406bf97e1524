"""Documents that invented departments let everybody read, behind points of the year 2023."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


ROUND = "2023"


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """One document: whose, behind which criterion at which page, what it says of itself, and its lines;
    without lines it is cited only, and has no file."""

    unit: str
    criterion: str
    place: str
    number: str
    on: date
    title: str
    lines: Sequence[str] = ()


DOCUMENTS: Sequence[SampleDocument] = (
    SampleDocument(
        "so-y-te",
        "1.1.1",
        "mục II",
        "18/KH-SYT",
        date(2023, 1, 12),
        "Kế hoạch cải cách hành chính năm 2023 của Sở Y tế",
        (
            "I. Mục tiêu: 98% hồ sơ giải quyết trước và đúng hạn; 70% hồ sơ nộp trực tuyến.",
            "II. Nhiệm vụ: 24 nhiệm vụ theo 7 lĩnh vực, mỗi nhiệm vụ có đơn vị chủ trì và thời hạn.",
            "III. Tổ chức thực hiện: Văn phòng Sở theo dõi, báo cáo hằng quý.",
        ),
    ),
    SampleDocument(
        "so-van-hoa-the-thao-va-du-lich",
        "1.1.1",
        "trang 2",
        "09/KH-SVHTTDL",
        date(2023, 1, 9),
        "Kế hoạch cải cách hành chính năm 2023 của Sở Văn hóa, Thể thao và Du lịch",
        (
            "1. Không để hồ sơ trễ hẹn; hồ sơ sắp đến hạn được nhắc trước ba ngày làm việc.",
            "2. Mọi thủ tục đủ điều kiện được cung cấp toàn trình trước ngày 30/9.",
        ),
    ),
    SampleDocument(
        "so-y-te",
        "1.1.1",
        "",
        "212/BC-SYT",
        date(2023, 12, 8),
        "Báo cáo kết quả thực hiện kế hoạch cải cách hành chính năm 2023",
    ),
)
