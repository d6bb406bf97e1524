"""From text to typed values: `raw` becomes `good`, and what cannot be read becomes a refusal with its place.

Written as SQL for DuckDB, because files hold millions of rows. A row is refused for its first problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from datetime import date

import duckdb

from parindex.core.dossiers.mapping import Mapping
from parindex.core.dossiers.reading import named, quoted
from parindex.core.dossiers.record import (
    CHANNEL_WORDS,
    FIELDS,
    MINUTES_A_DAY,
    NO,
    STATUSES,
    STORED,
    YES,
    Field,
    day_number,
)
from parindex.core.dossiers.units import Unit, names_of
from parindex.core.dossiers.workbook import ERROR, FORMULA


FIRST_YEAR, LAST_YEAR = 1990, 2100
TIMES = ("", " %H:%M", " %H:%M:%S")
DMY = (*(f"%d{s}%m{s}%Y{t}" for s in "/-." for t in TIMES), "%H:%M %d/%m/%Y", "%H:%M:%S %d/%m/%Y")
MDY = tuple(f"%m{s}%d{s}%Y{t}" for s in "/-." for t in (*TIMES, " %I:%M:%S %p", " %I:%M %p"))
YMD = tuple(f"%Y{s}%m{s}%d{t}" for s in "-/" for t in (*TIMES, " %H:%M:%S.%f"))
ORDERS = {"dmy": DMY, "mdy": MDY, "ymd": YMD}
DATE_SHAPE = r"^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}( [0-9:.]+)?$"
SERIAL = r"^[0-9]{5}([.][0-9]+)?$"
SAFE = r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$"  # may be shown in a refusal, unless it is digits alone
CODE_DAY = r"-([0-9]{6})-[0-9]+$"  # the day that a code of Circular 01/2018/TT-VPCP, art. 19, holds


@dataclass(frozen=True, slots=True)
class _Column:
    """SQL of a field: its value, and the code of what is wrong with it (NULL where nothing is)."""

    value: str
    problem: str


def check_rows(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, present: Iterable[str], *, units: Sequence[Unit]
) -> None:
    """Make the tables `good` (typed, with row numbers) and `bad` (place, field, code, shown)."""
    held = set(present)
    columns = {f.name: _column(f, mapping, held, units=units) for f in FIELDS}
    texts = ", ".join(f"{_text(f.name)} AS {named(f.name)}" for f in FIELDS if f.name in held)
    values = ", ".join(f"{c.value} AS v_{name}" for name, c in columns.items())
    first = ", ".join(
        f"CASE WHEN ({c.problem}) IS NOT NULL THEN '{name}|' || ({c.problem}) END"
        for name, c in columns.items()
    )
    raw = ", ".join(named(name) for name in sorted(held))
    con.execute(
        f"CREATE TABLE checked AS SELECT *, coalesce(p, {_between()}) AS problem FROM ("
        f"SELECT place, {raw}, {values}, coalesce({first}) AS p FROM (SELECT place, {texts} FROM raw))"
    )
    con.execute("DROP TABLE raw")
    con.execute(f"CREATE TABLE good AS SELECT place, {_stored(mapping)} FROM checked WHERE problem IS NULL")
    shown = " ".join(f"WHEN '{name}' THEN {named(name)}" for name in sorted(held))
    con.execute(
        "CREATE TABLE bad AS SELECT place, field, problem, CASE WHEN regexp_matches(text, ?) OR "
        "(regexp_matches(text, ?) AND NOT regexp_matches(text, '^[0-9]{7,}$')) "
        "THEN text END AS shown, code FROM ("
        "SELECT place, split_part(problem, '|', 1) AS field, split_part(problem, '|', 2) AS problem, "
        f"CASE split_part(problem, '|', 1) {shown} END AS text, "
        "CASE WHEN regexp_matches(v_code, ?) AND regexp_matches(v_code, '[-.]') THEN v_code END AS code "
        "FROM checked WHERE problem IS NOT NULL)",
        [DATE_SHAPE, SAFE, SAFE],
    )
    con.execute("DROP TABLE checked")


def _text(name: str) -> str:
    """A cell without blanks around it; NULL where nothing is left."""
    return rf"nullif(trim(regexp_replace({named(name)}, '[\s\x{{00A0}}]+', ' ', 'g')), '')"


def _column(field: Field, mapping: Mapping, held: set[str], *, units: Sequence[Unit]) -> _Column:
    """The SQL of one field."""
    name = named(field.name)
    if field.name not in held:
        fixed = mapping.fixed.get(field.name)
        name = quoted(fixed) if fixed is not None else "NULL::VARCHAR"
    if field.kind == "unit":
        value, problem = _unit(name, mapping, units)
    else:
        value, problem = _KINDS[field.kind](name, mapping)
    missing = f"WHEN {name} IS NULL THEN " + ("'value_missing'" if field.required else "NULL")
    broken = f"WHEN {name} IN ({_sql(ERROR)}, {_sql(FORMULA)}) THEN 'cell_broken'"
    return _Column(value, f"CASE {missing} {broken} {problem} END")


def _sql(text: str) -> str:
    return "chr(0) || " + quoted(text.lstrip("\0"))


def _plain(name: str, mapping: Mapping) -> tuple[str, str]:
    return f"nfc_normalize({name})", ""


def _unit(name: str, mapping: Mapping, units: Sequence[Unit]) -> tuple[str, str]:
    """A unit by the mapping's word for it, else by its code or name; any text where no units are given."""
    words = {**names_of(units), **mapping.units}
    if not words:
        return _plain(name, mapping)
    found = _lookup(name, {k: quoted(v) for k, v in words.items()}, "VARCHAR")
    if not units:
        return f"coalesce({found}, nfc_normalize({name}))", ""
    return found, f"WHEN ({found}) IS NULL THEN 'unit_unknown'"


