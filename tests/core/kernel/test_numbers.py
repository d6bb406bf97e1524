"""Exact numbers: read, rounded only where said, written."""

from fractions import Fraction

import pytest

from parindex.core.kernel.numbers import decimal_text, exact, exact_text, fixed_text, half_up, read_number
from parindex.core.kernel.problems import AnswerRefused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.5", "25/2"),
        ("12,5", "25/2"),
        ("-0,25", "-1/4"),
        ("+3", "3"),
        ("0.10", "1/10"),
        (" 7 ", "7"),
    ],
)
def test_numbers_have_a_point_or_a_comma(text, value):
    """Both decimal marks, exactly."""
    assert read_number(text) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1.234,5",
        "1,234.5",
        "1.2.3",
        "1e3",
        "--1",
        "+-1",
        "1.",
        ".5",
        "1 000",
        "٣",
        "1-2",
        "0x1",
        "inf",
    ],
)
def test_anything_else_is_refused(text):
    """Thousands marks and exponents are not guessed at."""
    with pytest.raises(AnswerRefused) as refusal:
        read_number(text)
    assert refusal.value.code == "number_unreadable"


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("1/200", 2, "1/100"),
        ("-1/200", 2, "-1/100"),
        ("5/2", 0, "3"),
        ("2.4999", 0, "2"),
        ("79.995", 2, "80"),
    ],
)
def test_halves_round_away_from_zero(value, decimals, rounded):
    """As an office rounds, not as floats do."""
    assert half_up(Fraction(value), decimals) == Fraction(rounded)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1/3", "0.33333333333333333333"),
        ("200/3", "66.666666666666666667"),
        ("-1/30", "-0.033333333333333333333"),
        ("1/8", "0.125"),
        ("0", "0"),
        ("1200", "1200"),
        ("1/10000000000000000000000000", "0.0000000000000000000000001"),
    ],
)
def test_a_number_is_whole_or_has_twenty_significant_digits(value, text):
    """Terminating decimals stand whole, however long."""
    assert decimal_text(Fraction(value)) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [("1/3", 2, "0.33"), ("-1/1000", 2, "0.00"), ("12", 0, "12")]
)
def test_shown_numbers_have_exactly_their_decimals(value, decimals, text):
    """And nothing is shown as minus zero."""
    assert fixed_text(Fraction(value), decimals) == text


def test_the_stored_form_gives_the_same_number_back():
    """n/d in lowest terms."""
    assert exact_text(Fraction(14, 6)) == "7/3"
    assert exact("7/3") == Fraction(7, 3)
    assert exact("0.25") == Fraction(1, 4)
