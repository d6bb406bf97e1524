"""The server process."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import socket
import sys
import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING

from parindex.config.given import whole
from parindex.config.site import prepare
from parindex.config.ticking import Ticker
from parindex.web.parts.context import progress_file


if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler


def serve(*, host: str, port: int) -> int:
    """Bring the database up to date and serve until stopped. Returns the exit code."""
    if not port_is_free(host, port):
        return 1
    prepare()
    progress_file().unlink(missing_ok=True)  # of a demonstration that was killed: here nothing loads
    print(f"parindex: http://{host}:{port}/")
    run(host=host, port=port)
    return 0


def port_is_free(host: str, port: int) -> bool:
    """Whether the port can be taken; says why not and what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        vi = (
            "đang có chương trình khác dùng; hãy chọn cổng khác"
            if in_use
            else f"không mở được: {error.strerror}"
        )
        en = "is in use; choose another" if in_use else f"cannot be opened: {error.strerror}"
        for said in (f"cổng {port} của {host} {vi}", f"port {port} of {host} {en}"):
            print(f"parindex: {said} (--port, make demo PORT=…)", file=sys.stderr)
        return False
    return True


YOUNG = 7_000
"""New objects after which the collector looks for cycles; Python's 700 is less than one page makes."""
LAST_ANSWERS = 5
"""Seconds in which a worker may end what it is answering when it is told to stop."""


def run(*, host: str, port: int, loading: threading.Thread | None = None) -> None:
    """Serve until SIGINT or SIGTERM, and tick each minute unless that is done from outside.

    PARINDEX_WORKERS processes (default 1) with a few threads each; the tick is in the process above them. It
    does not tick before `loading`, which fills the database, has ended. A worker that dies is started again
    beside the others; one that dies again within seconds ends the server, as it does where it cannot start.
    """
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from parindex.apps.watch.counters import clear_ended

    clear_ended()
    # a forked worker would inherit SQLite's own record of the locks that other threads hold at that moment
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "parindex.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(1, whole("PARINDEX_WORKERS", 1)),
        blocking_threads=4,
        workers_kill_timeout=LAST_ANSWERS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    with Ticker(loading) if settings.PARINDEX_TICK else nullcontext():
        server.serve(target_loader=worker)


def worker(_target: str) -> WSGIHandler:
    """The application, in a worker that no terminal's Ctrl-C reaches: the process above tells it to stop.

    Told twice at once, it would end before it is expected to, or not at all.
    """
    os.setpgid(0, 0)
    from django.urls import get_resolver

    from parindex.config.wsgi import application

    get_resolver().url_patterns  # noqa: B018  reads every page's module before the first visitor comes
    _spare_the_collector()
    return application


def _spare_the_collector() -> None:
    """What is there now stays to the end: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
