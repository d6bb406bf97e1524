"""A file that has arrived and was looked at, before anything of it is kept."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.conf import settings

from parindex.apps.evidence.archives import PACKAGES, check_archive
from parindex.apps.evidence.findings import content_findings
from parindex.apps.evidence.names import check_name
from parindex.apps.evidence.reading import Reading
from parindex.apps.evidence.reading.letters import read_letter
from parindex.apps.evidence.recognising import read_upload
from parindex.apps.evidence.refusals import EvidenceRefused, Finding
from parindex.apps.evidence.rules import Metadata
from parindex.apps.evidence.scanning import check_harmless
from parindex.apps.evidence.sniffing import sniff
from parindex.apps.evidence.types import TYPES, FileType
from parindex.core.kernel.problems import Refused


BLOCK = 1 << 20


class Stream(Protocol):
    """Anything bytes can be read from: an upload, a file, an archive's entry."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Inspected:
    """An upload in a temporary file, which is gone when this is closed.

    Attributes:
        name: as it was given.
        sha256, size: of the content.
        type: by the content.
        reading: the text in it.
        proposed: number, date, issuing body, signer and title as its layout tells them.
        findings: what to ask before it is kept (secrecy marks, citizens' numbers), and what could not be
            read.
    """

    name: str
    sha256: str
    size: int
    type: FileType
    reading: Reading
    proposed: Metadata
    findings: tuple[Finding, ...]
    file: BinaryIO

    def __enter__(self) -> Inspected:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def inspect_upload(*, stream: Stream, name: str, size: int | None = None) -> Inspected:
    """Receive a file and look at it; nothing is kept. Use as a context manager.

    Args:
        size: how many bytes were announced, where that is known.

    Raises:
        EvidenceRefused: the name cannot be kept, the file is empty, too large, cut short, of a type that is
            not accepted, harmful, broken, or locked by a password.
    """
    check_name(name)
    # closed by Inspected
    kept = cast(BinaryIO, tempfile.NamedTemporaryFile(prefix="parindex-upload-"))  # noqa: SIM115
    try:
        sha256, received = _receive(stream, kept, name)
        if size is not None and received != size:
            raise EvidenceRefused("upload_cut_short", name=name, received=received, size=size)
        check_size(received, name)
        check_harmless(kept, name)
        kind = sniff(kept, name)
        check_type(kind, name)
        if kind in PACKAGES:
            check_archive(kept, name, kind=kind)
        reading = read_upload(Path(kept.name), kind, name)
        kept.seek(0)
        return Inspected(
            name=name,
            sha256=sha256,
            size=received,
            type=TYPES[kind],
            reading=reading,
            proposed=read_letter(reading.text),
            findings=tuple(content_findings(reading, kind)),
            file=kept,
        )
    except BaseException:
        kept.close()
        raise


def check_size(size: int, name: str) -> None:
    """Something, and not too much.

    Raises:
        EvidenceRefused: empty, or larger than the setting allows.
    """
    if size == 0:
        raise EvidenceRefused("evidence_empty", name=name)
    if size > settings.PARINDEX_EVIDENCE_MAX_BYTES:
        limit = settings.PARINDEX_EVIDENCE_MAX_BYTES // 1_000_000
        raise EvidenceRefused("evidence_too_large", name=name, limit=limit)


def check_signed_pdf(upload: Inspected) -> None:
    """A signed copy comes back as PDF. Raises Refused ``signed_not_pdf``."""
    if upload.type.name != "pdf":
        raise Refused("signed_not_pdf", document=upload.name)


def check_type(kind: str, name: str) -> None:
    """One of the accepted types.

    Raises:
        EvidenceRefused: another.
    """
    allowed = tuple(settings.PARINDEX_EVIDENCE_TYPES)
    if kind not in allowed:
        raise EvidenceRefused("type_not_allowed", name=name, type=kind, allowed=allowed)


def _receive(stream: Stream, target: BinaryIO, name: str) -> tuple[str, int]:
    """Copy to the end, hashing, never more than the limit; hash and size."""
    digest, size = hashlib.sha256(), 0
    while block := stream.read(BLOCK):
        size += len(block)
        check_size(size, name)
        digest.update(block)
        target.write(block)
    target.flush()
    return digest.hexdigest(), size
