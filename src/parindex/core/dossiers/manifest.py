"""The manifest of a store: which files hold it. Replaced in one step, so that a store is always whole.

What a manifest does not name is left over from an ingestion that was broken off; the next one removes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parindex.core.dossiers.problems import refuse


NAME, LOCK = "manifest.json", "ingesting.lock"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the store.

    Attributes:
        path: below the store's folder; months: received months (202503) of its rows, ascending.
    """

    path: str
    rows: int
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file.

    Attributes:
        rows: rows of the file; good: rows that could be read.
        added: dossiers that were not there; replaced: a version that was there gave way to a newer one.
        repeated: rows of a dossier of which the file itself holds a newer row; older: the store knew a newer
            version; unchanged: the store knew this very version.
        refused: reason -> rows; unread: headings of columns that were left out.
        day_first: headings of columns of which no date tells day from month; they were read day first.
    """

    file: str
    digest: str
    rows: int = 0
    good: int = 0
    added: int = 0
    replaced: int = 0
    repeated: int = 0
    older: int = 0
    unchanged: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    refusals: str = ""
    unread: tuple[str, ...] = ()
    day_first: tuple[str, ...] = ()
    known: bool = False


@dataclass(slots=True)
class Manifest:
    """The store as it stands.

    Attributes:
        sequence: counts the files read; names of new files begin with it.
        changed: the sequence at which dossiers were added or replaced last.
        closed: files of ended dossiers, of one received month each; open: the file of all others.
        index: files that know in which month an ended dossier lies.
        files: digest of an ingested file -> what became of it.
    """

    sequence: int = 0
    changed: int = 0
    closed: list[Part] = field(default_factory=list)
    open: Part | None = None
    index: list[Part] = field(default_factory=list)
    files: dict[str, Ingested] = field(default_factory=dict)
    latest: int | None = None

    def parts(self) -> list[Part]:
        """Every file that holds dossiers."""
        return [*self.closed, *([self.open] if self.open else [])]

    def named(self) -> set[str]:
        """The paths of every file that it speaks of."""
        return {p.path for p in (*self.parts(), *self.index)}

    @property
    def rows(self) -> int:
        """Dossiers of the store."""
        return sum(p.rows for p in self.parts())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store; an empty one where there is none.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    path = folder / NAME
    if not path.exists():
        return Manifest()
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            raise refuse(str(path), "store_format", format=str(given["format"]))
        files = {k: _ingested(v) for k, v in given["files"].items()}
        return Manifest(
            sequence=given["sequence"],
            changed=given.get("changed", given["sequence"]),
            closed=[_part(p) for p in given["closed"]],
            open=_part(given["open"]) if given["open"] else None,
            index=[_part(p) for p in given["index"]],
            files=files,
            latest=given["latest"],
        )
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise refuse(str(path), "store_broken") from error


def _ingested(given: dict[str, Any]) -> Ingested:
    lists = {key: tuple(given.get(key, ())) for key in ("unread", "day_first")}
    return Ingested(**{**given, **lists})


def _part(given: dict[str, object]) -> Part:
    return Part(str(given["path"]), int(str(given["rows"])), tuple(given["months"]))  # type: ignore[arg-type]


def write_manifest(folder: Path, manifest: Manifest, *, new: Collection[str] = ()) -> None:
    """Replace the manifest: before, the store is as it was; after, as it shall be, whatever happens to the
    machine: the files that it is the first to name (`new`) are on the disk before it."""
    for path in new:
        with (folder / path).open("r+b") as written:
            os.fsync(written.fileno())
    content = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
    draft = folder / (NAME + ".draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(folder / NAME)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the store: one ingestion at a time. The lock falls with the process that holds it.

    Raises:
        DossiersRefused: `store_busy`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # no such locks on this system: whoever runs it there runs one ingestion at a time
        except OSError as error:
            raise refuse(str(folder), "store_busy") from error
        yield


def sweep(folder: Path, manifest: Manifest) -> None:
    """Remove what an ingestion that was broken off has left."""
    kept = {p.path for p in (*manifest.parts(), *manifest.index)} | {
        f.refusals for f in manifest.files.values()
    }
    for place in ("closed", "open", "index", "refused"):
        for path in (folder / place).rglob("*"):
            if path.is_file() and path.relative_to(folder).as_posix() not in kept:
                path.unlink()
    for path in (folder / "work").glob("*"):
        path.unlink(missing_ok=True)
