"""The sentences of the self-assessment report (báo cáo tự đánh giá, chấm điểm).

It is a legal paper of the unit, so in Vietnamese whatever the page's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from parindex.core.wording.notation import instant, number


VI = "vi"
KIND = "Báo cáo"
APPENDIX = ("Phụ lục", "Bảng tổng hợp kết quả tự đánh giá, chấm điểm")
RECIPIENTS = ("Cơ quan thường trực Hội đồng thẩm định;", "Lưu: VT.")
IN_GENERAL, NOT_FULL, PROPOSALS = (
    "I. KẾT QUẢ CHUNG",
    "II. TIÊU CHÍ CHƯA ĐẠT ĐIỂM TỐI ĐA",
    "KIẾN NGHỊ, ĐỀ XUẤT",
)
SUM = "Tổng cộng"
AREA_HEADS = ("TT", "Lĩnh vực", "Điểm tối đa", "Điểm tự chấm", "Tỷ lệ (%)")
LOST_HEADS = ("Mã", "Tiêu chí", "Điểm còn thiếu", "Lý do")
SUMMARY_HEADS = (
    "Mã",
    "Lĩnh vực, tiêu chí",
    "Điểm tối đa",
    "Điểm tự chấm",
    "Số liệu, nội dung trả lời",
    "Tài liệu kiểm chứng; thuyết minh",
)
# why a leaf has no answer of the unit's, by its place on the sheet
UNANSWERED: Mapping[str, str] = {
    "supplied": "do cơ quan khác cung cấp",
    "held": "do cơ quan có thẩm quyền nhập",
    "claim": "không đề nghị",
    "not_assessed": "không đánh giá",
    "todo": "chưa có số liệu",
}


def about(year: int) -> str:
    """What the report is about."""
    return f"Kết quả tự đánh giá, chấm điểm cải cách hành chính năm {year}"


def ground(framework: str, content_hash: str) -> str:
    """The set it rests on, by its title and the beginning of its hash."""
    return f"Căn cứ {framework[:1].lower()}{framework[1:]} (mã nội dung {content_hash[:16]})."


def opening(round_title: str, unit: str) -> str:
    """Who reports on what."""
    return f"Thực hiện “{round_title}”, {unit} báo cáo kết quả tự đánh giá, chấm điểm như sau:"


def total(points: Fraction, maximum: Fraction, index: Fraction | None) -> str:
    """The sum, and the index where the unit has one."""
    said = f"Tổng điểm tự chấm: {exact(points)}/{number(maximum, VI)} điểm"
    return f"{said}; chỉ số tự chấm: {exact(index)}." if index is not None else f"{said}."


def counts(done: int, todo: int, not_assessed: int) -> str:
    """How much was answered."""
    return f"Đã trả lời {done}/{todo} tiêu chí do đơn vị cung cấp; {not_assessed} tiêu chí không đánh giá."


def handed_in(turn: int, at: datetime, late_days: int) -> str:
    """Which submission the paper says, and how late it came."""
    late = f", chậm {late_days} ngày" if late_days else ""
    said = f"Số liệu nộp trên hệ thống lần {turn}, lúc {instant(at, VI)}{late}"
    return f"{said}; mã số liệu in ở cuối mỗi trang."


def responsibility(unit: str) -> str:
    """The closing sentence."""
    return (
        f"{unit} chịu trách nhiệm về tính chính xác của số liệu và tài liệu kiểm chứng kèm theo. "
        "Bảng tổng hợp theo từng tiêu chí tại Phụ lục kèm theo./."
    )


def exact(value: Fraction | None) -> str:
    """Points in two decimals; a dash where there are none."""
    return "–" if value is None else number(value, VI, decimals=2)
