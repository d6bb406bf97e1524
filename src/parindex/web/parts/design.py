"""The design system on one page (in debug)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.core.kernel.framework import Band
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import percent
from parindex.web.parts import charts
from parindex.web.parts.languages import language


BANDS = [
    Band("tot", Text("Tốt", "Good"), Fraction(80)),
    Band("kha", Text("Khá", "Fair"), Fraction(65)),
    Band("trung-binh", Text("Trung bình", "Average"), Fraction(50)),
    Band("kem", Text("Kém", "Poor"), Fraction(0)),
]
CONTENTS = [
    ("principles", Text("Nguyên tắc", "Principles")),
    ("type", Text("Chữ", "Type")),
    ("space", Text("Khoảng cách", "Spacing")),
    ("colour", Text("Màu", "Colour")),
    ("badges", Text("Huy hiệu", "Badges")),
    ("charts", Text("Biểu đồ", "Charts")),
    ("tables", Text("Bảng", "Tables")),
    ("buttons", Text("Nút", "Buttons")),
    ("fields", Text("Ô nhập", "Fields")),
    ("sign-in", Text("Đăng nhập", "Sign-in")),
    ("sheet", Text("Bảng chấm", "Sheet")),
    ("messages", Text("Thông báo", "Messages")),
    ("moving", Text("Di chuyển", "Navigation")),
    ("empty", Text("Khi trống", "Empty states")),
    ("time", Text("Thời gian", "Timeline")),
]
SWATCHES = [
    ("ink", Text("chữ", "text")),
    ("soft", Text("chữ phụ", "secondary text")),
    ("paper", Text("nền trang", "page")),
    ("sheet", Text("nền thẻ", "card")),
    ("line", Text("đường kẻ", "rules")),
    ("accent", Text("liên kết, hành động", "links, actions")),
    ("focus", Text("đang chọn bằng bàn phím", "keyboard focus")),
    ("bar", Text("điểm đạt được", "points held")),
    ("bar-lost", Text("điểm còn lại", "points not held")),
    ("up", Text("tăng, hơn", "up, above")),
    ("down", Text("giảm, mất", "down, lost")),
    ("g1", Text("mức cao nhất", "best grade")),
    ("g2", Text("mức thứ hai", "second grade")),
    ("g3", Text("mức thứ ba", "third grade")),
    ("g4", Text("mức thấp", "low grades")),
    ("note", Text("lưu ý", "note")),
]
THIRD, MIDDLE = Fraction(250, 3), Fraction(171, 2)


def design(request: HttpRequest) -> HttpResponse:
    """Type, colour with meaning, badges, bars, tables, forms, messages: each as the pages use it."""
    context = {
        "contents": [(anchor, label.in_(language())) for anchor, label in CONTENTS],
        "bands": BANDS,
        "swatches": [(name, meaning.in_(language())) for name, meaning in SWATCHES],
        "spaces": range(1, 8),
        "third": THIRD,
        "middle": MIDDLE,
        "hundred": Fraction(100),
        **_charts(),
    }
    return render(request, "parts/design.html", context)


def _charts() -> dict[str, Any]:
    """One of each."""
    sizes = [
        charts.Segment(n, f"gr{5 - n}", band.name.vi) for n, band in zip((4, 3, 2, 1), BANDS, strict=True)
    ]
    years = charts.Series("A", "c1", [("2022", 78), ("2023", 81), ("2024", Fraction(173, 2))])
    return {
        "stacked": charts.stacked_bar(sizes, "4 · 3 · 2 · 1"),
        "above": charts.diverging_bar(10, 12, "+10"),
        "below": charts.diverging_bar(-5, 12, "−5"),
        "band": charts.rank_band((4, 8), 19, "6: 4–8", rank=6),
        "trend": charts.trend([years], "78 – 81 – 86,5", shown=["78", "81", "86,5"]),
        "strip": charts.dot_strip(
            [("A", 12), ("B", 9), ("C", 15), ("D", 15)], "B", "A, B, C, D", high=20, median=13
        ),
        "marks": charts.mark_strip([92, 78, 85, 88], (70, 100), percent(Fraction(92), language())),
    }
