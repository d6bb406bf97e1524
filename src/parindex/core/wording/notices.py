"""What people are told, for every kind of notice."""

from __future__ import annotations

from collections.abc import Mapping


SENTENCES: Mapping[str, tuple[str, str]] = {
    "sheet_returned": (
        "{round}: bảng tự chấm của {unit} được trả lại để hoàn thiện đến {until}. Lý do: {reason}",
        "{round}: the sheet of {unit} is returned for completion until {until}. Reason: {reason}",
    ),
    "phase_extended": (
        "{round}: {unit} được gia hạn “{phase}” đến {until}.",
        "{round}: {unit} has more time for “{phase}”, until {until}.",
    ),
    "reminder": (
        "{round}: {unit} cần hoàn thành “{phase}” trước {until}. {more}",
        "{round}: {unit} has to complete “{phase}” before {until}. {more}",
    ),
    "explanation_asked": (
        "{round}: {unit} được yêu cầu giải trình tiêu chí {leaf}, hạn {until}.",
        "{round}: {unit} is asked to explain criterion {leaf} by {until}.",
    ),
    "explanation_answered": (
        "{round}: {unit} đã giải trình tiêu chí {leaf}.",
        "{round}: {unit} has explained criterion {leaf}.",
    ),
    "explanation_replied": (
        "{round}: đã có trả lời giải trình tiêu chí {leaf} của {unit}.",
        "{round}: there is a reply to {unit}’s explanation of criterion {leaf}.",
    ),
    "framework_changed": (
        "{round}: bộ tiêu chí được đổi theo {document}. {unit} nhập lại: {leaves}, hạn {until}.",
        "{round}: the criteria set is changed by {document}. {unit} answers anew: {leaves}, by {until}.",
    ),
    "council_ruled": (
        "{round}: hội đồng đã kết luận tiêu chí {leaf} của {unit}.",
        "{round}: the council has ruled on criterion {leaf} of {unit}.",
    ),
}


def notice_sentence(kind: str, data: Mapping[str, str], language: str) -> str:
    """A notice in words. Raises KeyError for a kind or datum that is not there."""
    return SENTENCES[kind][0 if language == "vi" else 1].format_map(data).strip()
