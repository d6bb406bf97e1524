"""From text to typed values: `raw` becomes `good`, and what cannot be read becomes a refusal with its place.

Written as SQL for DuckDB, because files hold millions of rows. A row is refused for its first problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from parindex.core.dossiers.date_orders import either, look_at_orders
from parindex.core.dossiers.mapping import Mapping, word_key
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.reading import named, quoted
from parindex.core.dossiers.record import (
    CHANNEL_WORDS,
    CHANNELS,
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
DATE_SHAPE = r"^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}( [0-9:.]+)?$"
SERIAL = r"^[0-9]{5}([.][0-9]+)?$"
SAFE = r"^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$"  # may be shown in a refusal, unless it is digits alone
MINUS = r"^-[0-9][0-9.,]*( ?(đ|đồng|VND|VNĐ))?$"  # no person's number begins so
# what begins like the name of an office or of a state; a person's name in a shifted column does not
OFFICIAL = (
    r"^(?i)(sở|ban|bộ|chi cục|cục|ubnd|ủy ban|uỷ ban|phòng|trung tâm|bộ phận|xã|phường|thị trấn|đặc khu|"
    r"văn phòng|thanh tra|công an|huyện|quận|thị xã|thành phố|đang|đã|chờ|chưa|tạm|hoàn|trả|mới|từ chối|"
    r"hủy|rút|dừng|yêu cầu|bổ sung|xử lý|tiếp nhận|trực tuyến|trực tiếp|qua)( [^0-9]{0,60}[0-9]{0,3})?$"
)
CODE_DAY = r"-([0-9]{6})-[0-9]+$"  # the day that a code of Circular 01/2018/TT-VPCP, art. 19, holds


@dataclass(frozen=True, slots=True)
class _Column:
    """SQL of a field: its value, and the code of what is wrong with it (NULL where nothing is).

    The problem speaks of the value as ``v_`` and the field's name.
    """

    value: str
    problem: str


def check_rows(
    con: duckdb.DuckDBPyConnection, mapping: Mapping, present: Iterable[str], *, units: Sequence[Unit]
) -> tuple[str, ...]:
    """Make the tables `good` (typed, with row numbers) and `bad` (place, field, code, shown).

    Returns:
        Fields with dates of which none tells day from month, so that they were read day first.
    """
    held = [f for f in FIELDS if f.name in set(present)]
    orders = look_at_orders(con, [f.name for f in held if f.kind == "moment"], mapping)
    columns = {f.name: _column(f, mapping, f in held, units=units) for f in FIELDS}
    for name in orders.mixed:
        columns[name] = _unsure(name, columns[name])
    texts = ", ".join(f"{_text(f.name)} AS {named(f.name)}" for f in held)
    values = ", ".join(f"{c.value} AS v_{name}" for name, c in columns.items())
    joins = " ".join(_joined(con, f, _words_of(f, mapping, units)) for f in held)
    first = ", ".join(f"'{name}|' || ({c.problem})" for name, c in columns.items())
    raw = ", ".join(named(f.name) for f in held)
    # what many expressions look at is written once: DuckDB prepares each of its regular expressions
    tidy = {f"t_{f.name}": _tidy(named(f.name)) for f in held if f.kind == "moment"}
    made = "".join(f", {sql} AS {name}" for name, sql in tidy.items())
    left_out = f"EXCLUDE ({', '.join(tidy)})" if tidy else ""
    con.execute(
        f"CREATE TABLE checked AS SELECT * {left_out}, coalesce({first}, {_between()}) AS problem FROM ("
        f"SELECT {', '.join(['place', raw, values, *tidy])} "
        f"FROM (SELECT *{made} FROM (SELECT place, {texts} FROM raw)) {joins})"
    )
    con.execute("DROP TABLE raw")
    con.execute(f"CREATE TABLE good AS SELECT place, {_stored(mapping)} FROM checked WHERE problem IS NULL")
    _set_aside(con, [f.name for f in held])
    con.execute("DROP TABLE checked")
    return orders.unsaid


def _unsure(name: str, column: _Column) -> _Column:
    """A column with dates of both orders: which one a date has that could be either is not guessed, unless
    the dossier's own code says the day of receipt."""
    problem = f"WHEN {either(named(name))}"
    if name == "received":
        problem += f" AND coalesce(NOT regexp_matches(v_code, '{CODE_DAY}'), true)"
    return replace(
        column, problem=column.problem.removesuffix("END") + f"{problem} THEN 'date_order_unsure' END"
    )


