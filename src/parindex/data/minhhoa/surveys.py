"""The invented province's surveys: whom they ask about which units, how satisfied those are; all made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


CITIZENS = "one-stop-exit"
CITIZENS_TITLE = (
    "Khảo sát mức độ hài lòng của người dân, tổ chức năm 2025 (minh họa)",
    "Satisfaction of citizens and organisations, 2025 (invented)",
)
OFFICIALS_TITLE = (
    "Điều tra cán bộ, công chức về cải cách hành chính (minh họa)",
    "Survey of officials on administrative reform (invented)",
)
BODY = "Sở Nội vụ tỉnh Minh Họa"
RULES = (
    "Số liệu minh họa, không phải của cơ quan có thật.\nĐơn vị không có phiếu là chưa được điều tra, không "
    "tính là 0 điểm; nhóm ít phiếu không nêu riêng."
)


@dataclass(frozen=True, slots=True)
class SampleStratum:
    """People who dealt with a unit on a procedure: how many, how many answered, satisfied ones of ten."""

    unit: str
    label: str
    population: int
    answers: int
    satisfied: int


STRATA: Sequence[SampleStratum] = (
    SampleStratum("so-y-te", "Cấp chứng chỉ hành nghề", 620, 34, 8),
    SampleStratum("so-y-te", "Cấp giấy phép hoạt động", 140, 16, 7),
    SampleStratum("so-xay-dung", "Cấp giấy phép xây dựng", 480, 32, 7),
    SampleStratum("so-tu-phap", "Lý lịch tư pháp", 2300, 40, 9),
    SampleStratum("so-noi-vu", "Hội, tổ chức phi chính phủ", 90, 8, 8),
)
RATED: Sequence[str] = ("so-y-te", "so-xay-dung", "so-tu-phap", "so-noi-vu")
ASKED: Mapping[str, int] = {"so-y-te": 6, "so-tu-phap": 6}
"""Officials who are asked, by their unit."""
ANSWERED = 5
"""How many of them have."""

_SCALE = [
    {"code": "A", "text": {"vi": "Tốt", "en": "Good"}, "score": 100},
    {"code": "B", "text": {"vi": "Khá", "en": "Fair"}, "score": 60},
    {"code": "C", "text": {"vi": "Trung bình", "en": "Average"}, "score": 20},
    {"code": "D", "text": {"vi": "Kém", "en": "Poor"}, "score": 0},
    {"code": "KR", "text": {"vi": "Không đủ thông tin", "en": "Not enough information"}, "no_opinion": True},
]
OFFICIALS: Mapping[str, Any] = {
    "questionnaire": 1,
    "code": "cong-chuc-minh-hoa",
    "version": "1",
    "group": "officials",
    "title": {"vi": "Phiếu hỏi cán bộ, công chức (minh họa)", "en": "Form for officials (invented)"},
    "intro": {
        "vi": "Với mỗi đơn vị, xin chọn một mức cho từng câu; chọn “Không đủ thông tin” nếu chưa làm việc "
        "với đơn vị đó.",
        "en": "For each unit choose one level for each question, or “Not enough information” if you have not "
        "worked with it.",
    },
    "sections": [
        {
            "title": {"vi": "Phối hợp và điều hành", "en": "Working together"},
            "questions": [
                {
                    "code": "dieu_hanh",
                    "kind": "scale",
                    "text": {
                        "vi": "Chỉ đạo, điều hành cải cách hành chính",
                        "en": "Leadership of the reform",
                    },
                    "options": _SCALE,
                },
                {
                    "code": "phoi_hop",
                    "kind": "scale",
                    "text": {"vi": "Phối hợp giải quyết công việc", "en": "Working with others"},
                    "options": _SCALE,
                },
                {
                    "code": "van_ban",
                    "kind": "scale",
                    "text": {"vi": "Chất lượng văn bản tham mưu", "en": "Quality of its drafts"},
                    "options": _SCALE,
                },
            ],
        },
        {
            "title": {"vi": "Về ông/bà", "en": "About you"},
            "questions": [
                {
                    "code": "chuc_vu",
                    "kind": "single",
                    "text": {"vi": "Vị trí công tác", "en": "Your position"},
                    "options": [
                        {
                            "code": "lanh-dao",
                            "text": {"vi": "Lãnh đạo phòng trở lên", "en": "Head of division"},
                        },
                        {"code": "chuyen-mon", "text": {"vi": "Công chức chuyên môn", "en": "Officer"}},
                    ],
                    "once": True,
                },
            ],
        },
    ],
}
