"""Posters of counters: one a page, the same bytes each time, and nothing in them is a program."""

from dataclasses import replace
from datetime import date

import pypdfium2

from parindex.core.papers.poster import Poster, posters_pdf


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="1" height="1"/></svg>'
ONE = Poster(
    body="Sở Nội vụ",
    title="Khảo sát [#strong] sự hài lòng",
    unit="Trung tâm Phục vụ hành chính công",
    counter="Quầy 1",
    address="https://vi-du.example/khao-sat/quay/abc/",
    code=SQUARE,
    closes=date(2026, 1, 31),
)


def _text(content):
    document = pypdfium2.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_each_counter_has_a_page_with_what_whoever_stands_there_must_know():
    """Both languages, the last day, and the promise that nothing of them is recorded."""
    made = posters_pdf([ONE, replace(ONE, counter="Quầy 2", title="Khảo sát " * 30)])
    assert made == posters_pdf([ONE, replace(ONE, counter="Quầy 2", title="Khảo sát " * 30)])
    first, second = _text(made)
    for words in ("Quầy 1", "[#strong]", "31/01/2026", "Please tell us", "không ghi tên"):
        assert words in first, words
    assert "Quầy 2" in second
