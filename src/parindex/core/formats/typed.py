"""What people type, as it is kept: composed, without controls, without stray blanks."""

from __future__ import annotations

import unicodedata


def one_line(typed: str) -> str:
    """A title, a name, a caption: a text without line breaks and controls."""
    kept = "".join(c for c in unicodedata.normalize("NFC", typed) if c.isprintable() or c.isspace())
    return " ".join(kept.split())


def lines(typed: str) -> str:
    """A text of several lines, each without controls; blank lines at the ends are gone."""
    rows = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(one_line(row) for row in rows).strip("\n")
