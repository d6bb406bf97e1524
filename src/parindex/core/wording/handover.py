"""The sentences of the letters that hand a published result over; in Vietnamese, as every paper."""

from __future__ import annotations

from collections.abc import Mapping


NUMBER = "TT"
APPENDIX = "PHỤ LỤC"
RECIPIENTS = ("Như trên;", "Lưu: VT.")
TO: Mapping[str, str] = {
    "xep-loai": "Cơ quan chủ trì đánh giá, xếp loại chất lượng cơ quan, đơn vị",
    "thi-dua": "Hội đồng Thi đua - Khen thưởng",
    "giai-trinh": "Các đơn vị có tên trong danh sách kèm theo",
}
ABOUT: Mapping[str, str] = {
    "xep-loai": "cung cấp kết quả cải cách hành chính năm {year} phục vụ đánh giá, xếp loại chất lượng",
    "thi-dua": "cung cấp kết quả cải cách hành chính năm {year} phục vụ thi đua, khen thưởng",
    "giai-trinh": "giải trình, báo cáo về kết quả cải cách hành chính năm {year}",
}
ASKED_BY = frozenset({"giai-trinh"})
ASKED = "Đề nghị các đơn vị giải trình, báo cáo bằng văn bản trước ngày … tháng … năm …."


def about(table: str, year: int) -> str:
    """What the letter is about."""
    return ABOUT[table].format(year=year)


def handed(title: str, units: int) -> str:
    """What is sent, and of how many units."""
    return (
        f"Theo kết quả đã công bố của “{title}”, gửi kèm bảng số liệu của {units} đơn vị (Phụ lục kèm theo)."
    )
