"""Text as it is searched: without accents and case, as words that every database splits alike.

A word is a run of letters and digits. What is written with marks between (``74/KH-SVHTTDL``) is kept as its
words and as one word from each of them to the end (``74khsvhttdl``, ``khsvhttdl``), so that a document's
number is found whole, in part, and whichever marks are typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable


LONGEST_WORD = 60
LONGEST_TEXT = 200_000
MOST_ASKED = 20
_PARTS = 6
_KEPT = 0x3000  # letters and marks of alphabets; beyond them each is looked up anew


class Letters(dict[int, str]):
    """What stands for each letter of a text, for `str.translate`. Filled as letters come, by `becomes`."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, letter: int) -> str:
        found = self._becomes(chr(letter))
        if letter < _KEPT:
            self[letter] = found
        return found


def _plain(letter: str) -> str:
    """Of a decomposed text: marks go, ``đ`` is ``d``."""
    return "d" if letter in "đĐðÐ" else "" if unicodedata.combining(letter) else letter


_PLAIN = Letters(_plain)
_LOOSE_SLASH = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
_CHUNK = re.compile(r"[^\W_]+(?:[/\-.–_&+:]+[^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Without accents, ``đ`` as ``d``, in small letters: ``Bộ Nội vụ`` and ``bo noi vu`` are the same."""
    return unicodedata.normalize("NFKD", text).translate(_PLAIN).casefold()


def indexed_words(text: str) -> list[str]:
    """The words to keep of a text, in its order, each joined one after its parts."""
    found: list[str] = []
    for parts in _chunks(text[:LONGEST_TEXT]):
        found += parts
        found += ["".join(parts[k:]) for k in range(min(len(parts) - 1, _PARTS))]
    return [word[:LONGEST_WORD] for word in found]


def asked_words(query: str) -> list[str]:
    """The words to look for, each as the beginning of a kept one; at most `MOST_ASKED`."""
    joined = ["".join(parts)[:LONGEST_WORD] for parts in _chunks(query[:1000])]
    return list(dict.fromkeys(joined))[:MOST_ASKED]


def _chunks(text: str) -> list[list[str]]:
    """Runs of words that only marks hold apart."""
    tight = _LOOSE_SLASH.sub("/", fold(text))
    return [_WORD.findall(chunk) for chunk in _CHUNK.findall(tight)]