def _set_aside(con: duckdb.DuckDBPyConnection, held: Sequence[str]) -> None:
    """The table `bad`: of a refused row no more than its place, the reason, and what cannot be a person's."""
    shown = " ".join(f"WHEN '{name}' THEN {named(name)}" for name in held)
    con.execute(
        "CREATE TABLE bad AS SELECT place, field, problem, CASE WHEN regexp_matches(text, ?) OR "
        "(regexp_matches(text, ?) AND NOT regexp_matches(text, '^[0-9]{7,}$')) OR regexp_matches(text, ?) OR "
        "(field IN ('unit', 'centre', 'status', 'channel') AND regexp_matches(text, ?)) "
        "THEN text END AS shown, code FROM ("
        "SELECT place, split_part(problem, '|', 1) AS field, split_part(problem, '|', 2) AS problem, "
        f"CASE split_part(problem, '|', 1) {shown} END AS text, "
        "CASE WHEN regexp_matches(v_code, ?) AND regexp_matches(v_code, '[-.]') THEN v_code END AS code "
        "FROM checked WHERE problem IS NOT NULL)",
        [DATE_SHAPE, SAFE, MINUS, OFFICIAL, SAFE],
    )


def _text(name: str) -> str:
    """A cell without blanks around it; NULL where nothing is left."""
    return f"nullif(trim({named(name)}, ' \t\r\n\u00a0'), '')"


def _column(field: Field, mapping: Mapping, held: bool, *, units: Sequence[Unit]) -> _Column:
    """The SQL of one field."""
    name, words = named(field.name), _words_of(field, mapping, units)
    if not held:
        fixed = mapping.fixed.get(field.name)
        if fixed is None:
            return _Column("NULL", "NULL")
        if words:
            return _Column(_fixed(field.name, fixed, words), "NULL")
        name = quoted(fixed)
    elif words:
        value, problem = f"w_{field.name}.meaning", _UNKNOWN[field.kind]
        if field.kind == "unit" and not units:
            value, problem = f"coalesce({value}, nfc_normalize({name}))", ""
    if not (held and words):
        tidy = f"t_{field.name}" if held else _tidy(name)
        value, problem = _moment(name, tidy, mapping) if field.kind == "moment" else _KINDS[field.kind](name)
    missing = f"WHEN {name} IS NULL THEN " + ("'value_missing'" if field.required else "NULL")
    broken = f"WHEN {name} IN ({_sql(ERROR)}, {_sql(FORMULA)}) THEN 'cell_broken'"
    problem = problem.replace("{v}", f"v_{field.name}")
    return _Column(value, f"CASE {missing} {broken} {problem} END")


_UNKNOWN = dict.fromkeys(("status", "channel", "flag"), "WHEN {v} IS NULL THEN 'word_unknown'") | {
    "unit": "WHEN {v} IS NULL THEN 'unit_unknown'"
}


def _words_of(field: Field, mapping: Mapping, units: Sequence[Unit]) -> dict[str, object]:
    """Folded words with their meaning, of a field that holds words of a closed list; else none."""
    if field.kind == "unit":
        return {**names_of(units), **mapping.units}
    if field.kind == "status":
        own = {s.vi.lower(): s.number for s in STATUSES} | {str(s.number): s.number for s in STATUSES}
        return {**own, **mapping.status}
    if field.kind == "channel":
        return {**CHANNEL_WORDS, **{k: v for k, v in CHANNELS.items() if v}, **mapping.channel}
    if field.kind == "flag":
        return {**dict.fromkeys((*YES, *mapping.yes), True), **dict.fromkeys((*NO, *mapping.no), False)}
    return {}


def _joined(con: duckdb.DuckDBPyConnection, field: Field, words: Dict[str, object]) -> str:
    """The join of a field with the table of its words; "" where it has none."""
    if not words:
        return ""
    table = f"w_{field.name}"
    kind = {"unit": "VARCHAR", "flag": "BOOLEAN"}.get(field.kind, "TINYINT")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT unnest(?::VARCHAR[]) AS word, "
        f"unnest(?::{kind}[]) AS meaning",
        [list(words), list(words.values())],
    )
    return f"LEFT JOIN {table} ON {table}.word = {_folded(named(field.name), field)}"


def _folded(name: str, field: Field) -> str:
    """A word as `word_key` folds it; blanks within are looked at only in names."""
    single = f"regexp_replace({name}, '\\s+', ' ', 'g')" if field.kind == "unit" else name
    return f"lower(nfc_normalize({single}))"


def _fixed(field: str, word: str, words: Dict[str, object]) -> str:
    """What a word that all rows share means, as SQL.

    Raises:
        DossiersRefused: `word_unknown`.
    """
    if word_key(word) not in words:
        raise refuse("fixed", "word_unknown", word=word, key=field, near="", known=tuple(words))
    meaning = words[word_key(word)]
    return quoted(meaning) if isinstance(meaning, str) else str(meaning)


