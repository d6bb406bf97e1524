"""File names: kept as they were given, accents and all, and made safe only where a file system needs it."""

from __future__ import annotations

import re
import unicodedata

from parindex.apps.evidence.refusals import EvidenceRefused


LONGEST = 255
_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)
# a name that reads backwards hides its ending
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def check_name(name: str) -> None:
    """A file name that can be kept as it is: at most 255 letters, an accent not counting as one of its own.

    Raises:
        EvidenceRefused: empty, too long, with a folder in it, or with characters that hide what it is.
    """
    if not name.strip():
        raise EvidenceRefused("file_name_missing")
    if len(unicodedata.normalize("NFC", name)) > LONGEST:
        raise EvidenceRefused("file_name_too_long", name=name[:60] + "…", limit=LONGEST)
    controls = any(unicodedata.category(c) in {"Cc", "Cs"} for c in name)
    if controls or _TURNING.search(name) or "/" in name or "\\" in name or name in {".", ".."}:
        raise EvidenceRefused("file_name_unusable", name=ascii(name)[1:-1])


def portable_name(name: str, *, longest: int = LONGEST) -> str:
    """A name that every file system takes: at most so many bytes, its ending kept, no reserved character."""
    clean = _RESERVED.sub("_", name).rstrip(" .") or "_"
    if _DEVICES.fullmatch(clean):
        clean = f"_{clean}"
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = clean, "", ""
    return _cut(stem, longest - len((dot + ending).encode())) + dot + ending


def distinct_name(name: str, taken: set[str]) -> str:
    """The name, or the same with (2), (3)…, unlike all that are taken in any writing; it is taken then."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    candidate, count = name, 1
    while _same(candidate) in taken:
        count += 1
        more = f" ({count}){dot}{ending}"
        candidate = _cut(stem, LONGEST - len(more.encode())) + more
    taken.add(_same(candidate))
    return candidate


def _same(name: str) -> str:
    """What a file system may hold for the same name."""
    return unicodedata.normalize("NFC", name).casefold()


def _cut(text: str, most: int) -> str:
    """The beginning of a text in at most so many bytes, no letter parted from its accents."""
    while len(text.encode()) > most:
        text = text[:-1]
        while text and unicodedata.combining(text[-1]) and len(text.encode()) > most:
            text = text[:-1]
    return text.rstrip(" .") or "_"
