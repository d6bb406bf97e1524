"""Ten million dossiers to every measure by unit and month, beside SQL by hand and pandas; a day more.

All sides read the same Parquet files, find every counter and two percentiles for every unit and month, and
must agree in each figure. "By hand" is one query for DuckDB, as somebody would write it who knows it, for
this moment and these files: it leaves out what parindex also asks of every row (other moments, systems that
move a due date themselves, dossiers without one). pandas does the same with arrays. A side runs as a process
of its own, imports left out of its seconds. "Asked again" is the same question to a store that was asked it
before, so that what ended dossiers say is kept, and when open ones turn overdue.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from common import Row, Say, in_turn, peak_megabytes, ratio_of, run_json


ROWS, DAY, TIMES = 10_000_000, 27_000, 5
MOMENT = datetime(2025, 12, 31, 23, 59)  # noqa: DTZ001  Việt Nam's wall clock
OURS, AGAIN, BY_HAND, PANDAS, KEPT = "parindex", "asked again", "SQL by hand", "pandas", "kept counters"
INVENT = "invent"
MEMORY = 500  # megabytes


def rows(say: Say) -> list[Row]:
    """Seconds and memory of every side."""
    with TemporaryDirectory() as name:
        store = Path(name) / "store"
        say(f"inventing {ROWS:,} dossiers")
        # by a process of its own: what this one ever held would be counted as the sides' memory
        run_json([sys.executable, __file__, INVENT, str(store)])
        sides: dict[str, Callable[[], list[float]]] = {
            side: partial(run_json, [sys.executable, __file__, side, str(store)])
            for side in (OURS, AGAIN, BY_HAND)
        }
        if find_spec("pandas") and find_spec("pyarrow"):
            sides[PANDAS] = partial(run_json, [sys.executable, __file__, PANDAS, str(store)])
        runs = in_turn(sides, times=TIMES, say=say)
        if len({tuple(run[3:]) for found in runs.values() for run in found}) > 1:
            raise SystemExit("dossiers: the sides do not agree")
        found = table(runs)
        say("a day's file")
        found += delta(run_json([sys.executable, __file__, KEPT, str(store)]), runs)
    return found


def table(runs: dict[str, list[list[float]]]) -> list[Row]:
    """The rows of one moment."""
    what = f"dossiers, {ROWS:,} to unit × month"
    seconds = {side: [run[0] for run in found] for side, found in runs.items()}
    memory = max(run[2] for run in runs[OURS])
    found = [Row(f"{what}: time", figure(runs[OURS]), f"{figure(runs[BY_HAND])} ({BY_HAND})",
                 ratio_of(seconds[OURS], seconds[BY_HAND]), 1.2)]  # fmt: skip
    if PANDAS in runs:
        ratio = ratio_of(seconds[PANDAS], seconds[OURS])
        shown = f"{figure(runs[PANDAS])} ({PANDAS})"
        found.append(Row(f"{what}: times as fast", figure(runs[OURS]), shown, ratio, 5, more_is_better=True))
        ratio = ratio_of(seconds[PANDAS], seconds[AGAIN])
        again = f"{what}, {AGAIN}: times as fast"
        found.append(Row(again, figure(runs[AGAIN]), shown, ratio, 5, more_is_better=True))
    limit = f"{MEMORY} MB allowed"
    found.append(Row(f"{what}: memory", f"{memory:.0f} MB", limit, memory / MEMORY, 1))
    return found


def delta(kept: list[float], runs: dict[str, list[list[float]]]) -> list[Row]:
    """A day more, beside counting everything anew and beside counting only its month by hand."""
    whole, writing, month = kept[0], *kept[3:]
    anew = statistics.median(run[0] for run in runs[OURS])
    what = f"dossiers, a day of {DAY:,} more to fresh measures of the province"
    ours = f"{whole * 1000:.0f} ms ({writing * 1000:.0f} ms of it to write them)"
    return [
        Row(what, ours, f"{anew:.2f} s (all anew)", whole / anew, 0.02),
        Row(what, ours, f"{month * 1000:.0f} ms (the touched month by {BY_HAND})", whole / month, 1),
    ]


def figure(runs: list[list[float]]) -> str:
    """Medians of the times, the greatest memory."""
    seconds, processor, megabytes = (statistics.median(run[k] for run in runs) for k in range(3))
    return f"{seconds:.2f} s ({processor:.2f} of a core), {megabytes:.0f} MB"


def invent(store: Path, count: int) -> None:
    """A store as ingestion leaves it, without ingesting: ended dossiers by month, open ones apart."""
    import duckdb

    from parindex.core.dossiers.generate import invented_units, pieces, stored_query, take_piece
    from parindex.core.dossiers.manifest import Manifest, Part, write_manifest
    from parindex.core.dossiers.store import OPEN_GROUP

    con = duckdb.connect()
    con.execute("SET memory_limit = '1GB'; SET TimeZone = 'UTC'")
    manifest, opened = Manifest(sequence=1), []
    for k, piece in enumerate(pieces(count, seed=1, units=invented_units(count))):
        take_piece(con, piece)
        con.execute(f"CREATE OR REPLACE TEMP TABLE made AS {stored_query()}").fetchall()
        months = [m for (m,) in con.execute("SELECT DISTINCT month FROM made ORDER BY 1").fetchall()]
        for month in months:
            name = f"closed/{month}/{k:03}.parquet"
            wanted = f"SELECT * EXCLUDE (nr) FROM made WHERE ended IS NOT NULL AND month = {month}"
            manifest.closed.append(Part(name, save(con, wanted, store / name), (month,)))
        opened.append(store / f"open/{k:03}.part")
        save(con, "SELECT * EXCLUDE (nr) FROM made WHERE ended IS NULL", opened[-1])
    paths = [str(path) for path in opened]
    manifest.open = Part(
        "open/all.parquet", save(con, f"FROM read_parquet({paths})", store / "open/all.parquet", OPEN_GROUP)
    )
    manifest.latest = 29_453_759
    write_manifest(store, manifest)


def save(con, query: str, path: Path, group: int | None = None, *, few: bool = False) -> int:
    """Rows as the store packs them; how many."""
    from parindex.core.dossiers.store import CLOSED_GROUP, PARQUET, SORTED

    path.parent.mkdir(parents=True, exist_ok=True)
    packed = PARQUET.format(group or CLOSED_GROUP)
    copied = con.execute(f"COPY ({query} {'' if few else SORTED}) TO '{path}' {packed}").fetchall()
    return int(copied[0][0])


# the sides, each in its own process


def side(name: str, store: Path) -> None:
    """Run one side; print seconds, seconds of a core, megabytes and what was counted."""
    import resource

    if name == INVENT:
        invent(store, ROWS)
        print("[]")
        return
    run = {OURS: ours, AGAIN: again, BY_HAND: by_hand, PANDAS: with_pandas, KEPT: kept}[name]
    counted = run(store)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([counted[0], usage.ru_utime + usage.ru_stime, peak_megabytes(), *counted[1]]))


def ours(store: Path) -> tuple[float, list[int]]:
    """The measures of parindex, every row counted anew."""
    from parindex.core.dossiers import expressions as ex
    from parindex.core.dossiers.engines import Duck
    from parindex.core.dossiers.question import Question

    question = Question(29_453_759, ("unit", "month"))
    cells = ex.sql("cells", question, dialect="duckdb")
    texts = [ex.sql("counters", question, dialect="duckdb"),
             ex.sql("percentiles", question, dialect="duckdb", levels=(50, 90))]  # fmt: skip
    duck = Duck(files(store), calendar())
    start = time.perf_counter()
    duck.hold("cells", cells)
    counts, ranks = (duck.connection.execute(text).fetchnumpy() for text in texts)
    seconds = time.perf_counter() - start
    return seconds, checked(with_ranks(counts, ranks))


def again(store: Path) -> tuple[float, list[int]]:
    """The measures of parindex when the store was asked before, as whoever calls `measure` gets them."""
    import numpy as np

    from parindex.core.dossiers.expressions import COUNTERS
    from parindex.core.dossiers.generate import HOLIDAYS
    from parindex.core.dossiers.measures import measure

    asked = {"as_of": MOMENT, "working_days": HOLIDAYS}
    measure(store, **asked)
    start = time.perf_counter()
    found = measure(store, **asked).rows
    seconds = time.perf_counter() - start
    table = {n: np.array([getattr(row.counts, n) for row in found], np.int64) for n in COUNTERS}
    table |= {f"p{p}": np.array([row.percentiles.get(p, 0) for row in found], np.int64) for p in (50, 90)}
    unit, month = (np.array([row.key[k] for row in found]) for k in (0, 1))
    return seconds, checked({"unit": unit, "month": month, **table})


def with_ranks(counts, ranks):
    """Both answers as one table; 0 where nothing was resolved."""
    import numpy as np

    place = {key: k for k, key in enumerate(zip(counts["unit"], counts["month"], strict=True))}
    at = [place[key] for key in zip(ranks["unit"], ranks["month"], strict=True)]
    for name in ("p50", "p90"):
        counts[name] = np.zeros(len(place), np.int64)
        counts[name][at] = ranks[name]
    return counts


def checked(table) -> list[int]:
    """A number for the whole table, in which the sides must agree; and a few sums, to see what it holds."""
    import numpy as np

    from parindex.core.dossiers.expressions import COUNTERS

    names = ("month", *COUNTERS, "p50", "p90")
    whole = hashlib.sha256("\n".join(map(str, table["unit"])).encode())
    for name in names:
        whole.update(np.ascontiguousarray(np.ma.filled(table[name], 0), dtype="<i8").tobytes())
    sums = [int(table[n].sum()) for n in ("registered", "early", "late", "days", "p90")]
    return [len(table["unit"]), *sums, int.from_bytes(whole.digest()[:6])]


def by_hand(store: Path) -> tuple[float, list[int]]:
    """One query, as somebody who knows DuckDB would write it."""
    from parindex.core.dossiers.engines import Duck

    duck = Duck(files(store), calendar())
    start = time.perf_counter()
    found = duck.connection.execute(HAND).fetchnumpy()
    return time.perf_counter() - start, checked(found)


def files(store: Path) -> list[Path]:
    """Every file of the store."""
    return sorted([*store.glob("closed/*/*.parquet"), store / "open/all.parquet"])


def calendar() -> dict:
    """The tables of days."""
    from parindex.core.dossiers.generate import HOLIDAYS

    return {"calendar": HOLIDAYS.positions(), "workdays": HOLIDAYS.workdays()}


FLAGS = {
    "received": "r",
    "refused": "status = 3",
    "online_full": "r AND channel = 1",
    "online_part": "r AND channel = 2",
    "in_person": "r AND channel = 3",
    "post": "r AND channel = 4",
    "resolved": "done",
    "early": "done AND ended <= deadline AND ended // 1440 < deadline // 1440",
    "on_time": "done AND ended <= deadline AND ended // 1440 = deadline // 1440",
    "late": "done AND ended > deadline",
    "undated": "done AND deadline IS NULL",
    "by_extension": "done AND ended <= deadline AND ended > promised",
    "withdrawn": "ended IS NOT NULL AND status = 7",
    "stopped": "ended IS NOT NULL AND status = 8",
    "open_in_time": "o AND NOT stands AND 29453759 <= deadline",
    "open_overdue": "o AND NOT stands AND 29453759 > deadline",
    "paused_in_time": "o AND stands AND stopped_at <= deadline",
    "paused_overdue": "o AND stands AND stopped_at > deadline",
    "extended": "r AND extensions > 0",
    "extended_again": "r AND extensions > 1",
    "apologies": "apology AND (done AND ended > deadline OR o AND "
    "CASE WHEN stands THEN stopped_at ELSE 29453759 END > deadline)",
    "with_fee": "r AND fee > 0",
    "paid_online": "r AND fee > 0 AND paid_online",
    "digitised": "r AND digitised",
    "digitised_known": "r AND digitised IS NOT NULL",
}
HAND = f"""
WITH judged AS (
  SELECT d.*, status NOT IN (1, 3) AS r, ended IS NOT NULL AND status >= 9 AS done,
    status NOT IN (1, 3) AND ended IS NULL AS o, coalesce(paused, received) AS stopped_at,
    CASE WHEN paused IS NULL THEN status IN (5, 6, 8)
      ELSE resumed IS NULL AND status NOT IN (2, 4) END AS stands,
    coalesce(q.position - p.position, 0) + paused_days AS stood, e.position - c.position AS span,
    coalesce(w.day * 1440 + due % 1440, due) AS promised,
    CASE WHEN extensions = 1 AND extended > coalesce(w.day * 1440 + due % 1440, due) THEN extended
      ELSE coalesce(w.day * 1440 + due % 1440, due) END AS deadline
  FROM dossiers d
    LEFT JOIN calendar c ON c.day = received // 1440
    LEFT JOIN calendar e ON e.day = ended // 1440
    LEFT JOIN calendar p ON resumed IS NOT NULL AND p.day = paused // 1440
    LEFT JOIN calendar q ON q.day = resumed // 1440
    LEFT JOIN calendar h ON resumed IS NOT NULL AND h.day = due // 1440
    LEFT JOIN workdays w ON q.position > p.position AND w.position = h.position + q.position - p.position
)
SELECT unit, month, count(*) AS registered, {
    ", ".join(f"count(*) FILTER ({sql}) AS {n}" for n, sql in FLAGS.items())
},
  coalesce(sum(fee) FILTER (r), 0) AS fee, coalesce(sum(fee) FILTER (r AND paid_online), 0) AS fee_online,
  coalesce(sum(greatest(span - stood, 0)) FILTER (done), 0) AS days,
  coalesce(sum(ended - received) FILTER (done), 0) AS minutes,
  coalesce(quantile_disc(greatest(span - stood, 0), 0.5) FILTER (done), 0) AS p50,
  coalesce(quantile_disc(greatest(span - stood, 0), 0.9) FILTER (done), 0) AS p90
