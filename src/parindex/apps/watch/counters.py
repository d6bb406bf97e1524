"""Counts that every process of this machine adds to, each in a file of its own; whoever asks adds them up.

A file is a row of slots of 256 bytes: the count (8 bytes), then the names that it is counted under. A count
is written as it changes, so nothing is lost with a process, and nobody waits for anybody. The file of a
process that has ended goes on to count until the server is started anew: sums never fall meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import time
from collections import Counter
from pathlib import Path
from threading import Lock

from django.conf import settings


Names = tuple[str, ...]
SLOT = 256
COUNT = struct.Struct("=Q")
BETWEEN = "\x1f"
MOST_SLOTS = 20_000
ENDING = ".counts"
OLD_SECONDS = 30 * 86_400


def folder() -> Path:
    """Where processes leave what they counted."""
    return Path(settings.PARINDEX_HOME) / "watch"


class Counts:
    """The counts of one process. Where its file cannot be written, they are not kept: nothing else fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._slots: dict[Names, int] = {}
        self._values: list[int] = []
        self._file = -1
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)

    def add(self, names: Names, by: int = 1) -> None:
        """Count `by` more."""
        with self._lock, contextlib.suppress(OSError):
            slot = self._slots.get(names)
            if slot is not None:
                self._values[slot] += by
                os.pwrite(self._file, COUNT.pack(self._values[slot]), slot * SLOT)
            elif len(self._values) < MOST_SLOTS:
                key = BETWEEN.join(names).encode()[: SLOT - COUNT.size]
                whole = (COUNT.pack(by) + key).ljust(SLOT, b"\0")
                os.pwrite(self._file, whole, len(self._values) * SLOT)
                self._slots[names] = len(self._values)
                self._values.append(by)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, contextlib.suppress(OSError):
            os.close(self._file)
        self._file = -1


_mine: Counts | None = None
_opening = Lock()


def mine() -> Counts:
    """The counts of this process."""
    global _mine
    wanted = folder() / f"{_host()}-{os.getpid()}{ENDING}"
    if _mine is None or _mine.path != wanted:
        with _opening:
            if _mine is None or _mine.path != wanted:
                if _mine is not None:
                    _mine.close()
                _mine = Counts(wanted)
    return _mine


def added_up() -> Counter[Names]:
    """What all processes of this machine have counted."""
    total: Counter[Names] = Counter()
    for path in _of_this_machine():
        with contextlib.suppress(OSError):
            total.update(read(path))
    return total


def read(path: Path) -> dict[Names, int]:
    """What one file holds; a slot that is half written does not count yet."""
    content = path.read_bytes()
    found: dict[Names, int] = {}
    for start in range(0, len(content) - SLOT + 1, SLOT):
        (count,) = COUNT.unpack_from(content, start)
        key = content[start + COUNT.size : start + SLOT].rstrip(b"\0").decode(errors="replace")
        if key:
            found[tuple(key.split(BETWEEN))] = count
    return found


def living() -> list[int]:
    """The processes of this machine that answer, by number."""
    numbers = (_process(path) for path in _of_this_machine())
    return sorted(n for n in numbers if n and _lives(n))


def clear_ended() -> None:
    """Forget what ended processes counted: for a server that starts."""
    for path in _of_this_machine():
        if not _lives(_process(path)):
            path.unlink(missing_ok=True)
    for path in folder().glob(f"*{ENDING}"):  # of machines that are no more
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > OLD_SECONDS:
                path.unlink()


def _of_this_machine() -> list[Path]:
    return sorted(folder().glob(f"{_host()}-*{ENDING}"))


def _process(path: Path) -> int:
    number = path.name.removesuffix(ENDING).rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _lives(number: int) -> bool:
    if not number:
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _host() -> str:
    return "".join(c if c.isalnum() else "_" for c in socket.gethostname())[:60] or "here"
