"""What the ledger says of the rows of one table: a few at hand, all the others on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping


AT_HAND = 5000
Said = dict[str, tuple[str, str]]
"""By field: what it is, and the entry that said so."""


class Told:
    """By the key of a row: what was said of its fields last, and where the row was spoken of last.

    What is not at hand lies in a file of SQLite's own, in its folder for such (``SQLITE_TMPDIR``), which has
    no name and is gone when this is closed.

    Attributes:
        unread: chains that cannot be read, with the kind of act.
    """

    def __init__(self) -> None:
        self.unread: dict[str, str] = {}
        self._fresh: dict[str, tuple[str, Said]] = {}
        self._disk = sqlite3.connect("", isolation_level=None)
        self._disk.execute("PRAGMA journal_mode = OFF")
        self._disk.execute(
            "CREATE TABLE told "
            "(number INTEGER PRIMARY KEY, key TEXT UNIQUE, place TEXT, said TEXT, met INTEGER)"
        )
        self._disk.execute("BEGIN")

    def close(self) -> None:
        """Forget everything."""
        self._disk.close()

    def hear(self, key: tuple[str, ...], said: Mapping[str, str | None], place: str) -> None:
        """What one act says of a row; None of a field that can no longer be known."""
        name = json.dumps(key)
        _, kept = self._fresh.get(name) or ("", self._on_disk(name) or {})
        for field, value in said.items():
            if value is None:
                kept.pop(field, None)
            else:
                kept[field] = value, place
        self._fresh[name] = place, kept
        if len(self._fresh) >= AT_HAND:
            self._lay_down()

    def forget(self, key: tuple[str, ...]) -> None:
        """An act took the row away."""
        name = json.dumps(key)
        self._fresh.pop(name, None)
        self._disk.execute("DELETE FROM told WHERE key = ?", [name])

    def meet(self, key: tuple[str, ...]) -> Said | None:
        """What is said of a row that stands; None where nothing was."""
        self._lay_down()
        name = json.dumps(key)
        said = self._on_disk(name)
        if said is not None:
            self._disk.execute("UPDATE told SET met = 1 WHERE key = ?", [name])
        return said

    def not_met(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The other rows, in the order in which they were first spoken of, with where they were last."""
        self._lay_down()
        for name, place in self._disk.execute("SELECT key, place FROM told WHERE met = 0 ORDER BY number"):
            yield tuple(json.loads(name)), place

    def _on_disk(self, name: str) -> Said | None:
        found = self._disk.execute("SELECT said FROM told WHERE key = ?", [name]).fetchone()
        return (
            {field: (value, place) for field, (value, place) in json.loads(found[0]).items()}
            if found
            else None
        )

    def _lay_down(self) -> None:
        """What is at hand, to disk."""
        rows = ((name, place, json.dumps(said)) for name, (place, said) in self._fresh.items())
        self._disk.executemany(
            "INSERT INTO told (key, place, said, met) VALUES (?, ?, ?, 0) "
            "ON CONFLICT (key) DO UPDATE SET place = excluded.place, said = excluded.said",
            rows,
        )
        self._fresh.clear()
