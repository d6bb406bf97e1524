"""Reading what stands in a file: its text, and what a letter says of itself.

Files come from anybody, so they are opened in a process of their own: what a file does to its reader, it does
to that process alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parindex.apps.evidence.kept_ready import Ready
from parindex.apps.evidence.refusals import EvidenceRefused


READABLE = frozenset({"pdf", "docx", "xlsx", "pptx", "xls", "odt", "ods", "odp", "txt", "jpg", "png", "tif"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        text: pages parted by form feeds; "" where there is none or it could not be read.
        source: "file" (the file's own letters), "ocr" (recognised in pictures), or "".
        whole: all of the file was read, not only some of its pages.
        waits: it is a scan, whose letters are recognised later.
    """

    text: str = ""
    source: str = ""
    whole: bool = False
    waits: bool = False

    @property
    def pages(self) -> list[str]:
        """The text page by page."""
        return self.text.split("\f")


NOTHING_READ = Reading()
reader = Ready(__name__)
"""What opens files for this process."""


def read_file(path: Path, kind: str, name: str, *, ocr_pages: int) -> Reading:
    """Read a file of a type in `types.TYPES`.

    Args:
        name: the file's own, for messages.
        ocr_pages: how many pages of a scan are recognised, where tesseract with Vietnamese is present; 0:
            none.

    Raises:
        EvidenceRefused: a PDF that is locked by a password or cannot be opened.
    """
    if kind not in READABLE:
        return NOTHING_READ
    return _understood(_ask(kind, path, ocr_pages), name)


def _ask(kind: str, path: Path, ocr_pages: int) -> Mapping[str, object]:
    return reader.ask(kind, str(path), str(ocr_pages))


def _understood(said: Mapping[str, object], name: str) -> Reading:
    """What was said, as an answer or a refusal."""
    if said.get("problem") == "locked":
        raise EvidenceRefused("file_encrypted", name=name)
    if said.get("problem") == "broken":
        raise EvidenceRefused("pdf_broken", name=name)
    return Reading(str(said.get("text", "")), str(said.get("source", "")), bool(said.get("whole")))
