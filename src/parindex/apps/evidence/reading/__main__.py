"""The process that opens a file: TYPE, PATH and OCR_PAGES as arguments, JSON on the way out."""

from __future__ import annotations

import sys
from pathlib import Path

from parindex.apps.evidence.apart import answer, limit_this_process
from parindex.apps.evidence.reading.told import LONGEST, Told, clean


def main(kind: str, path: Path, ocr_pages: int) -> dict[str, object]:
    """Read and tell. Nothing is loaded that this file does not need: that is most of what an upload costs."""
    if kind == "pdf":
        from parindex.apps.evidence.reading import pdf

        told = pdf.read(path, ocr_pages)
    elif kind in {"jpg", "png", "tif"}:
        from parindex.apps.evidence.reading import pictures

        told = pictures.read(path, ocr_pages)
    elif kind == "txt":
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            told = Told(file.read(LONGEST), "file", whole=not file.read(1))
    else:
        from parindex.apps.evidence.reading import office

        told = office.read(path, kind)
    return {"text": clean(told.text), "source": told.source, "whole": told.whole, "problem": told.problem}


def told(kind: str, path: str, ocr_pages: str) -> dict[str, object]:
    """The same from words."""
    return main(kind, Path(path), int(ocr_pages))


def load() -> None:
    """Load what any file may need, for a process that reads many."""
    import pypdfium2  # noqa: F401
    import python_calamine  # noqa: F401

    from parindex.apps.evidence.reading import office, pdf, pictures  # noqa: F401
    from parindex.core.formats import workbooks  # noqa: F401


if __name__ == "__main__":
    limit_this_process()
    answer(told(*sys.argv[1:]))
