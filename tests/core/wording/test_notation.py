"""Numbers, dates and lists as each language writes them."""

from datetime import date
from fractions import Fraction

import pytest

from parindex.core.kernel.text import Text
from parindex.core.wording.notation import answer_text, day, listing, number, percent, value_text


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (Fraction(7503, 80), 2, "93,79", "93.79"),
        (Fraction(1234567, 1), None, "1.234.567", "1,234,567"),
        (Fraction(12345, 10), 2, "1.234,50", "1,234.50"),
        (Fraction(1, 3), None, "0,33", "0.33"),
        (Fraction(1, 8), None, "0,125", "0.125"),
        (Fraction(-5, 2), None, "−2,5", "−2.5"),
        (Fraction(-1, 1000), 2, "0,00", "0.00"),
        (Fraction(79995, 1000), 2, "80,00", "80.00"),
        (5, None, "5", "5"),
    ],
)
def test_numbers(value, decimals, vietnamese, english):
    """A comma before decimals and a point between thousands in Vietnamese; a true minus sign."""
    assert number(value, "vi", decimals=decimals) == vietnamese
    assert number(value, "en", decimals=decimals) == english


def test_percentages_follow_the_number():
    """79,25% as the province's own tables print it, and 79.25%."""
    assert (percent(Fraction(317, 4), "vi"), percent(Fraction(317, 4), "en")) == ("79,25%", "79.25%")
    assert percent(Fraction(80), "vi", decimals=None) == "80%"


def test_dates_have_the_day_first():
    """31/01/2024 and 31 January 2024."""
    assert day(date(2024, 1, 31), "vi") == "31/01/2024"
    assert day(date(2024, 12, 5), "en") == "5 December 2024"


@pytest.mark.parametrize(
    ("items", "vietnamese", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a và b", "a and b"),
        (["a", "b", "c"], "a, b và c", "a, b and c"),
    ],
)
def test_lists_end_with_and(items, vietnamese, english):
    """Without a comma before it."""
    assert (listing(items, "vi"), listing(items, "en")) == (vietnamese, english)


@pytest.mark.parametrize(
    ("answer", "vietnamese", "english"),
    [
        ("49533/62027", "49.533/62.027 (79,86%)", "49,533/62,027 (79.86%)"),
        ("76.4706", "76,4706", "76.4706"),
        ("-1234.5", "−1.234,5", "−1,234.5"),
        ("2024", "2024", "2024"),
        ("2024-12-31", "2024-12-31", "2024-12-31"),
        ("1.2.3", "1.2.3", "1.2.3"),
        ("3/0", "3/0", "3/0"),
    ],
)
def test_answers_are_said_as_numbers_only_where_they_are(answer, vietnamese, english):
    said = answer_text(answer)
    assert (said.vi, said.en) == (vietnamese, english)


def test_any_datum_becomes_a_word():
    """What a problem's data may hold."""
    assert value_text(Text("Sở", "Dept"), "en") == "Dept"
    assert value_text(("a", Fraction(1, 2)), "vi") == "a, 0,5"
    assert value_text(date(2024, 1, 2), "vi") == "02/01/2024"
    assert value_text(None, "vi") == ""
