"""The design system on one page (in debug)."""

from __future__ import annotations

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parindex.core.kernel.framework import Band
from parindex.core.kernel.text import Text
from parindex.web.parts import charts


BANDS = [
    Band("tot", Text("Tốt", "Good"), Fraction(80)),
    Band("kha", Text("Khá", "Fair"), Fraction(65)),
    Band("trung-binh", Text("Trung bình", "Average"), Fraction(50)),
    Band("kem", Text("Kém", "Poor"), Fraction(0)),
]


def design(request: HttpRequest) -> HttpResponse:
    """Type, colour with meaning, badges, bars, tables, forms, messages: each as the pages use it."""
    sizes = [3, 2, 1, 1]
    context = {
        "bands": BANDS,
        "swatches": ["ink", "soft", "accent", "up", "down", "g1", "g2", "g3", "g4", "note"],
        "stacked": charts.stacked_bar(
            [
                charts.Segment(s, f"gr{k}", b.name.vi)
                for k, (s, b) in enumerate(zip(sizes, BANDS, strict=True), start=1)
            ],
            "3 · 2 · 1 · 1",
        ),
        "band": charts.rank_band((4, 8), 19, "6: 4–8", rank=6),
        "trend": charts.trend(
            [charts.Series("A", "c1", [("2022", 78), ("2023", 81), ("2024", Fraction(173, 2))])],
            "78 – 81 – 86,5",
        ),
        "strip": charts.dot_strip([("A", 12), ("B", 9), ("C", 15)], "B", "A, B, C", high=20),
        "third": Fraction(250, 3),
        "hundred": Fraction(100),
    }
    return render(request, "parts/design.html", context)
