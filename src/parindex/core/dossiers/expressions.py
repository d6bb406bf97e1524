"""What is counted, written once as Ibis expressions; every engine is given the SQL that they compile to.

Engines return integers only: counts, minutes, working days, đồng. Tables that an expression reads:

    dossiers   the stored rows (`record.STORED`)
    calendar   day, position, week (`calendar.WorkingDays.positions`)
    workdays   position, day      (`calendar.WorkingDays.workdays`)
    tree       unit, era, counted (which units' figures a dossier of `unit`, received in `era`, enters)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import ibis

from parindex.core.dossiers.record import CHANNELS, MINUTES_A_DAY, NOT_RECEIVED, PAUSED, RESOLVED, STORED


Key = Literal["unit", "procedure", "field", "division", "officer", "week", "month", "year"]
KEYS: tuple[Key, ...] = ("unit", "procedure", "field", "division", "officer", "week", "month", "year")
TYPES = {"VARCHAR": "string", "TINYINT": "int8", "SMALLINT": "int16", "INTEGER": "int32", "BIGINT": "int64"}
SCHEMA = {name: TYPES.get(kind, "boolean") for name, kind in STORED.items()}
FLAGS = (
    "received", "refused", *(c for c in CHANNELS if c != "unknown"),
    "resolved", "early", "on_time", "late", "undated", "by_extension", "withdrawn", "stopped",
    "open_in_time", "open_overdue", "paused_in_time", "paused_overdue",
    "extended", "extended_again", "apologies",
    "with_fee", "paid_online", "digitised", "digitised_known",
)  # fmt: skip
SUMS = ("fee", "fee_online", "days", "minutes")
COUNTERS = ("registered", *FLAGS, *SUMS)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows.

    Attributes:
        as_of: the minute at which everything is looked at; what came later is not known.
        by: keys of the answer, in their order; `week`, `month` and `year` are those of receipt.
        eras: day numbers at which the tree of units changes, ascending.
        of: whose figures: of the unit that resolves, or of the centre that receives.
        rolled: whether the table `tree` says which units are counted.
        first_month, last_month: only dossiers received in these months (202503); None: without bound.
        since: the first minute of a period that ends with `as_of`; see `period`.
        only: units whose rows are looked at; empty: all. counted: the unit whose figures they enter.
    """

    as_of: int
    by: tuple[Key, ...]
    eras: tuple[int, ...] = ()
    of: Literal["unit", "centre"] = "unit"
    rolled: bool = False
    first_month: int | None = None
    last_month: int | None = None
    since: int | None = None
    only: tuple[str, ...] = ()
    counted: str = ""


MARK = 1_999_999_999  # stands for the moment in SQL that is compiled once for all moments


def sql(kind: str, question: Question, *, dialect: str, levels: Sequence[int] = ()) -> str:
    """What a question compiles to.

    Args:
        kind: a name of `_EXPRESSIONS`.
    """
    text = _compiled(kind, replace(question, as_of=MARK), dialect=dialect, levels=tuple(levels))
    return text.replace(str(MARK), str(question.as_of))


@lru_cache(maxsize=256)
def _compiled(kind: str, question: Question, *, dialect: str, levels: tuple[int, ...]) -> str:
    return str(ibis.to_sql(_EXPRESSIONS[kind](question, levels), dialect=dialect))


def counters(question: Question) -> Any:
    """One row for each value of the keys, with the sum of every counter."""
    return summed(counted(question), question)


def percentiles(question: Question, levels: Sequence[int]) -> Any:
    """One row for each value of the keys, with discrete percentiles of working days; see `ranked`."""
    return ranked(histogram(question), question, levels)


def counted(question: Question) -> Any:
    """Every counter by the inner keys: those of the question, and what the tree needs."""
    rows, keys = _judged(question), inner_keys(question)
    return rows.group_by(keys).aggregate(
        registered=rows.count(),
        **{name: rows.count(where=_flag(rows, name)) for name in FLAGS},
        **{name: _sum(rows, name) for name in SUMS},
    )


def histogram(question: Question) -> Any:
    """How many resolved dossiers took how many working days, by the inner keys."""
    rows = _judged(question)
    rows = rows.filter(rows.resolved)
    return rows.group_by([*inner_keys(question), "days"]).aggregate(n=rows.count())


def summed(found: Any, question: Question) -> Any:
    """Counters by the keys of the question, from any number of rows for each of the inner keys."""
    keys = list(question.by)
    rows = _with_tree(found, question) if question.rolled else found
    return rows.group_by(keys).aggregate(**{c: rows[c].sum().cast("int64") for c in COUNTERS}).order_by(keys)


