"""`parindex backup`: the site as it is at one moment, in one file, while it runs."""

from __future__ import annotations

import json
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from parindex import __version__
from parindex.config.site import ready
from parindex.core.formats.problems import FileRefused, refuse
from parindex.core.wording import notation
from parindex.core.wording.problems import sentence


DONE, DAMAGED = 0, 1
MOST_NAMED = 5


def backup(path: Path, *, keys: Path | None, language: str) -> int:
    """Write the site into a new file, and its secret keys into another where one is named.

    Returns:
        0; 1 where evidence is damaged or missing in the store, which is told, and all else is in the file.

    Raises:
        FileRefused: a file of that name is there, or cannot be written.
    """
    ready(language, newest=False)
    say = Saying(language)
    for file in (path, keys):
        if file is not None and file.exists():
            raise refuse(str(file), "output_exists")
    with _noted() as note:
        note.damaged, note.files = _written(path, say)
    if keys is not None:
        _write_keys(keys, say)
    else:
        say(
            "Khóa bí mật không nằm trong tệp này; `--keys` lưu riêng (cần cho xác thực hai lớp).",
            "Secret keys are not in this file; `--keys` keeps them apart (second factors need them).",
        )
    return DAMAGED if note.damaged else DONE


@dataclass
class _Note:
    """What is kept of a backup: how many files are in it, and what of the evidence is damaged or missing."""

    files: int = 0
    damaged: Sequence[str] = ()


@contextmanager
def _noted() -> Iterator[_Note]:
    """The site knows how its last backup went, as far as its database answers."""
    from django.db import DatabaseError, transaction

    from parindex.apps.schedule.noting import BACKUP, note_run

    note, at, said = _Note(), datetime.now(UTC), "dừng giữa chừng / broken off"
    try:
        yield note
        said = ", ".join(note.damaged[:MOST_NAMED])
    except FileRefused as refused:
        said = " / ".join("; ".join(_told(refused, lang)) for lang in ("vi", "en"))
        raise
    except Exception as fault:
        said = f"{type(fault).__name__}: {fault}"
        raise
    finally:
        with suppress(DatabaseError), transaction.atomic():
            note_run(BACKUP, at=at, count=note.files, error=said)


def _told(refused: FileRefused, lang: str) -> list[str]:
    return [f"{p.file}: {sentence(p.code, p.data, lang)}" for p in refused.problems]


def _written(path: Path, say: Saying) -> tuple[list[str], int]:
    """The file. Returns what of the evidence is damaged or missing, and how many files are in it."""
    from parindex.apps.evidence import store
    from parindex.config.keeping.container import Writer, new_file

    with new_file(path) as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            writer = Writer(archive)
            damaged = _fill(writer, say)
        size = stream.tell()
        stream.seek(0)
        digest = store.hash_of(cast(BinaryIO, stream))
    say(f"{path}: {say.count(size)} byte", f"{path}: {say.count(size)} bytes")
    print(f"SHA-256 {digest}")
    return damaged, len(writer.files)


def _fill(writer: Any, say: Saying) -> list[str]:
    """Everything into the file. Returns what of the evidence is damaged or missing."""
    from parindex.config.keeping import stores

    damaged = stores.add_evidence(writer)
    tables = add_tables(writer, say)
    damaged += stores.add_evidence(writer)
    missing = [f"content/{s[:2]}/{s[2:4]}/{s}" for s in tables.pop("contents")]
    damaged += [name for name in missing if f"{stores.EVIDENCE}/{name}" not in writer.files]
    evidence = [f for n, f in writer.files.items() if n.startswith(f"{stores.EVIDENCE}/")]
    size = sum(f["size"] for f in evidence)
    say(
        f"Tài liệu, ảnh: {say.count(len(evidence))} tệp, {say.count(size)} byte.",
        f"Evidence and pictures: {say.count(len(evidence))} files, {say.count(size)} bytes.",
    )
    stores.add_folders(writer)
    count = stores.add_dossiers(writer)
    say(f"Kho hồ sơ: {count}.", f"Stores of dossiers: {count}.")
    for name in damaged:
        say(f"{name}: hỏng hoặc mất trong kho tài liệu", f"{name}: damaged or missing in the store", err=True)
    writer.end({"made_at": datetime.now(UTC).isoformat(), "parindex": __version__, **tables})
    return damaged


def add_tables(writer: Any, say: Saying) -> dict[str, Any]:
    """The database as it is at one moment."""
    from django.db import connection

    from parindex.apps.evidence.models import StoredContent
    from parindex.config.keeping import tables

    written: list[dict[str, Any]] = []
    registry = tables.registry()
    with tables.snapshot() as using:
        migrations = tables.shape(using)
        models = tables.tables_of(registry)
        for k, model in enumerate(models, 1):
            label = model._meta.label
            say.progress(f"{k}/{len(models)} {label}")
            file = f"database/{label}.jsonl"
            rows = writer.lines(file, tables.lines_of(model, using)) - 1
            written.append({"model": label, "file": file, "rows": rows})
        ledger = tables.heads(using)
        contents = list(StoredContent.objects.using(using).values_list("sha256", flat=True))
    say.progress("")
    rows, entries = say.count(sum(t["rows"] for t in written)), say.count(ledger["entries"])
    say(
        f"Cơ sở dữ liệu: {len(written)} bảng, {rows} dòng; nhật ký {entries} bản ghi.",
        f"Database: {len(written)} tables, {rows} rows; ledger of {entries} entries.",
    )
    return {
        "database": connection.vendor,
        "migrations": migrations,
        "tables": written,
        "ledger": ledger,
        "contents": contents,
    }


def _write_keys(path: Path, say: Saying) -> None:
    """The keys that lie in the home, in one file that its owner alone may read."""
    from django.conf import settings

    from parindex.config.keeping.container import KEYS_FORMAT, VERSION, new_file

    found = {}
    for name in ("secret-key", "signing-key", "signing-key.pub"):
        place = Path(settings.PARINDEX_HOME) / name
        if place.is_file():
            found[name] = place.read_text()
    with new_file(path) as stream:
        stream.write(json.dumps({"format": KEYS_FORMAT, "version": VERSION, "keys": found}).encode())
    named = ", ".join(found) or "–"
    say(f"Khóa: {named} → {path}", f"Keys: {named} → {path}")


class Saying:
    """Tells what is done, in one language; on a terminal also how far it is."""

    def __init__(self, language: str) -> None:
        self._vi = language == "vi"
        self._told = 0.0

    def __call__(self, vi: str, en: str, *, err: bool = False) -> None:
        """A line."""
        print(vi if self._vi else en, file=sys.stderr if err else sys.stdout, flush=True)

    def count(self, number: int) -> str:
        """A whole number as it is written in the language."""
        return notation.number(number, "vi" if self._vi else "en")

    def progress(self, said: str) -> None:
        """A word that the next one takes the place of; nothing where nobody looks at it."""
        if not sys.stderr.isatty() or (said and time.monotonic() - self._told < 0.1):
            return
        self._told = time.monotonic()
        print(f"\r\033[K{said}", end="", file=sys.stderr, flush=True)
