"""Invented dossiers for demonstration, tests, benches: a thousand to a hundred million, the same for a seed.

A year of a fictional province: busy and quiet months, few procedures that most people need, units that are
often late, pauses, extensions, communes that are merged on 1 July, and a known number of rows that must be
refused.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.reading import quoted
from parindex.core.dossiers.record import CHANNELS, MINUTES_A_DAY, STORED, day_number
from parindex.core.dossiers.units import Unit


PIECE = 1_000_000
YEAR = 2025
MERGED_ON = date(YEAR, 7, 1)
SEASON = (0.06, 0.05, 0.09, 0.09, 0.09, 0.09, 0.08, 0.08, 0.09, 0.10, 0.10, 0.08)
PROCEDURES, FIELDS = 400, 40
LIMITS = (1, 3, 5, 7, 10, 15, 20, 30)
FEES = (5_000, 10_000, 25_000, 50_000, 150_000)
# Tết and the other days off of the invented year; a Saturday worked in exchange
HOLIDAYS = WorkingDays(
    frozenset(date(YEAR, 1, 25) + timedelta(days=k) for k in range(9))
    | {date(YEAR, 1, 1), date(YEAR, 4, 7), date(YEAR, 4, 30), date(YEAR, 5, 1), date(YEAR, 5, 2)}
    | {date(YEAR, 9, 1), date(YEAR, 9, 2)},
    frozenset({date(YEAR, 4, 26)}),
)
# how a row is made wrong: the reason it must be refused for, a column and what stands there
DIRTY = (
    ("date_not_in_calendar", "received", "'31/02/2025 08:00'"),
    ("date_month_first", "received", "'12/31/2025 08:00'"),
    ("value_missing", "code", "''"),
    ("word_unknown", "status", "'99'"),
    ("fee_negative", "fee", "'-5000'"),
    ("date_unreadable", "due", "'chưa rõ'"),
    ("end_missing", "status", "'9'"),
    ("number_not_whole", "paused_days", "'hai'"),
)
WRONG, AGAIN = 1000, 500  # every thousandth row is wrong, every five hundredth has an older version before it


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: `rows` in all, of them `dirty` by reason and `repeated` (older versions)."""

    rows: int
    dirty: dict[str, int]
    repeated: int
    units: int


