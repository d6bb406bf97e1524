"""Kills a process at each statement of an act, and says what stood afterwards; run by `test_killed_acts`.

``killed_acts.py ACT`` makes a round in the site of PARINDEX_HOME (SQLite), then for each statement of the
act: the database as it was, a child that does the act and is killed (SIGKILL) before that statement, the
ledger verified, the act done again. ``killed_acts.py ACT full``: the same once, where no byte more fits on
the disk. Prints JSON.
"""

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parindex.config.site import prepare


OPENS = datetime(2026, 1, 10, 1, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
ACT = {"by": "person:1", "at": OPENS + timedelta(days=1)}
AGAIN = timedelta(hours=1)  # after any lease
DONE, REFUSED, FAILED = 0, 3, 4


def world():
    """A round in self-assessment with something typed, and one with rulings."""
    from small_round import open_small

    from parindex.apps.assessments.actions import PlannedPhase, Typing, save_draft
    from parindex.apps.assessments.models import Phase

    small = open_small()
    small.answer(("so-mot", "A1", "12/16"), ("so-mot", "A2", "3,5"), ("so-hai", "A2", "1"))
    open_ = small.open("2025", 2025, phases=[PlannedPhase(Phase.Kind.SELF, OPENS, CLOSES)])
    save_draft(participant=open_.participants.get(unit__code="so-mot"), typed=Typing("A1", "3/4"), **ACT)


def _round(code):
    from parindex.apps.assessments.models import Round

    return Round.objects.get(code=code)


def _sheet():
    return _round("2025").participants.get(unit__code="so-mot")


def save(later):
    from parindex.apps.assessments.actions import Typing, save_draft

    save_draft(participant=_sheet(), typed=Typing("A2", "5", "ghi chú"), **ACT)


def submit(later):
    from parindex.apps.assessments.actions import submit_sheet

    submit_sheet(participant=_sheet(), **ACT)


ACTS = {f.__name__: f for f in (save, submit)}


def _die_before(number):
    """Count what goes to the database, commits before and after; die where that number is reached."""
    from django.db import connection

    seen = 0

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, *call):
        count()
        return execute(*call)

    commit = connection._commit

    def committed():
        count()
        commit()
        count()

    connection._commit = committed
    connection.execute_wrappers.append(statement)


def _child(act, before, later=timedelta(0)):
    """Do the act in a process of its own, after `before` was done there; how it ended."""
    from django.db import connections

    from parindex.core.kernel.problems import Refused

    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        code = FAILED
        try:
            before()
            ACTS[act](later)
            code = DONE
        except Refused:
            code = REFUSED
        except Exception as error:  # noqa: BLE001  told by its code and on standard error
            sys.stderr.write(f"{error!r}\n")
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _stands():
    """How many rows each table has, the ledger's kinds, and what does not hold."""
    from django.apps import apps
    from django.db import connections

    from parindex.apps.assessments.models import Round
    from parindex.apps.audit.models import Entry
    from parindex.apps.audit.verify import verify
    from parindex.apps.results.rebuild import rebuild

    rows = {m._meta.label: m.objects.count() for m in apps.get_models()}
    kinds = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    broken = [str(f) for f in verify().faults]
    broken += [str(d) for r in Round.objects.all() for d in rebuild(r).differences if d.table != "result"]
    connections.close_all()
    return {"rows": rows, "kinds": kinds, "broken": broken}


def _put(kept, home):
    """The home as it was."""
    shutil.rmtree(home)
    shutil.copytree(kept, home)


def _full():
    """Not one byte more can be written to any file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def main(act, how="killed"):
    """See the module."""
    prepare()
    world()
    begun = _stands()
    home = Path(os.environ["PARINDEX_HOME"])
    kept = Path(tempfile.mkdtemp()) / "home"
    shutil.copytree(home, kept)
    ended = _child(act, lambda: None)
    undisturbed, found = _stands(), []
    for number in range(1, 2000):
        _put(kept, home)
        died = _child(act, _full if how == "full" else lambda n=number: _die_before(n))
        after = _stands()
        again = _child(act, lambda: None, AGAIN)
        found.append([died, after, again, _stands()])
        if died == DONE or how == "full":
            break
    shutil.rmtree(kept.parent)
    print(json.dumps({"begun": begun, "ended": ended, "undisturbed": undisturbed, "found": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
