"""Deadlines as plans print them: exactly understood, or asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.core.formats.deadlines import DueKind, read_deadline


DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
IN_2025 = st.dates(date(2025, 1, 1), date(2025, 12, 31))

UNDERSTOOD = [
    # a day
    ("15/12", None, "2025-12-15"),
    ("15/12/2025", None, "2025-12-15"),
    ("05/3/2025", None, "2025-03-05"),
    ("15.12.2025", None, "2025-12-15"),
    ("15-12-2025", None, "2025-12-15"),
    ("2025-12-15", None, "2025-12-15"),
    ("31/12", None, "2025-12-31"),
    ("Ngày 15 tháng 12 năm 2025", None, "2025-12-15"),
    ("ngày 15 tháng 12", None, "2025-12-15"),
    ("Đến 31/12/2025", None, "2025-12-31"),
    ("Chậm nhất ngày 20/11", None, "2025-11-20"),
    ("Chậm nhất là ngày 20/11", None, "2025-11-20"),
    ("Hoàn thành trong ngày 20/11", None, "2025-11-20"),
    ("Hạn: 20/11", None, "2025-11-20"),
    ("15/01/2026", None, "2026-01-15"),
    # before a day or a period: the last day in time
    ("trước 15/12", None, "2025-12-14"),
    ("Trước ngày 15/12/2025", None, "2025-12-14"),
    ("Trước ngày 01 tháng 3", None, "2025-02-28"),
    ("Hoàn thành trước ngày 30/6/2025.", None, "2025-06-29"),
    ("trước tháng 6", None, "2025-05-31"),
    ("Trước quý III", None, "2025-06-30"),
    ("Trước năm 2026", None, "2025-12-31"),
    # periods
    ("Quý III", "2025-07-01", "2025-09-30"),
    ("quý 3", "2025-07-01", "2025-09-30"),
    ("Quý I/2025", "2025-01-01", "2025-03-31"),
    ("Quý I/2026", "2026-01-01", "2026-03-31"),
    ("Quý IV năm 2025", "2025-10-01", "2025-12-31"),
    ("Trong quý II", "2025-04-01", "2025-06-30"),
    ("Tháng 6", "2025-06-01", "2025-06-30"),
    ("Tháng 02/2024", "2024-02-01", "2024-02-29"),
    ("Trong tháng 6 năm 2025", "2025-06-01", "2025-06-30"),
    ("12/2025", "2025-12-01", "2025-12-31"),
    ("T6/2025", "2025-06-01", "2025-06-30"),
    ("6 tháng đầu năm", "2025-01-01", "2025-06-30"),
    ("6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
    ("9 tháng đầu năm", "2025-01-01", "2025-09-30"),
    ("nửa đầu năm", "2025-01-01", "2025-06-30"),
    ("Trong năm", "2025-01-01", "2025-12-31"),
    ("Năm 2025", "2025-01-01", "2025-12-31"),
    ("Cả năm", "2025-01-01", "2025-12-31"),
    ("Cuối quý III", None, "2025-09-30"),
    ("Hết tháng 6", "2025-06-01", "2025-06-30"),
    ("Cuối năm", None, "2025-12-31"),
    ("Từ 01/3 đến 30/6/2025", "2025-03-01", "2025-06-30"),
    ("01/3 - 30/6", "2025-03-01", "2025-06-30"),
    ("Từ tháng 3 đến tháng 6", "2025-03-01", "2025-06-30"),
    ("Tháng 3 – 6/2025", "2025-03-01", "2025-06-30"),
    ("Quý II-III", "2025-04-01", "2025-09-30"),
    ("Quý I - Quý IV/2025", "2025-01-01", "2025-12-31"),
]
NO_DAY = [
    ("Thường xuyên", "continuous"),
    ("Thường xuyên trong năm", "continuous"),
    ("Thực hiện thường xuyên, liên tục", "continuous"),
    ("Thường xuyên trong năm 2025", "continuous"),
    ("Hằng ngày", "continuous"),
    ("Hằng quý", "recurring"),
    ("hàng tháng", "recurring"),
    ("Định kỳ", "recurring"),
    ("Định kỳ hằng quý", "recurring"),
    ("Hằng quý, 6 tháng, năm", "recurring"),
    ("Trước ngày 20 hằng tháng", "recurring"),
    ("31/12 hằng năm", "recurring"),
    ("Thường xuyên, định kỳ hằng quý", "recurring"),
]
ASKED = [
    ("", "missing"),
    ("   ", "missing"),
    ("Sau khi có hướng dẫn", "depends"),
    ("Theo kế hoạch của UBND tỉnh", "depends"),
    ("Khi có văn bản của Bộ", "depends"),
    ("Trong vòng 10 ngày kể từ ngày ban hành", "depends"),
    ("15/6 và 15/12", "several"),
    ("Quý II, IV", "several"),
    ("Tháng 3, 6, 9, 12", "several"),
    ("Trước 30/6; 31/12", "several"),
    ("31/11", "impossible"),
    ("29/02/2025", "impossible"),
    ("Tháng 13", "impossible"),
    ("45/13/2025", "impossible"),
    ("Từ 30/6 đến 01/3", "reversed"),
    ("Tháng 11 - tháng 2", "reversed"),
    ("15/12/2052", "far"),
    ("15/12/25", "unclear"),
    ("Đầu quý III", "unclear"),
    ("Đầu năm", "unclear"),
    ("Trước năm", "unclear"),
    ("Trước tháng 1", "unclear"),
    ("6 tháng", "unclear"),
    ("Quý III (nếu có)", "unclear"),
    ("15/12 hoặc khi xong", "several"),
    ("45291", "unclear"),
    ("Sớm nhất có thể", "unclear"),
    ("Quý V", "unclear"),
]


def _day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "start", "due"), UNDERSTOOD)
def test_what_names_a_day_or_a_period_is_due_on_its_last_day(text, start, due):
    """In a plan of 2025."""
    found = read_deadline(text, year=2025)
    assert (found.start, found.due, found.question) == (_day(start), _day(due), "")
    assert found.kind is (DueKind.PERIOD if start else DueKind.DAY)


@pytest.mark.parametrize(("text", "kind"), NO_DAY)
def test_what_recurs_or_goes_on_has_no_day(text, kind):
    """And is asked nothing."""
    found = read_deadline(text, year=2025)
    assert (found.kind, found.due, found.question) == (DueKind(kind), None, "")


@pytest.mark.parametrize(("text", "why"), ASKED)
def test_what_is_not_certain_is_asked_about(text, why):
    """With the reason, and no day."""
    found = read_deadline(text, year=2025)
    assert (found.question, found.due, found.is_understood) == (f"deadline_{why}", None, False)


@given(DAYS, st.sampled_from("/.-"), st.sampled_from(["", "ngày ", "Đến ", "chậm nhất "]))
def test_every_day_is_read_as_it_is_written(day, mark, before):
    """Day before month, whichever marks are between."""
    text = f"{before}{day.day:02d}{mark}{day.month}{mark}{day.year}"
    assert read_deadline(text, year=2026).due == day


@given(IN_2025)
def test_before_a_day_is_the_day_before(day):
    """With the plan's year where none is written."""
    found = read_deadline(f"Trước ngày {day.day}/{day.month}", year=2025)
    assert found.due == day - timedelta(days=1)


@given(
    st.sampled_from([text for text, _, _ in UNDERSTOOD]),
    st.sampled_from(["nếu có", "xyz", "(dự kiến)", "?!"]),
)
def test_a_word_that_is_not_understood_leaves_no_day(text, more):
    """Nothing is understood in part."""
    found = read_deadline(f"{text} {more}", year=2025)
    assert (found.due, found.is_understood) == (None, False)


@given(st.text(max_size=300), st.integers(2000, 2100))
def test_any_text_is_understood_or_asked_about(text, year):
    """No text breaks the reader, and only what is understood has a day."""
    found = read_deadline(text, year=year)
    assert found.is_understood == (not found.question)
    assert found.is_understood or found.due is None
    assert found.start is None or found.start <= found.due


SAID = "trước ngày 15/12 31/2 quý III II - , và tháng 6 13 năm 2025 hằng thường xuyên từ đến cuối đầu"
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=7)


@given(WORDS)
def test_any_order_of_the_words_of_deadlines_is_survived(words):
    """Also where they make no sense together."""
    found = read_deadline(" ".join(words), year=2025)
    assert found.is_understood or found.due is None
