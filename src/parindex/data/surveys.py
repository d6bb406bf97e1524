"""Questionnaires that come with parindex, ready to be used or changed; each file names what it rests on."""

from __future__ import annotations

from pathlib import Path


ROOT = Path(__file__).parent / "surveys"


def questionnaire_ids() -> list[str]:
    """Codes of the ready questionnaires."""
    return sorted(p.stem for p in ROOT.glob("*.yaml"))


def questionnaire_path(code: str) -> Path:
    """The file of a ready questionnaire."""
    return ROOT / f"{code}.yaml"
