"""Servers for the benches, and connections to them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from common import ENVIRONMENT


HERE = Path(__file__).parent
Server = tuple[int, int]
"""Its process and its port."""


class Connection:
    """One kept connection; nothing but what a request needs."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = b""  # of the last answer

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._socket.sendall(request)
        answer = bytearray()
        while (at := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        self.head = bytes(answer[:at])
        head = self.head.lower()
        length = at + 4 + int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(answer) < length:
            answer += self._more()
        return int(head.split(b" ", 2)[1]), bytes(answer[at + 4 :])

    def _more(self) -> bytes:
        found = self._socket.recv(1 << 18)
        if not found:
            raise SystemExit("the server closed the connection")
        return found


def request(
    port: int,
    method: str,
    address: str,
    *,
    cookie: str = "",
    body: bytes = b"",
    more: str = "",
    form: str = "application/x-www-form-urlencoded",
) -> bytes:
    """A request as it goes over the wire."""
    head = f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}"
    if cookie:
        head += f"Cookie: {cookie}\r\n"
    if body:
        head += f"Content-Type: {form}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def run(code: str, environment: dict[str, str]) -> None:
    """A few lines in a process of their own, beside the benches."""
    environment = {**ENVIRONMENT, "PYTHONPATH": str(HERE), **environment}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def processor_time(process: int) -> float:
    """Seconds of processor time of a process and its children so far; 0 where the system does not tell."""
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        stats = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in (process, *children)]
        return sum(int(s[11]) + int(s[12]) for s in stats) / os.sysconf("SC_CLK_TCK")
    return 0.0


@contextmanager
def server(application: str, environment: dict[str, str], *, workers: int = 1) -> Iterator[Server]:
    """Worker processes with four threads each, the same for all; gives its process and port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"]
    command += [
        "--workers",
        str(workers),
        "--no-access-log",
        "--log-level",
        "error",
        "--port",
        str(port),
        application,
    ]
    process = subprocess.Popen(command, env={**ENVIRONMENT, **environment})
    try:
        until_up(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def until_up(port: int) -> None:
    for _ in range(900):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