def _lookup(name: str, words: Dict[str, str], kind: str) -> str:
    """The value of a folded word, by a constant map."""
    keys = ", ".join(map(quoted, words))
    return f"map([{keys}], [{', '.join(words.values())}])[lower(nfc_normalize({name}))]::{kind}"


def _moment(name: str, mapping: Mapping) -> tuple[str, str]:
    """A moment as its minute, by the orders that the mapping allows."""
    tidy = f"replace(regexp_replace({name}, '(Z|[+]07:?00)$', ''), 'T', ' ')"
    shift = f"CASE WHEN ends_with({name}, 'Z') THEN 420 ELSE 0 END"
    tries = [f for order in mapping.dates for f in ORDERS.get(order, ())]
    stamp = f"try_strptime({tidy}, [{', '.join(map(quoted, tries))}])" if tries else "NULL::TIMESTAMP"
    value = f"(epoch_ms({stamp}) // 60000 + {shift})::INTEGER"
    serial = (
        f"regexp_matches({name}, {quoted(SERIAL)}) AND try_cast({name} AS DOUBLE) BETWEEN 20000 AND 90000"
    )
    if "excel" in mapping.dates:
        number = f"round((try_cast({name} AS DOUBLE) - 25569) * 1440)::INTEGER"
        value, problem = f"CASE WHEN {serial} THEN {number} ELSE {value} END", ""
    else:
        problem = f"WHEN {serial} THEN 'date_is_number' "
    for order, code in (("mdy", "date_month_first"), ("dmy", "date_day_first")):
        if order not in mapping.dates:
            other = f"try_strptime({tidy}, [{', '.join(map(quoted, ORDERS[order]))}])"
            problem += f"WHEN ({value}) IS NULL AND {other} IS NOT NULL THEN '{code}' "
    problem += (
        f"WHEN ({value}) IS NULL AND regexp_matches({name}, {quoted(DATE_SHAPE)}) "
        "THEN 'date_not_in_calendar' "
        f"WHEN ({value}) IS NULL THEN 'date_unreadable' "
        f"WHEN ({value}) < {_year(FIRST_YEAR)} OR ({value}) >= {_year(LAST_YEAR)} THEN 'date_far_off'"
    )
    return value, problem


def _year(year: int) -> int:
    """The first minute of a year."""
    return day_number(date(year, 1, 1)) * MINUTES_A_DAY


def _whole(name: str, mapping: Mapping) -> tuple[str, str]:
    value = f"CASE WHEN regexp_matches({name}, '^[0-9]{{1,4}}([.,]0+)?$') THEN " \
            f"split_part(replace({name}, ',', '.'), '.', 1)::SMALLINT END"  # fmt: skip
    return value, f"WHEN ({value}) IS NULL THEN 'number_not_whole'"


def _money(name: str, mapping: Mapping) -> tuple[str, str]:
    """Whole đồng: 25000, 25.000, 25,000.00, with or without its sign."""
    tidy = f"regexp_replace({name}, ' ?(đ|Đ|đồng|VND|VNĐ|vnd)$', '')"
    plain = f"regexp_replace({tidy}, '[.,]0{{1,2}}$', '')"
    shape = "^-?([0-9]+|[0-9]{1,3}([.,][0-9]{3})+)$"
    digits = f"regexp_replace({plain}, '[.,]', '', 'g')"
    number = f"try_cast({digits} AS BIGINT)"
    value = f"CASE WHEN regexp_matches({plain}, {quoted(shape)}) THEN {number} END"
    return value, (
        f"WHEN ({value}) IS NULL THEN 'number_not_whole' WHEN ({value}) < 0 THEN 'fee_negative' "
        f"WHEN ({value}) > 1000000000000 THEN 'number_too_large'"
    )


