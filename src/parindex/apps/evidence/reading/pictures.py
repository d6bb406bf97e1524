"""Letters in pictures, by tesseract with Vietnamese, where the machine has it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from parindex.apps.evidence.reading.told import Told


SECONDS = 40


@cache
def available() -> bool:
    """Tesseract is on the path and knows Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    command = [program, "--list-langs"]
    listed = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    return b"vie" in listed.stdout.split()


def recognise(picture: bytes) -> str:
    """The text of a picture in any format that tesseract reads; "" where it fails."""
    command = [shutil.which("tesseract") or "tesseract", "-", "-", "-l", "vie"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=picture, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode(errors="replace").strip("\f\n") if done.returncode == 0 else ""


def read(path: Path, most: int) -> Told:
    """The text of a photograph or scan."""
    text = recognise(path.read_bytes()) if most > 0 and available() else ""
    return Told(text, "ocr", whole=True) if text.strip() else Told()
