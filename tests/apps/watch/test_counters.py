"""Counts of many processes in files of their own, added up."""

import os
import subprocess
import sys

from parindex.apps.watch import counters
from parindex.apps.watch.counters import Counts, added_up, clear_ended, living, mine, read


ENDED = 2**22 + 1  # larger than any process number


def _of(number):
    return counters.folder() / f"{counters._host()}-{number}{counters.ENDING}"


def test_what_processes_count_is_added_up_and_stays_when_one_ends(settings, tmp_path):
    """Sums do not fall while the server runs; a server that starts begins anew."""
    settings.PARINDEX_HOME = tmp_path
    mine().add(("requests", "trang chủ"))
    mine().add(("requests", "trang chủ"))
    other = Counts(_of(ENDED))
    other.add(("requests", "trang chủ"), 40)
    other.close()
    assert added_up() == {("requests", "trang chủ"): 42}
    assert living() == [os.getpid()]
    clear_ended()
    assert added_up() == {("requests", "trang chủ"): 2}


def test_another_process_counts_too(settings, tmp_path):
    """While both run."""
    settings.PARINDEX_HOME = tmp_path
    mine().add(("a",))
    code = (
        "import os; from pathlib import Path; from parindex.apps.watch.counters import Counts;"
        f"c = Counts(Path({str(_of('777'))!r})); [c.add(('a',)) for _ in range(1000)]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert added_up()[("a",)] == 1001


def test_counting_never_stops_a_page(tmp_path):
    """No folder, no room: it is not counted, and nothing is raised."""
    (tmp_path / "file").write_text("")
    Counts(tmp_path / "file" / "x.counts").add(("a",))
    counts = Counts(tmp_path / "y.counts")
    counts.close()
    counts.add(("a",))
    assert read(tmp_path / "y.counts") == {}


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path):
    """As when a process ends while it writes."""
    counts = Counts(tmp_path / "x.counts")
    counts.add(("whole",), 3)
    counts.add(("cut",), 4)
    counts.close()
    path = tmp_path / "x.counts"
    path.write_bytes(path.read_bytes()[:-10])
    assert read(path) == {("whole",): 3}


def test_names_without_end_do_not_fill_the_disk(tmp_path, monkeypatch):
    """Once the slots are full, new names are passed over and known ones counted on."""
    monkeypatch.setattr(counters, "MOST_SLOTS", 3)
    counts = Counts(tmp_path / "x.counts")
    for k in range(10):
        counts.add((str(k),))
    counts.add(("0",))
    counts.close()
    assert read(tmp_path / "x.counts") == {("0",): 2, ("1",): 1, ("2",): 1}
