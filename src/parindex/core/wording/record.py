"""The sentences of the appraisal record of a unit (biên bản thẩm định); in Vietnamese, as every paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from parindex.core.wording.notation import day, instant, listing, number


VI = "vi"
KIND = "Biên bản"
ISSUER = "Hội đồng thẩm định"
NOTATION = "BB-HĐTĐ"
HEADINGS = (
    "I. THÔNG TIN CHUNG",
    "II. KẾT QUẢ QUA CÁC BƯỚC",
    "III. KẾT QUẢ THEO LĨNH VỰC",
    "IV. TIÊU CHÍ CÓ ĐIỂM KHÁC ĐIỂM TỰ CHẤM",
    "V. Ý KIẾN CỦA CÁC BÊN",
)
STAGES = {
    "self": "Tự chấm",
    "appraised": "Thẩm định",
    "explained": "Sau giải trình",
    "council": "Hội đồng",
}
STAGE_HEADS = ("Bước", "Tổng điểm", "Điểm tối đa áp dụng", "Chỉ số")
RANKED_HEADS = ("Xếp loại", "Thứ hạng")
AREA_HEADS = ("TT", "Lĩnh vực", "Tối đa", "Đạt (%)")
CHANGED_HEADS = ("Mã", "Tiêu chí", "Tự chấm", "Điểm đạt", "Lý do")
LEAF_HEADS = ("Mã", "Tiêu chí", "Tối đa", "Lý do", "Tài liệu kiểm chứng")
APPENDIX = ("Phụ lục", "Kết quả thẩm định từng tiêu chí")
SUM = "Tổng cộng"
NONE, DASH = "không có", "–"
NOT_ASSESSED = "Không đánh giá."
GIVEN = "Số liệu chung, không do đơn vị tự chấm."
OPINION = "…"
SIGNERS = (
    "Đại diện đơn vị được thẩm định",
    "Đại diện cơ quan thẩm định",
    "Đại diện cơ quan thường trực",
)


def about(year: int, unit: str) -> str:
    """What is recorded."""
    return f"Thẩm định kết quả tự đánh giá, chấm điểm cải cách hành chính năm {year} của {unit}"


def unit(name: str, group: str) -> str:
    """Who was appraised."""
    return f"1. Đơn vị được thẩm định: {name}; khối xếp hạng: {group}."


def framework(title: str, content_hash: str) -> str:
    """By which set."""
    return f"2. Bộ tiêu chí: {title} (mã nội dung {content_hash[:16]})."


NOT_HANDED_IN = "3. Đơn vị không nộp bảng tự chấm trên hệ thống; kết quả ghi theo số liệu đã có."


def handed_in(turn: int, at: datetime, *, late: int, signed: str, on: date | None) -> str:
    """What the unit handed in, and its signed report."""
    said = f"3. Bảng tự chấm nộp lần {turn} lúc {instant(at, VI)}{f', chậm {late} ngày' if late else ''}"
    return f"{said}; văn bản số {signed} ngày {day(on, VI)}." if signed and on else f"{said}."


def bodies(parts: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Who appraised what: each body with the codes of its parts."""
    said = "; ".join(f"{name} ({', '.join(codes)})" for name, codes in parts)
    return f"4. Cơ quan thẩm định: {said or OPINION}."


def as_of(at: datetime) -> str:
    """When the record was drawn up."""
    return f"5. Biên bản lập theo kết quả trên hệ thống đến {instant(at, VI)}."


def compared(lowered: int, lost: Fraction, *, raised: int, gained: Fraction) -> str:
    """How the standing points differ from what the unit gave itself."""
    if not lowered and not raised:
        return "Không tiêu chí nào có điểm khác điểm tự chấm."
    parts = []
    if lowered:
        parts.append(f"{lowered} tiêu chí giảm, tổng {points(lost)} điểm")
    if raised:
        parts.append(f"{raised} tiêu chí tăng, tổng {points(gained)} điểm")
    return f"So với điểm tự chấm: {listing(parts, VI)}. Lý do đầy đủ của từng tiêu chí ở phụ lục."


def explained(count: int, changed: int) -> str:
    """How many criteria were explained, and in how many the points then changed."""
    if not count:
        return "Không có tiêu chí nào phải giải trình."
    return f"Đã giải trình {count} tiêu chí; {changed} tiêu chí được điều chỉnh điểm sau giải trình."


def said_at(stage: str, text: str) -> str:
    """What somebody wrote at a stage."""
    return f"{STAGES[stage]}: {text}" if text else ""


def stated(text: str) -> str:
    """What the unit explained."""
    return f"Giải trình của đơn vị: {text}"


def points(value: Fraction | None) -> str:
    """Two decimals; a dash where there are none."""
    return DASH if value is None else number(value, VI, decimals=2)
