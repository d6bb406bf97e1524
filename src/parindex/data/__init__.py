"""Criteria sets, answers and published figures that come with parindex; each file cites its source."""

from __future__ import annotations

from pathlib import Path

from parindex.data.published import PublishedFigure, published_figures


ROOT = Path(__file__).parent

__all__ = ["PublishedFigure", "answers_path", "framework_ids", "framework_path", "published_figures"]


def framework_ids() -> list[str]:
    """Ids of the shipped frameworks."""
    return sorted(p.stem for p in (ROOT / "frameworks").glob("*.yaml"))


def framework_path(identifier: str) -> Path:
    """The file of a shipped framework."""
    return ROOT / "frameworks" / f"{identifier}.yaml"


def answers_path(name: str) -> Path:
    """A shipped file of real answers, such as ``papi-2024``."""
    return ROOT / "answers" / f"{name}.csv"
