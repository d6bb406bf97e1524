"""What is kept of ended dossiers, and added to: always the digits of counting everything anew."""

import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from textwrap import dedent

import pytest
from dossier_shelf import Shelf

from parindex.core.dossiers import kept
from parindex.core.dossiers.activity import Activity
from parindex.core.dossiers.calendar import from_days
from parindex.core.dossiers.measures import measure
from parindex.core.dossiers.periods import activity
from parindex.core.dossiers.units import Unit


WHOLE = (190001, 999912)  # months that leave nothing out, so that every row is counted anew
HEADINGS = (
    "code,procedure,field,unit,status,received,due,extended,paused,resumed,paused_days,finished,channel,fee,"
    "paid_online,digitised,apology"
)
MERGED = date(2025, 3, 10)
UNITS = (
    Unit("P"),
    Unit("A", parent="P", valid_to=MERGED - timedelta(days=1), successor="C"),
    Unit("B", parent="P"),
    Unit("C", parent="P", valid_from=MERGED),
)
DAYS = from_days([date(2025, 3, 7)])
CHANNELS = ("online_full", "online_part", "in_person", "post", "")
BYS = (("unit", "month"), ("week", "field"), ("procedure",))


def moment(chance, first, last):
    """A moment as files write it, and the day it lies on."""
    day = first + timedelta(days=chance.randrange((last - first).days + 1))
    return f"{day:%d/%m/%Y} {chance.randrange(7, 19):02}:{chance.randrange(60):02}", day


def row(chance, code, upto):
    """One version of a dossier, known on the day `upto`; received by its code, so that versions agree."""
    own = random.Random(code)
    received, came = moment(own, date(2025, 1, 6), min(upto, date(2025, 3, 28)))
    due = came + timedelta(days=own.randrange(1, 20))
    status = chance.choice((2, 4, 4, 5, 6, 8, 9, 9, 10, 10, 3, 7))
    end = moment(chance, came + timedelta(days=1), upto + timedelta(days=1))[0]
    paused, since = moment(chance, came + timedelta(days=1), upto + timedelta(days=1))
    resumed = moment(chance, since + timedelta(days=1), since + timedelta(days=9))[0]
    pauses = chance.random() < 0.4
    cells = {
        "extended": f"{due + timedelta(days=4):%d/%m/%Y}" if chance.random() < 0.2 else "",
        "paused": paused if pauses else "",
        "resumed": resumed if pauses and chance.random() < 0.7 else "",
        "finished": end if status in {9, 10, 3, 7} else "",
    }
    unit, procedure = own.choice("AABC"), own.randrange(4)
    flags = ",".join(chance.choice(("có", "không", "")) for _ in range(3))
    return (
        f"{code},1.00{procedure},F{procedure % 2},{unit},{status},{received},{due:%d/%m/%Y},"
        f"{cells['extended']},"
        f"{cells['paused']},{cells['resumed']},{own.randrange(3)},{cells['finished']},{own.choice(CHANNELS)},"
        f"{own.choice((0, 20000))},{flags}"
    )


def days_files(seed, shelf):
    """Files of ten days: new dossiers, and later versions of some that came before."""
    chance, codes = random.Random(seed), []
    for k in range(10):
        upto = date(2025, 1, 20) + timedelta(days=8 * k)
        again = chance.sample(codes, min(len(codes), chance.randrange(12)))
        new = [f"{seed}-{len(codes) + n:03}" for n in range(chance.randrange(3, 25))]
        codes += new
        rows = [row(chance, code, upto) for code in (*again, *new)]
        found = shelf.take(shelf.file(f"{k}.csv", "\n".join([HEADINGS, *rows]) + "\n"), units=UNITS)
        assert found.refused == {}
        yield datetime.combine(upto, datetime.min.time())


def the_same_as_anew(store, moment=None):
    """Whether all questions get the same answer from what is kept and from every row."""
    for by in BYS:
        asked = {"by": by, "as_of": moment, "working_days": DAYS, "units": UNITS if "unit" in by else ()}
        assert measure(store, **asked) == measure(store, months=WHOLE, **asked)
    periods = [(date(2025, 1, 1), date(2025, 12, 31)), (date(2025, 2, 1), date(2025, 2, 28))]
    for first, last in periods:
        asked = {"first": first, "last": last, "working_days": DAYS, "units": UNITS}
        parts = {}
        for (unit, _), counts in activity(store, by=("unit", "procedure"), **asked).items():
            parts[(unit,)] = parts.get((unit,), Activity()) + counts
        assert activity(store, by=("unit",), **asked) == parts
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "loose"), [(1, kept.LOOSE), (2, 1), (3, 99)])
def test_what_is_kept_and_added_to_is_what_is_counted_anew(shelf, seed, loose, monkeypatch):
    """Whatever comes, is corrected or reopened, whenever it is asked, however seldom sums are made."""
    monkeypatch.setattr(kept, "LOOSE", loose)
    for k, today in enumerate(days_files(seed, shelf)):
        if k in {1, 5, 9}:  # not asked after each file: several come and go at once
            assert the_same_as_anew(shelf.store)
        if k == 6:
            assert the_same_as_anew(shelf.store, today + timedelta(days=40))
    assert the_same_as_anew(shelf.store, datetime(2031, 1, 1))  # noqa: DTZ001


