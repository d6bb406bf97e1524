"""A store in a folder of the test's own, and files of dossiers from a few cells."""

import duckdb

from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.store import ingest


HEADINGS = "code,procedure,unit,status,received,due,finished"


class Shelf:
    """A store, its files, and what lies in it."""

    def __init__(self, folder):
        self.folder, self.store = folder, folder / "store"

    def file(self, name, content, *, encoding="utf-8"):
        """A file of the given text or bytes."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def take(self, path, **options):
        """Ingest one file that is read; what became of it."""
        done, refused = ingest([path], store=self.store, **options)
        assert refused == []
        return done[0]

    def refusal(self, path, **options):
        """Ingest one file that is refused as a whole; its code."""
        done, refused = ingest([path], store=self.store, **options)
        assert done == []
        return refused[0]

    def rows(self, columns="code"):
        """The stored dossiers by code."""
        parts = [str(self.store / p.path) for p in read_manifest(self.store).parts()]
        if not parts:
            return []
        found = duckdb.execute(f"SELECT {columns} FROM read_parquet(?) ORDER BY code", [parts]).fetchall()
        return [row[0] if len(row) == 1 else row for row in found]

    def places(self, found):
        """Row, field and reason of everything refused."""
        text = (self.store / found.refusals).read_text(encoding="utf-8-sig")
        lines = [line.split(",") for line in text.splitlines()[1:]]
        return [(int(cells[1]), cells[3], cells[4]) for cells in lines]
