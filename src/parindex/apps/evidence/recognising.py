"""Recognising letters in scans: a few at a time on one machine, the others when there is a turn.

It takes a core for seconds, and on the last evening many scans come at once. Whoever uploads one while others
are recognised is not made to wait, and leaves the cores to those who save: the document is kept, and the tick
recognises it later.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from threading import Lock

from django.conf import settings

from parindex.apps.evidence import store
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.reading import Reading, pictures, read_file
from parindex.apps.evidence.refusals import EvidenceRefused


SCANS = frozenset({"pdf", "jpg", "png", "tif"})
WAITS = Reading(waits=True)
TICK_SECONDS = 20.0
"""After so long in one tick no further scan is begun: other jobs have their turn too."""
LOG = logging.getLogger("parindex.evidence")
_taken: set[int] = set()
_taking = Lock()


def read_upload(path: Path, kind: str, name: str) -> Reading:
    """Read a file; a scan is recognised if that may be done now, and waits for it otherwise.

    Raises:
        EvidenceRefused: as `read_file`.
    """
    found = read_file(path, kind, name, ocr_pages=0)
    if found.source or kind not in SCANS or not _can_recognise():
        return found
    with turn(most=settings.PARINDEX_OCR_AT_ONCE) as mine:
        return read_file(path, kind, name, ocr_pages=settings.PARINDEX_OCR_PAGES) if mine else WAITS


@contextmanager
def turn(*, most: int) -> Iterator[bool]:
    """Whether one more scan may be recognised now, of so many at once in all processes of this machine.

    The turn ends with the block, or with the process. Nobody waits.
    """
    folder = Path(settings.PARINDEX_HOME) / "recognising"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for place in range(most):
        with _taking:
            if place in _taken:
                continue
            _taken.add(place)
        try:
            with (folder / str(place)).open("a") as file:
                if _locked(file.fileno()):
                    yield True
                    return
        finally:
            with _taking:
                _taken.discard(place)
    yield False


def recognise_waiting(keep: Callable[[Document, Reading], object]) -> int:
    """Recognise documents that wait for it, those that came first before others, one at a time and for as
    long as a tick may take.

    Args:
        keep: what is done with each document and what was read of it.

    Returns:
        how many were recognised.
    """
    if not _can_recognise():
        return 0
    done, until = 0, time.monotonic() + TICK_SECONDS
    waiting = Document.objects.filter(text_from=Document.TextFrom.WAITS).order_by("id")
    for key in list(waiting.values_list("pk", flat=True)):
        with turn(most=max(1, settings.PARINDEX_OCR_AT_ONCE)) as mine:
            if not mine or time.monotonic() >= until:
                break
            document = waiting.select_related("unit", "content").filter(pk=key).first()
            reading = _recognised(document) if document is not None else None
        if document is not None and reading is not None:
            keep(document, reading)
            done += 1
    return done


def _recognised(document: Document) -> Reading | None:
    """What stands in a document's file; None where that cannot be read now, and may be later."""
    if document.content is None:
        return None
    with tempfile.NamedTemporaryFile(prefix="parindex-scan-") as copy:
        try:
            with store.open_content(document.sha256) as content:
                copyfileobj(content, copy)
            copy.flush()
            kind = document.content.type.name
            pages = settings.PARINDEX_OCR_PAGES
            return read_file(Path(copy.name), kind, document.file_name, ocr_pages=pages)
        except EvidenceRefused as refusal:
            LOG.warning("a scan cannot be recognised: %s", refusal.code, extra={"code": refusal.code})
            return None


def _can_recognise() -> bool:
    return settings.PARINDEX_OCR_PAGES > 0 and pictures.available()


def _locked(file: int) -> bool:
    """Hold a file against other processes; where the system has no such locks, this process alone counts."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass
    except OSError:
        return False
    return True
