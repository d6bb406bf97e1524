"""Short ids from names: ``Đầy đủ, kịp thời`` is ``day-du-kip-thoi``."""

from __future__ import annotations

import re
import unicodedata


LONGEST = 40


def slug(name: str) -> str:
    """Small letters without accents, digits and hyphens; ``muc`` where nothing of a name is left."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", bare)
    found = ""
    for word in words:
        if found and len(found) + 1 + len(word) > LONGEST:
            break
        found = f"{found}-{word}" if found else word[:LONGEST]
    return found or "muc"
