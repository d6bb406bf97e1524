"""Text of a PDF: its own, or recognised where its pages are pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from parindex.apps.evidence.reading import pictures
from parindex.apps.evidence.reading.told import LONGEST, Told


FEWEST_LETTERS = 40
SCALE = 300 / 72
MOST_PIXELS = 40_000_000
_PASSWORD = 4


def read(path: Path, ocr_pages: int) -> Told:
    """The text of all pages, up to a length, and of the last one, where the signature stands."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        return Told(problem="locked" if getattr(error, "err_code", None) == _PASSWORD else "broken")
    if count == 0:
        return Told(problem="broken")
    pages, length = [], 0
    for number in range(count):
        if length > LONGEST and number < count - 1:
            continue
        pages.append(_text(document, number))
        length += len(pages[-1])
    if sum(c.isalnum() for page in pages[:3] for c in page) >= FEWEST_LETTERS:
        return Told(_within("\f".join(pages[:-1]), pages), "file", whole=length <= LONGEST)
    return _recognised(document, count, ocr_pages)


def _within(before: str, pages: list[str]) -> str:
    """All but the last page, cut where it is too long, and the last page."""
    return "\f".join([before[: LONGEST - len(pages[-1]) - 1], pages[-1]]) if len(pages) > 1 else pages[0]


def _recognised(document: Any, count: int, most: int) -> Told:
    """The first pages and the last, as many as may be looked at."""
    wanted = range(count) if count <= most else [*range(most - 1), count - 1] if most > 0 else ()
    texts = list(_ocr(document, wanted))
    if not any(texts):
        return Told()
    return Told("\f".join(texts), "ocr", whole=count <= most)


def _ocr(document: Any, numbers: Iterable[int]) -> Iterable[str]:
    for number in numbers if pictures.available() else ():
        page = document[number]
        width, height = page.get_size()
        scale = min(SCALE, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        rows = memoryview(bitmap.buffer).cast("B")
        grey = b"".join(
            rows[k * bitmap.stride : k * bitmap.stride + bitmap.width] for k in range(bitmap.height)
        )
        yield pictures.recognise(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + grey)
        page.close()


def _text(document: Any, number: int) -> str:
    page = document[number]
    try:
        return str(page.get_textpage().get_text_bounded())
    finally:
        page.close()
