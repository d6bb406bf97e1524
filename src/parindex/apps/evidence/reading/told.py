"""What a reader hands back."""

from __future__ import annotations

import re
from dataclasses import dataclass


LONGEST = 400_000
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Told:
    """Text with its source ("file", "ocr" or ""); `problem`: "locked" or "broken"."""

    text: str = ""
    source: str = ""
    whole: bool = False
    problem: str = ""


def clean(text: str) -> str:
    """Without characters that a database cannot keep, in lines that end alike."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return _UNKEEPABLE.sub("", lines)[:LONGEST]