def generate(
    rows: int, *, seed: int, output: Path, progress: Callable[[int], None] = lambda done: None
) -> Generated:
    """Write `dossiers/NNN.parquet` (text, as exports are), `units.csv`, `holidays.csv`, `generated.json`."""
    (output / "dossiers").mkdir(parents=True, exist_ok=True)
    units = invented_units(rows)
    _write_units(output / "units.csv", units)
    _write_days(output / "holidays.csv")
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'; SET memory_limit = '400MB'")
    con.execute(f"SET temp_directory = {quoted(str(output / 'spill'))}")
    for k, piece in enumerate(pieces(rows, seed=seed, units=units)):
        take_piece(con, piece)
        path = quoted(str(output / "dossiers" / f"{k + 1:03}.parquet"))
        con.execute(f"COPY ({_export_query()}) TO {path} (COMPRESSION zstd, COMPRESSION_LEVEL 1)").fetchall()
        progress(min(rows, (k + 1) * PIECE))
    con.close()
    repeated = _numbers(rows, AGAIN, AGAIN // 2)
    dirty = {
        reason: _numbers(rows, WRONG * len(DIRTY), WRONG * k + 77) for k, (reason, _, _) in enumerate(DIRTY)
    }
    found = Generated(rows + repeated, {k: v for k, v in dirty.items() if v}, repeated, len(units))
    text = json.dumps(
        {"seed": seed, "rows": found.rows, "dirty": found.dirty, "repeated": repeated}, indent=1
    )
    (output / "generated.json").write_text(text + "\n", encoding="utf-8")
    return found


def _numbers(rows: int, step: int, rest: int) -> int:
    """How many numbers below `rows` leave that rest."""
    return max(0, (rows - rest + step - 1) // step)


def invented_units(rows: int) -> tuple[Unit, ...]:
    """A province with departments and communes, more for more rows; communes merge by threes on 1 July."""
    communes = min(3_321, max(6, rows // 300)) // 3 * 3
    departments = min(700, max(4, communes // 5))
    found = [Unit("MH", "Tỉnh Minh Họa")]
    found += [Unit(f"MH.S{k:03}", f"Sở số {k}", "MH") for k in range(departments)]
    for k in range(communes // 3):
        found.append(Unit(f"MH.P{k:04}", f"Phường số {k}", "MH", valid_from=MERGED_ON))
    for k in range(communes):
        last = MERGED_ON - timedelta(days=1)
        successor = f"MH.P{k // 3:04}"
        found.append(Unit(f"MH.X{k:04}", f"Xã số {k}", "MH", valid_to=last, successor=successor))
    return tuple(found)


def pieces(rows: int, *, seed: int, units: tuple[Unit, ...]) -> Iterator[dict[str, Any]]:
    """Clean dossiers as columns of numbers, a million at a time, in the order of their receipt."""
    world = _World(np.random.default_rng(seed), units)
    ends = np.cumsum(world.counts(rows))
    for at, start in enumerate(range(0, rows, PIECE)):
        stop = min(start + PIECE, rows)
        day = np.searchsorted(ends, np.arange(start, stop), side="right") + world.first
        yield world.dossiers(day.astype(np.int32), np.random.default_rng([seed, at]), start)


class _World:
    """What all pieces share: units with their habits, procedures with limits and fees, the calendar."""

    def __init__(self, chance: np.random.Generator, units: tuple[Unit, ...]) -> None:
        table = HOLIDAYS.positions()
        self.origin, self.position = int(table["day"][0]), table["position"]
        self.workday = HOLIDAYS.workdays()["day"]
        self.first, self.last = day_number(date(YEAR, 1, 1)), day_number(date(YEAR, 12, 31))
        self.codes = np.array([u.code for u in units])
        weight = chance.lognormal(0, 1, len(units)) * (self.codes != "MH")
        late = chance.beta(1.2, 14, len(units))
        self.eras = []
        for day in (self.first, self.last):
            alive = np.array([u.lives_on(day) for u in units])
            share = np.cumsum(weight * alive) / (weight * alive).sum()
            self.eras.append(share)
        self.late = late
        self.popular = np.cumsum(1 / np.arange(1, PROCEDURES + 1) ** 1.1)
        self.popular /= self.popular[-1]
        self.limit = chance.choice(LIMITS, PROCEDURES)
        self.fee = np.where(chance.random(PROCEDURES) < 0.6, 0, chance.choice(FEES, PROCEDURES))

    def counts(self, rows: int) -> Any:
        """Dossiers of each day of the year; they add up to `rows`."""
        days = np.arange(self.first, self.last + 1)
        month = np.array([date.fromordinal(int(d) + date(1970, 1, 1).toordinal()).month for d in days])
        working = np.diff(self.position, prepend=0)[days - self.origin] > 0
        weight = np.array(SEASON)[month - 1] * np.where(working, 1.0, 0.08)
        exact = np.cumsum(weight) / weight.sum() * rows
        return np.diff(np.round(exact).astype(np.int64), prepend=0)

    def after(self, day: Any, working_days: Any) -> Any:
        """The day so many working days later."""
        return self.workday[self.position[day - self.origin] + working_days - 1]

    def dossiers(self, day: Any, chance: np.random.Generator, start: int) -> dict[str, Any]:
        """One piece."""
        n = len(day)
        merged = day >= day_number(MERGED_ON)
        draw = chance.random(n)
        unit = np.where(merged, np.searchsorted(self.eras[1], draw), np.searchsorted(self.eras[0], draw))
        procedure = np.searchsorted(self.popular, chance.random(n))
        received = day * MINUTES_A_DAY + 7 * 60 + chance.integers(0, 600, n)
        limit = self.limit[procedure]
        due = self.after(day, limit) * MINUTES_A_DAY + 17 * 60
        late = chance.random(n) < self.late[unit]
        taken = np.where(late, limit + 1 + (limit * chance.exponential(0.5, n)).astype(int),
                         (limit * chance.beta(2, 2, n)).astype(int))  # fmt: skip
        pauses = chance.random(n) < 0.08
        stood = np.where(pauses, chance.integers(1, 11, n), 0)
        paused = np.maximum(received + 30, self.after(day, (taken // 2)) * MINUTES_A_DAY + 9 * 60)
        resumed = self.after(paused // MINUTES_A_DAY, stood) * MINUTES_A_DAY + 10 * 60
        ended_day = self.after(
            np.where(pauses, resumed // MINUTES_A_DAY, day), np.where(pauses, taken // 2, taken)
        )
        ended = np.maximum(ended_day * MINUTES_A_DAY + 8 * 60 + chance.integers(0, 530, n), received + 5)
        ended = np.where(pauses, np.maximum(ended, resumed + 5), ended)
        return self.columns(chance, start, unit=unit, procedure=procedure, received=received, due=due,
                            late=late, pauses=pauses, paused=paused, resumed=resumed,
                            ended=ended)  # fmt: skip

    def columns(self, chance: np.random.Generator, start: int, **made: Any) -> dict[str, Any]:
        """The columns of a stored row from what was drawn."""
        n = len(made["unit"])
        end_of_year = self.last * MINUTES_A_DAY + MINUTES_A_DAY - 1
        fate = chance.random(n)
        status = np.where(fate < 0.015, 3, np.where(fate < 0.025, 7, np.where(fate < 0.5, 9, 10)))
        open_ = made["ended"] > end_of_year
        waits = open_ & made["pauses"] & (made["resumed"] > end_of_year)
        status = np.where(open_, np.where(waits, chance.choice([5, 6, 8], n), 4), status)
        had_pause = (
            made["pauses"] & (made["paused"] <= np.minimum(made["ended"], end_of_year)) & (status != 3)
        )
        extended = made["late"] & (chance.random(n) < 0.3)
        channel = 1 + np.searchsorted([0.45, 0.6, 0.95], chance.random(n))
        fee = self.fee[made["procedure"]]
        paid = chance.random(n) < np.where(channel <= 2, 0.6, 0.05)
        hidden = np.ma.masked_array
        return {
            "nr": np.arange(start, start + n, dtype=np.int64),
            "unit": made["unit"].astype(np.int32),
            "procedure": made["procedure"].astype(np.int32),
            "received": made["received"].astype(np.int32),
            "due": made["due"].astype(np.int32),
            "extended": hidden((made["due"] + 7 * MINUTES_A_DAY).astype(np.int32), ~extended),
            "paused": hidden(made["paused"].astype(np.int32), ~had_pause),
            "resumed": hidden(made["resumed"].astype(np.int32), ~had_pause | waits),
            "ended": hidden(made["ended"].astype(np.int32), open_),
            "returned": hidden((made["ended"] + 120).astype(np.int32), open_ | (status != 10)),
            "status": status.astype(np.int8),
            "channel": channel.astype(np.int8),
            "fee": fee.astype(np.int64),
            "paid": hidden(paid, fee == 0),
            "digitised": chance.random(n) < 0.7,
            "apology": extended & (chance.random(n) < 0.8),
            "codes": self.codes,
        }


def stored_query() -> str:
    """Rows of a piece (the table `piece`, units in `names`) as they are kept."""
    own = {
        "code": "'000.' || names.code || '-' || "
        "strftime(make_timestamp(received::BIGINT * 60000000), '%y%m%d') || '-' || lpad(nr::VARCHAR, 9, '0')",
        "procedure": "'1.' || lpad(procedure::VARCHAR, 6, '0')",
        "field": f"'LV' || lpad((procedure % {FIELDS})::VARCHAR, 2, '0')",
        "unit": "names.code",
        "centre": "names.code",
        "division": "NULL",
        "officer": "NULL",
        "month": "strftime(make_timestamp(received::BIGINT * 60000000), '%Y%m')",
        "due_moved": "false",
        "extensions": "CASE WHEN extended IS NULL THEN 0 ELSE 1 END",
        "paused_days": "0",
        "paid_online": "paid",
        "updated": "NULL",
    }
    columns = ", ".join(f'({own.get(c, c)})::{kind} AS "{c}"' for c, kind in STORED.items())
    return f"SELECT nr, {columns} FROM piece JOIN names ON names.nr_of_unit = piece.unit"


def take_piece(con: duckdb.DuckDBPyConnection, piece: dict[str, Any]) -> None:
    """Make the tables `piece` and `names` of `stored_query`."""
    codes = piece.pop("codes")
    names = {"nr_of_unit": np.arange(len(codes), dtype=np.int32), "code": codes.astype(object)}
    con.register("piece_given", piece)
    con.register("names_given", names)
    con.execute("CREATE OR REPLACE TEMP TABLE names AS SELECT * FROM names_given")
    con.execute("CREATE OR REPLACE TEMP VIEW piece AS SELECT * FROM piece_given")


def _export_query() -> str:
    """A piece as text, the way systems write it: some rows wrong, some with an older version before them."""
    text = {c: _moment(c) for c in ("received", "due", "extended", "paused", "resumed", "returned")}
    text["finished"] = _moment("ended")
    ways = " ".join(f"WHEN {k} THEN '{word}'" for word, k in CHANNELS.items() if k)
    text["channel"] = f"CASE channel {ways} END"
    plain = ("code", "procedure", "field", "unit", "centre", "status", "extensions", "paused_days", "fee",
             "paid_online", "digitised", "apology")  # fmt: skip
    text |= {c: f"{c}::VARCHAR" for c in plain}
    wrong = f"nr % {WRONG} = 77"
    for column in dict.fromkeys(c for _, c, _ in DIRTY):
        cases = " ".join(
            f"WHEN {wrong} AND nr // {WRONG} % {len(DIRTY)} = {k} THEN {value}"
            for k, (_, c, value) in enumerate(DIRTY)
            if c == column
        )
        text[column] = f"CASE {cases} ELSE {text[column]} END"
    ends = next(k for k, (reason, _, _) in enumerate(DIRTY) if reason == "end_missing")
    for column in ("finished", "returned"):
        gone = f"{wrong} AND nr // {WRONG} % {len(DIRTY)} = {ends}"
        text[column] = f"CASE WHEN NOT ({gone}) THEN {text[column]} END"
    rows = f"({stored_query()})"
    columns = ", ".join(f"{sql} AS {c}" for c, sql in text.items())
    older = {**text, "status": "'4'", "finished": "NULL", "returned": "NULL"}
    earlier = ", ".join(f"{sql} AS {c}" for c, sql in older.items())
    return (
        f"SELECT * EXCLUDE (nr, newer) FROM (SELECT nr, 1 AS newer, {columns} FROM {rows} "
        f"UNION ALL SELECT nr, 0, {earlier} FROM {rows} WHERE nr % {AGAIN} = {AGAIN // 2}) ORDER BY nr, newer"
    )


def _moment(column: str) -> str:
    return f"strftime(make_timestamp({column}::BIGINT * 60000000), '%d/%m/%Y %H:%M')"


def _write_units(path: Path, units: tuple[Unit, ...]) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["code", "name", "parent", "valid_from", "valid_to", "successor"])
        writer.writerows(
            [u.code, u.name, u.parent, u.valid_from or "", u.valid_to or "", u.successor] for u in units
        )


def _write_days(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["day", "kind"])
        writer.writerows([d.isoformat(), "off"] for d in sorted(HOLIDAYS.holidays))
        writer.writerows([d.isoformat(), "worked"] for d in sorted(HOLIDAYS.worked))
