"""What is counted, written once as Ibis expressions; every engine is given the SQL that they compile to.

Engines return integers only: counts, minutes, working days, đồng. Tables that an expression reads:

    dossiers   the stored rows (`record.STORED`)
    calendar   day, position, week (`calendar.WorkingDays.positions`)
    workdays   position, day      (`calendar.WorkingDays.workdays`)
    tree       unit, era, counted (which units' figures a dossier of `unit`, received in `era`, enters)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import ibis

from parindex.core.dossiers.activity import Activity
from parindex.core.dossiers.calendar import FIRST
from parindex.core.dossiers.question import Question
from parindex.core.dossiers.record import (
    CHANNELS,
    MINUTES_A_DAY,
    NOT_RECEIVED,
    PAUSED,
    RESOLVED,
    STORED,
    day_number,
)


TYPES = {"VARCHAR": "string", "TINYINT": "int8", "SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64"}
SCHEMA = {name: TYPES.get(kind, "boolean") for name, kind in STORED.items()}
OPEN = ("open_in_time", "open_overdue", "paused_in_time", "paused_overdue")
# what may become of a received dossier, as the bits of one number
FATE = ("ended", "resolved", "early", "on_time", "late", "undated", "by_extension", "withdrawn", "stopped",
        *OPEN, "apologies")  # fmt: skip
BITS = {name: 1 << k for k, name in enumerate(FATE)}
COUNTERS = (
    "registered", "received", "refused", *(c for c in CHANNELS if c != "unknown"),
    "resolved", "early", "on_time", "late", "undated", "by_extension", "withdrawn", "stopped", *OPEN,
    "extended", "extended_again", "apologies",
    "with_fee", "paid_online", "digitised", "digitised_known", "fee", "fee_online", "days", "minutes",
)  # fmt: skip
# what rows of each kind add up; the first says whether there is anything at all
ADDED: Mapping[str, tuple[str, ...]] = {
    "counted": COUNTERS,
    "histogram": ("n",),
    "period": ("dossiers", *(f.name for f in fields(Activity))),
}


# days that nobody asks for are looked up all the same: engines join a whole batch faster than parts of it
SOME_DAY = day_number(FIRST)
# what deadlines and states hang on; and what keys are made of
_JUDGED = ("status", "month", "received", "due", "due_moved", "extended", "extensions", "paused", "resumed",
           "paused_days", "ended", "apology", "is_received")  # fmt: skip
_KEYED = {"centre": ("unit", "centre")}
# what counters of the intake hang on; and these counters
_INTAKE = ("status", "channel", "extensions", "fee", "paid_online", "digitised", "received", "ended",
           "is_received")  # fmt: skip
_CAME = tuple(name for name in COUNTERS if name not in FATE and name != "days")
AT, SINCE = 1_999_999_999, 1_999_999_998  # stand for moments in SQL that is compiled once for all moments


def sql(kind: str, question: Question, *, dialect: str, levels: Sequence[int] = ()) -> str:
    """What a question compiles to.

    Args:
        kind: a name of `_EXPRESSIONS`.
    """
    general = replace(question, as_of=AT, since=None if question.since is None else SINCE)
    text = _compiled(kind, general, dialect=dialect, levels=tuple(levels))
    return text.replace(str(AT), str(question.as_of)).replace(str(SINCE), str(question.since))


@lru_cache(maxsize=256)
def _compiled(kind: str, question: Question, *, dialect: str, levels: tuple[int, ...]) -> str:
    return str(ibis.to_sql(_EXPRESSIONS[kind](question, levels), dialect=dialect))


def cells(question: Question) -> Any:
    """What became of received dossiers: those alike as one row of the inner keys, flags and working days.

    Grouping them once into few cells is cheaper than a condition for each counter, and percentiles need it.
    """
    rows = _told(_with_deadline(question, also=()), question)
    return rows.group_by([*inner_keys(question), "flags", "days"]).aggregate(n=lambda t: t.count())


def cells_of_few(question: Question) -> Any:
    """The same with what is known since the receipt, and of dossiers not received too: all at one look.

    Of many dossiers that would be too many sums.
    """
    rows = _told(_with_deadline(question, also=_INTAKE), question, also=_INTAKE)
    keys = [*inner_keys(question), "flags", "days"]
    return rows.group_by(keys).aggregate(n=rows.count(), **_came(rows, question))


def counted(question: Question) -> Any:
    """Every counter by the inner keys: those of the question, and what the tree needs; reads `cells` too."""
    keys = inner_keys(question)
    rows = _keyed(_known(question), question)
    intake = rows.group_by(keys).aggregate(**_came(rows, question))
    rows = _cells(question)
    ended = rows.group_by(keys).aggregate(**_became(rows)).rename({f"of_{key}": key for key in keys})
    found = intake.left_join(ended, [intake[key] == ended[f"of_{key}"] for key in keys])
    return found.select(*keys, **{c: ibis.coalesce(found[c], 0) for c in COUNTERS})


def counted_of_few(question: Question) -> Any:
    """The same from what `cells_of_few` found."""
    rows = _cells(question, also=_CAME)
    sums = {name: _total(rows[name]) for name in _CAME} | _became(rows)
    return rows.group_by(inner_keys(question)).aggregate(**{name: sums[name] for name in COUNTERS})


def _told(rows: Any, question: Question, *, also: Sequence[str] = ()) -> Any:
    """The keys, flags and working days of each dossier with a deadline; without `also`, of received ones."""
    rows = rows if also else rows.filter(rows.is_received)
    rows = _stated(rows, question)
    taken = ibis.greatest(rows.e_at - rows.r_at - rows.stood, 0)
    fate = _fate(rows, question.as_of)
    return rows.select(
        *dict.fromkeys((*inner_keys(question), *also)),
        flags=ibis.ifelse(rows.is_received, fate, 0) if also else fate,
        days=ibis.ifelse(rows.resolved, taken, 0).cast("int32"),
    )


def _came(rows: Any, question: Question) -> dict[str, Any]:
    """The sums of `_CAME`: what is known since the receipt, and how long it took."""
    fee = rows.fee * rows.is_received.cast("int64")
    resolved = rows.status.isin(RESOLVED) & (rows.ended <= question.as_of)
    return {
        "registered": rows.count(),
        "received": _how_many(rows.is_received),
        "refused": _how_many(rows.status == 3),
        **{name: _how_many(rows.is_received, flag) for name, flag in _intake(rows).items()},
        "fee": _total(fee),
        "fee_online": _total(fee * rows.paid_online.cast("int64")),
        "minutes": _total(ibis.ifelse(resolved, rows.ended - rows.received, 0)),
    }


def _became(rows: Any) -> dict[str, Any]:
    """What became of the dossiers of cells."""
    fate = {name: _total(rows.n, where=_has(rows, name)) for name in FATE if name in COUNTERS}
    return {**fate, "days": _total(rows.days * rows.n)}


def histogram(question: Question) -> Any:
    """How many resolved dossiers took how many working days, by the inner keys, from the table `cells`."""
    rows = _cells(question)
    rows = rows.filter(_has(rows, "resolved"))
    return rows.group_by([*inner_keys(question), "days"]).aggregate(n=_total(rows.n))


def turns(question: Question) -> Any:
    """How many dossiers turn overdue after `as_of`, by the inner keys and the minute that is their last, if
    nothing else becomes of them; and for how many of these there is an apology already."""
    rows = _stated(_with_deadline(question, also=()), question)
    rows = rows.filter(rows.open_ & ~rows.pauses & (rows.deadline >= question.as_of))
    rows = rows.mutate(minute=rows.deadline).group_by([*inner_keys(question), "minute"])
    return rows.aggregate(n=lambda t: t.count(), apologies=lambda t: _how_many(t.apology)).order_by("minute")


def summed(found: Any, question: Question, kind: str, *, parts: bool = False) -> Any:
    """Counters by the keys of the question; `parts`: there may be several rows for each of the inner keys."""
    keys, names = list(question.by), ADDED[kind]
    rows = _with_tree(found, question) if question.rolled else found
    if parts or question.rolled:
        rows = rows.group_by(keys).aggregate(**{name: _total(rows[name]) for name in names})
    return rows.filter(rows[names[0]] > 0).order_by(keys)


def ranked(found: Any, question: Question, levels: Sequence[int], *, parts: bool = False) -> Any:
    """The least number of working days within which so many per cent of the resolved dossiers were resolved.

    From a histogram, so that it is exact for any sum of units and months. `parts`: as `summed`.
    """
    keys = list(question.by)
    rows = _with_tree(found, question) if question.rolled else found
    if parts or question.rolled:
        rows = rows.group_by([*keys, "days"]).aggregate(n=_total(rows.n))
    rows = rows.filter(rows.n > 0)
    before = ibis.window(group_by=keys, order_by="days", preceding=None, following=0)
    rows = rows.mutate(upto=rows.n.sum().over(before), total=rows.n.sum().over(ibis.window(group_by=keys)))
    shares = {f"p{p}": rows.days.min(where=rows.upto * 100 >= rows.total * p) for p in levels}
    return rows.group_by(keys).aggregate(**shares).order_by(keys)


def period(question: Question) -> Any:
    """What a one-stop system's report says of a period, by the inner keys: what came, what was handled, what
    is open."""
    rows, keys, since = _judged(question), inner_keys(question), question.since or 0
    rows = rows.mutate(
        flags=ibis.ifelse(rows.is_received, _fate(rows, question.as_of), 0),
        came=rows.is_received & (rows.received >= since),
        before=rows.is_received & (rows.received < since),
        inside=rows.is_received & (rows.ended.isnull() | (rows.ended >= since)),
    )
    counts = {name: _how_many(*flags) for name, flags in _of_period(rows).items()}
    return rows.group_by(keys).aggregate(dossiers=rows.count(), **counts)


def _of_period(rows: Any) -> dict[str, tuple[Any, ...]]:
    """What must hold of a received dossier to count for something in a period."""
    came, inside, known = rows.came, rows.inside, _intake(rows)
    return {
        "carried": (rows.before, inside),
        "came_online": (came, rows.channel.isin((1, 2))),
        "came_in_person": (came, known["in_person"]),
        "came_by_post": (came, known["post"]),
        "came_otherwise": (came, rows.channel == CHANNELS["unknown"]),
        "early": (inside, _has(rows, "early")),
        "on_time": (inside, _has(rows, "on_time", "undated")),
        "late": (inside, _has(rows, "late")),
        "dropped": (inside, _has(rows, "ended"), ~_has(rows, "resolved")),
        **{name: (_has(rows, name),) for name in OPEN},
        **{n: (came, known[n]) for n in ("with_fee", "paid_online", "digitised", "digitised_known")},
        **{f"handled_{n}": (inside, _has(rows, "resolved"), known[n])
           for n in ("digitised", "digitised_known")},
    }  # fmt: skip


def pending(question: Question, levels: Sequence[int]) -> Any:
    """Dossiers of a unit that are overdue, or due within `levels[0]` working days; at most `levels[1]`."""
    within, most = levels
    rows = _judged(question)
    rows = rows.filter(rows.open_ & rows.deadline.notnull())
    rows = rows.mutate(
        own=rows.unit, l_day=_day(rows.deadline), n_day=_day(ibis.literal(question.as_of, "int32"))
    )
    for letter in "ln":
        rows = _positioned(rows, letter)
    rows = rows.mutate(left=(rows.l_at - rows.n_at).cast("int32"))
    rows = rows.filter(rows.overdue | (~rows.pauses & (rows.left <= within)))
    rows = _with_tree(rows, question)
    rows = rows.filter(rows.unit == question.counted)
    days = ibis.ifelse(rows.overdue, -rows.left, rows.left).cast("int32")
    texts = ("division", "officer", "procedure", "field")
    return (
        rows.select(
            "code", "own", *texts, "status", "received", "deadline", "overdue", paused=rows.pauses, days=days
        )
        .order_by("deadline", "code")
        .limit(most)
    )


def handled(question: Question, levels: Sequence[int]) -> Any:
    """Dossiers that were resolved in the period, by their code; at most `levels[0]`."""
    rows = _judged(question)
    rows = rows.filter(rows.is_received & rows.resolved & (rows.ended >= (question.since or 0)))
    return rows.select("code", "unit", "procedure", "field").order_by("code").limit(levels[0])


def kept(question: Question, kind: str) -> Any:
    """What was counted, now and before, as a table."""
    days = {"days": "int32"} if kind == "histogram" else {}
    return ibis.table(
        {**_types(question), **days, **dict.fromkeys(ADDED[kind], "int64")}, name=f"kept_{kind}"
    )


def _cells(question: Question, *, also: Sequence[str] = ()) -> Any:
    """What `cells` found, as the table `cells`."""
    found = {"flags": "int32", "days": "int32", "n": "int64", **dict.fromkeys(also, "int64")}
    return ibis.table({**_types(question), **found}, name="cells")


def _types(question: Question) -> dict[str, str]:
    own = {"week": "int32", "month": "int32", "year": "int32", "era": "int32"}
    return {key: own.get(key, "string") for key in inner_keys(question)}


def _known(question: Question) -> Any:
    """Every dossier received by `as_of`, and whether it was accepted."""
    rows = ibis.table(SCHEMA, name="dossiers")
    rows = rows.filter(rows.received <= question.as_of)
    rows = rows.mutate(is_received=rows.status.notin(NOT_RECEIVED))
    if question.only:
        rows = rows.filter(rows.unit.isin(question.only))
    if question.first_month is not None:
        rows = rows.filter(rows.month >= question.first_month)
    if question.last_month is not None:
        rows = rows.filter(rows.month <= question.last_month)
    return rows


def _judged(question: Question) -> Any:
    """Every dossier received by `as_of` with its deadline, and how it stands then."""
    return _stated(_with_deadline(question), question)


def _with_deadline(question: Question, *, also: Sequence[str] = tuple(SCHEMA)) -> Any:
    """Every dossier received by `as_of` with what its deadline is; of its columns those that judging needs
    and those named (an engine plans the sooner the less it is given)."""
    at, rows = question.as_of, _known(question)
    keys = [*_KEYED.get(question.of, ()), *question.by, *inner_keys(question)]
    rows = rows.select(*dict.fromkeys(c for c in (*_JUDGED, *keys, *also) if c in rows.columns))
    paused = rows.paused.notnull() & (rows.resumed <= at)
    shifts = (paused | (rows.paused_days > 0)) & ~rows.due_moved
    rows = rows.mutate(
        ended_by=rows.ended.notnull() & (rows.ended <= at),
        was_paused=paused.fill_null(False),
        p_day=ibis.ifelse(paused, _day(rows.paused), SOME_DAY),
        q_day=ibis.ifelse(paused, _day(rows.resumed), SOME_DAY),
        d_day=ibis.ifelse(shifts, _day(rows.due), SOME_DAY),
        r_day=_day(rows.received),
        e_day=_day(ibis.coalesce(rows.ended, rows.received)),
    )
    for letter in "pqdre":
        rows = _positioned(rows, letter)
    rows = rows.mutate(stood=rows.paused_days + ibis.ifelse(rows.was_paused, rows.q_at - rows.p_at, 0))
    rows = rows.mutate(moves=(rows.stood > 0) & ~rows.due_moved)
    rows = rows.mutate(target=ibis.ifelse(rows.moves, rows.d_at + rows.stood, 1))
    rows = rows.drop(
        *(f"{letter}_{what}" for letter in "pqdre" for what in ("day", "key")),
        "p_at",
        "q_at",
        "d_at",
        "was_paused",
    )
    workdays = ibis.table({"position": "int32", "day": "int32"}, name="workdays")
    workdays = workdays.select(w_at=workdays.position, w_day=workdays.day)
    rows = rows.left_join(workdays, rows.target == workdays.w_at)
    shifted = (rows.w_day * MINUTES_A_DAY + rows.due % MINUTES_A_DAY).cast("int32")
    rows = rows.mutate(promised=ibis.coalesce(ibis.ifelse(rows.moves, shifted, rows.due), rows.due))
    extends = (rows.extensions == 1) & (rows.extended > rows.promised)
    return rows.mutate(deadline=ibis.ifelse(extends, rows.extended, rows.promised))


def _stated(rows: Any, question: Question) -> Any:
    """The keys, whether each dossier is resolved or open, and if open, whether paused and overdue."""
    at, rows = question.as_of, _keyed(rows, question)
    stands = (rows.paused <= at) & (rows.resumed.isnull() | (rows.resumed > at))
    stands = stands & ~(rows.status.isin((2, 4)) & rows.resumed.isnull())
    pauses = (stands | (rows.status.isin(PAUSED) & rows.paused.isnull())).fill_null(False)
    judged_at = ibis.ifelse(pauses, ibis.coalesce(rows.paused, rows.received), at)
    return rows.mutate(
        resolved=rows.ended_by & rows.status.isin(RESOLVED),
        open_=rows.is_received & ~rows.ended_by,
        pauses=pauses,
        overdue=(judged_at > rows.deadline).fill_null(False),
    )


def _keyed(rows: Any, question: Question) -> Any:
    """Keys without empty values, so that they can be joined; the era in which a dossier was received."""
    if "week" in question.by:
        weeks = _calendar().select(k_day="day", k_week="week")
        rows = rows.left_join(weeks, _day(rows.received) == weeks.k_day)
    keys: dict[str, Any] = {}
    if question.of == "centre":  # a column as it is stored is grouped fastest
        keys["unit"] = ibis.coalesce(rows.centre, rows.unit)
    for key in ("procedure", "field", "division", "officer"):
        if key in rows.columns:
            keys[key] = ibis.coalesce(rows[key], "")
    if "year" in question.by:
        keys["year"] = (rows.month // 100).cast("int32")
    if "week" in question.by:
        keys["week"] = ibis.coalesce(rows.k_week, 0).cast("int32")
    era = ibis.literal(0, "int32")
    for k, day in enumerate(question.eras, start=1):
        era = ibis.ifelse(rows.received >= day * MINUTES_A_DAY, k, era)
    keys["era"] = era.cast("int32")
    return rows.mutate(**keys)


def _intake(rows: Any) -> dict[str, Any]:
    """What is known of a received dossier, whatever the moment."""
    return {
        **{name: rows.channel == k for name, k in CHANNELS.items() if name in COUNTERS},
        "extended": rows.extensions > 0,
        "extended_again": rows.extensions > 1,
        "with_fee": rows.fee > 0,
        "paid_online": (rows.fee > 0) & rows.paid_online,
        "digitised": rows.digitised,
        "digitised_known": rows.digitised.notnull(),
    }


def _fate(rows: Any, at: int) -> Any:
    """The flags of `FATE` of a received dossier at the moment asked for.

    Cases, and not one condition for each flag, because engines work a condition out each time it is named.
    """
    apology = _bit(rows.apology, "apologies")
    moved = _bit((rows.extensions == 1) & (rows.ended > rows.promised), "by_extension")
    resolved = ibis.cases(
        (rows.ended > rows.deadline, apology + _bits("ended", "resolved", "late")),
        (
            rows.ended < rows.deadline - rows.deadline % MINUTES_A_DAY,
            moved + _bits("ended", "resolved", "early"),
        ),
        (rows.deadline.notnull(), moved + _bits("ended", "resolved", "on_time")),
        else_=_bits("ended", "resolved", "undated"),
    )
    stopped = ibis.coalesce(rows.paused, rows.received)
    still = ibis.ifelse(
        rows.pauses,
        ibis.ifelse(stopped > rows.deadline, apology + _bits("paused_overdue"), _bits("paused_in_time")),
        ibis.ifelse(rows.deadline < at, apology + _bits("open_overdue"), _bits("open_in_time")),
    )
    return ibis.cases(
        (~rows.ended_by, still),
        (rows.status.isin(RESOLVED), resolved),
        (rows.status == 7, _bits("ended", "withdrawn")),
        (rows.status == 8, _bits("ended", "stopped")),
        else_=_bits("ended"),
    ).cast("int32")


def _bits(*names: str) -> int:
    return sum(BITS[name] for name in names)


def _bit(condition: Any, name: str) -> Any:
    """The bit of a flag where a condition holds; what is not known counts as no."""
    return ibis.coalesce(condition.cast("int32"), 0) * BITS[name]


def _has(rows: Any, *names: str) -> Any:
    """Whether the dossiers of a cell have one of some flags."""
    return (rows.flags & _bits(*names)) != 0


def _how_many(*conditions: Any) -> Any:
    """For how many rows all conditions hold; engines add small numbers faster than they filter."""
    product = conditions[0].cast("int8")
    for condition in conditions[1:]:
        product *= condition.cast("int8")
    return _total(product)


def _total(values: Any, *, where: Any = None) -> Any:
    """A sum; 0 where there is nothing."""
    # "!": else ibis takes a sum for int64 already, and DuckDB's wider integers become floats in Parquet
    return ibis.coalesce(values.sum(where=where), 0).cast("!int64")


def _day(minute: Any) -> Any:
    """The day of a minute."""
    return (minute // MINUTES_A_DAY).cast("int32")


def _calendar() -> Any:
    return ibis.table({"day": "int32", "position": "int32", "week": "int32"}, name="calendar")


def _positioned(rows: Any, letter: str) -> Any:
    """The position of a day in the calendar: `r_day` gets `r_at`."""
    calendar = _calendar()
    own = calendar.select(**{f"{letter}_key": calendar.day, f"{letter}_at": calendar.position})
    return rows.left_join(own, rows[f"{letter}_day"] == own[f"{letter}_key"])


def inner_keys(question: Question) -> list[str]:
    """What is grouped by before the tree is looked at."""
    return [*dict.fromkeys([*question.by, *(("unit", "era") if question.rolled else ())])]


def _with_tree(found: Any, question: Question) -> Any:
    """Counted rows once for every unit whose figures they enter; a unit outside the tree for itself."""
    tree = ibis.table({"unit": "string", "era": "int32", "counted": "string"}, name="tree")
    tree = tree.select(t_unit=tree.unit, t_era=tree.era, counted=tree.counted)
    joined = found.left_join(tree, [found.unit == tree.t_unit, found.era == tree.t_era])
    return joined.mutate(unit=ibis.coalesce(joined.counted, joined.unit))


_EXPRESSIONS: Mapping[str, Callable[[Question, Sequence[int]], Any]] = {
    "cells": lambda question, levels: cells(question),
    "cells of few": lambda question, levels: cells_of_few(question),
    "counted": lambda question, levels: counted(question),
    "counted of few": lambda question, levels: counted_of_few(question),
    "histogram": lambda question, levels: histogram(question),
    "period": lambda question, levels: period(question),
    "turns": lambda question, levels: turns(question),
    "counters": lambda question, levels: summed(counted(question), question, "counted"),
    "percentiles": lambda question, levels: ranked(histogram(question), question, levels),
    "activity": lambda question, levels: summed(period(question), question, "period"),
    "kept counters": lambda question, levels: summed(
        kept(question, "counted"), question, "counted", parts=True
    ),
    "kept percentiles": lambda question, levels: ranked(
        kept(question, "histogram"), question, levels, parts=True
    ),
    "kept activity": lambda question, levels: summed(
        kept(question, "period"), question, "period", parts=True
    ),
    "pending": pending,
    "handled": handled,
}
