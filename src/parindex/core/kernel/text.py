"""Words of a criteria set in its two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A name or sentence of a criteria set: Vietnamese, and English where the set has it."""

    vi: str
    en: str = ""

    def in_(self, language: str) -> str:
        """The text in `language` ("vi", "en"), Vietnamese where the other is missing."""
        return self.en if language == "en" and self.en else self.vi