def ranked(found: Any, question: Question, levels: Sequence[int]) -> Any:
    """The least number of working days within which so many per cent of the resolved dossiers were resolved.

    From a histogram, so that it is exact for any sum of units and months.
    """
    keys = list(question.by)
    rows = _with_tree(found, question) if question.rolled else found
    rows = rows.group_by([*keys, "days"]).aggregate(n=rows.n.sum().cast("int64"))
    before = ibis.window(group_by=keys, order_by="days", preceding=None, following=0)
    rows = rows.mutate(upto=rows.n.sum().over(before), total=rows.n.sum().over(ibis.window(group_by=keys)))
    shares = {f"p{p}": rows.days.min(where=rows.upto * 100 >= rows.total * p) for p in levels}
    return rows.group_by(keys).aggregate(**shares).order_by(keys)


def period(question: Question) -> Any:
    """What a one-stop system's report says of a period: what came, what was handled, what is open."""
    rows, keys, since = _judged(question), inner_keys(question), question.since or 0
    came, ended = rows.is_received & (rows.received >= since), rows.resolved & (rows.ended >= since)
    flags = {
        "carried": rows.is_received & (rows.received < since) & (rows.ended.isnull() | (rows.ended >= since)),
        "came_online": came & rows.channel.isin((1, 2)),
        "came_in_person": came & (rows.channel == 3),
        "came_by_post": came & (rows.channel == 4),
        "came_otherwise": came & (rows.channel == 0),
        "early": ended & _flag(rows, "early"),
        "on_time": ended & (_flag(rows, "on_time") | _flag(rows, "undated")),
        "late": ended & rows.late,
        "dropped": rows.is_received & rows.ended_by & (rows.ended >= since) & ~rows.resolved,
        **{name: _flag(rows, name) for name in OPEN},
        "with_fee": came & _flag(rows, "with_fee"),
        "paid_online": came & _flag(rows, "paid_online"),
        "digitised": came & _flag(rows, "digitised"),
        "digitised_known": came & _flag(rows, "digitised_known"),
        "handled_digitised": ended & _flag(rows, "digitised"),
        "handled_digitised_known": ended & _flag(rows, "digitised_known"),
    }
    found = rows.group_by(keys).aggregate(**{name: rows.count(where=flag) for name, flag in flags.items()})
    if question.rolled:
        found = _with_tree(found, question)
    keys = list(question.by)
    return found.group_by(keys).aggregate(**{n: found[n].sum().cast("int64") for n in flags}).order_by(keys)


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


OPEN = ("open_in_time", "open_overdue", "paused_in_time", "paused_overdue")


def kept(question: Question, *, days: bool) -> Any:
    """What was counted before, as the table `kept`."""
    own = {"week": "int32", "month": "int32", "year": "int32", "era": "int32"}
    schema = {key: own.get(key, "string") for key in inner_keys(question)}
    counters_ = {"days": "int32", "n": "int64"} if days else dict.fromkeys(COUNTERS, "int64")
    return ibis.table({**schema, **counters_}, name="kept")


def _judged(question: Question) -> Any:
    """Every dossier received by `as_of` with its deadline, its working days and its place in time."""
    at = question.as_of
    rows = ibis.table(SCHEMA, name="dossiers")
    rows = rows.filter(rows.received <= at)
    if question.only:
        rows = rows.filter(rows.unit.isin(question.only))
    if question.first_month is not None:
        rows = rows.filter(rows.month >= question.first_month)
    if question.last_month is not None:
        rows = rows.filter(rows.month <= question.last_month)
    none = ibis.null("int32")
    paused = rows.paused.notnull() & (rows.resumed <= at)
    shifts = (paused | (rows.paused_days > 0)) & ~rows.due_moved
    rows = rows.mutate(
        ended_by=rows.ended.notnull() & (rows.ended <= at),
        was_paused=paused.fill_null(False),
        r_day=_day(rows.received),
        e_day=ibis.ifelse(rows.ended <= at, _day(rows.ended), none),
        p_day=ibis.ifelse(paused, _day(rows.paused), none),
        q_day=ibis.ifelse(paused, _day(rows.resumed), none),
        d_day=ibis.ifelse(shifts, _day(rows.due), none),
    )
    for letter in "repqd":
        rows = _positioned(rows, letter)
    rows = rows.mutate(stood=rows.paused_days + ibis.ifelse(rows.was_paused, rows.q_at - rows.p_at, 0))
    rows = rows.mutate(target=ibis.ifelse((rows.stood > 0) & ~rows.due_moved, rows.d_at + rows.stood, none))
    workdays = ibis.table({"position": "int32", "day": "int32"}, name="workdays")
    workdays = workdays.select(w_at=workdays.position, w_day=workdays.day)
    rows = rows.left_join(workdays, rows.target == workdays.w_at)
    shifted = (rows.w_day * MINUTES_A_DAY + rows.due % MINUTES_A_DAY).cast("int32")
    rows = rows.mutate(promised=ibis.coalesce(shifted, rows.due))
    extends = (rows.extensions == 1) & (rows.extended > rows.promised)
    rows = rows.mutate(deadline=ibis.ifelse(extends, rows.extended, rows.promised))
    return _stated(rows, question)


