"""The sentences of what a unit hands in to whoever is above it: table and explanations.

They go into another body's system, so in Vietnamese whatever the page's language.
"""

from __future__ import annotations

from fractions import Fraction

from parindex.core.wording.notation import number


VI = "vi"
TABLE = "Bảng tự đánh giá"
TABLE_FILE, EXPLANATIONS_FILE = "bang-tu-danh-gia.xlsx", "thuyet-minh.docx"
HEADS = (
    "Mã",
    "Lĩnh vực, tiêu chí",
    "Điểm tối đa",
    "Điểm tự đánh giá",
    "Số liệu, nội dung trả lời",
    "Giải trình",
    "Cơ quan, người cung cấp",
    "Tài liệu kiểm chứng",
)
KIND = "Báo cáo"
RECIPIENTS = ("Lưu: VT.",)
ANSWER, POINTS, NOTE, EVIDENCE = (
    "Số liệu, nội dung trả lời:",
    "Điểm tự đánh giá:",
    "Giải trình:",
    "Tài liệu kiểm chứng:",
)
UNANSWERED, NOT_ASSESSED, NO_EVIDENCE = "chưa có số liệu", "không đánh giá", "chưa có tài liệu"


def about(year: int) -> str:
    """What the paper is about."""
    return f"Giải trình kết quả tự đánh giá, chấm điểm cải cách hành chính năm {year}"


def points(held: Fraction, most: Fraction) -> str:
    """Points of a criterion out of its maximum."""
    return f"{number(held, VI)}/{number(most, VI)}."
