"""`parindex restore`: a site from a backup, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parindex.config.given import given as setting
from parindex.config.keeping.backup import Saying
from parindex.config.site import need_site, set_up
from parindex.core.formats.problems import refuse


if TYPE_CHECKING:
    from parindex.config.keeping.container import Backup

DONE = 0
STAGE = ".restoring-"
KEY_NAMES = ("secret-key", "signing-key", "signing-key.pub")
IN_THE_WAY = (
    *("parindex.sqlite3", "parindex.sqlite3-wal", "parindex.sqlite3-shm", "evidence", "publications"),
    *("dossiers", "trust", "waiting", "signing-key", "signing-key.pub"),
)
"""What a home holds of a site; its secret key is made by any command and says nothing."""


def restore(path: Path, *, keys: Path | None, replace: bool, language: str) -> int:
    """Bring a backup into this home and its database. Returns 0.

    The whole file is read and compared with its hashes before anything is made. What is made lies in a
    folder of its own until it is whole, and is moved into place then.

    Raises:
        FileRefused: the file is no whole backup, or of a newer version; the home or the database holds
            something (``home_not_empty``, ``database_not_empty``); a row is refused.
    """
    need_site()
    home = Path(setting("PARINDEX_HOME", "var")).absolute()
    given = _read_keys(keys) if keys else {}
    say = Saying(language)
    standing = [name for name in IN_THE_WAY if _holds(home / name)]
    if standing and not replace:
        raise refuse(str(home), "home_not_empty", names=", ".join(standing))
    with _stage(home) as stage:
        for name, text in given.items():
            _write_secret(stage / name, text)
        if "secret-key" not in given and (home / "secret-key").is_file():
            shutil.copy2(home / "secret-key", stage / "secret-key")
        os.environ["PARINDEX_HOME"] = str(stage)
        set_up()
        _bring_in(path, stage, say)
        _move_into_place(stage, home, standing, say=say)
    if "secret-key" not in given:
        say(
            "Không có tệp khóa (`--keys`): xác thực hai lớp phải đăng ký lại; niêm phong mới dùng khóa mới.",
            "No file of keys (`--keys`): second factors are set up anew, new seals signed with a new key.",
        )
    say(
        "Đã khôi phục. Kiểm tra: `parindex ledger verify`, `parindex rebuild KỲ`.",
        "Restored. Check: `parindex ledger verify`, `parindex rebuild ROUND`.",
    )
    return DONE


def _bring_in(path: Path, stage: Path, say: Saying) -> None:
    """All of the backup into the stage, and the database that the settings name."""
    from parindex.config.keeping.container import opened

    with opened(path) as backup:
        names = backup.names
        for k, name in enumerate(names, 1):
            say.progress(f"{k}/{len(names)} {name[:60]}")
            backup.check(name)
        say.progress("")
        made, version = backup.manifest["made_at"], backup.manifest.get("parindex", "")
        say(f"Bản sao lưu lúc {made} (parindex {version}).", f"Backup of {made} (parindex {version}).")
        check_version(backup)
        check_database_is_empty(backup)
        for folder in ("publications", "dossiers", "trust"):
            for name in backup.under(folder):
                _unpack(backup, name, stage / name)
        if "signing-key.pub" in names and not (stage / "signing-key.pub").exists():
            _unpack(backup, "signing-key.pub", stage / "signing-key.pub")
        from parindex.config.keeping.stores import put_evidence

        count = put_evidence(backup)
        say(f"Tài liệu, ảnh: {say.count(count)} tệp.", f"Evidence and pictures: {say.count(count)} files.")
        fill_database(backup, say)


def fill_database(backup: Backup, say: Saying) -> None:
    """Tables of the shape that the backup has, its rows, then the newest shape."""
    from django.db import connection, connections, transaction
    from django.db.migrations.executor import MigrationExecutor

    from parindex.config.keeping import shaping, tables

    executor = MigrationExecutor(connection)
    recorded = {(app, name) for app, name in backup.manifest["migrations"]}
    registry, last = tables.state_at(recorded, executor)
    shaping.bring_to(last, executor)
    models = {m._meta.label: m for m in tables.tables_of(registry)}
    written = backup.manifest["tables"]
    with transaction.atomic():
        for k, table in enumerate(written, 1):
            say.progress(f"{k}/{len(written)} {table['model']}")
            if table["model"] not in models:
                raise refuse(str(backup.path), "backup_table_unknown", table=table["model"])
            rows = tables.fill(models[table["model"]], backup.lines(table["file"]), "default")
            if rows != table["rows"]:
                raise refuse(str(backup.path), "backup_member_broken", member=table["file"])
        tables.count_on(models.values(), "default")
        ledger = tables.heads("default")
        if ledger != backup.manifest["ledger"]:
            raise refuse(str(backup.path), "backup_ledger_differs")
    say.progress("")
    shaping.bring_up()
    connections.close_all()
    entries = say.count(ledger["entries"])
    say(
        f"Cơ sở dữ liệu: {len(written)} bảng; nhật ký {entries} bản ghi, {ledger['chains']} chuỗi.",
        f"Database: {len(written)} tables; ledger of {entries} entries, {ledger['chains']} chains.",
    )


def check_version(backup: Backup) -> None:
    """This version knows every migration of the backup. Raises FileRefused ``backup_newer``."""
    from django.db.migrations.loader import MigrationLoader

    from parindex.config.keeping import tables

    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for app, name in backup.manifest["migrations"]:
        if app not in tables.RETIRED and (app, name) not in known:
            version = backup.manifest.get("parindex", "")
            raise refuse(str(backup.path), "backup_newer", migration=f"{app}.{name}", version=version)


def check_database_is_empty(backup: Backup) -> None:
    """A database without tables, or with empty ones on the way to the backup's shape: a broken-off try.

    Raises:
        FileRefused: ``database_not_empty``, ``database_unusable``.
    """
    from django.apps import apps
    from django.db import DatabaseError, connection

    from parindex.config.keeping import tables

    name = str(connection.settings_dict["NAME"])
    try:
        there = set(connection.introspection.table_names())
    except DatabaseError as error:
        raise refuse(name, "database_unusable", detail=str(error).strip().splitlines()[0]) from error
    if not there:
        return
    own = {"contenttypes.ContentType", "auth.Permission"}
    applied = {tuple(m) for m in tables.shape("default")}
    strange = not applied and there != {"django_migrations"}
    if strange or not applied <= {tuple(m) for m in backup.manifest["migrations"]}:
        raise refuse(name, "database_not_empty", table=min(there))
    for model in tables.tables_of(apps):
        table = model._meta.db_table
        if model._meta.label not in own and table in there and tables.count(model, "default"):
            raise refuse(name, "database_not_empty", table=table)


@contextmanager
def _stage(home: Path) -> Iterator[Path]:
    """A folder in the home in which the new one grows; gone when it is done, or has failed."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=home))
    except OSError as error:
        raise refuse(str(home), "output_unwritable", detail=error.strerror or "") from error
    try:
        yield stage
    except OSError as error:
        raise refuse(str(error.filename or home), "output_unwritable", detail=error.strerror or "") from error
    finally:
        os.environ["PARINDEX_HOME"] = str(home)
        shutil.rmtree(stage, ignore_errors=True)


