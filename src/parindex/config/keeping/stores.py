"""What the site keeps beside its database: evidence and pictures, publications, dossiers, whom it trusts."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from parindex.apps.publications.store import folder as publications
from parindex.config.keeping.container import Backup, Writer
from parindex.core.dossiers.manifest import NAME, read_manifest
from parindex.core.dossiers.procedures import FILE as PROCEDURES
from parindex.core.dossiers.procedures import FOLDER as PROCEDURES_OF
from parindex.core.formats.problems import refuse


EVIDENCE = "evidence"
MADE_AGAIN = frozenset({"pdf"})
"""Folders of the evidence store whose files are made again when they are asked for."""
HASH = re.compile(r"[0-9a-f]{64}")
TRIES = 5


def add_evidence(writer: Writer) -> list[str]:
    """Every stored file that is not in the backup yet; returns those that are damaged, which are in it too.

    Called before the database is read and again after it: whatever the database names is then there.
    """
    storage = storages[EVIDENCE]
    damaged = []
    for name in _walk(""):
        member = f"{EVIDENCE}/{name}"
        if member in writer.files:
            continue
        try:
            with contextlib.closing(storage.open(name)) as file:
                found = writer.copy(member, file)
        except FileNotFoundError:
            continue  # erased since the folder was listed
        if name.rsplit("/", 1)[-1] != found:
            damaged.append(name)
    return damaged


def _walk(folder: str) -> Iterator[str]:
    """Names of all files of the store that are named by a hash; none where there is no store yet."""
    storage = storages[EVIDENCE]
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if HASH.fullmatch(name):
            yield f"{folder}/{name}"
    for name in sorted(folders):
        if folder or name not in MADE_AGAIN:
            yield from _walk(f"{folder}/{name}" if folder else name)


def put_evidence(backup: Backup) -> int:
    """Every file of evidence into this site's store, whichever that is; how many."""
    storage = storages[EVIDENCE]
    names = backup.under(EVIDENCE)
    for member in names:
        name = member.removeprefix(f"{EVIDENCE}/")
        if not storage.exists(name):
            with backup.open(member) as file:
                storage.save(name, File(file))
    return len(names)


def add_folders(writer: Writer) -> None:
    """Publications, whom the site trusts, its public keys."""
    home = Path(settings.PARINDEX_HOME)
    for path in sorted(publications().glob("*.zip")):
        _add(writer, f"publications/{path.name}", path)
    for path in sorted(p for p in (home / "trust").glob("*") if p.is_file()):
        _add(writer, f"trust/{path.name}", path)
    if (home / "signing-key.pub").exists():
        _add(writer, "signing-key.pub", home / "signing-key.pub")


def add_dossiers(writer: Writer) -> int:
    """The store of each territory as its manifest names it; how many stores.

    Raises:
        FileRefused: ``backup_store_busy``, where ingestions follow each other all the time.
    """
    folders = sorted(p.parent for p in (Path(settings.PARINDEX_HOME) / "dossiers").glob(f"*/{NAME}"))
    for folder in folders:
        for _ in range(TRIES):
            if _add_store(writer, folder):
                break
        else:
            raise refuse(str(folder), "backup_store_busy")
    return len(folders)


def _add_store(writer: Writer, folder: Path) -> bool:
    """One store; False where an ingestion has put another in its place meanwhile."""
    before = (folder / NAME).read_bytes()
    manifest = read_manifest(folder)
    named = [p.path for p in (*manifest.parts(), *manifest.index)]
    named += [f.refusals for f in manifest.files.values() if f.refusals]
    place = f"dossiers/{folder.name}"
    try:
        for name in named:
            if f"{place}/{name}" not in writer.files:
                _add(writer, f"{place}/{name}", folder / name)
    except FileNotFoundError:
        return False
    if (folder / NAME).read_bytes() != before:
        return False
    for name in {n for n in writer.files if n.startswith(f"{place}/")} - {f"{place}/{n}" for n in named}:
        writer.forget(name)
    _add(writer, f"{place}/{NAME}", folder / NAME)
    for path in (p for p in (folder / PROCEDURES, *(folder / PROCEDURES_OF).glob("*.json")) if p.is_file()):
        _add(writer, f"{place}/{path.relative_to(folder).as_posix()}", path)
    return True


def _add(writer: Writer, name: str, path: Path) -> None:
    with path.open("rb") as file:
        writer.copy(name, file)
