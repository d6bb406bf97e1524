"""`parindex move`: the site's database into another one, whole; what lies in the home stays where it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from parindex import __version__
from parindex.config.keeping.backup import Saying, add_tables
from parindex.config.site import ready
from parindex.core.formats.problems import FileRefused, refuse


DONE, DIFFERS = 0, 1
TAKE = "import sys; from parindex.config.keeping.moving import take; take(*sys.argv[1:])"
OUTCOME = "outcome.json"


def move(url: str, *, language: str) -> int:
    """Copy every row of the database that the settings name into an empty PostgreSQL database.

    A process of its own fills it, as the settings will have it: it writes to that database alone. Afterwards
    both are compared, each table by its rows, the ledger by the last entry of every chain.

    Returns:
        0; 1 where the two differ: somebody wrote meanwhile, which is told.

    Raises:
        FileRefused: ``move_target_unusable``, ``database_not_empty``, ``database_unusable``, or a row is
            refused; then the other database is as empty as it was.
    """
    _check_target(url)
    ready(language)
    from django.conf import settings

    from parindex.config.keeping import tables
    from parindex.config.keeping.container import Writer

    say = Saying(language)
    with tempfile.TemporaryDirectory(prefix=".moving-", dir=settings.PARINDEX_HOME) as folder:
        file = Path(folder) / "database.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            writer = Writer(archive)
            written = add_tables(writer, say)
            written.pop("contents")
            writer.end({"made_at": datetime.now(UTC).isoformat(), "parindex": __version__, **written})
        there = _fill(url, file, language)
    with tables.snapshot() as using:
        here = state(using)
    different = sorted(name for name in here if here[name] != there.get(name))
    if different:
        say(
            f"Khác nhau: {', '.join(different)}. Có người ghi trong lúc chuyển: hãy dừng trang, tạo cơ sở dữ "
            "liệu trống và làm lại. Dữ liệu cũ còn nguyên.",
            f"Different: {', '.join(different)}. Somebody wrote meanwhile: stop the site, make an empty "
            "database and do it again. The old one is as it was.",
            err=True,
        )
        return DIFFERS
    count, entries = len(here) - 1, say.count(here["ledger"]["entries"])
    say(
        f"Hai bên bằng nhau: {count} bảng, nhật ký {entries} bản ghi. Đặt PARINDEX_DATABASE_URL cho mọi tiến "
        "trình rồi khởi động lại; cơ sở dữ liệu cũ vẫn giữ nguyên.",
        f"Both are equal: {count} tables, a ledger of {entries} entries. Set PARINDEX_DATABASE_URL for every "
        "process and start again; the old database is as it was.",
    )
    return DONE


def state(using: str) -> dict[str, Any]:
    """How many rows each table has, and how the ledger ends."""
    from django.apps import apps

    from parindex.config.keeping import tables

    return {m._meta.label: tables.count(m, using) for m in tables.tables_of(apps)} | {
        "ledger": tables.heads(using)
    }


def take(file: str, language: str) -> None:
    """Fill the database that the settings name from the file, in the process that `move` starts; the outcome
    is written beside it."""
    from parindex.config.keeping.container import opened
    from parindex.config.keeping.restore import check_database_is_empty, check_version, fill_database
    from parindex.config.site import set_up

    set_up()
    outcome: dict[str, Any]
    try:
        with opened(Path(file)) as backup:
            check_version(backup)
            check_database_is_empty(backup)
            fill_database(backup, Saying(language))
        outcome = {"state": state("default")}
    except FileRefused as refusal:
        first = refusal.problems[0]
        outcome = {"place": first.file, "code": first.code, "data": dict(first.data)}
    Path(file).with_name(OUTCOME).write_text(json.dumps(outcome), encoding="utf-8")


def _check_target(url: str) -> None:
    """A PostgreSQL address with a database's name, and the driver for it. Raises FileRefused."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("postgresql", "postgres") and parts.path.strip("/") and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise refuse("PARINDEX_DATABASE_URL", "move_target_unusable")
    try:
        import psycopg  # noqa: F401  whether it is there is the question
    except ImportError:
        raise refuse("PARINDEX_DATABASE_URL", "move_driver_missing") from None


def _fill(url: str, file: Path, language: str) -> dict[str, Any]:
    """What the other database holds once it is filled. Raises FileRefused."""
    environment = {**os.environ, "PARINDEX_DATABASE_URL": url}
    run = [sys.executable, "-c", TAKE, str(file), language]
    subprocess.run(run, env=environment, check=False)  # noqa: S603  our own code, our own file
    found = file.with_name(OUTCOME)
    if not found.exists():
        raise refuse("PARINDEX_DATABASE_URL", "move_broken_off")
    outcome = json.loads(found.read_text(encoding="utf-8"))
    if "code" in outcome:
        raise refuse(outcome["place"], outcome["code"], **outcome["data"])
    return dict(outcome["state"])
