"""`parindex demo`: two worlds loaded through the same actions as any other data, then served.

Published reality: PAPI 2011 to 2024 and figures that authorities published. And a province that does not
exist, with
the structure of a real one. The first year is there before the first page; the rest loads while the site
already runs.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from parindex.config.server import port_is_free
from parindex.config.server import run as serve
from parindex.config.site import prepare


def run(*, port: int, open_browser: bool, reset: bool) -> int:
    """Load and serve the demonstration. Returns the exit code."""
    started = time.monotonic()
    if not port_is_free("127.0.0.1", port):
        return 1
    home = Path(os.environ.setdefault("PARINDEX_HOME", str(Path("var").absolute())))
    if reset:
        _forget(home)
    prepare()
    from parindex.config.worlds import steps

    waiting = steps()
    total = len(waiting)
    done = 0
    while waiting and done < FIRST:
        _load(waiting.pop(0), done, total)
        done += 1
    loader = threading.Thread(target=_load_rest, args=(waiting, done, total), daemon=True)
    address = f"http://127.0.0.1:{port}/"
    _welcome(address, time.monotonic() - started)
    loader.start()
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [address]).start()
    serve(host="127.0.0.1", port=port)
    return 0


FIRST = 2


def _forget(home: Path) -> None:
    """Remove the demonstration's database; a PostgreSQL database is left to its administrator."""
    for name in ("parindex.sqlite3", "parindex.sqlite3-wal", "parindex.sqlite3-shm", "loading.json"):
        (home / name).unlink(missing_ok=True)


def _load(step: tuple[str, Callable[[datetime], bool]], done: int, total: int) -> None:
    """One part of the demonstration, with its line of progress."""
    from django.conf import settings

    name, act = step
    (settings.PARINDEX_HOME / "loading.json").write_text(json.dumps({"done": done, "total": total}))
    started = time.monotonic()
    loaded = act(datetime.now(UTC))
    if loaded:
        print(f"  [{done + 1:>2}/{total}] {name} ({time.monotonic() - started:.1f} s)", flush=True)
    (settings.PARINDEX_HOME / "loading.json").write_text(json.dumps({"done": done + 1, "total": total}))


def _load_rest(waiting: list[tuple[str, Callable[[datetime], bool]]], done: int, total: int) -> None:
    """Everything after the first page; a failure is shown and stops the loading, not the site."""
    from django.db import connection

    try:
        for step in waiting:
            _load(step, done, total)
            done += 1
    except Exception:  # noqa: BLE001  shown below; the site goes on
        traceback.print_exc(file=sys.stderr)
        print(
            "parindex: loading stopped; the pages show what had been loaded. "
            "`parindex demo --reset` starts again.",
            file=sys.stderr,
        )
    finally:
        connection.close()


def _welcome(address: str, seconds: float) -> None:
    sixth = f"{address}minh-hoa/2024/co-quan/"
    print(
        f"\nparindex: {address}   (ready after {seconds:.1f} s; Ctrl-C stops)\n"
        f"  Xem trước hết / look first: {sixth}\n"
        f"  rồi bấm vào đơn vị hạng 6 / then click the sixth: {sixth}so-van-hoa-the-thao-va-du-lich/\n"
        f"  English: {address}en/\n",
        flush=True,
    )
