"""Vietnamese as it is compared: without accents, capitals, or the many ways of writing a dash."""

from __future__ import annotations

import unicodedata

from parindex.core.kernel.text import DASHES


_MARKS = DASHES | str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})


def folded(text: str) -> str:
    """``Quý  III – Thường xuyên`` is ``quy iii - thuong xuyen``: single blanks, plain letters."""
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(bare.split())
