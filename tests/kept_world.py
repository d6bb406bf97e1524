"""What takes long to make and is the same for every process: the empty tables, and the loaded demonstration.

Whoever needs one first makes it in its own database and keeps a copy under build/tests; the next copy that.
A copy is known by all it was made from, so that after any change in src it is made again.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


ROOT = Path(__file__).parents[1]
MAKERS = ("requirements-dev.txt", "tests/kept_world.py", "tests/site_world.py")
FOLDER = ROOT / "build" / "tests" / connection.vendor
POSTGRESQL = connection.vendor == "postgresql"
PREFIX = f"{settings.DATABASES['default']['NAME']}_" if POSTGRESQL else ""
LEFT = 3


def made_from() -> str:
    """The hash of all that a copy depends on: sources, packages, Python, settings, the secret that signs."""
    files = [ROOT / name for name in MAKERS]
    files += sorted(p for p in (ROOT / "src").rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    given = sorted((k, v) for k, v in os.environ.items() if k.startswith("PARINDEX_"))
    digest = hashlib.sha256(repr((sys.version, settings.SECRET_KEY, given)).encode())
    for file in files:
        digest.update(f"\0{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


KEY = made_from()
"""As the sources were when this process began to read them."""
places: dict[str, Path] = {}
"""What this process has made or taken."""


def taken_or_made(what: str, make: Callable[[Path], object]) -> Path:
    """This process's database becomes what `make` leaves; returns the folder that it was given for files."""
    place = FOLDER / f"{what}-{KEY}"
    with _one_at_a_time():
        if _exists(place):
            _copy_here(place)
        else:
            _forget_oldest(what)
            place = _keep(make, place)
        os.utime(place)
    places[what] = place
    return place / "home"


def take_again(what: str) -> None:
    """This process's database is what was taken or made earlier."""
    with _one_at_a_time():
        _copy_here(places[what])


@contextmanager
def _one_at_a_time():
    """One process at a time: the others wait, then find what it has made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _exists(place: Path) -> bool:
    if not place.exists() or not POSTGRESQL:
        return place.exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database_of(place)])
        return bool(cursor.fetchall())


def _keep(make: Callable[[Path], object], place: Path) -> Path:
    """The folder gets its name last: half a copy is none; of sources that changed, nobody else's."""
    half = FOLDER / "half"
    shutil.rmtree(half, ignore_errors=True)
    (half / "home").mkdir(parents=True)
    make(half / "home")
    if made_from() != KEY:
        place = place.with_name(f"{place.name}-{os.getpid()}")
    if POSTGRESQL:
        _copy_database(connection.settings_dict["NAME"], database_of(place))
    else:
        with closing(sqlite3.connect(half / "sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    shutil.rmtree(place, ignore_errors=True)  # its database went with its server
    return half.rename(place)


def _copy_here(place: Path) -> None:
    if POSTGRESQL:
        _copy_database(database_of(place), connection.settings_dict["NAME"])
    else:
        with closing(sqlite3.connect(place / "sqlite3")) as kept:
            connection.ensure_connection()
            kept.backup(connection.connection)


def _copy_database(source: str, target: str) -> None:
    """On the server, where nobody may be connected to either meanwhile."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _forget_oldest(what: str) -> None:
    """Some are left for whoever runs tests of other sources meanwhile."""
    kept = sorted(FOLDER.glob(f"{what}-*"), key=lambda place: place.stat().st_mtime)
    for place in kept[:-LEFT]:
        if POSTGRESQL:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{database_of(place)}"')
        shutil.rmtree(place)


def database_of(place: Path) -> str:
    """Of the database on the server that goes with a folder."""
    return f"{PREFIX}{place.name}"
