"""The invented province's surveys: whom they ask about which units, how satisfied those are; all made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
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


SURVEYED, LEAF = "2025-co-quan", "8.1.1"
"""The round whose answers to a criterion are what the survey of citizens found."""
REPORTED_BY = "Bưu điện tỉnh Minh Họa"
REPORT = "Báo cáo số 36/BC-BĐT (minh họa)"
"""Who asked about the units that the enumerators did not go to, and what it reported."""


@dataclass(frozen=True, slots=True)
class SampleStratum:
    """People who dealt with a unit: how many there are, and how many of these who were asked are satisfied.

    `apart`: for each of the five factors, how many more or fewer than `satisfied`; together 0.
    """

    unit: str
    label: str
    population: int
    answers: int
    satisfied: int
    apart: tuple[int, ...] = (0, 0, 0, 0, 0)

    def of_factor(self, factor: int) -> int:
        """How many are satisfied with a factor."""
        return self.satisfied + self.apart[factor]

    @property
    def error(self) -> float:
        """Standard error of the mean over the factors, in percent points, with the finite-population
        correction: whoever is satisfied with little is satisfied with whatever more are satisfied with."""
        n, factors = self.answers, range(len(self.apart))
        means = [sum(k < self.of_factor(f) for f in factors) / len(self.apart) for k in range(n)]
        mean = sum(means) / n
        spread = sum((m - mean) ** 2 for m in means) / (n - 1)
        return 100 * sqrt((1 - n / self.population) * spread / n)


STRATA: Sequence[SampleStratum] = (
    SampleStratum("so-y-te", "Cấp chứng chỉ, giấy phép hành nghề", 760, 153, 125, (9, -4, -8, 6, -3)),
    SampleStratum("so-xay-dung", "Cấp giấy phép xây dựng", 480, 120, 90, (6, -10, 2, 5, -3)),
    SampleStratum("so-tu-phap", "Lý lịch tư pháp", 2300, 179, 170, (4, -3, 5, 1, -7)),
    SampleStratum("minh-hoa", "Thủ tục do UBND tỉnh giải quyết", 90, 8, 6),
)
RATED: Sequence[str] = ("so-y-te", "so-xay-dung", "so-tu-phap", "so-noi-vu")
ASKED: Mapping[str, int] = {"so-y-te": 6, "so-tu-phap": 6}
"""Officials who are asked, by their unit."""
ANSWERED = 5
"""How many of them have."""
CITIZENS_FACTORS: Mapping[str, str] = {
    "access": "hai-long-tiep-can",
    "procedure": "hai-long-thu-tuc",
    "officials": "hai-long-cong-chuc",
    "result": "hai-long-ket-qua",
    "feedback": "hai-long-gop-y",
}
OFFICIALS_FACTORS: Mapping[str, str] = {
    "chi-dao": "danh-gia-chi-dao",
    "tham-muu": "danh-gia-tham-muu",
    "bo-may": "danh-gia-bo-may",
    "so-hoa": "danh-gia-so-hoa",
}
"""Which indicator each factor of a questionnaire gives values of."""

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
    "factors": [
        {"code": "chi-dao", "name": {"vi": "Chỉ đạo, điều hành", "en": "Steering"}},
        {"code": "tham-muu", "name": {"vi": "Tham mưu thể chế, thủ tục", "en": "Advice on rules"}},
        {"code": "bo-may", "name": {"vi": "Tổ chức bộ máy, công chức", "en": "Organisation and officials"}},
        {"code": "so-hoa", "name": {"vi": "Ứng dụng công nghệ số", "en": "Digital tools"}},
    ],
    "sections": [
        {
            "title": {"vi": "Phối hợp và điều hành", "en": "Working together"},
            "questions": [
                {
                    "code": "dieu_hanh",
                    "kind": "scale",
                    "factor": "chi-dao",
                    "text": {
                        "vi": "Chỉ đạo, điều hành cải cách hành chính",
                        "en": "Leadership of the reform",
                    },
                    "options": _SCALE,
                },
                {
                    "code": "van_ban",
                    "kind": "scale",
                    "factor": "tham-muu",
                    "text": {
                        "vi": "Chất lượng tham mưu, soạn thảo văn bản",
                        "en": "Quality of its advice and drafts",
                    },
                    "options": _SCALE,
                },
                {
                    "code": "phoi_hop",
                    "kind": "scale",
                    "factor": "bo-may",
                    "text": {
                        "vi": "Trách nhiệm, phối hợp giải quyết công việc",
                        "en": "Responsibility, and working with others",
                    },
                    "options": _SCALE,
                },
                {
                    "code": "cong_nghe",
                    "kind": "scale",
                    "factor": "so-hoa",
                    "text": {
                        "vi": "Ứng dụng công nghệ số trong công việc",
                        "en": "Use of digital tools at work",
                    },
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
