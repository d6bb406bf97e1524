"""Office files as PDF, where LibreOffice is present. Made once per content and kept beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from parindex.apps.evidence import store
from parindex.apps.evidence.models import Document


SECONDS = 90
FOLDER = "pdf"
# a document of a stranger: no macros, nothing fetched, no links updated
SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
)


def pdf_view(document: Document) -> BinaryIO | None:
    """The document as PDF: itself, or converted; None without LibreOffice, for other types, after a failure.

    The first call for a content may take seconds.

    Raises:
        EvidenceRefused: the stored file is missing or damaged.
    """
    content = document.content
    if content is None:
        return None
    if content.type.name == "pdf":
        return store.open_content(content.sha256)
    if not content.type.converts:
        return None
    made = store.open_derived(content.sha256, FOLDER)
    if made is not None or shutil.which("soffice") is None:
        return made
    with (
        store.open_content(content.sha256) as original,
        tempfile.TemporaryDirectory(prefix="parindex-view-") as place,
    ):
        result = convert(original, content.type.endings[0], Path(place))
        if result is None:
            return None
        with result.open("rb") as file:
            store.put(cast(BinaryIO, file), content.sha256, folder=FOLDER)
    return store.open_derived(content.sha256, FOLDER)


def convert(original: BinaryIO, ending: str, place: Path) -> Path | None:
    """A PDF in `place` by LibreOffice with a profile of its own; None where it fails or takes too long."""
    source, profile = place / f"document{ending}", place / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
    with source.open("wb") as file:
        shutil.copyfileobj(original, file)
    command = [
        shutil.which("soffice") or "soffice", "--headless", "--norestore", "--nolockcheck",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to", "pdf", "--outdir", str(place), str(source),
    ]  # fmt: skip
    # the arguments are paths of ours
    running = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        running.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # soffice starts another process, which outlives it when it is stopped
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    made = source.with_suffix(".pdf")
    return made if made.exists() and made.stat().st_size > 0 else None


def _registry() -> str:
    """The settings in LibreOffice's own notation."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