@pytest.fixture(scope="module")
def asked_once(tmp_path_factory):
    """A store with what was counted of it."""
    shelf = Shelf(tmp_path_factory.mktemp("asked"))
    for _ in days_files(7, shelf):
        pass
    assert the_same_as_anew(shelf.store)
    return shelf.store


@pytest.fixture
def store(asked_once, tmp_path):
    """The same, to do with what a test likes."""
    return Path(shutil.copytree(asked_once, tmp_path / "store"))


def test_nothing_is_counted_twice(store, monkeypatch):
    """A second question of the same kind, a moment later, looks at open dossiers at most."""
    monkeypatch.setattr(kept.Kept, "count", lambda *_: pytest.fail("counted again"))
    assert the_same_as_anew(store, datetime(2025, 6, 1))  # noqa: DTZ001


def test_open_dossiers_are_counted_once_and_turn_overdue_by_themselves(shelf, monkeypatch):
    """Where no clock goes on at a later moment than the store knows of: whoever asks later looks at none."""
    upto, chance = date(2025, 3, 14), random.Random(4)
    rows = [row(chance, f"4-{k:03}", upto).split(",") for k in range(300)]
    for cells in rows:
        cells[9] = ""  # nothing goes on again
        cells[8] = cells[8] if cells[8][:2] < "14" or "/03/" not in cells[8] else ""
    known = "4-last,1.000,F0,A,10,03/03/2025,03/04/2025,,,,0,16/03/2025,,0,,,"  # the last minute known
    lines = [HEADINGS, *map(",".join, rows), known]
    shelf.take(shelf.file("calm.csv", "\n".join(lines) + "\n"), units=UNITS)
    now = datetime(2025, 3, 16, 23, 59)  # noqa: DTZ001
    assert the_same_as_anew(shelf.store, now)
    monkeypatch.setattr(kept.Kept, "look_at", lambda *_: pytest.fail("looked at again"))
    late = []
    for later in (0, 1, 9 * 24 * 60, 3000 * 24 * 60):
        assert the_same_as_anew(shelf.store, now + timedelta(minutes=later))
        asked = {"by": ("procedure",), "as_of": now + timedelta(minutes=later), "working_days": DAYS}
        total = measure(shelf.store, **asked).total()
        late.append((total.open_overdue, total.apologies))
    assert late == sorted(late)
    assert len(set(late)) > 2
    assert late[-1][0] > late[0][0] > 0
    assert late[-1][1] > late[0][1] > 0


@pytest.mark.parametrize("harm", ["cut", "json", "lost", "all"])
def test_what_is_broken_or_gone_is_counted_anew(store, harm):
    """Whatever befell the files."""
    for path in sorted((store / "counts").glob("*/*")):
        if harm == "cut" and path.name.startswith("whole-"):
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif harm == "json" and path.name == "whole.json":
            path.write_text("{", encoding="utf-8")
        elif harm == "lost" and not path.name.startswith("whole"):
            path.unlink()
    if harm == "all":
        for path in (store / "counts").glob("*/*"):
            path.unlink()
    assert the_same_as_anew(store)
    other = Shelf(store.parent)
    again = row(random.Random(5), "7-000", date(2025, 5, 1))
    other.take(other.file("more.csv", f"{HEADINGS}\n{again}\n"), units=UNITS)
    assert the_same_as_anew(store)


def test_few_questions_are_kept(store, monkeypatch):
    """What nobody asked for a long time gives way."""
    monkeypatch.setattr(kept, "MOST", 2)
    for day in (1, 2, 3):
        activity(store, first=date(2024, 1, day), last=date(2025, 12, 31))
    assert len(list((store / "counts").iterdir())) == 2


KILLED = dedent("""
    import os, signal, sys
    from datetime import date
    from pathlib import Path
    from parindex.core.dossiers import engines, kept, measures
    step, left = sys.argv[1], [int(sys.argv[2])]
    owner = engines.Duck if step == "save" else kept.Kept
    real = getattr(owner, step)
    def dies(self, *given):
        left[0] -= 1
        if left[0] < 0: os.kill(os.getpid(), signal.SIGKILL)
        return real(self, *given)
    setattr(owner, step, dies)
    measures.measure(Path(sys.argv[3]))
""")


@pytest.mark.slow
@pytest.mark.parametrize(("step", "after"), [("save", 3), ("write", 0)])
def test_killed_while_counting_and_asked_again_gives_the_same(shelf, step, after):
    """The next question finds what is whole and counts the rest."""
    for _ in days_files(9, shelf):
        pass
    done = subprocess.run(
        [sys.executable, "-c", KILLED, step, str(after), shelf.store], env=os.environ, check=False
    )
    assert done.returncode == -signal.SIGKILL
    for by in (("unit", "month"), ("month",)):
        assert measure(shelf.store, by=by) == measure(shelf.store, by=by, months=WHOLE)
