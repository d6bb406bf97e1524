"""What a questionnaire begins with that is written on the page, and what its form on paper is called."""

from __future__ import annotations

from typing import Any


FORM_ON_PAPER = "PHIẾU KHẢO SÁT"
_LEVELS = (
    ("5", "Rất hài lòng", "Very satisfied", 100, True),
    ("4", "Hài lòng", "Satisfied", 75, True),
    ("3", "Bình thường", "Neither", 50, False),
    ("2", "Không hài lòng", "Dissatisfied", 25, False),
    ("1", "Rất không hài lòng", "Very dissatisfied", 0, False),
)


def first_section() -> dict[str, Any]:
    """A section with one question, as the file of a questionnaire writes it."""
    options: list[dict[str, Any]] = [
        {"code": code, "text": {"vi": vi, "en": en}, "score": score, "satisfied": satisfied}
        for code, vi, en, score, satisfied in _LEVELS
    ]
    unknown = {"vi": "Không đủ thông tin", "en": "Not enough information"}
    options.append({"code": "9", "text": unknown, "no_opinion": True})
    asked = {"vi": "Mức độ hài lòng chung", "en": "Satisfaction in general"}
    question = {"code": "chung", "kind": "scale", "text": asked, "options": options, "required": True}
    return {"title": {"vi": "Mức độ hài lòng", "en": "How satisfied you are"}, "questions": [question]}