def _stated(rows: Any, question: Question) -> Any:
    """The keys, and whether each dossier is received, resolved, open, paused, overdue."""
    at = question.as_of
    received = rows.status.notin(NOT_RECEIVED)
    resolved = rows.ended_by & rows.status.isin(RESOLVED)
    open_ = received & ~rows.ended_by
    stands = (rows.paused <= at) & (rows.resumed.isnull() | (rows.resumed > at))
    stands = stands & ~(rows.status.isin((2, 4)) & rows.resumed.isnull())
    pauses = open_ & (stands | (rows.status.isin(PAUSED) & rows.paused.isnull())).fill_null(False)
    judged_at = ibis.ifelse(pauses, ibis.coalesce(rows.paused, rows.received), at)
    days = rows.e_at - rows.r_at - rows.stood
    return rows.mutate(
        **_keys(rows, question),
        is_received=received,
        resolved=resolved,
        open_=open_,
        pauses=pauses,
        overdue=open_ & (judged_at > rows.deadline).fill_null(False),
        late=resolved & (rows.ended > rows.deadline).fill_null(False),
        days=ibis.ifelse(days > 0, days, 0).cast("int32"),
    )


def _keys(rows: Any, question: Question) -> dict[str, Any]:
    """Keys without empty values, so that they can be joined; the era in which a dossier was received."""
    keys: dict[str, Any] = {"unit": ibis.coalesce(rows[question.of], rows.unit)}
    for key in ("procedure", "field", "division", "officer"):
        keys[key] = ibis.coalesce(rows[key], "")
    keys["year"] = (rows.month // 100).cast("int32")
    keys["week"] = ibis.coalesce(rows.r_week, 0).cast("int32")
    era = ibis.literal(0, "int32")
    for k, day in enumerate(question.eras, start=1):
        era = ibis.ifelse(rows.received >= day * MINUTES_A_DAY, k, era)
    keys["era"] = era.cast("int32")
    return keys


def _flag(rows: Any, name: str) -> Any:
    """Whether a dossier counts."""
    if name in CHANNELS:
        return rows.is_received & (rows.channel == CHANNELS[name])
    with_fee = rows.is_received & (rows.fee > 0)
    dated = rows.resolved & rows.deadline.notnull() & ~rows.late
    flags = {
        "received": rows.is_received,
        "refused": rows.status == 3,
        "resolved": rows.resolved,
        "early": dated & (_day(rows.ended) < _day(rows.deadline)),
        "on_time": dated & (_day(rows.ended) >= _day(rows.deadline)),
        "late": rows.late,
        "undated": rows.resolved & rows.deadline.isnull(),
        "by_extension": dated & (rows.ended > rows.promised),
        "withdrawn": rows.ended_by & (rows.status == 7),
        "stopped": rows.ended_by & (rows.status == 8),
        "open_in_time": rows.open_ & ~rows.pauses & ~rows.overdue,
        "open_overdue": rows.open_ & ~rows.pauses & rows.overdue,
        "paused_in_time": rows.pauses & ~rows.overdue,
        "paused_overdue": rows.pauses & rows.overdue,
        "extended": rows.is_received & (rows.extensions > 0),
        "extended_again": rows.is_received & (rows.extensions > 1),
        "apologies": (rows.late | rows.overdue) & rows.apology,
        "with_fee": with_fee,
        "paid_online": with_fee & rows.paid_online,
        "digitised": rows.is_received & rows.digitised,
        "digitised_known": rows.is_received & rows.digitised.notnull(),
    }
    return flags[name]


def _sum(rows: Any, name: str) -> Any:
    """A sum of đồng, working days or minutes; 0 where there is nothing."""
    values = {
        "fee": (rows.fee, rows.is_received),
        "fee_online": (rows.fee, rows.is_received & rows.paid_online),
        "days": (rows.days, rows.resolved),
        "minutes": ((rows.ended - rows.received).cast("int64"), rows.resolved),
    }
    value, where = values[name]
    return ibis.coalesce(value.cast("int64").sum(where=where), 0).cast("int64")


def _day(minute: Any) -> Any:
    """The day of a minute."""
    return (minute // MINUTES_A_DAY).cast("int32")


def _positioned(rows: Any, letter: str) -> Any:
    """The position of a day in the calendar: `r_day` gets `r_at`."""
    calendar = ibis.table({"day": "int32", "position": "int32", "week": "int32"}, name="calendar")
    columns = {f"{letter}_key": calendar.day, f"{letter}_at": calendar.position}
    own = calendar.select(**columns, **({"r_week": calendar.week} if letter == "r" else {}))
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
    "counters": lambda question, levels: counters(question),
    "percentiles": percentiles,
    "counted": lambda question, levels: counted(question),
    "histogram": lambda question, levels: histogram(question),
    "summed": lambda question, levels: summed(kept(question, days=False), question),
    "ranked": lambda question, levels: ranked(kept(question, days=True), question, levels),
    "period": lambda question, levels: period(question),
    "pending": pending,
}
