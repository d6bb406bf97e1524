"""`parindex demo`: two worlds loaded through the same actions as any other data, then served.

Published reality: PAPI 2011 to 2024 and figures that authorities published. And a province that does not
exist, with
the structure of a real one. The first year is there before the first page; the rest loads while the site
already runs.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
import traceback
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

from parindex.config.given import given
from parindex.config.server import port_is_free
from parindex.config.server import run as serve
from parindex.config.site import prepare
from parindex.data import minhhoa
from parindex.web.parts.context import progress_file


def run(*, port: int, open_browser: bool, reset: bool) -> int:
    """Load and serve the demonstration. Returns the exit code."""
    started = time.monotonic()
    if not port_is_free("127.0.0.1", port):
        return 1
    home = Path(given("PARINDEX_HOME", "var")).absolute()
    os.environ["PARINDEX_HOME"] = str(home)
    if reset and not _forget(home):
        return 1
    os.environ["PARINDEX_DEMO"] = "1"
    prepare()
    loader = _Loader()
    try:
        loader.load(FIRST)
        address = f"http://127.0.0.1:{port}/"
        _welcome(address, time.monotonic() - started)
        loader.start()
        if open_browser:
            threading.Timer(1.0, webbrowser.open, [address]).start()
        serve(host="127.0.0.1", port=port, loading=loader.thread)
    finally:
        loader.stop()
    return 0


FIRST = 2


def _forget(home: Path) -> bool:
    """Remove the demonstration's database and dossiers. False, and a word why, with PostgreSQL."""
    if given("PARINDEX_DATABASE_URL"):
        print(
            "parindex: --reset không xóa cơ sở dữ liệu PostgreSQL; hãy dùng cơ sở dữ liệu trống.\n"
            "parindex: --reset does not empty a PostgreSQL database; use an empty one.",
            file=sys.stderr,
        )
        return False
    for name in ("parindex.sqlite3", "parindex.sqlite3-wal", "parindex.sqlite3-shm", "loading.json"):
        (home / name).unlink(missing_ok=True)
    shutil.rmtree(home / "dossiers" / minhhoa.CODE, ignore_errors=True)
    return True


class _Loader:
    """Loads the demonstration's parts in their order: the first before the first page, the rest beside it."""

    def __init__(self) -> None:
        from parindex.config.worlds import steps

        self.waiting = steps()
        self.total = len(self.waiting)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._load_rest, daemon=True)

    def load(self, parts: int) -> None:
        """So many parts, each with its line of progress."""
        for _ in range(min(parts, len(self.waiting))):
            done = self.total - len(self.waiting)
            self._say(done)
            started = time.monotonic()
            name, act = self.waiting.pop(0)
            if act(datetime.now(UTC)):
                print(
                    f"  [{done + 1:>2}/{self.total}] {name} ({time.monotonic() - started:.1f} s)", flush=True
                )
            self._say(done + 1)

    def start(self) -> None:
        """Load what is left while the site already runs."""
        self.thread.start()

    def stop(self) -> None:
        """Finish the part at hand and leave no word of loading behind."""
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join(PATIENCE)
        progress_file().unlink(missing_ok=True)

    def _load_rest(self) -> None:
        """A failure is shown and ends the loading, not the site."""
        from django.db import connection

        try:
            while self.waiting and not self.stopping.is_set():
                self.load(1)
        except Exception:  # noqa: BLE001  shown below; the site goes on
            traceback.print_exc(file=sys.stderr)
            print(
                "parindex: loading stopped; the pages show what had been loaded. "
                "`parindex demo --reset` starts again.",
                file=sys.stderr,
            )
            progress_file().unlink(missing_ok=True)
        finally:
            connection.close()

    def _say(self, done: int) -> None:
        """In one step, as a page may be reading it."""
        path = progress_file()
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({"done": done, "total": self.total}))
        fresh.replace(path)


PATIENCE = 10


def _welcome(address: str, seconds: float) -> None:
    sixth = f"{address}minh-hoa/2024/co-quan/"
    print(
        f"\nparindex: {address}   (ready after {seconds:.1f} s; Ctrl-C stops)\n"
        f"  Xem trước hết / look first: {sixth}\n"
        f"  rồi bấm vào đơn vị hạng 6 / then click the sixth: {sixth}so-van-hoa-the-thao-va-du-lich/\n"
        f"  Vào vai trong các kỳ tập huấn / play a role in the training rounds: {address}vao-vai/\n"
        f"  English: {address}en/\n",
        flush=True,
    )