FROM judged GROUP BY unit, month ORDER BY unit, month
"""


def with_pandas(store: Path) -> tuple[float, list[int]]:
    """The same with pandas."""
    from dossiers_pandas import measured

    start = time.perf_counter()
    found = measured(files(store), calendar())
    return time.perf_counter() - start, checked(found)


def kept(store: Path) -> tuple[float, list[int]]:
    """What was counted is kept; one more day comes, and the province is measured anew."""
    import duckdb

    from parindex.core.dossiers.generate import HOLIDAYS
    from parindex.core.dossiers.manifest import Part, read_manifest, write_manifest
    from parindex.core.dossiers.measures import measure

    asked = {"as_of": MOMENT, "by": ("month",), "working_days": HOLIDAYS}
    measure(store, **asked)
    con, seconds = duckdb.connect(), []
    for k in range(5):
        con.execute(
            f"CREATE OR REPLACE TABLE day AS FROM '{store}/closed/202512/0*.parquet' "
            f"ORDER BY hash(code) LIMIT {DAY} OFFSET {k * DAY}"
        )
        manifest = read_manifest(store)
        path = store / f"closed/202512/day{k}.parquet"
        start = time.perf_counter()
        size = save(con, "FROM day", path, few=True)
        manifest.closed.append(Part(f"closed/202512/day{k}.parquet", size, (202512,)))
        write_manifest(store, manifest)
        written = time.perf_counter()
        measure(store, **asked)
        seconds.append((time.perf_counter() - start, written - start, touched_month(store)))
    whole, writing, month = (statistics.median(run[k] for run in seconds) for k in range(3))
    return whole, [writing, month]


def touched_month(store: Path) -> float:
    """Seconds to count the month of the day anew by hand: the yardstick of a day more."""
    from parindex.core.dossiers.engines import Duck

    duck = Duck([*sorted(store.glob("closed/202512/*.parquet")), store / "open/all.parquet"], calendar())
    query = HAND.replace("unit, month", "month").replace(
        "FROM dossiers d", "FROM (FROM dossiers WHERE month = 202512) d"
    )
    start = time.perf_counter()
    duck.connection.execute(query).fetchall()
    return time.perf_counter() - start


if __name__ == "__main__":
    side(sys.argv[1], Path(sys.argv[2]))
