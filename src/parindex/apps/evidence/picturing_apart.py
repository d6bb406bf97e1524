"""The process that draws a page: PATH, NUMBER (from 1) and WIDTH as arguments, JSON on the way out."""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

from parindex.apps.evidence.apart import answer, limit_this_process


MOST_PIXELS = 12_000_000
RGB = 2


def drawn(path: Path, number: int, width: int) -> dict[str, object]:
    """What the other process tells: the number of pages, and the picture of one where it is there."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except pypdfium2.PdfiumError:
        return {}
    if not 1 <= number <= count:
        return {"count": count}
    page = document[number - 1]
    across, down = page.get_size()
    scale = min(width / max(across, 1), (MOST_PIXELS / max(across * down, 1)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    return {"count": count, "png": base64.b64encode(png_of(bitmap)).decode()}


def png_of(bitmap: Any) -> bytes:
    """A bitmap of red, green and blue as a PNG file."""
    rows = memoryview(bitmap.buffer).cast("B")
    size = bitmap.width * bitmap.n_channels
    lines = b"".join(
        b"\0" + bytes(rows[k * bitmap.stride : k * bitmap.stride + size]) for k in range(bitmap.height)
    )
    kind = RGB if bitmap.n_channels == 3 else 0
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, kind, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


if __name__ == "__main__":
    limit_this_process()
    answer(drawn(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
