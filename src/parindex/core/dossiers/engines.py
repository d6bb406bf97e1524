"""Where expressions run: DuckDB on this machine, or Spark by URL. Each is given SQL, and gives back integers.

`duckdb` is the default. `spark:local[2]` starts Spark here, `spark://HOST:PORT` asks a cluster,
`sc://HOST:PORT` a Spark Connect server (the package `pyspark-client` suffices). The store must lie where the
engine can read it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.reading import quoted
from parindex.core.dossiers.store import connect


Table = Mapping[str, Any]
Rows = list[tuple[Any, ...]]


class Engine(Protocol):
    """Runs one query after the other over one set of tables; `dialect` is the SQL that it speaks."""

    dialect: str

    def rows(self, sql: str) -> Rows:
        """The rows of a query."""

    def hold(self, name: str, sql: str) -> None:
        """Let a name mean the rows of a query, which is run once."""


def open_engine(url: str, files: Sequence[Path], tables: Mapping[str, Table]) -> Engine:
    """An engine with the dossiers of `files` and the small tables, columns of which are arrays or lists.

    Raises:
        DossiersRefused: `engine_unknown`, `engine_missing`, `engine_failed`.
    """
    if url == "duckdb":
        return Duck(files, tables)
    if url.startswith(("spark:", "spark://", "sc://")):
        return Spark(url, files, tables)
    raise refuse(
        url, "engine_unknown", known=("duckdb", "spark:local[2]", "spark://HOST:PORT", "sc://HOST:PORT")
    )


class Duck:
    """DuckDB in this process."""

    dialect = "duckdb"

    def __init__(self, files: Sequence[Path], tables: Mapping[str, Table]) -> None:
        self.connection = connect()  # of a database that the whole process shares: all names are temporary
        if files:
            self.view("dossiers", files)
        for name, columns in tables.items():
            self.connection.register("given", dict(columns))
            self.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM given")
            self.connection.unregister("given")

    def view(self, name: str, files: Sequence[Path], *, also: Sequence[str] = ()) -> None:
        """Let a name mean the rows of some Parquet files, and those of queries."""
        paths = ", ".join(quoted(str(f)) for f in files)
        sources = [f"SELECT * FROM read_parquet([{paths}])"] * bool(files) + [f"({query})" for query in also]
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS {' UNION ALL BY NAME '.join(sources)}"
        )

    def rows(self, sql: str) -> Rows:
        """The rows of a query."""
        return self.connection.execute(sql).fetchall()

    def hold(self, name: str, sql: str) -> None:
        """Let a name mean the rows of a query, which is run once."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}").fetchall()

    def save(self, sql: str, path: Path) -> None:
        """The rows of a query as a Parquet file, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.draft")  # another process may be counting too
        self.connection.execute(f"COPY ({sql}) TO {quoted(str(draft))} (FORMAT parquet)")
        draft.replace(path)


class Spark:
    """Spark, by the address of a master or of a Connect server."""

    dialect = "pyspark"

    def __init__(self, url: str, files: Sequence[Path], tables: Mapping[str, Table]) -> None:
        try:
            from pyspark.sql import SparkSession
        except ModuleNotFoundError as error:
            package = "pyspark-client" if url.startswith("sc:") else "pyspark"
            raise refuse(url, "engine_missing", package=package) from error
        builder = SparkSession.builder
        if url.startswith("sc://"):
            builder = builder.remote(url)
        else:
            builder = builder.master(url if url.startswith("spark://") else url.removeprefix("spark:"))
            builder = builder.config("spark.ui.enabled", "false").appName("parindex")
        try:
            self.session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
            self.session.read.parquet(*map(str, files)).createOrReplaceTempView("dossiers")
        except Exception as error:  # the client's errors share no useful base
            raise refuse(url, "engine_failed", detail=str(error).strip().splitlines()[0][:200]) from error
        for table, columns in tables.items():
            values = [[_plain(v) for v in column] for column in columns.values()]
            pairs = zip(columns, values, strict=True)
            shape = ", ".join(f"{name} {'string' if _is_text(column) else 'int'}" for name, column in pairs)
            frame = self.session.createDataFrame(list(zip(*values, strict=True)), shape)
            frame.createOrReplaceTempView(table)

    def rows(self, sql: str) -> Rows:
        """The rows of a query."""
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def hold(self, name: str, sql: str) -> None:
        """Let a name mean the rows of a query, which is run once."""
        self.session.sql(sql).cache().createOrReplaceTempView(name)


def _plain(value: Any) -> Any:
    """A NumPy number as Python's own."""
    return value.item() if hasattr(value, "item") else value


def _is_text(values: Sequence[Any]) -> bool:
    return bool(values) and isinstance(values[0], str)
