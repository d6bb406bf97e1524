"""A store keeps one version of each dossier, whatever is read when, and however it was broken off."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from dossier_shelf import HEADINGS, Shelf

from parindex.core.dossiers import store as storing
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.problems import DossiersRefused
from parindex.core.dossiers.store import ingest


def dossier(code, status, *, received="03/03/2025", finished="", updated=""):
    """One row; due three days later."""
    return f"{code},1.001,U1,{status},{received},06/03/2025,{finished},{updated}"


def table(*rows):
    return "\n".join([HEADINGS + ",updated", *rows]) + "\n"


RUNNING, DONE = dossier("A", 4), dossier("A", 9, finished="05/03/2025")


def test_the_same_file_again_changes_nothing(shelf):
    """Not even by another name."""
    shelf.take(shelf.file("a.csv", table(RUNNING)))
    before = read_manifest(shelf.store)
    again = shelf.take(shelf.file("b.csv", table(RUNNING)))
    assert again.known
    assert read_manifest(shelf.store) == before


@pytest.mark.parametrize("order", [(RUNNING, DONE), (DONE, RUNNING)])
def test_of_two_versions_the_later_stage_stays_whatever_came_first(shelf, order):
    """In one file, and in two."""
    shelf.take(shelf.file("a.csv", table(*order)))
    assert shelf.rows("code, status") == [("A", 9)]
    other = type(shelf)(shelf.folder)
    other.store = shelf.folder / "other"
    for k, row in enumerate(order):
        other.take(other.file(f"{k}.csv", table(row)))
    assert other.rows("code, status, ended") == shelf.rows("code, status, ended")


def test_a_version_that_says_it_is_newer_is_newer(shelf):
    """Even if it reopens a dossier that had ended, in another month."""
    shelf.take(shelf.file("a.csv", table(dossier("A", 9, finished="05/03/2025", updated="05/03/2025"))))
    reopened = dossier("A", 4, received="01/04/2025", updated="09/03/2025").replace("06/03", "06/04")
    found = shelf.take(shelf.file("b.csv", table(reopened)))
    assert (found.added, found.replaced) == (0, 1)
    assert shelf.rows("code, status, month") == [("A", 4, 202504)]


def test_a_correction_of_an_ended_dossier_takes_its_place(shelf):
    """Same stage, read later: the one file of its month is written anew, nothing stands twice."""
    shelf.take(shelf.file("a.csv", table(DONE, dossier("B", 9, finished="06/03/2025"))))
    found = shelf.take(shelf.file("b.csv", table(dossier("A", 9, finished="04/03/2025"))))
    assert found.replaced == 1
    assert shelf.rows("code, ended // 1440") == [("A", 20151), ("B", 20153)]


def test_what_became_of_each_row_adds_up(shelf):
    """Rows are refused, repeated, unchanged, older, replaced or added."""
    shelf.take(shelf.file("a.csv", table(RUNNING, dossier("B", 9, finished="05/03/2025"), dossier("C", 4))))
    rows = [DONE, DONE, dossier("B", 4), dossier("C", 4), dossier("D", 4), dossier("E", 99)]
    found = shelf.take(shelf.file("b.csv", table(*rows)))
    parts = (
        sum(found.refused.values()),
        found.repeated,
        found.unchanged,
        found.older,
        found.replaced,
        found.added,
    )
    assert parts == (1, 1, 1, 1, 1, 1)
    assert sum(parts) == found.rows == 6


def test_many_small_files_become_few(shelf):
    """A file a day does not leave a file a day in its month, nor in the index."""
    for k in range(20):
        shelf.take(shelf.file(f"{k}.csv", table(dossier(f"A{k:02}", 9, finished="05/03/2025"))))
    manifest = read_manifest(shelf.store)
    assert len(manifest.closed) <= 12
    assert len(manifest.index) <= 8
    assert len(shelf.rows()) == 20
    found = shelf.take(
        shelf.file("all.csv", table(*(dossier(f"A{k:02}", 9, finished="05/03/2025") for k in range(20))))
    )
    assert found.unchanged == 20


def test_a_dossier_whose_month_is_put_right_again_and_again_stands_once(shelf):
    """Its earlier months stay in the index, in one run with the latest; it is found in that all the same."""
    for k in range(12):
        moved = dossier("A", 9, received=f"03/{2 + k % 2:02}/2025", finished=f"{10 + k:02}/05/2025")
        shelf.take(shelf.file(f"{k}.csv", table(moved, dossier(f"B{k:02}", 9, finished="05/03/2025"))))
    assert len(shelf.rows()) == 13
    assert shelf.rows("code, month")[0] == ("A", 202503)


def test_a_store_is_held_by_one_ingestion_at_a_time(shelf):
    """The second is refused."""
    path = shelf.file("a.csv", table(RUNNING))

    def second(file, step, rows):
        with pytest.raises(DossiersRefused, match="store_busy"):
            ingest([path], store=shelf.store)

    shelf.take(path, progress=second)


def test_a_broken_manifest_is_told(shelf):
    """Instead of taken for an empty store."""
    shelf.take(shelf.file("a.csv", table(RUNNING)))
    (shelf.store / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(DossiersRefused, match="store_broken"):
        ingest([shelf.file("b.csv", table(DONE))], store=shelf.store)


KILLED = dedent("""
    import os, signal, sys
    from pathlib import Path
    from parindex.core.dossiers import store
    step = sys.argv[1]
    def die(*_a, **_k): os.kill(os.getpid(), signal.SIGKILL)
    if step == "manifest": store.write_manifest = die
    elif step == "index": store.index.write_run = die
    else:
        real = store._Ingestion.open_anew
        def last(self): real(self); die()
        store._Ingestion.open_anew = last
    store.ingest([Path(sys.argv[2])], store=Path(sys.argv[3]))
