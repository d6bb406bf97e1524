"""Rendered text kept in a process until what it is made from changes: its key says what that is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from threading import Lock


class Kept:
    """At most so many texts, each until an instant; those not asked for longest are dropped first."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._texts: OrderedDict[Hashable, tuple[datetime, str]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, at: datetime) -> str | None:
        """The text, unless its time is over."""
        with self._lock:
            until, text = self._texts.get(key, (at, ""))
            if at >= until:
                self._texts.pop(key, None)
                return None
            self._texts.move_to_end(key)
            return text

    def keep(self, key: Hashable, text: str, *, until: datetime) -> None:
        """Keep a text until an instant."""
        with self._lock:
            self._texts[key] = until, text
            while len(self._texts) > self._most:
                self._texts.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._texts.clear()
