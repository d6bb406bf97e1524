"""Words of a criteria set in its two languages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A name or sentence of a criteria set: Vietnamese, and English where the set has it."""

    vi: str
    en: str = ""

    def in_(self, language: str) -> str:
        """The text in `language` ("vi", "en"), Vietnamese where the other is missing."""
        return self.en if language == "en" and self.en else self.vi


TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def name_key(name: str) -> str:
    """What the ways of writing one name have in common.

    Capitals, blanks, dashes, signs that are not seen, Unicode form and the place of the tone mark (Hòa, Hoà)
    do not make another name.
    """
    if not name.isascii():
        name = _tones_last(unicodedata.normalize("NFD", name.translate(DASHES)))
    return " ".join(name.split()).casefold().replace(" -", "-").replace("- ", "-")


def _tones_last(text: str) -> str:
    """Decomposed text with each syllable's tone mark after its letters; unseen signs left out."""
    found: list[str] = []
    tones: list[str] = []
    for sign in text:
        if sign in TONES:
            tones.append(sign)
            continue
        if not (sign.isalnum() or unicodedata.combining(sign)):
            found += tones
            tones = []
        if unicodedata.category(sign) != "Cf":
            found.append(sign)
    return "".join(found + tones)
