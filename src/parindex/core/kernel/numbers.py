"""Exact numbers: how they are read, stored and cut for display.

Points are fractions end to end. Stored text is ``7503/80`` or a terminating decimal; a shown value is
rounded half-up, and only there (invariant 1).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from parindex.core.kernel.problems import AnswerRefused


MAX_DIGITS = 60


@lru_cache(maxsize=1 << 13)
def read_number(text: str) -> Fraction:
    """Read ``12``, ``12.5`` or Vietnamese ``12,5``; a percent sign is the caller's to strip.

    Raises:
        AnswerRefused: ``number_unreadable`` (thousands separators are refused, not guessed).
    """
    text = text.strip()
    whole, mark, decimals = text.partition("." if "." in text else ",")
    if not (
        text.isascii()
        and len(text) <= MAX_DIGITS
        and whole.lstrip("+-").isdigit()
        and bool(mark) == decimals.isdigit()
    ):
        raise AnswerRefused("number_unreadable", text=text)
    if len(whole) - len(whole.lstrip("+-")) > 1:
        raise AnswerRefused("number_unreadable", text=text)
    return Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else Fraction(int(whole))


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round half away from zero to `decimals` places, exactly."""
    return Fraction(_scaled(value, decimals), 10**decimals)


def terminates(value: Fraction) -> bool:
    """Whether the number is a finite decimal."""
    return _places(value) is not None


def decimal_text(value: Fraction, significant: int = 20) -> str:
    """A terminating number whole, any other cut to `significant` digits (half-up); no exponent."""
    decimals = _places(value)
    if decimals is None:
        whole = abs(value.numerator) // value.denominator
        decimals = significant - len(str(whole)) if whole else significant + _leading_zeros(value)
    return fixed_text(value, max(decimals, 0))


def fixed_text(value: Fraction, decimals: int) -> str:
    """The number half-up with exactly `decimals` places, point as decimal mark."""
    scaled = _scaled(value, decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


def _scaled(value: Fraction, decimals: int) -> int:
    """The number times a power of ten, half-up to a whole one."""
    top, under = value.numerator, value.denominator
    rounded: int = (2 * abs(top) * 10**decimals + under) // (2 * under)
    return rounded if top >= 0 else -rounded


def _places(value: Fraction) -> int | None:
    """How many decimals a number has; None where they never end."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def _leading_zeros(value: Fraction) -> int:
    """Zeros after the point before the first digit of a number below 1 that is not 0."""
    top, zeros = abs(value.numerator) * 10, 0
    while top < value.denominator:
        top *= 10
        zeros += 1
    return zeros


def exact_text(value: Fraction) -> str:
    """The stored form: ``n/d`` in lowest terms, or ``n`` for a whole number."""
    return str(value)


def exact(text: str) -> Fraction:
    """Read back `exact_text` (also a plain decimal)."""
    if "." in text:
        return Fraction(text)
    # what is stored is mostly n/d, and Fraction's own reading of text is twice as slow
    top, slash, under = text.partition("/")
    return Fraction(int(top), int(under)) if slash else Fraction(int(top))
