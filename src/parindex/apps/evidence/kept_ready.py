"""A process that stands ready to open strangers' files, and opens each in a copy of itself.

Starting a program and loading its readers costs more than reading a letter. So one process per worker loads
them once, touches no file, and makes a copy of itself (fork) for each: what a file does to its reader, it
still does to that one process, which has its own limits and ends with its file. Where the system knows no
fork, a program is started for each file (`apart`).
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from threading import Lock

from parindex.apps.evidence import apart


IDLE_SECONDS = 600.0
"""Nobody asked for so long: the process ends, and is started again when somebody does."""
ENDS_SECONDS = 5
LONGEST_QUESTION = 10_000
BEGUN = b"+"
POSSIBLE = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Ready:
    """The process that stands ready for one module of ours, as this process sees it."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def ask(self, *arguments: str) -> Mapping[str, object]:
        """What the module answers to these arguments, as `apart.ask_apart`."""
        if not POSSIBLE:
            return apart.ask_apart(self._module, *arguments)
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                handed = self._hand(theirs)
            said = _answer(ours, arguments) if handed else None
        return apart.ask_apart(self._module, *arguments) if said is None else said

    def close(self) -> None:
        """Let the process end."""
        with self._lock:
            self._end()

    def _hand(self, theirs: socket.socket) -> bool:
        """Hand it the end of a line on which it is to answer; start it where it does not run (any more)."""
        with self._lock:
            for _ in range(2):
                if self._line is None:
                    self._begin()
                with contextlib.suppress(OSError):
                    if self._line is not None:
                        socket.send_fds(self._line, [BEGUN], [theirs.fileno()])
                        return True
                self._end()
        return False

    def _begin(self) -> None:
        line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, self._module, str(theirs.fileno())]
            try:
                self._process = subprocess.Popen(  # noqa: S603  a module of ours
                    command,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=apart.environment(),
                )
            except OSError:
                line.close()
                return
        self._line = line
        atexit.register(self.close)

    def _end(self) -> None:
        """It ends when nobody holds the other end of its line; what it is reading still ends by itself."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            try:
                self._process.wait(ENDS_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._line = self._process = None
        atexit.unregister(self.close)


def _answer(line: socket.socket, arguments: tuple[str, ...]) -> Mapping[str, object] | None:
    """Ask, and wait for the answer; nothing where the reader fails or never ends, None where none began."""
    said = bytearray()
    line.settimeout(apart.SECONDS)
    try:
        line.sendall(json.dumps(arguments).encode())
        line.shutdown(socket.SHUT_WR)
        while block := line.recv(1 << 16):
            said += block
    except TimeoutError:
        return {}
    except OSError:
        return {} if said else None
    if not said:
        return None
    try:
        found: dict[str, object] = json.loads(said[len(BEGUN) :])
    except ValueError:
        return {}
    return found


def main(module: str, control: socket.socket) -> None:
    """Stand ready until nobody is there who could ask, or nobody asked for long."""
    reader = importlib.import_module(f"{module}.__main__")
    reader.load()
    # whoever ends is not waited for
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.settimeout(IDLE_SECONDS)
    while True:
        try:
            asked, lines, *_ = socket.recv_fds(control, 1, 1)
        except TimeoutError:
            return
        if not asked:
            return
        line = socket.socket(fileno=lines[0])
        with line, contextlib.suppress(OSError):  # no copy can be made now: the line ends without a word
            if os.fork() == 0:
                control.close()
                _read_one(reader.told, line)


def _read_one(work: object, line: socket.socket) -> None:
    """In the copy: answer one question, and end, whatever happens."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.alarm(apart.SECONDS)
        apart.limit_this_process()
        line.sendall(BEGUN)
        asked = bytearray()
        while block := line.recv(LONGEST_QUESTION):
            asked += block
        said = work(*json.loads(asked))  # type: ignore[operator]
        line.sendall(json.dumps(said).encode())
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])))
