"""A store of dossiers: typed Parquet by received month, and what became of every file that was read.

    STORE/manifest.json          which of the files below count
    STORE/closed/202503/*.parquet  ended dossiers by received month, never changed in place
    STORE/open/*.parquet           all others; small, written anew by each ingestion
    STORE/index/*.npy              in which month an ended dossier lies
    STORE/refused/*.csv            rows that were refused: place, field, reason

Of several versions of one dossier (same code) one is kept: where both say when they were updated, the later;
else the one in the later stage (accepted, in progress, paused, ended, handed over); else the one read later.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from parindex.core.dossiers import index
from parindex.core.dossiers.checking import SAFE, check_rows
from parindex.core.dossiers.manifest import (
    Ingested,
    Manifest,
    Part,
    locked,
    read_manifest,
    sweep,
    write_manifest,
)
from parindex.core.dossiers.mapping import Mapping
from parindex.core.dossiers.problems import DossiersRefused, refuse
from parindex.core.dossiers.reading import files_in, named, quoted, read_source
from parindex.core.dossiers.record import STATUSES, STORED
from parindex.core.dossiers.units import Unit


Progress = Callable[[str, str, int], None]
MEMORY = "400MB"
# of an ingestion, which holds some 150 MB beside what the engine counts, and more with each thread
READING_MEMORY, READING_THREADS = "300MB", 4
MOST_PARTS, MOST_RUNS = 12, 8
KEY = "md5_number_lower(code)"
COLUMNS = ", ".join(map(named, STORED))
STAGE = "CASE {0}.status " + " ".join(f"WHEN {s.number} THEN {s.stage}" for s in STATUSES) + " END"
SAME = " AND ".join(f"n.{named(c)} IS NOT DISTINCT FROM o.{named(c)}" for c in STORED)
# whether the new version n takes the place of the old one o
NEWER = (
    "CASE WHEN n.updated <> o.updated THEN n.updated > o.updated "
    f"ELSE {STAGE.format('n')} >= {STAGE.format('o')} END"
)
SAFE_CODE = f"CASE WHEN regexp_matches(code, {quoted(SAFE)}) AND code SIMILAR TO '.*[-.].*' THEN code END"
PARQUET = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {})"
# rows that one core counts at a time; open dossiers are few, looked at by each question, found by their unit
CLOSED_GROUP, OPEN_GROUP = 122_880, 30_720
SORTED = "ORDER BY unit, procedure, received, code"  # packs and groups best
FEW = 60_000  # rows, two days' dossiers: not worth sorting until their month's files become one


def ingest(
    paths: Sequence[Path],
    *,
    store: Path,
    mapping: Mapping | None = None,
    units: Sequence[Unit] = (),
    only: Collection[str] | None = None,
    progress: Progress = lambda file, step, rows: None,
) -> tuple[list[Ingested], list[DossiersRefused]]:
    """Read files into a store, one after the other; each is in it as a whole or not at all.

    A file whose content was ingested before with the same mapping and units changes nothing.

    Args:
        only: codes of the units whose dossiers whoever hands the files in may touch; None: of all.

    Returns:
        What became of each file, and the files that are refused as a whole.

    Raises:
        DossiersRefused: `store_busy`, `store_broken`, or a path that cannot be used.
    """
    done: list[Ingested] = []
    refused: list[DossiersRefused] = []
    with locked(store):
        manifest = read_manifest(store)
        sweep(store, manifest)
        for path in files_in(list(paths)):
            try:
                work = _Ingestion(store, manifest, mapping=mapping or Mapping(), units=units, only=only)
                done.append(work.run(path, progress))
            except DossiersRefused as refusal:
                refused.append(refusal)
            manifest = read_manifest(store)
    return done, refused


def connect(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """DuckDB in bounded memory, without the network; what does not fit goes to `folder`.

    Without a folder all connections of a process are to one database in memory, so that it is opened once
    (14 ms) and bounded once; whoever uses it makes temporary tables, which no other connection sees.
    """
    if folder:
        con = _bounded(duckdb.connect(str(folder / "work.duckdb")), folder / "spill")
        threads = min(READING_THREADS, os.cpu_count() or 1)
        con.execute(f"SET memory_limit = '{READING_MEMORY}'; SET threads = {threads}")
        return con
    process = os.getpid()
    name = f":memory:parindex-{process}"
    if process not in _held:
        spill = Path(tempfile.gettempdir()) / f"parindex-{process}"
        _held[process] = _bounded(duckdb.connect(name), spill)
    con = duckdb.connect(name)
    con.execute("SET TimeZone = 'UTC'")  # each connection has its own
    return con


_held: dict[int, duckdb.DuckDBPyConnection] = {}  # the database of this process lives while this is open


def _bounded(con: duckdb.DuckDBPyConnection, spill: Path) -> duckdb.DuckDBPyConnection:
    """With the limits of this project. Files are not kept in memory beyond a query."""
    con.execute(
        f"SET memory_limit = '{MEMORY}'; SET autoinstall_known_extensions = false; SET TimeZone = 'UTC';"
        "SET enable_progress_bar = false; SET enable_external_file_cache = false"
    )
    con.execute(f"SET temp_directory = {quoted(str(spill))}")
    return con


def digest_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error


class _Ingestion:
    """One file on its way into the store."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        *,
        mapping: Mapping,
        units: Sequence[Unit],
        only: Collection[str] | None = None,
    ) -> None:
        self.folder, self.manifest, self.mapping, self.units = folder, manifest, mapping, units
        self.only = None if only is None else sorted(only)
        self.stamp = f"{manifest.sequence + 1:06d}"
        self.work = folder / "work"

    def run(self, path: Path, progress: Progress) -> Ingested:
        """Read, check, compare with what is there, write, and only then let it count."""
        digest = self.digest(path)
        if before := self.manifest.files.get(digest):
            return replace(before, file=str(path), known=True)
        self.work.mkdir(exist_ok=True)
        (self.work / "work.duckdb").unlink(missing_ok=True)
        self.con = connect(self.work)
        try:
            progress(str(path), "read", 0)
            source = read_source(self.con, path, self.mapping, room=self.work)
            rows = self.count("raw")
            progress(str(path), "check", rows)
            day_first = check_rows(self.con, self.mapping, source.columns.at, units=self.units)
            if self.only is not None:
                self.set_others_aside(self.only)
            found = Ingested(str(path), digest, rows=rows + len(source.broken), good=self.count("good"),
                             unread=source.columns.unread,
                             day_first=tuple(source.columns.names[field] for field in day_first))  # fmt: skip
            found = self.refusals(found, source.columns.names, source.broken)
            progress(str(path), "store", found.good)
            found = self.resolve(found)
            self.write(found)
            return found
        except duckdb.Error as error:
            raise refuse(str(path), "store_failed", detail=str(error).splitlines()[0][:200]) from error
        finally:
            self.con.close()
            for left in self.work.glob("*"):
                if left.is_file():
                    left.unlink()

    def digest(self, path: Path) -> str:
        """What the file, the mapping and the units say together."""
        known = hashlib.sha256(repr(sorted(self.units, key=lambda u: u.code)).encode()).hexdigest()[:16]
        of = "" if self.only is None else "-" + hashlib.sha256(repr(self.only).encode()).hexdigest()[:16]
        return f"{digest_of(path)}-{self.mapping.digest()}-{known}{of}"

    def count(self, table: str) -> int:
        """Rows of a table."""
        return int(self.one(f"SELECT count(*) FROM {table}"))

    def one(self, query: str) -> Any:
        """The one value of a query."""
        row = self.con.execute(query).fetchone()
        return row[0] if row else None

    def set_others_aside(self, only: Sequence[str]) -> None:
        """Refuse rows of other units than those, and of dossiers that the store has of other units."""
        self.con.execute("CREATE TABLE own AS SELECT unnest(?::VARCHAR[]) AS unit", [list(only)])
        stranger = "unit NOT IN (SELECT unit FROM own)"
        self.refuse_where("unit", "unit_of_others", stranger)
        self.con.execute(f"CREATE TABLE staged AS SELECT DISTINCT code, {KEY} AS key FROM good")
        self.fetch_old()
        self.refuse_where("code", "dossier_of_others", f"code IN (SELECT code FROM old WHERE {stranger})")
        self.con.execute("DROP TABLE staged; DROP TABLE old; DROP TABLE own")

    def refuse_where(self, field: str, code: str, condition: str) -> None:
        """Rows that can be read and are refused all the same."""
        shown = SAFE_CODE if field == "code" else named(field)
        self.con.execute(
            f"INSERT INTO bad SELECT place, '{field}', '{code}', {shown}, {SAFE_CODE} "
            f"FROM good WHERE {condition}"
        )
        self.con.execute(f"DELETE FROM good WHERE {condition}")

    def refusals(
        self, found: Ingested, names: dict[str, str], broken: tuple[tuple[int, str], ...]
    ) -> Ingested:
        """Write what was refused beside the store: place, column, reason, and no more of the row."""
        self.con.execute("INSERT INTO bad SELECT unnest(?::BIGINT[]), '', unnest(?::VARCHAR[]), NULL, NULL",
                         [[r for r, _ in broken], [c for _, c in broken]])  # fmt: skip
        reasons = dict(
            self.con.execute("SELECT problem, count(*) FROM bad GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
        )
        if not reasons:
            return found
        name = f"refused/{self.stamp}.csv"
        (self.folder / "refused").mkdir(exist_ok=True)
        with (self.folder / name).open("w", newline="", encoding="utf-8-sig") as stream:
            writer = csv.writer(stream)
            writer.writerow(["file", "row", "column", "field", "reason", "value", "code"])
            self.con.execute("SELECT place, field, problem, shown, code FROM bad ORDER BY place")
            while rows := self.con.fetchmany(10_000):
                writer.writerows(
                    [Path(found.file).name, place, names.get(field, ""), field, problem, shown, code]
                    for place, field, problem, shown, code in rows
                )
        return replace(found, refused={str(k): int(v) for k, v in reasons.items()}, refusals=name)

    def resolve(self, found: Ingested) -> Ingested:
        """Keep one version of each dossier: within the file, then against the store."""
        self.con.execute(
            f"CREATE TABLE staged AS SELECT {COLUMNS}, {KEY} AS key FROM good n WHERE {KEY} NOT IN ("
            f"SELECT {KEY} FROM good GROUP BY 1 HAVING count(*) > 1)"
        )
        self.con.execute(
            f"INSERT INTO staged SELECT {COLUMNS}, {KEY} FROM good n WHERE {KEY} IN ("
            f"SELECT {KEY} FROM good GROUP BY 1 HAVING count(*) > 1) "
            "QUALIFY row_number() OVER (PARTITION BY code "
            f"ORDER BY updated DESC NULLS LAST, {STAGE.format('n')} DESC, place DESC) = 1"
        )
        self.con.execute("DROP TABLE good")
        kept = self.count("staged")
        self.fetch_old()
        unchanged = self.count(f"staged n JOIN old o USING (code) WHERE {SAME}")
        older = self.count(f"staged n JOIN old o USING (code) WHERE NOT ({SAME}) AND NOT {NEWER}")
        if unchanged or older:
            self.con.execute(
                f"DELETE FROM staged WHERE code IN (SELECT n.code FROM staged n JOIN old o USING (code) "
                f"WHERE ({SAME}) OR NOT {NEWER})"
            )
        replaced = self.count("staged JOIN old USING (code)")
        return replace(
            found,
            repeated=found.good - kept,
            unchanged=unchanged,
            older=older,
            replaced=replaced,
            added=kept - unchanged - older - replaced,
        )

    def fetch_old(self) -> None:
        """The versions that the store has of the staged dossiers, as the table `old`."""
        shape = ", ".join(f"{named(c)} {kind}" for c, kind in STORED.items())
        self.con.execute(f"CREATE TABLE old ({shape}, part VARCHAR)")
        parts = [self.manifest.open] if self.manifest.open else []
        parts += self.closed_of_staged()
        for part in parts:
            self.con.execute(
                f"INSERT INTO old SELECT {COLUMNS}, {quoted(part.path)} FROM {self.table(part)} "
                "WHERE code IN (SELECT code FROM staged)"
            )

    def closed_of_staged(self) -> list[Part]:
        """The files of ended dossiers in which a staged one may lie."""
        if not self.manifest.index:
            return []
        keys = (piece["key"] for piece in self.by_key("key", "true"))
        months = index.months_of([self.folder / p.path for p in self.manifest.index], keys)
        return [p for p in self.manifest.closed if p.months[0] in months]

    def by_key(self, columns: str, condition: str) -> Iterator[Any]:
        """Columns of staged dossiers in the order of their keys, about as many at a time as a piece holds."""
        slices = max(1, self.count("staged") // index.PIECE)
        width = (1 << 64) // slices + 1
        for k in range(slices):
            yield self.con.execute(
                f"SELECT {columns} FROM staged WHERE {condition} AND key // {width} = {k} ORDER BY key"
            ).fetchnumpy()

    def table(self, part: Part) -> str:
        """A file of the store as a table."""
        return f"read_parquet({quoted(str(self.folder / part.path))})"

    # writing

    def write(self, found: Ingested) -> None:
        """New files first, then the manifest that names them, then away with what it no longer names."""
        manifest = replace(
            self.manifest, sequence=self.manifest.sequence + 1, closed=list(self.manifest.closed)
        )
        manifest.files = {**self.manifest.files, found.digest: found}
        if found.added or found.replaced:
            manifest.changed = manifest.sequence
            self.drop_replaced(manifest)
            self.add_closed(manifest)
            manifest.open = self.open_anew()
            latest = self.one(
                "SELECT greatest(max(received), max(ended), max(returned), max(updated)) FROM staged"
            )
            manifest.latest = max(latest, manifest.latest or latest)
        before, after = self.manifest.named(), manifest.named()
        write_manifest(self.folder, manifest, new=after - before)
        for gone in before - after:
            (self.folder / gone).unlink(missing_ok=True)

    def drop_replaced(self, manifest: Manifest) -> None:
        """Write the files of ended dossiers anew that lose one of theirs to a newer version."""
        touched = {row[0] for row in self.con.execute(
            "SELECT DISTINCT part FROM old WHERE code IN (SELECT code FROM staged)").fetchall()}  # fmt: skip
        for k, part in enumerate(manifest.closed):
            if part.path in touched:
                query = (
                    f"SELECT * FROM {self.table(part)} WHERE code NOT IN (SELECT code FROM staged) {SORTED}"
                )
                manifest.closed[k] = self.save(
                    query, f"closed/{part.months[0]}", months=part.months, suffix=f"-{k}"
                )
        for part in [p for p in manifest.closed if not p.rows]:
            manifest.closed.remove(part)
            (self.folder / part.path).unlink()

    def add_closed(self, manifest: Manifest) -> None:
        """Add the ended dossiers to their months, and to the index."""
        months = self.con.execute(
            "SELECT month, count(*) FROM staged WHERE ended IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        for month, rows in months:
            inside = [p for p in manifest.closed if p.months[0] == month]
            source = f"SELECT {COLUMNS} FROM staged WHERE ended IS NOT NULL AND month = {month}"
            order = "" if rows <= FEW else SORTED
            if len(inside) >= MOST_PARTS:
                order = SORTED
                for part in inside:
                    source += f" UNION ALL SELECT * FROM {self.table(part)}"
                manifest.closed = [p for p in manifest.closed if p not in inside]
            manifest.closed.append(self.save(f"{source} {order}", f"closed/{month}", months=(month,)))
        manifest.closed.sort(key=lambda p: p.path)
        if months:
            self.add_index(manifest)

    def add_index(self, manifest: Manifest) -> None:
        """One more run of the index; many become one."""
        ended = "ended IS NOT NULL"
        rows = self.count(f"staged WHERE {ended}")
        pieces = ((piece["key"], piece["month"]) for piece in self.by_key("key, month", ended))
        path = f"index/{self.stamp}.npy"
        index.write_run(self.folder / path, pieces, rows)
        manifest.index = [*manifest.index, Part(path, rows)]
        if len(manifest.index) > MOST_RUNS:
            path = f"index/{self.stamp}-merged.npy"
            rows = index.merge_runs([self.folder / p.path for p in manifest.index], self.folder / path)
            manifest.index = [Part(path, rows)]

    def open_anew(self) -> Part | None:
        """All dossiers that have not ended."""
        query = f"SELECT {COLUMNS} FROM staged WHERE ended IS NULL"
        if self.manifest.open:
            kept = (
                f"SELECT * FROM {self.table(self.manifest.open)} WHERE code NOT IN (SELECT code FROM staged)"
            )
            query = f"{kept} UNION ALL {query}"
        part = self.save(f"{query} {SORTED}", "open")
        if part.rows:
            return part
        (self.folder / part.path).unlink()
        return None

    def save(self, query: str, place: str, *, months: tuple[int, ...] = (), suffix: str = "") -> Part:
        """The rows of a query as a new file."""
        name = f"{place}/{self.stamp}{suffix}.parquet"
        (self.folder / place).mkdir(parents=True, exist_ok=True)
        target = quoted(str(self.folder / name))
        packed = PARQUET.format(CLOSED_GROUP if months else OPEN_GROUP)
        return Part(name, int(self.one(f"COPY ({query}) TO {target} {packed}")), months)
