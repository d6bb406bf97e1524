"""Reading the bare answers that several rules share. Refuses with a code; never guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction

from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.rules.base import Dated, Ratio


YES = frozenset({"yes", "y", "true", "có", "co", "đạt", "dat", "x"})
NO = frozenset({"no", "n", "false", "không", "khong", "không đạt", "chưa"})
NONE = frozenset({"none", "không có", "chưa ban hành", "không ban hành"}) | NO
ALL = frozenset({"all", "tất cả", "đủ"}) | YES
NOT_APPLICABLE_WORDS = frozenset({"n/a", "na", "không áp dụng", "không đánh giá", "not applicable"})
NO_CASE_WORDS = frozenset({"no-case", "no case", "không phát sinh"})
RULED_WORDS = frozenset({"points", "điểm"})
RESERVED = NOT_APPLICABLE_WORDS | NO_CASE_WORDS | RULED_WORDS
HUNDRED = Fraction(100)


def read_ratio(text: str, *, over_100: bool) -> Ratio | Fraction:
    """``12/15`` as a Ratio; ``80``, ``80%`` as a percentage.

    Raises:
        AnswerRefused: ``number_unreadable``, ``number_negative``, ``ratio_of_nothing`` (whole is 0),
            ``ratio_over_100`` unless `over_100`.
    """
    part, slash, whole = text.partition("/")
    if slash:
        value: Ratio | Fraction = _counted(part, whole)
    else:
        value = _percentage(text)
        if value.numerator < 0:
            raise AnswerRefused("number_negative", text=text)
    if not over_100 and _is_over_100(value):
        raise AnswerRefused("ratio_over_100", text=text)
    return value


def _percentage(text: str) -> Fraction:
    """A number with or without its sign; a spreadsheet that made 12/15 a date is told of."""
    try:
        return read_number(text.removesuffix("%"))
    except AnswerRefused:
        if len(text) == len("2024-12-15") and text[4] == text[7] == "-":
            raise AnswerRefused("ratio_became_date", text=text) from None
        raise


def _is_over_100(value: Ratio | Fraction) -> bool:
    if isinstance(value, Ratio):
        return value.part > value.whole
    return value.numerator > 100 * value.denominator


def _counted(part: str, whole: str) -> Ratio:
    """Numerator and denominator: neither negative, the whole not 0."""
    ratio = Ratio(read_number(part), read_number(whole))
    if ratio.whole == 0:
        raise AnswerRefused("ratio_of_nothing", text=f"{part}/{whole}")
    if ratio.part < 0 or ratio.whole < 0:
        raise AnswerRefused("number_negative", text=f"{part}/{whole}")
    return ratio


def read_whole(text: str) -> Fraction:
    """A count: a whole number, not negative. Raises ``count_unreadable``."""
    value = read_number(text)
    if value.denominator != 1 or value < 0:
        raise AnswerRefused("count_unreadable", text=text)
    return value


def read_iso_date(text: str) -> date:
    """``2024-01-31`` and nothing else that ISO 8601 allows. Raises ``date_unreadable``."""
    return _date(text, text.split("-"))


def read_date(text: str) -> date:
    """``2024-01-31`` or ``31/01/2024`` (day first, as Vietnam writes it). Raises ``date_unreadable``."""
    text = text.strip()
    return _date(text, text.split("/")[::-1]) if "/" in text else read_iso_date(text)


def _date(text: str, parts: Sequence[str]) -> date:
    """Year, month and day as digits; the year has four."""
    digits = all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts)
    if len(parts) == 3 and digits and len(parts[0]) == 4:
        with suppress(ValueError):
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
    raise AnswerRefused("date_unreadable", text=text)


def read_dated(text: str, *, needs_base: bool) -> Dated:
    """A date, ``none``, or ``DATE;base=DATE`` where the rule has no base of its own."""
    first, _, second = text.partition(";")
    if first.strip().casefold() in NONE:
        return Dated(None)
    key, equals, base = second.partition("=")
    if needs_base:
        if not equals or key.strip().casefold() != "base":
            raise AnswerRefused("date_needs_base", text=text)
        return Dated(read_date(first), read_date(base))
    if second:
        raise AnswerRefused("date_unreadable", text=text)
    return Dated(read_date(first))


def read_ids(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """``a;b`` in the rule's order. Raises ``option_unknown``, ``option_twice``."""
    given = [part.strip() for part in text.split(";") if part.strip()]
    fold = {k.casefold(): k for k in known}
    for part in given:
        if part.casefold() not in fold:
            raise AnswerRefused("option_unknown", text=part, known=tuple(known))
    chosen = [fold[part.casefold()] for part in given]
    if len(set(chosen)) != len(chosen):
        raise AnswerRefused("option_twice", text=text)
    return tuple(k for k in known if k in chosen)


def read_named(text: str, known: Sequence[str]) -> tuple[tuple[str, Fraction], ...]:
    """``a=3;b=4``, every known name once.

    Raises:
        AnswerRefused: ``input_unreadable``, ``option_unknown``, ``option_twice``, ``input_missing``.
    """
    values: dict[str, Fraction] = {}
    for part in text.split(";"):
        name, equals, number = part.partition("=")
        name = name.strip()
        if not equals:
            raise AnswerRefused("input_unreadable", text=part.strip(), known=tuple(known))
        if name not in known:
            raise AnswerRefused("option_unknown", text=name, known=tuple(known))
        if name in values:
            raise AnswerRefused("option_twice", text=name)
        values[name] = read_number(number)
    missing = [k for k in known if k not in values]
    if missing:
        raise AnswerRefused("input_missing", names=tuple(missing))
    return tuple(sorted(values.items()))


def id_problems(ids: Iterable[str], key: str, *, fold: bool = True) -> list[Problem]:
    """No ids at all, ids that stand twice (whatever their capitals), or ids that an answer could not name."""
    ids = list(ids)
    found = [] if ids else [Problem("list_empty", {"key": key}, (key,))]
    seen: set[str] = set()
    for k, name in enumerate(ids):
        folded = name.casefold()
        same = folded if fold else name
        if same in seen:
            found.append(Problem("id_twice", {"id": name}, (key, k)))
        seen.add(same)
        if not name.isprintable() or folded in RESERVED or set(name) & set(";:=/"):
            found.append(Problem("id_unusable", {"id": name}, (key, k)))
    return found
