"""The server process."""

from __future__ import annotations

import os
import socket

from parindex.config.site import prepare


def serve(*, host: str, port: int) -> int:
    """Bring the database up to date and serve until stopped. Returns the exit code."""
    prepare()
    if not port_is_free(host, port):
        return 1
    print(f"parindex: http://{host}:{port}/")
    run(host=host, port=port)
    return 0


def port_is_free(host: str, port: int) -> bool:
    """Whether the port can be taken; says what to do when not."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            print(f"parindex: port {port} is in use; choose another: make demo PORT={port + 1}")
            return False
    return True


def run(*, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM. PARINDEX_WORKERS processes (default 1) with a few threads each."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "parindex.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("PARINDEX_WORKERS", "1")),
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
