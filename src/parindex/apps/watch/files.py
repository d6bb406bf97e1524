"""Files of the home: who may read and write them, room on the disk, letters to write with."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from parindex.apps.watch.findings import Finding, Look, error, warning
from parindex.apps.watch.set_up import runs_as_root


GIGABYTE = 10**9
LITTLE, LEAST = 2 * GIGABYTE, GIGABYTE // 2
"""Bytes free, below which a disk is told of: in these days, now."""
FEW_FILES = 0.02
PAGE_LETTERS = "fonts/BeVietnamPro-Regular.woff2"
FOLDERS = ("evidence", "waiting", "publications", "dossiers", "trust", "static")
SECRET = ("secret-key", "signing-key")
OFFICE_FONTS = ("liberation serif", "times new roman", "tinos")
"""Any of these shows a Word file in Times New Roman with its own line ends."""


def check_files(look: Look) -> Iterator[Finding]:
    """Keys are their owner's alone; nobody else looks into the home; the site can write where it must."""
    home = Path(settings.PARINDEX_HOME)
    owner = home.stat().st_uid
    if runs_as_root() and owner:
        yield warning("run_as_root", path=home)
    if home.stat().st_mode & stat.S_IRWXO:
        yield warning("home_open", path=home, mode=_mode(home))
    for path in [*(home / name for name in SECRET), *_settings_file()]:
        if path.is_file():
            yield from _of_secret(path)
    for path in (home, *(home / name for name in FOLDERS), *_database_files()):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK):
            yield error("unwritable", path=path)
        elif path.exists() and path.stat().st_uid != owner:
            yield warning("other_owner", path=path, home=home)


def _of_secret(path: Path) -> Iterator[Finding]:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield error("secret_open", path=path, mode=_mode(path))
    if not os.access(path, os.R_OK):
        yield error("unreadable", path=path)


def _settings_file() -> list[Path]:
    return [Path(settings.PARINDEX_SETTINGS_FILE)] if settings.PARINDEX_SETTINGS_FILE else []


def _database_files() -> list[Path]:
    """SQLite's file with what lies beside it; SQLite needs to write them all."""
    if connection.vendor != "sqlite":
        return []
    name = str(connection.settings_dict["NAME"])
    return [Path(name + ending) for ending in ("", "-wal", "-shm")]


def _mode(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):03o}"


def check_disk(look: Look) -> Iterator[Finding]:
    """Room where the site writes, each disk once."""
    seen = set()
    for place in (Path(settings.PARINDEX_HOME), *evidence_folder(), Path(tempfile.gettempdir())):
        if not place.exists() or (device := place.stat().st_dev) in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(place).free
        if free < LITTLE:
            made = error if free < LEAST else warning
            yield made("disk_full", path=place, free=f"{free / GIGABYTE:.1f}")
        counts = os.statvfs(place) if hasattr(os, "statvfs") else None
        if counts and counts.f_files and counts.f_favail < counts.f_files * FEW_FILES:
            yield warning("disk_files", path=place, left=counts.f_favail)


def evidence_folder() -> list[Path]:
    """Where evidence lies, if that is a folder."""
    storage = storages["evidence"]
    return [Path(storage.location)] if isinstance(storage, FileSystemStorage) else []


def check_fonts(look: Look) -> Iterator[Finding]:
    """The letters of pages; and, where LibreOffice shows Office files, those that officials write in."""
    if finders.find(PAGE_LETTERS) is None:
        yield error("fonts_missing")
    office, lister = shutil.which("soffice"), shutil.which("fc-list")
    if look.deep and office and lister:
        # a program of the system, asked for nothing but its list
        listed = subprocess.run(  # noqa: S603
            [lister, ":", "family"], capture_output=True, timeout=30, check=False, text=True
        ).stdout.lower()
        if not any(name in listed for name in OFFICE_FONTS):
            yield warning("fonts_of_office")