def _move_into_place(stage: Path, home: Path, standing: list[str], *, say: Saying) -> None:
    """What was there is set aside, never removed; the database comes last."""
    secret = [n for n in KEY_NAMES if (stage / n).exists() and _other(home / n, stage / n)]
    aside = [n for n in standing if n not in KEY_NAMES or n in secret] + [
        n for n in secret if n not in standing
    ]
    if aside:
        place = home / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        place.mkdir()
        for name in aside:
            (home / name).rename(place / name)
        say(f"Dữ liệu cũ chuyển vào {place}.", f"What was there is now in {place}.")
    for path in sorted(stage.iterdir(), key=lambda p: (p.name.startswith("parindex.sqlite3"), p.name)):
        if path.name not in ("static", *(n for n in KEY_NAMES if n not in secret and (home / n).exists())):
            path.rename(home / path.name)


def _other(path: Path, new: Path) -> bool:
    return path.is_file() and path.read_bytes() != new.read_bytes()


def _holds(path: Path) -> bool:
    """Whether something is there; an empty folder is nothing."""
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _unpack(backup: Backup, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with backup.open(name) as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream)
        stream.flush()
        os.fsync(stream.fileno())


def _read_keys(path: Path) -> dict[str, str]:
    """The keys of a file that `parindex backup --keys` wrote. Raises FileRefused."""
    from parindex.config.keeping.container import KEYS_FORMAT, VERSION

    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        if (found["format"], found["version"]) != (KEYS_FORMAT, VERSION):
            raise ValueError("another format")
        keys = {str(name): text for name, text in found["keys"].items()}
        if not all(name in KEY_NAMES and isinstance(text, str) for name, text in keys.items()):
            raise ValueError("another content")
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refuse(str(path), "keys_file_broken") from error
    return keys


def _write_secret(path: Path, text: str) -> None:
    mode = 0o644 if path.suffix == ".pub" else 0o600
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as stream:
        stream.write(text)
