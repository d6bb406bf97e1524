"""The letter that urges those who are late (công văn đôn đốc): its words, in the Vietnamese of offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from parindex.core.kernel.text import Text
from parindex.core.wording.notation import instant
from parindex.core.wording.terms import term


VI = "vi"
COMMITTEE = "Ủy ban nhân dân"
APPRAISING = Text("đang thẩm định", "appraising")
COPIES = ("Như trên;", "Chủ tịch Hội đồng thẩm định (để báo cáo);", "Lưu: VT.")
HEADS = ("STT", "Cơ quan, đơn vị, địa phương", "Tình trạng", "Đã xong", "Thời hạn")
MOST_NAMED = 5
TO_ALL = "Các cơ quan, đơn vị, địa phương có tên trong danh sách kèm theo"
CLOSING = "Đề nghị các cơ quan, đơn vị, địa phương phối hợp thực hiện./."
WHAT: Mapping[str, str] = {
    "self": "chưa nộp bảng tự đánh giá, chấm điểm",
    "explanation": "chưa gửi giải trình theo yêu cầu của cơ quan thẩm định",
    "appraisal": "chưa thẩm định xong phần việc được phân công",
}
"""What those who are late have not done, by kind of phase; none is late with the council's own work."""
ASKED: Mapping[str, Sequence[str]] = {
    "self": (
        "1. Hoàn thành nhập số liệu, gắn tài liệu kiểm chứng, nộp bảng tự đánh giá, chấm điểm và văn bản "
        "đã ký trên hệ thống trước {until}.",
        "2. Thủ trưởng cơ quan, đơn vị, địa phương trực tiếp chỉ đạo và chịu trách nhiệm về tiến độ, tính "
        "chính xác của số liệu.",
    ),
    "explanation": (
        "1. Gửi giải trình đối với từng tiêu chí được yêu cầu, kèm tài liệu kiểm chứng, trên hệ thống "
        "trước {until}; quá thời hạn, kết quả thẩm định được giữ nguyên để trình Hội đồng.",
        "2. Thủ trưởng cơ quan, đơn vị, địa phương chịu trách nhiệm về nội dung giải trình.",
    ),
    "appraisal": (
        "1. Hoàn thành thẩm định và ký gửi kết quả phần việc được phân công trên hệ thống trước {until}.",
        "2. Nêu rõ lý do đối với từng tiêu chí cho điểm thấp hơn điểm tự chấm.",
    ),
}


def about(kind: str, year: int) -> str:
    """The subject, without the “V/v” that the letter's layout sets before it."""
    return f"đôn đốc thực hiện “{term('phase', kind, VI)}” Chỉ số cải cách hành chính năm {year}"


def opening(round_title: str, kind: str, *, closes: datetime, at: datetime, late: int, over: int) -> str:
    """What is due, until when, and how many are behind."""
    said = (
        f"Thực hiện {round_title}, thời hạn của “{term('phase', kind, VI)}” là {instant(closes, VI)}. "
        f"Đến {instant(at, VI)}, còn {late} cơ quan, đơn vị, địa phương {WHAT[kind]}"
    )
    return f"{said}, trong đó {over} đã quá thời hạn." if over else f"{said}."


def asked(kind: str, *, closes: datetime, at: datetime) -> list[str]:
    """What is asked for; where the deadline has passed, the office writes another one in."""
    until = instant(closes, VI) if at < closes else "… giờ … ngày …/…/…"
    return [text.format(until=until) for text in ASKED[kind]]


def asking(issuer: str) -> str:
    """The sentence before what is asked."""
    return f"{issuer} đề nghị các cơ quan, đơn vị, địa phương có tên trong danh sách:"


def parent(territory: str) -> str:
    """The body above: the people's committee of the place."""
    return f"{COMMITTEE} {territory[:1].lower()}{territory[1:]}"


def place(territory: str) -> str:
    """``Minh Họa`` of Tỉnh Minh Họa."""
    return territory.removeprefix("Tỉnh ").removeprefix("Thành phố ")
