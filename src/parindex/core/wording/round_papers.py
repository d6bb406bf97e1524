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
    "not_concluded": Text(
        "hội đồng chưa kết thúc kỳ đánh giá, nên chưa có kết quả được chốt",
        "the council has not ended the round, so no result is kept yet",
    ),
}


def missing_sentence(codes: Iterable[str], language: str) -> str:
    """What is missing, in one sentence without its full stop."""
    return "; ".join(MISSING[code].in_(language) for code in codes)
