"""The small language of formula rules: what it computes, and errors at the character."""

from fractions import Fraction

import pytest

from parindex.core.kernel.rules.language import FormulaRefused, check_number, evaluate, names, parse


INPUTS = {"a": Fraction(3), "b": Fraction(4), "tổng": Fraction(10), "long": Fraction(10**59)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) × 3", 9),
        ("10 ÷ 4", Fraction(5, 2)),
        ("8 / 4 / 2", 1),
        ("7 - 2 - 1", 4),
        ("--a", 3),
        ("-a + 1", -2),
        ("2 * -a", -6),
        ("1.25", Fraction(5, 4)),
        ("tổng / a", Fraction(10, 3)),
        ("min(a, b, 1)", 1),
        ("max(a, b)", 4),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(2 / 3, 2)", Fraction(67, 100)),
        ("if(a < b, 1, 0)", 1),
        ("if(a >= 3 and b != 4 or not a = 3, 1, 0)", 0),
        ("if(a == 3 or 1 / 0 > 1, 5, 1 / 0)", 5),
        ("if(a > 3 and 1 / 0 > 1, 5, 6)", 6),
        ("if(not not (a <= 3), 1, 2)", 1),
        ("if(a ≤ 3 and b ≥ 4 and a ≠ b, b − a, 0)", 1),
        ("+".join("a" * 199), 597),
    ],
)
def test_values_are_exact(text, value):
    """Usual binding; the branch not taken is not evaluated; halves round away from zero."""
    assert evaluate(parse(text), INPUTS) == value


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "formula_ends", 1),
        ("1 +", "formula_ends", 4),
        ("a ? b", "formula_character", 3),
        ("a.b", "formula_character", 2),
        ("__import__('os')", "formula_character", 12),
        ("a[0]", "formula_character", 2),
        ("(a + b", "formula_ends", 7),
        ("min a", "formula_expected", 5),
        ("1 + sum(a)", "formula_function_unknown", 5),
        ("٣", "formula_character", 1),
        ("+".join("a" * 300), "formula_too_deep", 400),
        ("a b", "formula_rest", 3),
        ("1 < 2 < 3", "formula_rest", 7),
        ("if(a, b)", "formula_arguments", 1),
        ("1 + round(1, 2, 3)", "formula_arguments", 5),
        ("a ** b", "formula_value_expected", 4),
        ("(" * 60 + "1" + ")" * 60, "formula_too_deep", 51),
        ("not " * 60 + "a", "formula_too_deep", 197),
        ("1" + "+1" * 1500, "formula_too_long", 2000),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_character(text, code, at):
    """Counted from 1; nothing of Python is reachable."""
    with pytest.raises(FormulaRefused) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.data["at"]) == (code, at)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a / (b - 4)", "formula_division_by_zero", 3),
        ("1 + (a > b)", "formula_type", 3),
        ("a and b", "formula_type", 3),
        ("not a", "formula_type", 1),
        ("if(a, 1, 2)", "formula_type", 1),
        ("round(a, b + 3)", "formula_decimals", 1),
        ("round(a, 1 / 2)", "formula_decimals", 1),
        ("*".join(["long"] * 40), "formula_number_too_long", 165),
        ("1 / (1" + " / long" * 40 + ")", "formula_number_too_long", 239),
    ],
)
def test_what_cannot_be_computed_is_refused_at_its_character(text, code, at):
    """A condition is no number, a number no condition; a number stays of bearable length."""
    with pytest.raises(FormulaRefused) as refusal:
        evaluate(parse(text), INPUTS)
    assert (refusal.value.code, refusal.value.data["at"]) == (code, at)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("a > 1", "formula_type", 3),
        ("not a > 1", "formula_type", 1),
        ("1 + (a > b)", "formula_type", 3),
        ("if(a, 1, 2)", "formula_type", 1),
        ("if(a > 1, 1, b > 2)", "formula_type", 1),
        ("min(1, a = b)", "formula_type", 1),
        ("a and b > 1", "formula_type", 3),
        ("1 + round(a, 7)", "formula_decimals", 5),
        ("round(a, 1.5)", "formula_decimals", 1),
        ("b + a / 0", "formula_division_by_zero", 7),
    ],
)
def test_what_can_never_be_computed_shows_without_inputs(text, code, at):
    """So a framework is refused when it is loaded."""
    with pytest.raises(FormulaRefused) as refusal:
        check_number(parse(text))
    assert (refusal.value.code, refusal.value.data["at"]) == (code, at)


def test_what_gives_a_number_passes():
    """Conditions inside, a number outside."""
    check_number(parse("if(a > 1 and not (b = 2 or a < b), round(a, 2), if(a = 1, -b, b / a))"))


def test_names_come_with_their_characters():
    """What the check of a framework points at."""
    assert list(names(parse("a + min(b, x)"))) == [("a", 1), ("b", 9), ("x", 12)]