""")


@pytest.mark.slow
@pytest.mark.parametrize("step", ["index", "open", "manifest"])
def test_killed_while_ingesting_and_run_again_gives_the_same(shelf, step):
    """The store stands as it was, and the next run sweeps away what was left."""
    shelf.take(shelf.file("a.csv", table(RUNNING, dossier("B", 4))))
    path = shelf.file("b.csv", table(DONE, dossier("C", 9, finished="05/03/2025"), dossier("D", 4)))
    before = shelf.rows("code, status")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, step, path, shelf.store], env=os.environ, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert shelf.rows("code, status") == before
    shelf.take(path)
    assert shelf.rows("code, status") == [("A", 9), ("B", 4), ("C", 9), ("D", 4)]
    kept = read_manifest(shelf.store).named()
    left = {
        p.relative_to(shelf.store).as_posix()
        for p in shelf.store.rglob("*")
        if p.suffix in (".parquet", ".npy")
    }
    assert left == kept


def test_what_the_manifest_names_lies_on_the_disk_before_it(shelf, monkeypatch):
    """So that a loss of power leaves no manifest of files that are not there whole."""
    shelf.take(shelf.file("a.csv", table(RUNNING, DONE.replace("A", "E"))))
    before, synced, sync = read_manifest(shelf.store).named(), [], os.fsync

    def settle(descriptor):
        synced.append(os.fstat(descriptor).st_ino)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", settle)
    shelf.take(shelf.file("b.csv", table(DONE, dossier("B", 4))))
    new = read_manifest(shelf.store).named() - before
    inodes = {(shelf.store / path).stat().st_ino for path in new}
    assert inodes
    assert set(synced[:-1]) == inodes
    assert synced[-1] == next(shelf.store.glob("manifest.json")).stat().st_ino


class Watched:
    """What an ingestion leaves on the disk before each of its statements and each of its acts on files: what
    stands there if it is killed at that moment."""

    def __init__(self, store, folder, monkeypatch):
        self.store, self.folder, self.moments, self.steps, self.busy = store, folder, [], 0, False
        real = storing.connect
        monkeypatch.setattr(storing, "connect", lambda *given: Watching(real(*given), self))
        for name in ("open", "mkdir", "replace", "unlink"):
            monkeypatch.setattr(Path, name, self.before(getattr(Path, name)))
        monkeypatch.setattr(os, "fsync", self.before(os.fsync))

    def before(self, act):
        """The act, and before it a look at the store."""

        def looked(*given, **more):
            self.look()
            return act(*given, **more)

        return looked

    def look(self):
        """Keep the store as it stands, unless it stands as at the last look."""
        if self.busy:
            return
        self.busy = True
        self.steps += 1
        files = (p for p in self.store.rglob("*") if p.is_file() and p.parent.name != "work")
        found = sorted((p, p.stat().st_size) for p in files)
        if not self.moments or self.moments[-1][1] != found:
            kept = self.folder / f"{len(self.moments)}"
            shutil.copytree(self.store, kept / "store")
            self.moments.append((kept, found))
        self.busy = False


class Watching:
    """A connection that is watched."""

    def __init__(self, connection, watched):
        self.connection, self.watched = connection, watched

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def execute(self, *given):
        """As the connection does."""
        self.watched.look()
        return self.connection.execute(*given)


def _cut_newest(store):
    """What was written last and does not count yet is there by half: killed while it was written. Whether
    there is any."""
    counted = read_manifest(store).named()
    found = [p for p in store.rglob("*") if p.suffix in (".parquet", ".npy", ".csv", ".draft")]
    new = [p for p in found if p.relative_to(store).as_posix() not in counted]
    if new:
        newest = max(new, key=lambda p: p.stat().st_mtime_ns)
        newest.write_bytes(newest.read_bytes()[: newest.stat().st_size // 2])
    return bool(new)


def test_an_ingestion_killed_at_any_step_is_whole_or_not_there(shelf, tmp_path, monkeypatch):
    """A correction of an ended dossier, new ones, a reopened one and a refused row: at each step the store
    has all of the file or nothing; read again, it stands as if nothing had happened, and nothing is left."""
    shelf.take(shelf.file("a.csv", table(RUNNING, DONE.replace("A", "E"), dossier("B", 4))))
    before = shelf.rows("code, status, ended")
    again = dossier("E", 9, finished="04/03/2025")
    lines = (DONE, again, dossier("C", 9, finished="05/03/2025"), dossier("D", 4), dossier("F", 99))
    path = shelf.file("b.csv", table(*lines))
    with monkeypatch.context() as patched:
        watched = Watched(shelf.store, tmp_path / "moments", patched)
        shelf.take(path)
    after = shelf.rows("code, status, ended")
    files = {p.relative_to(shelf.store) for p in shelf.store.rglob("*") if p.is_file()}
    assert before != after
    assert watched.steps > 30
    seen = []
    for kept, _ in watched.moments:
        for cut in (False, True):
            killed = Shelf(Path(shutil.copytree(kept, tmp_path / f"killed-{kept.name}-{cut}")))
            stands = killed.rows("code, status, ended")
            if cut and not (stands == before and _cut_newest(killed.store)):
                continue
            seen.append(stands)
            killed.take(path)
            assert killed.rows("code, status, ended") == after
            assert {p.relative_to(killed.store) for p in killed.store.rglob("*") if p.is_file()} == files
    assert [rows for k, rows in enumerate(seen) if k == 0 or rows != seen[k - 1]] == [before, after]
