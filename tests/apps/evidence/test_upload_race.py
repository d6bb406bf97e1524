"""Several processes upload the same files at the same moment into a database of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection


FILES, WRITERS = 12, 3
SCRIPT = Path(__file__).with_name("upload_race.py")


@pytest.fixture
def environment(tmp_path, db):
    """A home and a database that only these processes use, on the same kind of server as the other tests."""
    kept = {**os.environ, "PARINDEX_HOME": str(tmp_path / "home"), "PARINDEX_EVIDENCE_STORAGE": ""}
    if connection.vendor != "postgresql":
        kept.pop("PARINDEX_DATABASE_URL", None)
        yield kept
        return
    import psycopg

    at = connection.settings_dict
    place = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"] or None}
    name = f"upload_race_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    host = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    yield {**kept, "PARINDEX_DATABASE_URL": f"postgresql://{host}/{name}"}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(environment, *arguments: str) -> str:
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_the_same_files_at_the_same_moment_are_kept_once(environment, tmp_path):
    """No error, one document and one entry a file, every byte whole."""
    folder = tmp_path / "files"
    folder.mkdir()
    for k in range(FILES):
        (folder / f"tệp {k:02}.txt").write_text(f"nội dung {k}\n" * 2000, encoding="utf-8")
    _run(environment, "prepare")
    command = [sys.executable, str(SCRIPT), "upload", str(folder)]
    writers = [
        subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for _ in range(WRITERS)
    ]
    assert [w.stdout.readline() for w in writers] == ["ready\n"] * WRITERS
    (folder / "go").touch()
    said = [w.communicate(timeout=120) for w in writers]
    assert [w.returncode for w in writers] == [0] * WRITERS, [err[-2000:] for _, err in said]
    assert sum(int(out) for out, _ in said) == FILES
    assert json.loads(_run(environment, "count")) == {
        "documents": FILES, "contents": FILES, "found": FILES, "entries": FILES, "broken": None,
    }  # fmt: skip
