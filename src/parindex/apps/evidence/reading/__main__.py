"""The process that opens a file: TYPE, PATH and OCR_PAGES as arguments, JSON on the way out."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

from parindex.apps.evidence.reading import office, pdf, pictures
from parindex.apps.evidence.reading.told import LONGEST, Told, clean


MEMORY = 3_000_000_000
PROCESSOR_SECONDS = 80


def main(kind: str, path: Path, ocr_pages: int) -> dict[str, object]:
    """Read and tell."""
    if kind == "pdf":
        told = pdf.read(path, ocr_pages)
    elif kind in {"jpg", "png", "tif"}:
        told = pictures.read(path, ocr_pages)
    elif kind == "txt":
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            told = Told(file.read(LONGEST), "file", whole=not file.read(1))
    else:
        told = office.read(path, kind)
    return {"text": clean(told.text), "source": told.source, "whole": told.whole, "problem": told.problem}


def _limit() -> None:
    """No more memory and time than a document needs, where the system can see to it."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


if __name__ == "__main__":
    _limit()
    answer = main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(json.dumps(answer).encode())
