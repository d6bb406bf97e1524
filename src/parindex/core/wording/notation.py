"""Numbers, dates and lists as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from parindex.core.kernel.numbers import decimal_text, fixed_text, terminates
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import LEGAL_ZONE


Language = Literal["vi", "en"]
SHOWN = 2
_DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)


def number(value: Fraction | int, language: str, *, decimals: int | None = None) -> str:
    """A number with thousands marks: ``1.234,50`` in Vietnamese, ``1,234.50`` in English.

    Args:
        decimals: shown half-up with exactly so many; None: as many as it has, two where it never ends.
    """
    exact = Fraction(value)
    if decimals is None:
        plain = decimal_text(exact) if terminates(exact) else fixed_text(exact, SHOWN)
    else:
        plain = fixed_text(exact, decimals)
    sign = "−" if plain.startswith("-") else ""
    whole, _, rest = plain.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}"
    if language == "vi":
        grouped = grouped.replace(",", ".")
    mark = "," if language == "vi" else "."
    return f"{sign}{grouped}{mark}{rest}" if rest else f"{sign}{grouped}"


def some(count: Fraction | int, one: str, more: str = "") -> str:
    """``1 point``, ``2 points`` in English; `more` where that is not `one` and an s."""
    return f"{number(count, 'en')} {one if count == 1 else more or one + 's'}"


def percent(value: Fraction, language: str, *, decimals: int | None = SHOWN) -> str:
    """A percentage: ``79,25%`` in Vietnamese, ``79.25%`` in English."""
    return number(value, language, decimals=decimals) + "%"


def day(value: date, language: str) -> str:
    """``31/01/2024`` in Vietnamese, ``31 January 2024`` in English."""
    if language == "vi":
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def instant(value: datetime, language: str) -> str:
    """``17:00 ngày 31/01/2024`` in Vietnamese, ``17:00 on 31 January 2024`` in English, Việt Nam's time."""
    local = value.astimezone(LEGAL_ZONE)
    joint = "ngày" if language == "vi" else "on"
    return f"{local:%H:%M} {joint} {day(local.date(), language)}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def listing(items: Sequence[str], language: str) -> str:
    """``a, b và c`` / ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {'và' if language == 'vi' else 'and'} {items[-1]}"


def answer_text(answer: str) -> Text:
    """An answer for a sentence: ``49.533/62.027 (79,86%)`` where it is a share, a decimal with the
    language's mark, else as it was written."""
    if _DECIMAL.fullmatch(answer.strip()):
        return Text(*(number(Fraction(answer.strip()), language) for language in ("vi", "en")))
    part, slash, whole = answer.strip().partition("/")
    if not (slash and part.isdecimal() and whole.isdecimal() and int(whole)):
        return Text(answer, answer)
    share = Fraction(100 * int(part), int(whole))

    def said(language: str) -> str:
        return f"{number(int(part), language)}/{number(int(whole), language)} ({percent(share, language)})"

    return Text(said("vi"), said("en"))


def value_text(value: object, language: str) -> str:
    """Any datum of a problem or reason as a word of a sentence."""
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return number(value, language)
    if isinstance(value, datetime):
        return instant(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(value_text(v, language) for v in value)
    return "" if value is None else str(value)
