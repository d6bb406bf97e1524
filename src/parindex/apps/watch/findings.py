"""What a check says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Level(StrEnum):
    """How bad it is: `ERROR` wants somebody now, `WARNING` in these days."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should do something about; its sentences are in `core.wording.doctor`.

    Attributes:
        code: a stable name.
        level: how bad it is.
        data: the facts that its sentences need; never a password, a token or a key.
    """

    code: str
    level: Level
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """How it is looked at.

    Attributes:
        at: the instant.
        deep: also what takes long or goes over the network: the whole ledger, the whole database file, the
            mail server, the certificate of the site's address. A page never asks for it.
    """

    at: datetime
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One check, with all that it found: nothing where all is well there."""

    check: str
    findings: tuple[Finding, ...]


def error(code: str, **data: object) -> Finding:
    """A finding that wants somebody now."""
    return Finding(code, Level.ERROR, {k: str(v) for k, v in data.items()})


def warning(code: str, **data: object) -> Finding:
    """A finding that wants somebody in these days."""
    return Finding(code, Level.WARNING, {k: str(v) for k, v in data.items()})
