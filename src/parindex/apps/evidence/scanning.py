"""Every upload past a virus scanner (ClamAV's clamd) where a setting names one.

The file is sent over a connection of its own (``INSTREAM``), so the scanner may run on another machine and
needs no right to read anything here.
"""

from __future__ import annotations

import logging
import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from parindex.apps.evidence.refusals import EvidenceRefused


LOG = logging.getLogger("parindex.evidence")
BLOCK = 1 << 16
CONNECT_SECONDS, ANSWER_SECONDS = 5, 120
LONGEST_ANSWER = 1000
LENGTH = struct.Struct(">I")
ACCEPT = "accept"


class ScannerSilent(Exception):  # noqa: N818  says what is the matter, as the refusals do
    """It cannot be reached, breaks off, or answers something else."""


def check_harmless(file: BinaryIO, name: str) -> None:
    """Nothing is found in a file. Where no scanner is named, nothing is asked.

    Raises:
        EvidenceRefused: ``virus_found``; ``scanner_limit``, where it takes no file of that size;
            ``scanner_silent``, unless the setting says to accept what could not be looked at.
    """
    if not settings.PARINDEX_CLAMD:
        return
    try:
        said = _scanned(file)
    except ScannerSilent as fault:
        LOG.error("the virus scanner does not answer")
        if settings.PARINDEX_CLAMD_SILENT == ACCEPT:
            return
        raise EvidenceRefused("scanner_silent", name=name) from fault
    if said.endswith(" FOUND"):
        virus = said.removeprefix("stream: ").removesuffix(" FOUND")[:100]
        LOG.warning("a virus was found in an upload")
        raise EvidenceRefused("virus_found", name=name, virus=virus)
    if said != "stream: OK":
        raise EvidenceRefused("scanner_limit", name=name)


def is_listening() -> bool:
    """Whether it answers now."""
    try:
        with _connected() as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except (OSError, ScannerSilent):
        return False


def _scanned(file: BinaryIO) -> str:
    """What it says of a file: ``stream: OK``, ``stream: NAME FOUND``, or that it is too large."""
    file.seek(0)
    try:
        with _connected() as line:
            return _asked(line, file)
    except OSError as fault:
        raise ScannerSilent from fault
    finally:
        file.seek(0)


def _asked(line: socket.socket, file: BinaryIO) -> str:
    try:
        line.sendall(b"zINSTREAM\0")
        while block := file.read(BLOCK):
            line.sendall(LENGTH.pack(len(block)) + block)
        line.sendall(LENGTH.pack(0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it may have said before the end that it takes no more
    said = _answer(line)
    if said == "stream: OK" or (said.startswith("stream: ") and said.endswith(" FOUND")):
        return said
    if "size limit exceeded" in said:
        return said
    raise ScannerSilent


def _answer(line: socket.socket) -> str:
    """One answer, to its NUL."""
    said = b""
    while not said.endswith(b"\0"):
        part = line.recv(LONGEST_ANSWER)
        if not part or len(said) > LONGEST_ANSWER:
            raise ScannerSilent
        said += part
    return said.rstrip(b"\0").decode(errors="replace").strip()


def _connected() -> socket.socket:
    """A line to the scanner."""
    place = urlsplit(settings.PARINDEX_CLAMD)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(place.path)
        except BaseException:
            line.close()
            raise
    else:
        line = socket.create_connection((place.hostname or "", place.port or 3310), timeout=CONNECT_SECONDS)
    line.settimeout(ANSWER_SECONDS)
    return line