def _sql(text: str) -> str:
    return "chr(0) || " + quoted(text.lstrip("\0"))


def _plain(name: str) -> tuple[str, str]:
    return f"nfc_normalize({name})", ""


def _moment(name: str, tidy: str, mapping: Mapping) -> tuple[str, str]:
    """A moment as its minute, by the orders that the mapping allows."""
    orders = [order for order in mapping.dates if order != "excel"]
    stamps = ", ".join(_stamp(name, tidy, order) for order in orders)
    stamp = f"coalesce({stamps})" if orders else "NULL::TIMESTAMP"
    # UTC is seven hours behind Việt Nam's time
    value = f"(epoch_ms({stamp}) // 60000 + CASE WHEN ends_with({name}, 'Z') THEN 420 ELSE 0 END)::INTEGER"
    serial = (
        f"regexp_matches({name}, {quoted(SERIAL)}) AND try_cast({name} AS DOUBLE) BETWEEN 20000 AND 90000"
    )
    problem = ""
    if "excel" in mapping.dates:
        number = f"round((try_cast({name} AS DOUBLE) - 25569) * 1440)::INTEGER"
        value = f"CASE WHEN {serial} THEN {number} ELSE {value} END"
    else:
        problem = f"WHEN {{v}} IS NULL AND {serial} THEN 'date_is_number' "
    for order, code in (("mdy", "date_month_first"), ("dmy", "date_day_first")):
        if order not in mapping.dates:
            problem += f"WHEN {{v}} IS NULL AND {_stamp(name, tidy, order)} IS NOT NULL THEN '{code}' "
    problem += (
        f"WHEN {{v}} IS NULL AND regexp_matches({name}, {quoted(DATE_SHAPE)}) THEN 'date_not_in_calendar' "
        "WHEN {v} IS NULL THEN 'date_unreadable' "
        f"WHEN {{v}} < {_year(FIRST_YEAR)} OR {{v}} >= {_year(LAST_YEAR)} THEN 'date_far_off'"
    )
    return value, problem


def _tidy(name: str) -> str:
    """A date with one kind of stroke, without its zone."""
    return f"translate(regexp_replace({name}, '(Z|[+]07:?00)$', ''), '/.T', '-- ')"


def _stamp(name: str, tidy: str, order: str) -> str:
    """A date with or without a time in one order of day, month and year; NULL where it is none."""
    # a fraction of a second was a full stop too, and is cut off
    day, hour = f"split_part({tidy}, ' ', 1)", f"split_part(split_part({tidy}, ' ', 2), '-', 1)"
    one, two, three = (f"split_part({day}, '-', {k})" for k in (1, 2, 3))
    year, month, of_month = {"dmy": (three, two, one), "mdy": (three, one, two), "ymd": (one, two, three)}[
        order
    ]
    text = f"{year} || '-' || {month} || '-' || {of_month} || ' ' || {hour}"
    sound = f"length({year}) = 4 AND {name} NOT LIKE '% % %'"
    return f"CASE WHEN {sound} THEN try_cast(rtrim({text}) AS TIMESTAMP) END"


def _year(year: int) -> int:
    """The first minute of a year."""
    return day_number(date(year, 1, 1)) * MINUTES_A_DAY


def _whole(name: str) -> tuple[str, str]:
    value = f"CASE WHEN regexp_matches({name}, '^[0-9]{{1,4}}([.,]0+)?$') THEN " \
            f"split_part(replace({name}, ',', '.'), '.', 1)::SMALLINT END"  # fmt: skip
    return value, "WHEN {v} IS NULL THEN 'number_not_whole'"


def _money(name: str) -> tuple[str, str]:
    """Whole đồng: 25000, 25.000, 25,000.00, with or without its sign."""
    tidy = f"regexp_replace({name}, ' ?(đ|Đ|đồng|VND|VNĐ|vnd)$', '')"
    plain = f"regexp_replace({tidy}, '[.,]0{{1,2}}$', '')"
    shape = "^-?([0-9]+|[0-9]{1,3}([.,][0-9]{3})+)$"
    digits = f"regexp_replace({plain}, '[.,]', '', 'g')"
    number = f"try_cast({digits} AS BIGINT)"
    value = f"CASE WHEN regexp_matches({plain}, {quoted(shape)}) THEN {number} END"
    return value, (
        "WHEN {v} IS NULL THEN 'number_not_whole' WHEN {v} < 0 THEN 'fee_negative' "
        "WHEN {v} > 1000000000000 THEN 'number_too_large'"
    )


_KINDS: Dict[str, Callable[[str], tuple[str, str]]] = {
    "text": _plain,
    "whole": _whole,
    "money": _money,
    "unit": _plain,
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
