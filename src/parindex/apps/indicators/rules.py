"""What must hold of an indicator and of a value before they are kept."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from parindex.apps.indicators.models import Indicator
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Refused


CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST = 2**62
LONGEST = 366 * 5
_COUNT = re.compile(r"\d{1,18}")


def check_code(code: str) -> None:
    """Small letters, digits, hyphens. Raises Refused ``indicator_code_unusable``."""
    if not CODE.fullmatch(code) or len(code) > 60:
        raise Refused("indicator_code_unusable", code=code[:60])


def check_period(start: date, end: date, as_of: date, *, today: date) -> None:
    """A period that ends after it begins, data that lie in it, and nothing of days to come.

    Raises:
        Refused: ``period_reversed``, ``period_too_long``, ``as_of_outside``, ``as_of_ahead``.
    """
    if end < start:
        raise Refused("period_reversed", first=start, last=end)
    if (end - start).days > LONGEST:
        raise Refused("period_too_long", first=start, last=end)
    if as_of > today:
        raise Refused("as_of_ahead", day=as_of, today=today)
    if not start <= as_of:
        raise Refused("as_of_outside", day=as_of, first=start)


def read_count(text: str) -> int:
    """A number of cases.

    Raises:
        Refused: ``value_negative``, ``count_unreadable``, ``count_too_large``.
    """
    typed = text.strip()
    if typed.startswith("-") and _COUNT.fullmatch(typed[1:]):
        raise Refused("value_negative", text=typed[:40])
    if not typed.isascii() or not _COUNT.fullmatch(typed):
        raise Refused("count_unreadable", text=typed[:40])
    if int(typed) > MOST:
        raise Refused("count_too_large", text=typed[:40])
    return int(typed)


def read_value(indicator: Indicator, text: str) -> Fraction:
    """The value of an indicator that is no share.

    Raises:
        Refused: ``value_missing``, ``value_negative``, ``count_unreadable``, or as numbers are refused.
    """
    typed = text.strip()
    if not typed:
        raise Refused("value_missing")
    if indicator.kind == Indicator.Kind.COUNT:
        return Fraction(read_count(typed))
    try:
        found = read_number(typed)
    except AnswerRefused:
        raise Refused("value_unreadable", text=typed[:40]) from None
    if found < 0:
        raise Refused("value_negative", text=typed[:40])
    return found


def read_error(text: str) -> Fraction:
    """The standard error of a survey's value. Raises Refused ``value_negative``, ``value_unreadable``."""
    try:
        found = read_number(text.strip())
    except AnswerRefused:
        raise Refused("value_unreadable", text=text[:40]) from None
    if found < 0:
        raise Refused("value_negative", text=text[:40])
    return found


def check_share(numerator: int, denominator: int) -> None:
    """A part of a whole. Raises Refused ``numerator_larger``."""
    if numerator > denominator:
        raise Refused("numerator_larger", part=numerator, whole=denominator)
