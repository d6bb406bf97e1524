"""What is to be done about a lost point, as the draft of a remediation plan proposes it."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.kernel.framework import Node
from parindex.core.kernel.improvement import Cause
from parindex.core.kernel.text import Text
from parindex.core.wording.full_marks import full_mark_words


SHOWN = 200
TASKS: Mapping[Cause, Text] = {
    Cause.UNANSWERED: Text(
        "Thực hiện, báo cáo đầy đủ tiêu chí {code} “{name}”", "Carry out and report criterion {code} “{name}”"
    ),
    Cause.NO_DOCUMENT: Text(
        "Ban hành văn bản theo tiêu chí {code} “{name}”", "Issue the document of criterion {code} “{name}”"
    ),
    Cause.LATE_DOCUMENT: Text(
        "Ban hành đúng hạn văn bản theo tiêu chí {code} “{name}”",
        "Issue the document of criterion {code} “{name}” in time",
    ),
    Cause.MEASURE: Text("Nâng kết quả tiêu chí {code} “{name}”", "Raise what is measured of {code} “{name}”"),
    Cause.SURVEY: Text(
        "Nâng mức độ hài lòng, đánh giá của người được hỏi về tiêu chí {code} “{name}”",
        "Raise what people say of criterion {code} “{name}”",
    ),
    Cause.RULED: Text(
        "Khắc phục nội dung bị giảm điểm ở tiêu chí {code} “{name}”",
        "Remedy what points were taken for in criterion {code} “{name}”",
    ),
    Cause.STEP: Text(
        "Khắc phục, nâng mức đạt tiêu chí {code} “{name}”", "Remedy and raise criterion {code} “{name}”"
    ),
    Cause.PENALTY: Text(
        "Không để tái diễn vi phạm bị trừ điểm: “{name}”", "Let no case of “{name}” happen again"
    ),
    Cause.LATE: Text("Nộp bảng tự đánh giá, chấm điểm đúng hạn", "Submit the sheet in time"),
}
OUTPUT = Text("Văn bản được ban hành", "The document, issued")
TITLE = Text(
    "Kế hoạch năm {year} khắc phục tồn tại, hạn chế trong cải cách hành chính năm {assessed}",
    "Plan of {year} to remedy what the assessment of {assessed} showed",
)
GROUND = Text("Kết quả đánh giá: {title}", "Result of: {title}")


def remedy_task(leaf: Node | None, cause: Cause, language: str) -> str:
    """The task's content: what to do about which criterion, and what gives its full mark where its rule says
    so. `leaf`: None for a late sheet."""
    if leaf is None:
        return TASKS[cause].in_(language)
    name = " ".join(leaf.name.in_(language).split())
    said = TASKS[cause].in_(language).format(code=leaf.code, name=_short(name))
    asked = "" if cause is Cause.PENALTY else full_mark_words(leaf.rule, language)
    if not asked:
        return f"{said}."
    return f"{said}; điểm tối đa: {asked}." if language == "vi" else f"{said}; full mark: {asked}."


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def remedy_output(cause: Cause, language: str) -> str:
    """What shows that it is done; empty where a line about it does."""
    return OUTPUT.in_(language) if cause in (Cause.NO_DOCUMENT, Cause.LATE_DOCUMENT) else ""
