"""`parindex tick`, and the same tick each minute in the background of the server process."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime

from parindex.config.site import ready


MINUTE = 60
log = logging.getLogger("parindex.schedule")


def tick_once(language: str) -> int:
    """Do what is due and say what was done. Returns 1 where a job failed."""
    ready(language)
    from parindex.apps.schedule.tick import tick
    from parindex.config.jobs import jobs

    vi, failed, ran_any = language == "vi", False, False
    for ran in tick(jobs(), at=datetime.now(UTC)):
        ran_any = True
        if ran.error:
            failed = True
            print(f"{ran.name}: {'lỗi' if vi else 'failed'}: {ran.error}", file=sys.stderr)
        else:
            print(f"{ran.name}: {ran.count} ({ran.seconds:.1f} s)")
    if not ran_any:
        print("Chưa có việc nào đến hạn." if vi else "Nothing is due.")
    return 1 if failed else 0


class Ticker:
    """Ticks in a thread of its own: at once, then at the beginning of each minute, until it is stopped.

    While `loading` is alive nothing ticks: it writes all the time, and each job would wait for it in vain.
    """

    def __init__(self, loading: threading.Thread | None = None) -> None:
        self._stop = threading.Event()
        self._loading = loading
        self._thread = threading.Thread(target=self._tick, name="tick", daemon=True)

    def __enter__(self) -> Ticker:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, after the tick that is under way; a long one is left to end with the process."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _tick(self) -> None:
        from django.db import connection

        while True:
            try:
                if self._loading is None or not self._loading.is_alive():
                    self._tick_now()
            except Exception:
                log.exception("the tick failed")
            finally:
                connection.close()
            if self._stop.wait(MINUTE - datetime.now(UTC).timestamp() % MINUTE):
                return

    def _tick_now(self) -> None:
        """A failed job is in the log, which the server writes to standard error."""
        from django.db import connection

        from parindex.apps.schedule.tick import tick
        from parindex.apps.watch.slow import Timer
        from parindex.config.jobs import jobs

        with connection.execute_wrapper(Timer(lambda: "tick")):
            _exhaust(tick(jobs(), at=datetime.now(UTC)))


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass
