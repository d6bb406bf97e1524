"""Queries that took long: their text without values, how long, in which page; in a file of this machine."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from parindex.apps.watch.counters import folder, mine
from parindex.apps.watch.logs import REQUEST


LOG = logging.getLogger("parindex.slow")
NAME = "slow-queries.jsonl"
FULL = 256_000  # bytes; then the file becomes the older one of two
LONGEST = 1_000


class Timer:
    """Wraps the queries of a request or a job, for `connection.execute_wrapper`.

    Attributes:
        place: gives the name of the page or job; asked only for a query that took long.
    """

    def __init__(self, place: Callable[[], str]) -> None:
        self.place = place

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Run it, and keep it where it took longer than the setting says."""
        started = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000)
            if 0 < settings.PARINDEX_SLOW_QUERY_MS <= milliseconds:
                keep(sql=sql, milliseconds=milliseconds, place=self.place())


def keep(*, sql: str, milliseconds: int, place: str) -> None:
    """One that took long: counted, logged, kept for the administrator's page. `sql` has no values in it."""
    text = " ".join(sql.split())[:LONGEST]
    mine().add(("slow_queries",))
    LOG.warning("slow query", extra={"sql": text, "ms": milliseconds, "route": place})
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "ms": milliseconds,
        "sql": text,
        "route": place,
        "request": REQUEST.get(),
    }
    path = folder() / NAME
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > FULL:
            path.replace(path.with_suffix(".older"))
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(file)


@dataclass(frozen=True, slots=True)
class Slow:
    """A query that took long, however often: its text, how often, how long at worst and when last, where."""

    sql: str
    times: int
    worst: int
    last: datetime
    route: str
    request: str


def slow_queries(most: int = 20) -> Sequence[Slow]:
    """Those that took longest first."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for line in _lines():
        grouped.setdefault(line["sql"], []).append(line)
    found = [
        Slow(
            sql,
            len(lines),
            max(line["ms"] for line in lines),
            datetime.fromisoformat(lines[-1]["at"]),
            lines[-1]["route"],
            lines[-1]["request"],
        )
        for sql, lines in grouped.items()
    ]
    return sorted(found, key=lambda s: -s.worst)[:most]


def _lines() -> list[dict[str, Any]]:
    found = []
    for path in ((folder() / NAME).with_suffix(".older"), folder() / NAME):
        with contextlib.suppress(OSError):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                with contextlib.suppress(ValueError, TypeError):
                    read = json.loads(line)
                    if isinstance(read, dict) and {"at", "ms", "sql", "route", "request"} <= set(read):
                        found.append(read)
    return found
