"""Dossier files of every form as one table of text: `raw`, with the row's number and a column for each field.

Only columns that hold a field are taken; names and ID numbers of citizens never leave the file. Every form is
streamed, but a workbook, which its reader holds whole (a sheet ends at 1,048,576 rows).
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from parindex.core.dossiers.headings import Columns, find_columns
from parindex.core.dossiers.mapping import Mapping
from parindex.core.dossiers.problems import DossiersRefused, refuse
from parindex.core.dossiers.workbook import load_workbook


HEAD = 65_536
MOST_BROKEN = 1_000_000
SUFFIXES = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
SUFFIXES |= {".jsonl": "jsonl", ".ndjson": "jsonl"}
BROKEN = {
    "MISSING COLUMNS": "row_too_short",
    "TOO MANY COLUMNS": "row_too_long",
    "UNQUOTED VALUE": "quote_open",
    "LINE SIZE OVER MAXIMUM": "quote_open",
    "INVALID ENCODING": "signs_broken",
    "INVALID UNICODE": "signs_broken",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that stands as the table `raw`.

    Attributes:
        broken: rows that have no cells to look at: (row, code), by row.
    """

    columns: Columns
    broken: tuple[tuple[int, str], ...] = ()


def files_in(paths: list[Path]) -> list[Path]:
    """The files meant: each file, and of a folder all with a known suffix, by name.

    Raises:
        DossiersRefused: `file_unreadable`, `suffix_unknown`, `folder_empty`.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not inside:
                raise refuse(str(path), "folder_empty")
            found += inside
        elif path.suffix.lower() not in SUFFIXES:
            if not path.exists():
                raise refuse(str(path), "file_unreadable", detail="No such file or directory")
            raise refuse(str(path), "suffix_unknown", known=tuple(SUFFIXES))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read_source(connection: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping, *, room: Path) -> Source:
    """Make the table `raw` from a file; `room` is a folder for what must be written in between.

    Raises:
        DossiersRefused: the file cannot be read as a whole, or lacks a column.
    """
    try:
        if path.stat().st_size == 0:
            raise refuse(str(path), "file_empty")
        form = SUFFIXES[path.suffix.lower()]
        if form == "csv":
            return _read_csv(connection, path, mapping, room=room)
        if form == "jsonl":
            return _read_lines(connection, path, mapping)
        if form == "xlsx":
            return _read_workbook(connection, path, mapping)
        return _read_parquet(connection, path, mapping)
    except OSError as error:
        raise refuse(str(path), "file_unreadable", detail=error.strerror or "") from error


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def named(text: str) -> str:
    """A text as an SQL name."""
    return '"' + text.replace('"', '""') + '"'


# text files


def _read_csv(con: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping, *, room: Path) -> Source:
    """A delimited text file in any of the usual encodings."""
    encoding = _encoding(path, mapping)
    plain = path if encoding in ("utf-8", "utf-8-sig") else _transcoded(path, encoding, room)
    with plain.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        first = stream.readline(HEAD)
    if "\0" in first:
        raise refuse(str(path), "nul_character", line=1)
    delimiter = mapping.delimiter if mapping.delimiter != "auto" else max(",;\t|", key=first.count)
    headings = next(csv.reader([first], delimiter=delimiter), [])
    columns = find_columns(headings, mapping, str(path))
    shape = ", ".join(f"'c{k}': 'VARCHAR'" for k in range(len(headings)))
    taken = ", ".join(f"c{k} AS {named(f)}" for f, k in columns.at.items())
    try:
        con.execute(
            f"CREATE TABLE raw AS SELECT row_number() OVER () + 1 AS place, {taken} FROM read_csv("
            f"{quoted(str(plain))}, auto_detect = false, header = true, delim = {quoted(delimiter)}, "
            f"quote = '\"', escape = '\"', columns = {{{shape}}}, "
            f"store_rejects = true, rejects_limit = {MOST_BROKEN}, strict_mode = true)"
        )
    except duckdb.Error as error:
        raise refuse(str(path), "csv_broken", line=1) from error
    broken = con.execute(
        "SELECT DISTINCT ON (line) line, error_type::VARCHAR FROM reject_errors ORDER BY line"
    ).fetchall()
    found = tuple((int(line), BROKEN.get(kind, "row_broken")) for line, kind in broken)
    _move_rows(con, [line for line, _ in found])
    return Source(columns, found)


def _move_rows(con: duckdb.DuckDBPyConnection, broken: list[int]) -> None:
    """Number rows as they stand in the file, those left out included."""
    if not broken:
        return
    # a row behind k broken ones has been counted k too low
    starts = [line - k for k, line in enumerate(broken)]
    con.execute("CREATE TABLE gaps AS SELECT unnest(?::BIGINT[]) AS begins, unnest(?::BIGINT[]) AS missing",
                [starts, list(range(1, len(broken) + 1))])  # fmt: skip
    con.execute("CREATE TABLE moved AS SELECT raw.* REPLACE (place + coalesce(missing, 0) AS place) "
                "FROM raw ASOF LEFT JOIN (SELECT begins, max(missing) AS missing "
                "FROM gaps GROUP BY begins) g ON raw.place >= g.begins")  # fmt: skip
    con.execute("DROP TABLE raw; ALTER TABLE moved RENAME TO raw; DROP TABLE gaps")


def _encoding(path: Path, mapping: Mapping) -> str:
    """How a text file is encoded: as the mapping says, by its mark, UTF-8, or Windows-1258 where the headings
    then are known ones.

    Raises:
        DossiersRefused: `encoding_unknown`.
    """
    if mapping.encoding != "auto":
        try:
            return codecs.lookup(mapping.encoding).name.replace("cp65001", "utf-8")
        except LookupError as error:
            raise refuse(str(path), "encoding_unknown") from error
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    first = head.split(b"\n")[0]
    known = _marked(head) or ("utf-8" if _decodes(first, "utf-8") else None)
    if known:
        return known
    line = unicodedata.normalize("NFC", first.decode("cp1258", errors="replace"))
    headings = next(csv.reader([line], delimiter=max(",;\t|", key=line.count)), [])
    try:
        find_columns(headings, mapping, str(path))
    except DossiersRefused as error:
        raise refuse(str(path), "encoding_unknown", line=1) from error
    return "cp1258"


def _marked(head: bytes) -> str | None:
    """The encoding that a mark at the beginning, or every second byte being NUL, tells."""
    marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
    told = next((name for mark, name in marks if head.startswith(mark)), None)
    low, high = head[1:200:2], head[0:200:2]
    if told is None and low.count(0) > len(low) // 2:
        told = "utf-16-le"
    if told is None and high.count(0) > len(high) // 2:
        told = "utf-16-be"
    return told


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(path: Path, encoding: str, room: Path) -> Path:
    """A copy in UTF-8, a piece at a time; accents that stand apart are joined with their letters."""
    copy = room / "transcoded.csv"
    with (
        path.open(encoding=encoding, errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as target,
    ):
        for line in _lines(source):
            target.write(unicodedata.normalize("NFC", line))
    return copy


def _lines(stream: TextIO) -> Iterator[str]:
    """Lines, none held that is longer than a megabyte."""
    while piece := stream.readline(1_000_000):
        yield piece


def _read_lines(con: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping) -> Source:
    """JSON lines: an object a line. The first line that can be read gives the keys."""
    keys = _json_keys(con, path)
    columns = find_columns(keys, mapping, str(path))
    pairs = {f: keys[k].replace("~", "~0").replace("/", "~1") for f, k in columns.at.items()}
    taken = ", ".join(
        f"CASE WHEN sound THEN json_extract_string(line, {quoted('/' + key)}) END AS {named(f)}"
        for f, key in pairs.items()
    )
    con.execute(
        f"CREATE TABLE raw AS SELECT place, {taken}, sound FROM ({_line_query(path)}) WHERE trim(line) <> ''"
    )
    broken = con.execute("SELECT place FROM raw WHERE NOT sound ORDER BY place").fetchall()
    con.execute("DELETE FROM raw WHERE NOT sound; ALTER TABLE raw DROP COLUMN sound")
    return Source(columns, tuple((int(row), "json_broken") for (row,) in broken))


def _line_query(path: Path) -> str:
    """Every line with its number and whether it is a JSON object."""
    return (
        "SELECT row_number() OVER () AS place, coalesce(line, '') AS line, "
        "json_valid(coalesce(line, '')) AND coalesce(line, '') LIKE '{%' AS sound "
        f"FROM read_csv({quoted(str(path))}, auto_detect = false, header = false, delim = '\\x01', "
        "quote = '', escape = '', columns = {'line': 'VARCHAR'}, null_padding = true, strict_mode = false)"
    )


def _json_keys(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """The keys of the first hundred objects, in their order."""
    try:
        found = con.execute(
            f"SELECT unnest(json_keys(line)) FROM ({_line_query(path)}) WHERE sound LIMIT 5000"
        ).fetchall()
    except duckdb.Error as error:
        raise refuse(str(path), "json_lines_broken", line=1) from error
    if not found:
        raise refuse(str(path), "json_lines_broken", line=1)
    return list(dict.fromkeys(key for (key,) in found))


# tables with types of their own


def _read_parquet(con: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping) -> Source:
    """A Parquet file; its values are read as text, moments as 2025-03-01 08:30:00."""
    try:
        table = f"read_parquet({quoted(str(path))})"
        described = con.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
        headings = [row[0] for row in described]
        columns = find_columns(headings, mapping, str(path))
        taken = ", ".join(f"{named(columns.names[f])}::VARCHAR AS {named(f)}" for f in columns.at)
        con.execute(f"CREATE TABLE raw AS SELECT row_number() OVER () AS place, {taken} FROM {table}")
    except duckdb.Error as error:
        raise refuse(str(path), "parquet_broken", detail=str(error).splitlines()[0][:200]) from error
    return Source(columns)


def _read_workbook(con: duckdb.DuckDBPyConnection, path: Path, mapping: Mapping) -> Source:
    """The named sheet of a workbook, or its first; see `workbook`."""
    headings, rows = load_workbook(path, mapping.sheet)
    columns = find_columns(headings, mapping, str(path))
    fields = list(columns.at)
    con.execute(f"CREATE TABLE raw (place BIGINT, {', '.join(f'{named(f)} VARCHAR' for f in fields)})")
    batch: list[list[object]] = []
    arrays = ", ".join("unnest(?::VARCHAR[])" for _ in fields)
    insert = f"INSERT INTO raw SELECT unnest(?::BIGINT[]), {arrays}"

    def flush() -> None:
        if batch:
            con.execute(insert, [list(column) for column in zip(*batch, strict=True)])
            batch.clear()

    for number, cells in rows:
        batch.append([number, *(cells[k] if k < len(cells) else None for k in columns.at.values())])
        if len(batch) == 20_000:
            flush()
    flush()
    return Source(columns)