def _flag(name: str, mapping: Mapping) -> tuple[str, str]:
    words = dict.fromkeys((*YES, *mapping.yes), "true") | dict.fromkeys((*NO, *mapping.no), "false")
    return _words(name, words, "BOOLEAN")


def _status(name: str, mapping: Mapping) -> tuple[str, str]:
    words = {s.vi.lower(): s.number for s in STATUSES} | {str(s.number): s.number for s in STATUSES}
    return _words(name, {k: str(v) for k, v in {**words, **mapping.status}.items()}, "TINYINT")


def _channel(name: str, mapping: Mapping) -> tuple[str, str]:
    words = (
        CHANNEL_WORDS
        | {"online_full": 1, "online_part": 2, "in_person": 3, "post": 4}
        | dict(mapping.channel)
    )
    return _words(name, {k: str(v) for k, v in words.items()}, "TINYINT")


def _words(name: str, words: Dict[str, str], kind: str) -> tuple[str, str]:
    """A word of a closed list."""
    value = _lookup(name, words, kind)
    return value, f"WHEN ({value}) IS NULL THEN 'word_unknown'"


_KINDS: Dict[str, Callable[[str, Mapping], tuple[str, str]]] = {
    "text": _plain,
    "moment": _moment,
    "whole": _whole,
    "money": _money,
    "flag": _flag,
    "status": _status,
    "channel": _channel,
}


def _between() -> str:
    """What values of one row say against each other: the first contradiction as field|code, or NULL."""
    day = "try_strptime(regexp_extract(v_code, '" + CODE_DAY + "', 1), '%y%m%d')"
    received = "make_timestamp(v_received::BIGINT * 60000000)"
    swapped = f"try_strptime(strftime({received}, '%d/%m/%Y'), '%m/%d/%Y')"
    stored_day = f"date_trunc('day', {received})"
    ended = "coalesce(v_finished, v_returned)"
    before = " ".join(
        f"WHEN v_{f} < v_received AND v_{f} % 1440 <> 0 OR v_{f} // 1440 < v_received // 1440 "
        f"THEN '{f}|date_before_received'"
        for f in ("due", "finished", "returned")
    )
    return (
        f"CASE WHEN regexp_matches(v_code, '{CODE_DAY}') AND {day} <> {stored_day} AND {day} = {swapped} "
        f"THEN 'received|date_swapped' {before} "
        "WHEN v_due IS NULL AND v_status NOT IN (1, 3) THEN 'due|value_missing' "
        f"WHEN v_status IN (9, 10) AND {ended} IS NULL THEN 'finished|end_missing' "
        f"WHEN v_status IN (1, 2, 4, 5, 6) AND {ended} IS NOT NULL THEN 'status|ended_but_open' END"
    )


def _stored(mapping: Mapping) -> str:
    """The columns of a stored row from checked values."""
    own = {
        "month": "CAST(strftime(make_timestamp(v_received::BIGINT * 60000000), '%Y%m') AS INTEGER)",
        # a day without a time is a deadline until its last minute
        "due": "CASE WHEN v_due % 1440 = 0 THEN v_due + 1439 ELSE v_due END",
        "extended": "CASE WHEN v_extended % 1440 = 0 THEN v_extended + 1439 ELSE v_extended END",
        "due_moved": "true" if mapping.pauses_in_due else "false",
        "extensions": "coalesce(v_extensions, CASE WHEN v_extended IS NOT NULL THEN 1 ELSE 0 END)",
        "paused_days": "coalesce(v_paused_days, 0)",
        # a day without a time is not before the minute of receipt
        "ended": "CASE WHEN v_status IN (8, 9, 10) AND coalesce(v_finished, v_returned) IS NOT NULL "
        "THEN greatest(coalesce(v_finished, v_returned), v_received) WHEN v_status IN (3, 7) "
        "THEN greatest(coalesce(v_finished, v_returned, v_updated, v_received), v_received) END",
        "channel": "coalesce(v_channel, 0)",
    }  # fmt: skip
    return ", ".join(
        f"({own.get(name, f'v_{name}')})::{kind} AS {named(name)}" for name, kind in STORED.items()
    )
