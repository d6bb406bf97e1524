"""What pages say of a round's papers: the stages they belong to, what is missing before one can be made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parindex.core.kernel.text import Text


STAGES: Mapping[str, Text] = {
    "opening": Text("Mở kỳ đánh giá", "Opening the round"),
    "appraisal": Text("Thẩm định, giải trình", "Appraisal and explanation"),
    "council": Text("Hội đồng thẩm định", "The council"),
    "publication": Text("Công bố kết quả", "Publication"),
}
MISSING: Mapping[str, Text] = {
    "no_phases": Text(
        "kỳ đánh giá được ghi từ kết quả có sẵn, không có lịch các giai đoạn",
        "the round was recorded from finished results and has no calendar",
    ),
    "no_chair": Text(
        "chưa ai giữ vai trò Chủ tịch hội đồng (giao vai trò ở trang Quản trị)",
        "nobody holds the chair of the council (roles are given under Administration)",
    ),
    "not_appraised": Text(
        "đợt thẩm định lần 1 chưa kết thúc",
        "the first appraisal is not over",
    ),
    "council_not_yet": Text("chưa đến thời gian Hội đồng họp", "the council’s time has not come yet"),
    "not_published": Text("kết quả chưa công bố", "the result is not public yet"),
    "not_corrected": Text("kết quả đã công bố chưa có điều chỉnh", "the published result was not corrected"),
    "not_concluded": Text(
        "hội đồng chưa kết thúc kỳ đánh giá, nên chưa có kết quả được chốt",
        "the council has not ended the round, so no result is kept yet",
    ),
}


def missing_sentence(codes: Iterable[str], language: str) -> str:
    """What is missing, in one sentence without its full stop."""
    return "; ".join(MISSING[code].in_(language) for code in codes)
