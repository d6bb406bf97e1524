"""Criteria sets, answers and published figures that come with parindex; each file cites its source."""

from __future__ import annotations

from pathlib import Path


ROOT = Path(__file__).parent


def framework_ids() -> list[str]:
    """Ids of the shipped frameworks."""
    return sorted(p.stem for p in (ROOT / "frameworks").glob("*.yaml"))


def framework_path(identifier: str) -> Path:
    """The file of a shipped framework."""
    return ROOT / "frameworks" / f"{identifier}.yaml"


def answers_path(name: str) -> Path:
    """A shipped file of real answers, such as ``papi-2024``."""
    return ROOT / "answers" / f"{name}.csv"
