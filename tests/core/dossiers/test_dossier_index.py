"""In which month an ended dossier lies: found in one run or several, before and after they become one."""

import random

import numpy as np

from parindex.core.dossiers import index


def written(path, entries):
    """A run of (key, month), handed in by pieces of seven."""
    entries = sorted(entries)
    pieces = [entries[at : at + 7] for at in range(0, len(entries), 7)]
    given = (
        (
            np.array([key for key, _ in piece], dtype="<u8"),
            np.array([month for _, month in piece], dtype="<i4"),
        )
        for piece in pieces
    )
    index.write_run(path, given, len(entries))
    return path


def test_runs_are_one_run_and_whoever_asks_is_told_the_same(tmp_path, monkeypatch):
    """A piece at a time, however small it is; keys of the whole range, some of them in several runs."""
    monkeypatch.setattr(index, "PIECE", 5)
    chance = random.Random(11)
    keys = [0, 2**64 - 1, *(chance.randrange(2**64) for _ in range(60))]
    runs = [
        [(chance.choice(keys), 202501 + k) for _ in range(size)] for k, size in enumerate((1, 40, 0, 13, 70))
    ]
    paths = [written(tmp_path / f"{k}.npy", run) for k, run in enumerate(runs)]
    assert index.merge_runs(paths, tmp_path / "all.npy") == 124
    merged = np.load(tmp_path / "all.npy")
    assert merged["key"].tolist() == sorted(key for run in runs for key, _ in run)
    assert sorted(merged.tolist()) == sorted(entry for run in runs for entry in run)
    for asked in (*([key] for key in keys), sorted(keys), [12345]):
        wanted = {month for run in runs for key, month in run if key in asked}
        pieces = [np.array(asked[at : at + 9], dtype="<u8") for at in range(0, len(asked), 9)]
        assert index.months_of(paths, pieces) == wanted
        assert index.months_of([tmp_path / "all.npy"], pieces) == wanted
