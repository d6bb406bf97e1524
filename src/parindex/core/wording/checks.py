"""Appraisal: what makes an answer worth a second look, as sentences. None of them is a refusal."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.wording.findings import SENTENCES as FINDINGS
from parindex.core.wording.notation import value_text


SENTENCES: Mapping[str, tuple[str, str]] = {
    "differs_from_value": (
        "Đơn vị khai {said}, được {points} điểm; đo được {measured}, được {gives} điểm "
        "(nguồn: {source}, số liệu đến {day}).",
        "The unit says {said}, giving {points} points; measured is {measured}, giving {gives} "
        "(source: {source}, as of {day}).",
    ),
    "value_changed": (
        "Khi đơn vị nộp, số liệu đo được là {was}; nay nguồn đó ghi {now} (đến {day}).",
        "When the unit handed in, {was} had been measured; the source now says {now} (as of {day}).",
    ),
    "contradicts_measured": (
        "Đơn vị khai {said}, số liệu đo được là {measured}.",
        "The unit says {said}; what was measured is {measured}.",
    ),
    "big_jump": (
        "Tăng mạnh so với năm trước: từ {before}% lên {now}% điểm tối đa.",
        "A big jump on the year before: from {before}% to {now}% of the maximum.",
    ),
    "units_apart": (
        "Cộng {count} đơn vị trực thuộc được {sum}, trong khi giá trị chung ghi {whole}: chênh {more}.",
        "The {count} units below add up to {sum}, while the whole is said to be {whole}: {more} apart.",
    ),
    "months_apart": (
        "Cộng {count} tháng được {sum}, nhiều hơn giá trị của cả kỳ ({whole}): chênh {more}.",
        "The {count} months add up to {sum}, more than the whole period’s {whole}: {more} apart.",
    ),
    "wholes_apart": (
        "Mẫu số là {whole}, trong khi “{other}” cùng kỳ ghi {counted}: chênh {more}.",
        "The denominator is {whole}, while “{other}” of the same period says {counted}: {more} apart.",
    ),
    "share_jumped": (
        "Năm trước {was}, năm nay {now}: chênh {more} điểm phần trăm.",
        "The year before {was}, now {now}: {more} percentage points apart.",
    ),
    "count_jumped": ("Năm trước {was}, năm nay {now}.", "The year before {was}, now {now}."),
    "copied_year": (
        "Giống hệt năm trước: {now}.",
        "Exactly as the year before: {now}.",
    ),
    "copied_unit": (
        "Giống hệt {units}: {now}.",
        "Exactly as {units}: {now}.",
    ),
    "maximum_without_documents": (
        "Tự chấm điểm tối đa nhưng không có tài liệu kiểm chứng.",
        "All points claimed without any evidence.",
    ),
    "no_case_now": (
        "Khai không phát sinh, trong khi năm trước có phát sinh.",
        "Says that no case arose, though there were cases the year before.",
    ),
    "same_file_elsewhere": (
        "Cùng một tệp với: {units}.",
        "The very same file is shown by: {units}.",
    ),
    "rejected_before": (
        "{document}: năm {year} đã dùng cho tiêu chí {leaf} và bị giảm {lost} điểm so với tự chấm.",
        "{document}: shown in {year} for criterion {leaf}, where {lost} points were cut from what the unit "
        "claimed.",
    ),
    "same_note_elsewhere": (
        "Thuyết minh giống hệt: {units}.",
        "The same explanation, word for word, at: {units}.",
    ),
}


def check_sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for a check's code and data; what concerns a document begins with its name."""
    words = {key: value_text(value, language) or "…" for key, value in data.items()}
    picked = 0 if language == "vi" else 1
    if code in SENTENCES:
        return SENTENCES[code][picked].format_map(words)
    return f"{words['document']}: " + FINDINGS[code][picked].format_map(words)
